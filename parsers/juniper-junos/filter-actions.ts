import type { ActionKind, ObjectUse, RuleLogging } from '../model/rule.ts';
import type { Condition } from '../model/condition.ts';
import type { Notes } from './notes.ts';
import { entries, type JunosNode } from './tree.ts';

/** What a term does with what it matches. */
export interface TermAction {
  readonly kind: ActionKind;
  /** For showing: `discard`, `reject tcp-reset`, `accept (no action)`, `routing-instance VRF`. */
  readonly word: string;
  readonly logging: RuleLogging;
  /** The routing instance that takes the packets over. */
  readonly instance: JunosNode | undefined;
  /** Packets bypass flow processing, and with it zones and policies. */
  readonly packetMode: boolean;
  readonly conditions: readonly Condition[];
  readonly uses: readonly ObjectUse[];
}

const TERMINATING: ReadonlyMap<string, ActionKind> = new Map([
  ['accept', 'permit'],
  ['discard', 'deny'],
  ['reject', 'deny'],
  ['next', 'continue'],
]);

/** The packet goes on another way than routing would send it. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'routing-instance',
  'logical-system',
  'next-ip',
  'next-ip6',
  'next-interface',
  'topology',
  'encapsulate',
  'decapsulate',
  'vlan',
  'interface',
  'ipsec-sa',
  'next-hop-group',
]);

/** Modifiers: the packet is counted, marked, copied, and goes on. */
const MODIFIERS: ReadonlySet<string> = new Set(
  `count sample port-mirror port-mirror-instance analyzer l2-mirror forwarding-class loss-priority dscp traffic-class
   traffic-class-count precedence prefix-action packet-mode service-accounting service-accounting-deferred
   service-filter-hit next-hop-learning virtual-channel accounting clear-policy-map policy-map dont-fragment
   no-decrement-ttl force-premium exclude-accounting load-balance set-next-header address-family hierarchical-policer
   tcp-mss-adjust color counter alert monitor-only packet-length skip-services cos-next-hop-map de-encapsulate
   decrement-ttl gbp-tag gbp-src-tag loss-priority-high`.split(/\s+/),
);

/** `policer` and its like drop by rate what the term accepts. */
const POLICERS: ReadonlySet<string> = new Set([
  'policer',
  'three-color-policer',
  'hierarchical-policer',
  'prefix-action',
]);

/**
 * Reads `then` of a term. Without a terminating action, and without any `then`, a packet that matches is accepted (Junos
 * policy framework guide, "How Firewall Filters Are Evaluated").
 */
export function readActions(then: JunosNode | undefined, scope: JunosNode, notes: Notes): TermAction {
  const nodes = then?.children ?? [];
  const uses: ObjectUse[] = [];
  const logs: string[] = [];
  const unknown: JunosNode[] = [];
  let end: JunosNode | undefined;
  for (const node of nodes) {
    const { word } = node;
    if (TERMINATING.has(word)) end = node;
    else if (word === 'log' || word === 'syslog') logs.push(word);
    else if (POLICERS.has(word)) policer(node, scope, notes, uses);
    else if (!MODIFIERS.has(word) && !ELSEWHERE.has(word)) unknown.push(node);
  }
  const elsewhere = nodes.find(({ word }) => ELSEWHERE.has(word));
  for (const node of unknown) reportUnknown(node, end !== undefined, notes);
  if (elsewhere !== undefined) reportElsewhere(elsewhere, notes);
  const [first] = unknown;
  const conditions: Condition[] = [];
  let kind: ActionKind = TERMINATING.get(end?.word ?? 'accept') ?? 'permit';
  if (end === undefined && elsewhere === undefined && first !== undefined) {
    kind = 'unknown';
    conditions.push({ kind: 'not-understood', name: first.word, span: first.span });
  }
  const shown = end ?? elsewhere;
  const detail = shown?.children.map(({ word }) => word) ?? [];
  return {
    kind,
    word: shown === undefined ? 'accept' : [shown.word, ...detail].join(' '),
    logging: loggingOf(logs),
    instance: elsewhere?.word === 'routing-instance' ? elsewhere.children[0] : undefined,
    packetMode: nodes.some(({ word }) => word === 'packet-mode'),
    conditions,
    uses,
  };
}

/** `syslog` writes to the system log and goes where that goes; `log` fills a buffer that `show firewall log` shows. */
function loggingOf(words: readonly string[]): RuleLogging {
  if (words.length === 0) return { logs: 'no', detail: '' };
  const said = { logs: 'yes', detail: words.toSorted().join(' ') } as const;
  return words.includes('syslog') ? said : { ...said, sentTo: [] };
}

function policer(node: JunosNode, scope: JunosNode, notes: Notes, uses: ObjectUse[]): void {
  notes.mark(node, 'conditional');
  const name = node.children[0];
  if (name === undefined) return;
  const defined = entries(scope, 'firewall', node.word).find(({ word }) => word === name.word);
  uses.push({ name: name.word, kind: 'other', ...(defined !== undefined && { span: defined.span }) });
}

function reportUnknown(node: JunosNode, isDecided: boolean, notes: Notes): void {
  notes.mark(node, 'unrecognised');
  const consequence = isDecided
    ? 'the term is judged by its other actions'
    : 'what becomes of packets that the term matches is unknown';
  notes.diagnose(
    'junos/unknown-action',
    'warning',
    node.span,
    `the action \`${node.word}\` is not understood`,
    consequence,
  );
}

function reportElsewhere(node: JunosNode, notes: Notes): void {
  notes.mark(node, 'conditional');
  const target = node.children[0]?.word;
  const shown = target === undefined ? node.word : `${node.word} ${target}`;
  notes.diagnose(
    'junos/sent-elsewhere',
    'note',
    node.span,
    `packets of the term leave by \`${shown}\` instead of by the routing table`,
    'they are judged as accepted; by which interface they leave is not known',
  );
}
