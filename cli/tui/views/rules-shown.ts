import type { DeviceLists, ListPlace } from '../engine/questions.ts';
import type { AskedRules } from '../store/asked-rules.ts';
import type { Model, Remote } from '../store/model.ts';
import type { RulesScreen } from '../store/screens.ts';
import { centredOn, type Extent } from '../list.ts';
import { keepLast } from '../memo.ts';
import { listKey } from '../store/asked-rules.ts';
import { listRows, type ListRow } from './rule-lists.ts';
import { findingsByRule, tableRows, type TableRow } from './rule-rows.ts';

/** What the rules view shows. */
export type RulesShown =
  | {
      readonly kind: 'waiting';
      readonly what: string;
      readonly remote: Remote<unknown> | undefined;
      /** The list whose rules are waited for; absent: the lists are. */
      readonly list?: ListRow;
    }
  /** `missing`: the list that was meant and is not there. */
  | { readonly kind: 'lists'; readonly rows: readonly ListRow[]; readonly devices: number; readonly missing?: string }
  | {
      readonly kind: 'rules';
      readonly list: ListRow;
      readonly asked: AskedRules;
      readonly rows: readonly TableRow[];
      readonly findings: ReturnType<typeof findingsByRule>;
    };

/** Lists, or the rules of one; or what is waited for. */
export function rulesShown(screen: RulesScreen, model: Model): RulesShown {
  const { source, filter, ruleList } = screen;
  const devices = model.ruleLists.get(source);
  if (devices?.kind !== 'ready') return { kind: 'waiting', what: 'the rule lists', remote: devices };
  const list = chosenList(devices.value, screen);
  if (list === undefined) {
    const missing = ruleList === undefined ? {} : { missing: ruleList };
    return { kind: 'lists', rows: listRows(devices.value, filter), devices: devices.value.length, ...missing };
  }
  const asked = model.rules.get(listKey(placeOfList(source, list)));
  if (asked?.kind !== 'ready') return { kind: 'waiting', what: `the rules of ${list.head.name}`, remote: asked, list };
  const findings = findingsByRule(model.fleet.findings, source, list.device);
  return { kind: 'rules', list, asked: asked.value, rows: tableRows(asked.value, filter, findings), findings };
}

export function placeOfList(source: string, { deviceIndex, head }: ListRow): ListPlace {
  return { source, device: deviceIndex, list: head.index };
}

/**
 * The list that a screen names. Several may have the name (IPv4 and IPv6, two systems): the one in that place, else the last that
 * begins above the line to go to, else the first.
 */
const chosenList = keepLast((devices: readonly DeviceLists[], screen: RulesScreen): ListRow | undefined => {
  const { ruleList, device, index, goTo } = screen;
  if (ruleList === undefined) return undefined;
  const named = listRows(devices, '').filter(({ head }) => head.name === ruleList);
  const own = named.filter((each) => each.device === device);
  const fitting = own.length > 0 ? own : named;
  const above = fitting.filter(
    ({ head: { span } }) => goTo !== undefined && span.source === goTo.text && span.line <= goTo.line,
  );
  const nearest = above.toSorted((a, b) => b.head.span.line - a.head.span.line)[0];
  return fitting.find(({ head }) => head.index === index) ?? nearest ?? fitting[0];
});

/** The screen once its rows are there: with the cursor on the rule, or else the list, of the line that was meant. */
export function arrived(screen: RulesScreen, model: Model, extent: Extent): RulesScreen {
  const { goTo, ...rest } = screen;
  const shown = rulesShown(screen, model);
  if (shown.kind === 'lists' && goTo !== undefined) {
    const at = shown.rows.findLastIndex(({ head }) => head.span.source === goTo.text && head.span.line <= goTo.line);
    return { ...rest, list: centredOn(Math.max(0, at), extent) };
  }
  if (shown.kind !== 'rules') return rest;
  const at = shown.rows.findIndex(
    (each) => each.kind === 'rule' && each.row.span.source === goTo?.text && each.row.span.line === goTo.line,
  );
  const { device, head } = shown.list;
  // The line told which of the lists of that name was meant; the place goes on telling it.
  return { ...rest, device, index: head.index, list: centredOn(Math.max(0, at), extent) };
}
