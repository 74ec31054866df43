import type { StageDefault } from '../model/device.ts';
import type { Verdict } from '../model/rule.ts';
import type { DefaultRules, VirtualSystem } from './firewall.ts';
import type { Notes } from './notes.ts';
import { readInspection } from './inspection.ts';
import { readLogging } from './log-forwarding.ts';
import { child, value, type PanNode } from './tree.ts';

const NAMES = ['intrazone-default', 'interzone-default'] as const;
type DefaultName = (typeof NAMES)[number];

/** What the rules do that stand behind all others, as shipped: neither writes a log. */
const SHIPPED: Readonly<Record<DefaultName, Verdict>> = { 'intrazone-default': 'permit', 'interzone-default': 'deny' };

const VERBS: Readonly<Record<Verdict, string>> = { permit: 'allows', deny: 'denies' };

/** Actions of security rules and what they do with the packet. */
export const ACTIONS: ReadonlyMap<string, Verdict> = new Map<string, Verdict>([
  ['allow', 'permit'],
  ['deny', 'deny'],
  ['drop', 'deny'],
  ['reset-client', 'deny'],
  ['reset-server', 'deny'],
  ['reset-both', 'deny'],
]);

/** Statements of a changed default rule. */
const KNOWN: ReadonlySet<string> = new Set([
  'action',
  'log-start',
  'log-end',
  'log-setting',
  'profile-setting',
  'tag',
  'group-tag',
  'description',
  'icmp-unreachable',
  'target',
  'uuid',
]);

/** The two rules behind all others. */
export interface Defaults {
  readonly intrazone: StageDefault;
  readonly interzone: StageDefault;
}

/**
 * Reads the changed default rules. They can be overridden on the firewall, in a device group and as shared; the local one
 * counts first, then the nearest device group (Panorama Administrator's Guide 6.1, p. 14). One that does not say an action
 * (only its log was changed) keeps the shipped one.
 */
export function readDefaults(system: VirtualSystem, notes: Notes): Defaults {
  for (const { node } of system.defaultRules) checkEntries(node, notes);
  const read = (name: DefaultName): StageDefault => ({
    ...readDefault(name, system.defaultRules, notes),
    ...readPosture(name, system.defaultRules, notes),
  });
  return { intrazone: read('intrazone-default'), interzone: read('interzone-default') };
}

/** Logging and inspection of the nearest override; as shipped, default rules write nothing and look into nothing. */
function readPosture(
  name: DefaultName,
  places: readonly DefaultRules[],
  notes: Notes,
): Required<Pick<StageDefault, 'logging' | 'inspection'>> {
  const place = places.find(({ node }) => child(node, name) !== undefined);
  const entry = child(place?.node, name);
  if (place === undefined || entry === undefined) {
    return { logging: { logs: 'no', detail: '', sentTo: [] }, inspection: [] };
  }
  const isLogged = child(entry, 'log-start') !== undefined || child(entry, 'log-end') !== undefined;
  const logging = readLogging(entry, place.scopes, notes);
  return {
    logging: isLogged ? logging : { ...logging, logs: 'no', sentTo: [] },
    inspection: readInspection(entry, place.scopes, notes),
  };
}

function readDefault(name: DefaultName, places: readonly DefaultRules[], notes: Notes): StageDefault {
  const shipped = SHIPPED[name];
  const found = places.flatMap(({ node, title }) => {
    const entry = child(node, name);
    return entry === undefined ? [] : [{ entry, title }];
  });
  const [first] = found;
  if (first === undefined) return { verdict: shipped, reason: `${name} ${VERBS[shipped]}` };
  const { entry, title } = first;
  const { span } = child(entry, 'action') ?? entry;
  const written = value(entry, 'action');
  if (written === undefined) return withoutAction(name, found, notes);
  const verdict = ACTIONS.get(written);
  if (verdict === undefined || entry.cut) return undecided(name, entry, `\`${written}\` is not a known action`, notes);
  const word = verdict === 'deny' && written !== 'deny' ? ` (${written})` : '';
  return { verdict, reason: `${name} ${VERBS[verdict]}${word}, as set in ${title}`, span };
}

function withoutAction(
  name: DefaultName,
  found: readonly { readonly entry: PanNode; readonly title: string }[],
  notes: Notes,
): StageDefault {
  const shipped = SHIPPED[name];
  const [first, ...rest] = found;
  const farther = rest.map(({ entry }) => value(entry, 'action')).find((word) => word !== undefined);
  if (first !== undefined && (first.entry.cut || (farther !== undefined && ACTIONS.get(farther) !== shipped))) {
    return undecided(
      name,
      first.entry,
      `this override of \`${name}\` has no action, and a farther one has another`,
      notes,
    );
  }
  return {
    verdict: shipped,
    reason: `${name} ${VERBS[shipped]}`,
    ...(first === undefined ? {} : { span: first.entry.span }),
  };
}

function undecided(name: DefaultName, entry: PanNode, message: string, notes: Notes): StageDefault {
  notes.mark(entry, 'conditional');
  notes.diagnose(
    'panos/default-rule',
    'warning',
    entry.span,
    message,
    `what no rule matches may be permitted and may be denied by ${name}`,
  );
  return { verdict: 'unknown', reason: `the action of ${name} is not known`, span: entry.span };
}

function checkEntries(node: PanNode, notes: Notes): void {
  for (const entry of node.children) {
    if (!NAMES.some((name) => name === entry.word)) {
      notes.mark(entry, 'unrecognised');
      notes.diagnose(
        'panos/default-rule',
        'warning',
        entry.span,
        `\`${entry.word}\` is no default rule`,
        'it is not judged',
      );
      notes.leave(entry, 'it is no default rule');
      continue;
    }
    notes.mark(entry, 'modelled');
    notes.count(entry, 'modelled');
    for (const field of entry.children) {
      if (KNOWN.has(field.word)) continue;
      notes.mark(field, 'unrecognised');
      notes.diagnose(
        'panos/unknown-rule-field',
        'warning',
        field.span,
        `\`${field.word}\` is not known in a default rule`,
        'the default rule is judged without it',
      );
    }
  }
}
