import type { Binding, Device } from '../../parsers/model/device.ts';
import type { RuleList } from '../../parsers/model/rule.ts';
import type { Service } from '../data/services.ts';
import { createEvaluation } from '../evaluate/evaluate.ts';
import type { EvaluationContract } from '../evaluate/evaluation.ts';
import type { Finding } from '../finding.ts';
import { placesOf } from '../least-privilege/rule-places.ts';
import { createPacketSpace } from '../packet-space/create-packet-space.ts';
import { PacketSpaceFull } from '../packet-space/packet-space.ts';
import type { Day } from '../policy/policy.ts';
import { bindingNote } from '../reporting/evidence.ts';
import { judgeEnd } from './judge-end.ts';
import { judgeRule } from './judge-rule.ts';
import { listPlaces, type ListPlaces } from './list-places.ts';
import { detailsOf, rowSources, ruleRows } from './rule-row.ts';
import type { EndRow, ListHead, RowEffect, RuleDetails, RuleRow, RuleTable } from './rule-table.ts';

/** What tables are made from. */
export interface RuleTableContext {
  /** Under the policy's assumptions where there are any: what is judged. */
  readonly device: Device;
  readonly catalogue: readonly Service[];
  /** Of this device, with their indexes as rows name them. */
  readonly findings: readonly Finding[];
  /** For schedules that have ended; absent: none has. */
  readonly today?: Day;
  /** Most diagram nodes for the sets of one list. */
  readonly maxNodes?: number;
}

/** One opened list: rows at once, effects as they are asked for, since a view shows forty rows of ten thousand. */
export interface OpenList {
  readonly head: ListHead;
  /** Every rule in order; costs no packet sets. */
  readonly rows: readonly RuleRow[];
  /** The effect of a row. The first question about a list of 10,000 rules takes seconds, each further one milliseconds. */
  effect(index: number): RowEffect;
  /** What stands behind the last rule, each place once. */
  end(): readonly EndRow[];
  details(index: number): RuleDetails;
}

/** The rule lists of one device. Keeps the sets of the list opened last, and of no other. */
export interface RuleTables {
  readonly lists: readonly ListHead[];
  /** A list by its place among `lists`. */
  open(index: number): OpenList;
  /** The whole list as plain data, every rule judged. */
  ruleTable(index: number): RuleTable;
}

/** Tables of every rule list of a device, bound or not. Never throws on what a configuration says. */
export function createRuleTables(context: RuleTableContext): RuleTables {
  const { device } = context;
  const places = once(() => placesOf(device));
  const sources = once(() => rowSources(device, context.catalogue, context.findings));
  const lists = device.ruleLists.map((list, index) => headOf(device, list, index));
  let last: { readonly index: number; readonly list: OpenList } | undefined;
  const open = (index: number): OpenList => {
    if (last?.index === index) return last.list;
    const [list, head] = [device.ruleLists[index], lists[index]];
    if (list === undefined || head === undefined) throw new RangeError(`the device has no rule list ${index}`);
    const where = once(() => listPlaces(device, list, places()));
    const opened = openList(context, list, head, ruleRows(sources(), list), where);
    last = { index, list: opened };
    return opened;
  };
  return {
    lists,
    open,
    ruleTable(index) {
      const list = open(index);
      const rows = list.rows.map((row) => ({ ...row, effect: list.effect(row.index) }));
      return { ...list.head, rows, end: list.end() };
    },
  };
}

function openList(
  { device, today, maxNodes }: RuleTableContext,
  list: RuleList,
  head: ListHead,
  rows: readonly RuleRow[],
  where: () => ListPlaces,
): OpenList {
  const evaluation = once(() =>
    createEvaluation(device, createPacketSpace(maxNodes === undefined ? {} : { maxNodes })),
  );
  const effects = new Map<number, RowEffect>();
  return {
    head,
    rows,
    effect(index) {
      let known = effects.get(index);
      if (known === undefined) {
        const judge = (): RowEffect => judgeRule(evaluation(), list, index, where(), today);
        effects.set(index, (known = unlessFull(judge, () => OUTGROWN)));
      }
      return known;
    },
    end: once(() => endOf(evaluation, where())),
    details(index) {
      const rule = list.rules[index];
      if (rule === undefined) throw new RangeError(`${list.name} has no rule ${index}`);
      return detailsOf(rule, list);
    },
  };
}

const OUTGROWN: RowEffect = {
  mark: 'unknown',
  by: [],
  more: false,
  note: 'the packet sets of the list outgrow the memory set aside for them',
};

function endOf(evaluation: () => EvaluationContract, where: ListPlaces): readonly EndRow[] {
  if (where.kind === 'not-judged') return [];
  return unlessFull(
    () => judgeEnd(where.places, (place) => evaluation().reachesEnd(place.crossing, place.stage, place.list)),
    () => judgeEnd(where.places, () => undefined),
  );
}

function unlessFull<T>(action: () => T, otherwise: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof PacketSpaceFull)) throw error;
    return otherwise();
  }
}

function headOf({ bindings }: Device, list: RuleList, index: number): ListHead {
  const { name, kind, family, span, rules, usedBy } = list;
  const here = bindings.filter(
    (each) => each.list === name && (family === 'both' || each.family === 'both' || each.family === family),
  );
  return {
    index,
    name,
    kind,
    family,
    span,
    rules: rules.length,
    bindings: here.map((each: Binding) => ({
      text: bindingNote(each.direction, each.attachedTo),
      direction: each.direction,
      attachedTo: each.attachedTo,
      family: each.family,
      plane: each.plane,
      span: each.span,
    })),
    usedBy: usedBy ?? [],
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
