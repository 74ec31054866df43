import type { Firewall } from './firewall.ts';
import type { LoadedText } from './load.ts';
import type { Notes } from './notes.ts';
import { Panorama } from './panorama.ts';
import { pushedIn, type Pushed } from './pushed.ts';
import { firewallOf, hostname, policyOnlyFirewall } from './standalone.ts';
import { rulesBelow } from './systems.ts';
import { entries, type PanNode } from './tree.ts';

/**
 * The firewalls that these texts describe, as they run: each firewall's own configuration with what Panorama pushed to it, and the
 * firewalls that a Panorama text manages. The texts belong together (one firewall's captures, or a Panorama's with those of its
 * firewalls). Never throws.
 */
export function firewallsOf(texts: readonly LoadedText[], notes: Notes): readonly Firewall[] {
  const panoramas = texts.filter(({ role }) => role === 'panorama').map((text) => new Panorama(text, notes));
  const { mains, templates } = sorted(texts);
  const pushed = texts.flatMap(pushedIn);
  const elsewhere = pushed.filter(({ text }) => !mains.includes(text));
  const single = mains.length === 1 ? mains[0] : undefined;
  const firewalls: Firewall[] = [];
  const made = new Set<LoadedText>();
  const fromPanorama = new Map<LoadedText, PanNode>();
  for (const panorama of panoramas) {
    const locals = new Map<string, LoadedText>();
    const others = new Set<string>();
    for (const main of mains) {
      const serial = made.has(main) || fromPanorama.has(main) ? undefined : serialOf(panorama, main);
      if (serial === undefined || locals.has(serial)) continue;
      // What was pushed is what runs, whatever Panorama has by now.
      if (pushed.some(({ text }) => text === main) || (main === single && elsewhere.length > 0)) {
        others.add(serial);
        fromPanorama.set(main, panorama.overTemplates(serial, main.root) ?? main.root);
      } else {
        locals.set(serial, main);
        made.add(main);
      }
    }
    firewalls.push(...panorama.firewalls(locals, others));
  }
  const alone = mains.filter((main) => !made.has(main));
  const only = alone.length === 1 ? alone[0] : undefined;
  for (const main of alone) {
    const laid = fromPanorama.get(main);
    firewalls.push(
      firewallOf(
        {
          main,
          root: laid ?? main.root,
          templates: main === only && laid === undefined ? templates.map(({ root }) => root) : [],
          pushed: pushed.filter(({ text }) => text === main || (main === only && !mains.includes(text))),
          isUnknownToPanorama: panoramas.length > 0 && laid === undefined,
        },
        notes,
      ),
    );
  }
  if (only === undefined) firewalls.push(...withoutFirewall(elsewhere, templates, alone, notes));
  for (const text of texts)
    if (text.role === 'panorama' && hasOwnPolicy(text.root))
      firewalls.push(
        firewallOf({ main: text, root: text.root, templates: [], pushed: [], isUnknownToPanorama: false }, notes),
      );
  const panorama = texts.find(({ role }) => role === 'panorama');
  if (firewalls.length === 0 && panorama !== undefined)
    notes.diagnose(
      'panos/no-firewall',
      'error',
      panorama.root.span,
      'this Panorama text has no firewall and no device group with rules',
      'nothing in it was audited',
    );
  return withNames(firewalls);
}

/** Configurations that stand alone, and what belongs under the only one of them. */
function sorted(texts: readonly LoadedText[]): {
  readonly mains: readonly LoadedText[];
  readonly templates: readonly LoadedText[];
} {
  const whole = texts.filter(({ role }) => role === 'firewall' || role === 'fragment');
  const merged = texts.filter(({ role }) => role === 'merged');
  const pushed = texts.filter(({ role }) => role === 'pushed-template');
  if (whole.length === 1) return { mains: whole, templates: merged.length > 0 ? merged : pushed };
  if (whole.length === 0 && merged.length > 0) return { mains: merged, templates: [] };
  return { mains: [...whole, ...merged], templates: pushed };
}

/** Which of a Panorama's firewalls a configuration is of. */
function serialOf(panorama: Panorama, { serial, root }: LoadedText): string | undefined {
  if (serial !== undefined && panorama.names.has(serial)) return serial;
  const name = hostname(root)?.toLowerCase();
  const found = [...panorama.names].find((each) => each[1].toLowerCase() === name || each[0] === name);
  return found?.[0];
}

/** Pushed policy and templates of which no firewall is there, or nobody knows which one. */
function withoutFirewall(
  pushed: readonly Pushed[],
  templates: readonly LoadedText[],
  alone: readonly LoadedText[],
  notes: Notes,
): Firewall[] {
  const made = policyOnlyFirewall(pushed[0]?.text.source ?? '', pushed, notes);
  for (const { root } of templates)
    notes.diagnose(
      'panos/template-without-firewall',
      'warning',
      root.span,
      alone.length === 0
        ? 'this is a template that Panorama pushed to a firewall whose own configuration is not among the texts'
        : 'the texts do not tell which of the firewalls this pushed template is of',
      'its zones, interfaces and routes are in no device: give it together with `show config running` of its firewall',
    );
  return made === undefined ? [] : [made];
}

/** Whether a Panorama's text also has rules or zones of a firewall (texts of several commands in one file). */
function hasOwnPolicy(root: PanNode): boolean {
  return entries(root, 'vsys').some(
    (system) => rulesBelow(system.get('rulebase')) || entries(system, 'zone').length > 0,
  );
}

/** Names are unique: a second firewall of the same name is told by its serial number, or the text that it is from. */
function withNames(firewalls: readonly Firewall[]): readonly Firewall[] {
  const taken = new Set<string>();
  return firewalls.map((firewall) => {
    let { name } = firewall;
    for (let more = 2; taken.has(name); more += 1)
      name = more === 2 ? `${firewall.name} (${firewall.serial ?? firewall.source})` : `${firewall.name} (${more})`;
    taken.add(name);
    if (name === firewall.name) return firewall;
    const systems = firewall.systems.map((each) => ({ ...each, name: name + each.name.slice(firewall.name.length) }));
    return { ...firewall, name, systems };
  });
}
