import { Layers } from './layers.ts';
import type { Notes } from './notes.ts';
import { child, entries, PanNode } from './tree.ts';
import { Variables } from './variables.ts';

/** What a firewall gets of templates. */
export interface Templated {
  /** The templates laid together with the firewall's own statements. */
  readonly root: PanNode;
  readonly variables: Variables;
  /** The stack's statement that names the firewall. */
  readonly member: PanNode;
}

interface Stack {
  readonly title: string;
  /** The stack, then its templates from the top. */
  readonly places: readonly PanNode[];
  readonly members: readonly PanNode[];
}

/** Children of what holds a configuration that are no part of it. */
const NOT_LAID: ReadonlySet<string> = new Set([
  'devices',
  'description',
  'settings',
  'templates',
  'variable',
  'config',
]);
const LOCAL_ONLY: ReadonlySet<string> = new Set(['panorama', 'policy', 'version', 'detail-version']);

/** The templates and template stacks of a Panorama text. */
export class TemplateStacks {
  private readonly stacks = new Map<string, { readonly stack: Stack; readonly member: PanNode }>();
  private readonly layers = new Layers();
  private readonly ready = new Map<Stack | string, Templated>();
  private readonly notes: Notes;

  constructor(root: PanNode, notes: Notes) {
    this.notes = notes;
    const used = new Set<string>();
    for (const node of entries(root, 'template-stack')) this.addStack(stackOf(root, node, used, notes), node);
    for (const node of entries(root, 'template')) {
      // Before 7.0 firewalls were listed in the template itself.
      const members = entries(node, 'devices');
      if (members.length > 0) this.addStack({ title: `template ${node.word}`, places: [node], members }, node);
      else if (!used.has(node.word)) withoutStack(node, notes);
    }
  }

  /** Serial numbers of the firewalls in stacks, in the order of the text. */
  get serials(): readonly string[] {
    return [...this.stacks.keys()];
  }

  /**
   * What templates make of a firewall; undefined where it is in no stack. `local`: its own configuration, whose values beat
   * those of templates.
   */
  templated(serial: string, local: PanNode | undefined): Templated | undefined {
    const found = this.stacks.get(serial);
    if (found === undefined) return undefined;
    const { stack, member } = found;
    const hasOwnValues = entries(member, 'variable').length > 0;
    const key = hasOwnValues ? serial : stack;
    const ready = local === undefined ? this.ready.get(key) : undefined;
    if (ready !== undefined) return { ...ready, member };
    const owner = hasOwnValues ? `firewall ${serial} of ${stack.title}` : stack.title;
    const places = hasOwnValues ? [member, ...stack.places] : stack.places;
    const variables = new Variables(owner, places, this.notes);
    const layers = stack.places.flatMap(configurations);
    const root =
      this.layers.lay(layers, variables, { local: false, skip: NOT_LAID }) ?? new PanNode('', member.span, undefined);
    const made: Templated = { root, variables, member };
    if (local !== undefined) return { ...made, root: overTemplates(local, root) };
    this.ready.set(key, made);
    return made;
  }

  private addStack(stack: Stack, node: PanNode): void {
    if (stack.members.length === 0)
      this.notes.diagnose(
        'panos/stack-without-firewalls',
        'note',
        node.span,
        `no firewall is in the ${stack.title}`,
        'what it configures is in no device',
      );
    for (const member of stack.members) {
      const other = this.stacks.get(member.word);
      if (other === undefined) this.stacks.set(member.word, { stack, member });
      else
        this.notes.diagnose(
          'panos/two-template-stacks',
          'warning',
          member.span,
          `the firewall ${member.word} is in ${other.stack.title} and in ${stack.title}`,
          `it is taken to be in ${other.stack.title} alone`,
        );
    }
  }
}

/** A firewall's own configuration over what templates or a pushed template gave it. */
export function overTemplates(local: PanNode, templates: PanNode): PanNode {
  const laid = new Layers().lay([local, templates], undefined, { local: true, skip: LOCAL_ONLY });
  return laid ?? local;
}

/** `config devices localhost.localdomain …` and `config …` (a template's `shared` stands beside its `devices`). */
function configurations(place: PanNode): readonly PanNode[] {
  const config = place.get('config');
  if (config === undefined) return [];
  const device = child(config, 'devices', 'localhost.localdomain') ?? child(config, 'devices')?.children[0];
  return device === undefined ? [config] : [device, config];
}

function stackOf(root: PanNode, node: PanNode, used: Set<string>, notes: Notes): Stack {
  const title = `template stack ${node.word}`;
  const places = [node];
  for (const name of entries(node, 'templates')) {
    notes.mark(name, 'modelled');
    used.add(name.word);
    const template = child(root, 'template', name.word);
    if (template !== undefined) places.push(template);
    else
      notes.diagnose(
        'panos/undefined-template',
        'error',
        name.span,
        `the template ${name.word} of ${title} is not in the text`,
        'zones, interfaces and routes of its firewalls may be missing',
      );
  }
  return { title, places, members: entries(node, 'devices') };
}

function withoutStack({ span, word }: PanNode, notes: Notes): void {
  notes.diagnose(
    'panos/template-without-stack',
    'warning',
    span,
    `the template ${word} is in no template stack`,
    'its zones, interfaces and routes reach no firewall of this text',
  );
}
