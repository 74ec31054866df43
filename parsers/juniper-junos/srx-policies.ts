import type { Stage, StageDefault, StageList, Binding } from '../model/device.ts';
import type { Rule, RuleList } from '../model/rule.ts';
import type { Span } from '../source.ts';
import type { Notes } from './notes.ts';
import { hitsOf } from './hit-counts.ts';
import type { PolicyReader } from './srx-policy.ts';
import { HOST_ZONE } from './srx-zones.ts';
import { entries } from './srx-entries.ts';
import { child, type JunosNode } from './tree.ts';

/** The policies of one pair of zones, or the global ones. */
interface PolicyContext extends StageList {
  /** Undefined for the global policies. */
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** Security policies of one system, and what decides between two zones. */
export interface Policies {
  readonly ruleLists: readonly RuleList[];
  readonly bindings: readonly Binding[];
  /** The policy lookup of a new connection between two zones; `to` may be `junos-host`. */
  readonly stage: (from: string, to: string) => Stage;
}

/** Words below `security policies` that change nothing about which first packets pass. */
const INERT: ReadonlySet<string> = new Set([
  'policy-rematch',
  'policy-stats',
  'pre-id-default-policy',
  'stateful-firewall-rule',
  'traceoptions',
  'unified-policy-explicit-match',
]);

/**
 * Reads `security policies`. A new connection meets the policies of its pair of zones in order, then the global ones,
 * then the default policy; the first match is final (Junos "Global Security Policies": zone policies are looked up first,
 * and only without a match there the global ones).
 */
export function convertPolicies(scope: JunosNode, reader: PolicyReader, notes: Notes): Policies {
  const node = child(scope, 'security', 'policies');
  const contexts: PolicyContext[] = [];
  for (const part of entries(node)) {
    if (part.word === 'from-zone') {
      for (const from of entries(part)) {
        for (const to of entries(from, 'to-zone')) contexts.push(zonePair(from, to, reader, notes));
        for (const other of entries(from)) if (other.word !== 'to-zone') unknown(other, notes);
      }
    } else if (part.word === 'global') contexts.push(globalContext(part, reader, notes));
    else if (part.word === 'default-policy') notes.mark(part, 'modelled');
    else if (INERT.has(part.word)) notes.mark(part, 'no-effect');
    else if (part.word === 'policy-set' || part.word === 'policy') insideTunnels(part, notes);
    else unknown(part, notes);
  }
  const otherwise = readDefault(node, notes);
  const shared = contexts.filter(({ from }) => from === undefined);
  const byPair = new Map(contexts.map((context) => [`${context.from ?? ''}\n${context.to ?? ''}`, context]));
  return {
    ruleLists: contexts.map(({ list }) => list),
    bindings: contexts.map(({ binding }) => binding),
    stage: (from, to) => {
      const pairs = [`${from}\n${to}`, `${from}\nany`, `any\n${to}`, 'any\nany'];
      const contextsHere = [...pairs.flatMap((pair) => byPair.get(pair) ?? []), ...shared];
      return {
        id: 'policies',
        title: `security policies from zone ${from} to zone ${to}`,
        family: 'both',
        lists: contextsHere.map(({ list, binding }) => ({ list, binding })),
        otherwise: otherwise(from, to),
      };
    },
  };
}

function zonePair(from: JunosNode, to: JunosNode, reader: PolicyReader, notes: Notes): PolicyContext {
  const zones = { from: from.word, to: to.word };
  const written = readAll(to, (policy) => reader.read(policy, zones.from, zones.to), zones, notes);
  const rules = from.word === 'any' || to.word === 'any' ? perhapsForAny(written, to, notes) : written;
  const name = `from-zone ${from.word} to-zone ${to.word}`;
  const plane = from.word === HOST_ZONE || to.word === HOST_ZONE ? 'control-plane' : 'transit';
  return { from: from.word, to: to.word, ...bound(name, rules, name, plane, to.span) };
}

/** `any` is a zone of global policies only; what a pair with it would mean to a device is not documented. */
function perhapsForAny(rules: readonly Rule[], to: JunosNode, notes: Notes): readonly Rule[] {
  const { span } = to;
  for (const policy of entries(to, 'policy')) notes.mark(policy, 'conditional');
  notes.diagnose(
    'junos/any-zone',
    'warning',
    span,
    '`any` is no zone of a pair of zones',
    'its policies are judged as possible for every zone, not definite',
  );
  return rules.map((rule) => ({
    ...rule,
    conditions: [...rule.conditions, { kind: 'vendor-unverified', name: 'pair with zone any', span }],
  }));
}

function globalContext(node: JunosNode, reader: PolicyReader, notes: Notes): PolicyContext {
  const rules = readAll(node, (policy) => reader.read(policy, undefined, undefined), undefined, notes);
  return { from: undefined, to: undefined, ...bound('global', rules, 'all zones', 'transit', node.span) };
}

function bound(
  name: string,
  rules: readonly Rule[],
  attachedTo: string,
  plane: Binding['plane'],
  span: Span,
): StageList {
  return {
    list: { name, kind: 'security policies', family: 'both', rules, span },
    binding: { list: name, direction: 'policy', attachedTo, family: 'both', defined: true, plane, span },
  };
}

function readAll(
  node: JunosNode,
  read: (policy: JunosNode) => readonly Rule[],
  zones: { readonly from: string; readonly to: string } | undefined,
  notes: Notes,
): Rule[] {
  for (const part of entries(node)) if (part.word !== 'policy') unknown(part, notes);
  return entries(node, 'policy').flatMap((policy) => {
    const hits = hitsOf(notes.hits, node, policy.word, zones);
    return read(policy).map((rule) => (hits === undefined ? rule : { ...rule, hits }));
  });
}

/** The default policy has no `log` and no services. */
const BARE = { logging: { logs: 'no', detail: '' }, inspection: [] } as const satisfies Partial<StageDefault>;

function readDefault(node: JunosNode | undefined, notes: Notes): (from: string, to: string) => StageDefault {
  const written = child(node, 'default-policy');
  const action = entries(written)[0];
  const span = action?.span ?? written?.span;
  const place = span === undefined ? {} : { span };
  if (written !== undefined && action?.word !== 'permit-all' && action?.word !== 'deny-all') {
    unknown(action ?? written, notes);
    return () => ({ verdict: 'unknown', reason: 'the default-policy could not be read', ...place });
  }
  if (action?.inheritance?.conditional === true) {
    return () => ({
      verdict: 'unknown',
      reason: `default-policy ${action.word} counts only under a \`when\``,
      ...place,
    });
  }
  if (action?.word === 'permit-all') {
    return (from, to) => ({
      verdict: 'permit',
      reason: `no policy from ${from} to ${to} matches, and default-policy permit-all`,
      ...BARE,
      ...place,
    });
  }
  const why = action === undefined ? 'default-policy deny-all of the software' : 'default-policy deny-all';
  return (from, to) => ({
    verdict: 'deny',
    reason: `no policy from ${from} to ${to} matches: ${why}`,
    ...BARE,
    ...place,
  });
}

/** Policies for the packets inside of GENEVE or VXLAN tunnels, which the device only inspects. */
function insideTunnels(part: JunosNode, notes: Notes): void {
  notes.mark(part, 'unsupported');
  notes.diagnose(
    'junos/tunnel-policy',
    'note',
    part.span,
    `\`${part.word}\` holds policies for packets inside tunnels`,
    'what passes inside a permitted tunnel is not judged',
  );
}

function unknown(part: JunosNode, notes: Notes): void {
  notes.mark(part, 'unrecognised');
  notes.diagnose(
    'junos/policies-not-understood',
    'warning',
    part.span,
    `\`${part.word}\` is not known in security policies`,
    'policies may be missing from what is judged',
  );
}
