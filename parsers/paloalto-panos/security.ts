import type { Binding } from '../model/device.ts';
import type { RuleList } from '../model/rule.ts';
import type { Span } from '../source.ts';
import type { MissingRules, Names, Rulebase, Scope, VirtualSystem } from './firewall.ts';
import type { Notes } from './notes.ts';
import { readDecryption } from './decryption.ts';
import { readDefaults, type Defaults } from './default-rules.ts';
import { counted } from './hit-counts.ts';
import { lostRules, missingRule } from './missing-rules.ts';
import { noteOtherRules } from './other-rulebases.ts';
import { overridesOf } from './overrides.ts';
import { RuleIds } from './rule-fields.ts';
import { RuleMemo, appliedRules, onceFor, under } from './rule-memo.ts';
import { readSecurityRule, type SecurityReading, type SecurityRule } from './security-rule.ts';
import { child, entries, type PanNode } from './tree.ts';
import { triesFromTheTop, wildcardConditions } from './wildcard-order.ts';

/** What decides about new sessions of a virtual system. */
export interface Security extends Defaults {
  /** Security rules in the order of evaluation, one list a rulebase. */
  readonly lists: readonly RuleList[];
  /** Where each of `lists` counts, in the same order. */
  readonly bindings: readonly Binding[];
  /** Decryption rules in the order of evaluation. */
  readonly decryption: readonly RuleList[];
  /** Lists that only others refer to: application overrides. */
  readonly other: readonly RuleList[];
  /** Zones that security rules name, with the first place. */
  readonly zonesNamed: readonly { readonly name: string; readonly span: Span }[];
}

/** Rules of one place, before what other places say about them. */
interface ReadList {
  readonly list: RuleList;
  /** The same rules, with what order depends on. */
  readonly rules: readonly SecurityRule[];
  readonly zones: Security['zonesNamed'];
}

const rulesRead = onceFor(() => new RuleMemo<SecurityRule>());
const listsRead = onceFor(() => new RuleMemo<ReadList>());
const rulebasesNoted = onceFor(() => new Set<PanNode>());

/**
 * Reads the security policy of a virtual system. First match over all rulebases counts: shared pre-rules, pre-rules of the
 * device groups from the outermost, local rules, post-rules from the innermost group, shared post-rules, and the two default
 * rules last ("Device Group Policies", Panorama Administrator's Guide 10.1); `system.rulebases` has that order.
 */
export function convertSecurity(
  system: VirtualSystem,
  namesOf: (scopes: readonly Scope[]) => Names,
  notes: Notes,
): Security {
  const overrides = overridesOf(system, namesOf, notes);
  const read: ReadList[] = [];
  const decryption: RuleList[] = [];
  for (const rulebase of system.rulebases) {
    if (!('node' in rulebase)) {
      read.push(missingList(rulebase));
      continue;
    }
    const { scopes, node } = rulebase;
    const reading: SecurityReading = { names: namesOf(scopes), scopes, notes, overrides };
    const list = takeList(rulebase, reading);
    if (list !== undefined) read.push(list);
    const opened = readDecryption(rulebase, reading);
    if (opened !== undefined) decryption.push(opened);
    const noted = rulebasesNoted(notes);
    if (!noted.has(node)) noteOtherRules(rulebase, notes);
    noted.add(node);
  }
  const lists = counted(inOrder(read, system.node, notes), system.id, notes);
  return {
    lists,
    bindings: lists.map(({ name, span }) => ({
      list: name,
      direction: 'security policy',
      attachedTo: 'all zones',
      family: 'both',
      defined: true,
      plane: 'transit',
      span,
    })),
    ...readDefaults(system, notes),
    decryption,
    other: overrides.lists,
    zonesNamed: firstPlaces(read.flatMap(({ zones }) => zones)),
  };
}

/** The lists, their rules under a condition where they are not tried from the top. */
function inOrder(read: readonly ReadList[], node: PanNode, notes: Notes): readonly RuleList[] {
  const masked = read.flatMap(({ rules }) => rules.filter(({ wildcards }) => wildcards.length > 0));
  if (masked.length < 2 || triesFromTheTop(node)) return read.map(({ list }) => list);
  const open = wildcardConditions(masked, notes);
  return read.map(({ list }) => ({ ...list, rules: list.rules.map((rule) => under(rule, open.get(rule))) }));
}

function takeList(rulebase: Rulebase, reading: SecurityReading): ReadList | undefined {
  const node = child(rulebase.node, 'security', 'rules');
  if (node === undefined) {
    if (!rulebase.node.cut) return undefined;
    const { title } = rulebase;
    const { span } = rulebase.node;
    return listOf(title, span, [{ rule: lostRules(span, reading.notes), wildcards: [] }], []);
  }
  const read = (): ReadList => readList(rulebase, node, reading);
  const isForAll = rulebase.appliesTo === undefined;
  return isForAll ? listsRead(reading.overrides).take(rulebase.node, reading.names, read) : read();
}

function readList(rulebase: Rulebase, node: PanNode, reading: SecurityReading): ReadList {
  const { notes, overrides, names } = reading;
  const ids = new RuleIds(notes);
  const written = entries(node);
  const memo = rulesRead(overrides);
  const applied = appliedRules(written, rulebase);
  const rules = applied.map(({ node: rule, unsure }): SecurityRule => {
    const id = ids.next(rule);
    const read = (): SecurityRule => readSecurityRule(rule, id, reading);
    const made = id === rule.word ? memo.take(rule, names, read) : read();
    return unsure === undefined ? made : { ...made, rule: under(made.rule, unsure) };
  });
  if (node.cut && written.at(-1)?.cut !== true) rules.push({ rule: lostRules(node.span, notes), wildcards: [] });
  return listOf(
    rulebase.title,
    node.span,
    rules,
    applied.map(({ node: rule }) => rule),
  );
}

function listOf(name: string, span: Span, rules: readonly SecurityRule[], written: readonly PanNode[]): ReadList {
  const list: RuleList = {
    name,
    kind: 'security policy',
    family: 'both',
    span,
    rules: rules.map(({ rule }) => rule),
  };
  return { list, rules, zones: zonesNamed(written) };
}

function missingList(missing: MissingRules): ReadList {
  const { title, where, span } = missing;
  const place = where === 'pre' ? 'before local rules' : 'behind local rules';
  return listOf(`${title}, ${place}`, span, [{ rule: missingRule(missing), wildcards: [] }], []);
}

/** `any` and `multicast` are words of PAN-OS, not zones of the text. */
const NO_ZONES: ReadonlySet<string> = new Set(['any', 'multicast']);

function zonesNamed(rules: readonly PanNode[]): Security['zonesNamed'] {
  const named = rules.flatMap((rule) => [...entries(rule, 'from'), ...entries(rule, 'to')]);
  return firstPlaces(named.filter(({ word }) => !NO_ZONES.has(word)).map(({ word, span }) => ({ name: word, span })));
}

function firstPlaces(zones: Security['zonesNamed']): Security['zonesNamed'] {
  const found = new Map<string, Security['zonesNamed'][number]>();
  for (const zone of zones) if (!found.has(zone.name)) found.set(zone.name, zone);
  return [...found.values()];
}
