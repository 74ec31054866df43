import type { AddressTerm } from '../model/address.ts';
import type { Condition } from '../model/condition.ts';
import type { Translation } from '../model/nat.ts';
import { applies, bySpecificity, readContext, type NatContext, type SrxPlace } from './srx-nat-context.ts';
import type { NatObjects } from './srx-nat-match.ts';
import { destinationTranslations, sourceTranslations, staticTranslations } from './srx-nat-rules.ts';
import { entries } from './srx-entries.ts';
import { child, type JunosNode } from './tree.ts';

/** Translations that a new connection meets on its way between two places, in order. */
interface TranslationsBetween {
  /** Before the policy lookup: static NAT, then destination NAT. */
  readonly before: readonly Translation[];
  /** Behind it: static NAT backwards, then source NAT. */
  readonly after: readonly Translation[];
}

/** `security nat` of one system. */
export interface Nat {
  readonly translations: readonly Translation[];
  readonly between: (from: SrxPlace, to: SrxPlace) => TranslationsBetween;
}

interface RuleSet {
  readonly node: JunosNode;
  readonly from: NatContext | undefined;
  readonly to: NatContext | undefined;
  readonly translations: readonly Translation[];
}

interface NatFacts extends NatObjects {
  readonly segmentsOf: (zone: string) => readonly string[];
  /** Own addresses of a logical interface; empty where the text does not tell. */
  readonly addressesOf: (name: string) => readonly AddressTerm[];
  /** Logical interfaces of a zone. */
  readonly interfacesOf: (zone: string) => readonly string[];
}

/** Words below `security nat` that translate nothing by themselves. */
const INERT: ReadonlySet<string> = new Set(['proxy-arp', 'proxy-ndp', 'traceoptions', 'allow-overlapping-pools']);
const INERT_IN_KIND: ReadonlySet<string> = new Set([
  'address-persistent',
  'interface',
  'pool',
  'pool-default-port-range',
  'pool-default-twin-port-range',
  'pool-distribution',
  'pool-set',
  'pool-utilization-alarm',
  'port-randomization',
  'port-round-robin',
  'port-scaling-enlargement',
  'rule-session-count-alarm',
  'session-drop-hold-down',
  'session-persistence-scan',
]);

/**
 * Reads NAT. Static NAT comes before destination NAT, both before the policy lookup; static NAT backwards comes before
 * source NAT, both behind it (Junos "Understanding Static NAT Rules", "Understanding Source NAT Rules"). Of several rule
 * sets the more specific comes first; where none of its rules matches, the next one is asked.
 */
export function convertNat(scope: JunosNode, facts: NatFacts): Nat {
  const node = child(scope, 'security', 'nat');
  const { notes } = facts;
  for (const part of entries(node)) {
    if (INERT.has(part.word)) notes.mark(part, 'no-effect');
    else if (['static', 'destination', 'source'].includes(part.word)) markKind(part, facts);
    else {
      notes.mark(part, 'unsupported');
      notes.diagnose(
        'junos/nat-not-modelled',
        'warning',
        part.span,
        `\`security nat ${part.word}\` is not modelled`,
        'traces of packets that it translates may be wrong; permitted sets are over real addresses',
      );
    }
  }
  const pools = (kind: string) => (name: string) => child(node, kind, 'pool', name);
  const fixed = ruleSets(node, 'static', facts, (rule) => staticTranslations(rule, facts, 'forward'));
  const backward = ruleSets(node, 'static', facts, (rule) => staticTranslations(rule, facts, 'backward'));
  const destination = ruleSets(node, 'destination', facts, (rule) =>
    destinationTranslations(rule, facts, pools('destination')),
  );
  const source = ruleSets(node, 'source', facts, (rule, to) =>
    sourceTranslations(rule, facts, pools('source'), egressAddresses(to, facts)),
  );
  return {
    translations: [...fixed, ...destination, ...backward, ...source].flatMap(({ translations }) => translations),
    between: (from, to) => ({
      before: [...fixed, ...destination].flatMap((set) => here(set, applies(set.from, from, set.node))),
      after: [
        // The rule set names where packets to the public address come from: backwards, where they go.
        ...backward.flatMap((set) => here(set, applies(set.from, to, set.node))),
        ...source.flatMap((set) => {
          const [a, b] = [applies(set.from, from, set.node), applies(set.to, to, set.node)];
          return a === undefined || b === undefined
            ? []
            : here(set, { conditions: [...a.conditions, ...b.conditions] });
        }),
      ],
    }),
  };
}

function markKind(kind: JunosNode, { notes }: NatFacts): void {
  notes.mark(kind, 'modelled');
  for (const part of entries(kind)) {
    if (part.word === 'pool' || part.word === 'rule-set') continue;
    if (INERT_IN_KIND.has(part.word)) {
      notes.mark(part, 'no-effect');
      continue;
    }
    notes.mark(part, 'unrecognised');
    notes.diagnose(
      'junos/nat-not-understood',
      'warning',
      part.span,
      `\`nat ${kind.word} ${part.word}\` is not known`,
      'translations are read without it',
    );
  }
}

function ruleSets(
  node: JunosNode | undefined,
  kind: 'static' | 'destination' | 'source',
  facts: NatFacts,
  read: (rule: JunosNode, to: NatContext | undefined) => readonly Translation[],
): RuleSet[] {
  const found = entries(node, kind, 'rule-set').map((set): RuleSet => {
    const from = readContext(set, 'from', facts.notes);
    const to = kind === 'source' ? readContext(set, 'to', facts.notes) : undefined;
    const translations = entries(set, 'rule').flatMap((rule) => read(rule, to));
    const backward = translations.some((each) => each.kind === 'static-source') && kind === 'static';
    const [incoming, outgoing] = backward ? [undefined, from] : [from, to];
    const ends = { ...segment('fromSegment', incoming, facts), ...segment('toSegment', outgoing, facts) };
    return { node: set, from, to, translations: translations.map((each) => ({ ...each, ...ends })) };
  });
  return bySpecificity(found);
}

/** For showing: the segment a rule set is for, where it is one. */
function segment(
  end: 'fromSegment' | 'toSegment',
  context: NatContext | undefined,
  { segmentsOf }: NatFacts,
): { readonly fromSegment?: string; readonly toSegment?: string } {
  if (context?.kind !== 'zone') return {};
  const [only, second] = context.names.flatMap((zone) => segmentsOf(zone));
  return only === undefined || second !== undefined ? {} : { [end]: only };
}

function here(set: RuleSet, reach: { readonly conditions: readonly Condition[] } | undefined): readonly Translation[] {
  if (reach === undefined) return [];
  if (reach.conditions.length === 0) return set.translations;
  return set.translations.map((each) => ({ ...each, conditions: [...each.conditions, ...reach.conditions] }));
}

/** `source-nat interface`: the address of the interface that the packet leaves by; none where one of them is unknown. */
function egressAddresses(to: NatContext | undefined, facts: NatFacts): readonly AddressTerm[] {
  if (to === undefined || to.kind === 'routing-instance') return [];
  const names = to.kind === 'interface' ? to.names : to.names.flatMap((zone) => facts.interfacesOf(zone));
  const addresses = names.map((name) => facts.addressesOf(name));
  return addresses.every((each) => each.length > 0) ? addresses.flat() : [];
}
