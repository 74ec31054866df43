import type { RuleCount } from '../diagnostics.ts';
import type { Device } from '../model/device.ts';
import type { MatchExpression, Rule, RuleList } from '../model/rule.ts';
import type { Span } from '../source.ts';
import type { LoadedText } from './load.ts';
import type { Notes } from './notes.ts';
import { SYSTEM_WORDS } from './places.ts';
import { entries, isYes, pathOf, type PanNode } from './tree.ts';

/** Rulebases as they are counted; those that decide about no packet of their own are known and left out. */
const KINDS: ReadonlyMap<string, { readonly kind: string; readonly isModelled: boolean }> = new Map([
  ['security', { kind: 'security rules', isModelled: true }],
  ['nat', { kind: 'NAT rules', isModelled: true }],
  ['application-override', { kind: 'application override rules', isModelled: true }],
  ['decryption', { kind: 'decryption rules', isModelled: true }],
  ['default-security-rules', { kind: 'default rules', isModelled: true }],
  ['pbf', { kind: 'policy-based forwarding rules', isModelled: false }],
  ['qos', { kind: 'QoS rules', isModelled: false }],
  ['dos', { kind: 'DoS protection rules', isModelled: false }],
  ['authentication', { kind: 'authentication rules', isModelled: false }],
  ['captive-portal', { kind: 'authentication rules', isModelled: false }],
  ['tunnel-inspect', { kind: 'tunnel inspection rules', isModelled: false }],
  ['sdwan', { kind: 'SD-WAN rules', isModelled: false }],
  ['network-packet-broker', { kind: 'packet broker rules', isModelled: false }],
]);

/** Deepest place of a rulebase: `template T config devices localhost.localdomain vsys vsys1 rulebase`. */
const DEEPEST = 8;

interface Tally {
  written: number;
  modelled: number;
  disabled: number;
  readonly left: Map<string, number>;
}

/**
 * Counts the rules that the texts write, apart from the model, and what became of them. Rules that are neither in a device
 * nor left out for a stated reason are lost: that is an error of ours, and said.
 */
export function countRules(
  texts: readonly LoadedText[],
  devices: readonly Device[],
  notes: Notes,
): readonly RuleCount[] {
  const found = new FoundRules(devices);
  const tallies = new Map<string, Tally>();
  for (const { root, builder } of texts) {
    const written = rulesOf(root);
    for (const { word, rule } of written) tally(word, rule, found, notes, tallies);
    for (const node of builder.removed)
      for (const { word, rule } of rulesIn(node)) tally(word, rule, found, notes, tallies);
    for (const { word } of builder.unread) {
      const counts = tallyOf(kindOf(word).kind, tallies);
      counts.written += 1;
      leave(counts, 'behind the place where the XML breaks off');
    }
  }
  return [...tallies].map(([kind, { written, modelled, disabled, left }]) => ({
    kind,
    written,
    modelled,
    disabled,
    left: [...left].map(([reason, count]) => ({ reason, count })),
  }));
}

function tally(word: string, rule: PanNode, found: FoundRules, notes: Notes, tallies: Map<string, Tally>): void {
  const { kind, isModelled } = kindOf(word);
  const counts = tallyOf(kind, tallies);
  counts.written += 1;
  const fate = notes.fateOf(rule) ?? found.fateOf(rule.span);
  if (fate !== undefined) {
    counts.modelled += 1;
    if (fate === 'disabled') counts.disabled += 1;
    return;
  }
  const reason = notes.reasonOf(rule) ?? (isModelled ? unreadReason(rule) : reasonFor(rule));
  leave(counts, reason ?? 'lost');
  if (reason === undefined) report(rule, 'stands in no device and nothing says why', notes);
  else if (reason === NOT_READ) report(rule, 'stands in a part of the configuration that is not known', notes);
}

function kindOf(word: string): { readonly kind: string; readonly isModelled: boolean } {
  return KINDS.get(word) ?? { kind: `rules of ${word}`, isModelled: false };
}

function tallyOf(kind: string, tallies: Map<string, Tally>): Tally {
  const counts = tallies.get(kind) ?? { written: 0, modelled: 0, disabled: 0, left: new Map<string, number>() };
  tallies.set(kind, counts);
  return counts;
}

function leave({ left }: Tally, reason: string): void {
  left.set(reason, (left.get(reason) ?? 0) + 1);
}

function report(rule: PanNode, what: string, notes: Notes): void {
  notes.diagnose(
    'panos/rules-lost',
    'error',
    rule.span,
    `a rule of \`${pathOf(rule).slice(-4, -1).join(' ')}\` ${what}`,
    'what it permits or denies is not judged',
  );
}

const NOT_READ = 'in a part of the configuration that is not known';

function unreadReason({ state }: PanNode): string | undefined {
  return state === 'unrecognised' ? NOT_READ : undefined;
}

function reasonFor(rule: PanNode): string {
  return isYes(rule, 'disabled') ? 'switched off, of a kind that is not modelled' : 'of a kind that is not modelled';
}

interface WrittenRule {
  /** The word of its rulebase: `security`. */
  readonly word: string;
  readonly rule: PanNode;
}

/** Every rule below a rulebase, wherever that stands. */
function rulesOf(root: PanNode): readonly WrittenRule[] {
  const rules: WrittenRule[] = [];
  const visit = (node: PanNode, depth: number): void => {
    for (const each of node.children) {
      if (isRulebase(each)) for (const rule of rulesIn(each)) rules.push(rule);
      else if (depth < DEEPEST && !isElsewhere(each)) visit(each, depth + 1);
    }
  };
  visit(root, 1);
  return rules;
}

/** Lists of objects are long and hold no rulebase; administrators' permissions name some. */
function isElsewhere({ word, parent }: PanNode): boolean {
  if (parent?.parent === undefined) return word === 'mgt-config' || word === 'deviceconfig';
  return SYSTEM_WORDS.has(word) && !/^(?:template|device-group|vsys|template-stack)$/.test(parent.word);
}

/** The rules of a node that is a rulebase, a kind of rules, their list, or one of them. */
function rulesIn(node: PanNode): readonly WrittenRule[] {
  const { word, parent } = node;
  if (isRulebase(node)) return node.children.flatMap(rulesIn);
  if (isRulebase(parent)) return entries(node, 'rules').map((rule) => ({ word, rule }));
  if (word === 'rules') return node.children.map((rule) => ({ word: parent?.word ?? '', rule }));
  return parent?.word === 'rules' ? [{ word: parent.parent?.word ?? '', rule: node }] : [];
}

function isRulebase(node: PanNode | undefined): boolean {
  return node !== undefined && /^(?:pre-|post-)?rulebase$/.test(node.word);
}

/** Rules that devices have, by where they are written. */
class FoundRules {
  private readonly enabled = new Map<string, boolean>();
  private readonly seen = new Set<RuleList>();

  constructor(devices: readonly Device[]) {
    for (const { ruleLists, decryption } of devices)
      for (const list of [...ruleLists, ...(decryption ?? [])]) this.list(list);
  }

  fateOf(span: Span): 'modelled' | 'disabled' | undefined {
    const enabled = this.enabled.get(keyOf(span));
    return enabled === undefined ? undefined : enabled ? 'modelled' : 'disabled';
  }

  private list(list: RuleList): void {
    if (this.seen.has(list)) return;
    this.seen.add(list);
    for (const rule of list.rules) this.rule(rule);
  }

  private rule({ span, enabled, also, applications }: Rule): void {
    const key = keyOf(span);
    if (enabled || !this.enabled.has(key)) this.enabled.set(key, enabled);
    if (also !== undefined) this.expression(also);
    if (applications?.told !== undefined) this.list(applications.told.all);
  }

  private expression(of: MatchExpression): void {
    if (of.kind === 'permitted-by') this.list(of.list);
    else if (of.kind === 'not') this.expression(of.of);
    else if (of.kind === 'all' || of.kind === 'any') for (const each of of.of) this.expression(each);
  }
}

function keyOf({ source, line, column }: Span): string {
  return `${line}:${column}:${source}`;
}
