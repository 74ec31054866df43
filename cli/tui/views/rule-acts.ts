import type { Span } from '../../../parsers/source.ts';
import type { Act } from '../keymap.ts';
import type { Model } from '../store/model.ts';
import type { RulesScreen } from '../store/screens.ts';
import type { Step } from '../view.ts';
import type { ListRow } from './rule-lists.ts';
import { LIST_START } from '../list.ts';
import { LISTED } from '../store/screens.ts';
import { sourceAt } from '../store/source-at.ts';
import { openEditor } from './finding-acts.ts';
import { neighbour } from './neighbour.ts';
import { listRows } from './rule-lists.ts';
import { rulesShown, type RulesShown } from './rules-shown.ts';

/** What a key does in the rules view. */
export function rulesAct(act: Act, screen: RulesScreen, model: Model): Step<RulesScreen> | undefined {
  const shown = rulesShown(screen, model);
  const { source } = screen;
  switch (act) {
    case 'left':
    case 'right':
      return { screen: shown.kind === 'rules' ? listBeside(screen, model, shown.list, act) : inputBeside() };
    case 'open': {
      const list = leadsTo(screen, model, shown);
      if (list !== undefined) return { open: opened(source, list) };
      const span = spanOf(screen, shown);
      return span === undefined ? {} : { open: sourceAt(model, source, span) };
    }
    case 'edit':
      return openEditor(spanOf(screen, shown));
    case 'bound': {
      const list = listUnder(screen, shown);
      const [first, ...others] = list === undefined ? [] : placesOf(list);
      if (first === undefined) return {};
      const text = `the first of ${others.length + 1} places`;
      const notice = others.length === 0 ? {} : { notice: { tone: 'said', text } as const };
      return { open: sourceAt(model, source, first), ...notice };
    }
    default:
      return undefined;
  }

  function inputBeside(): RulesScreen {
    const next = neighbour(model, source, act === 'left' ? 'left' : 'right');
    const device = model.fleet.sources.find((each) => each.source === next)?.devices[0]?.device ?? '';
    return { view: 'rules', list: LIST_START, filter: screen.filter, source: next, device };
  }
}

/** Why a key can do nothing now. */
export function rulesRefusal(act: Act, screen: RulesScreen, model: Model): string | undefined {
  if (act !== 'open' && act !== 'edit' && act !== 'bound') return undefined;
  const shown = rulesShown(screen, model);
  if (shown.kind === 'waiting') return `${shown.what} cannot be seen yet`;
  const list = listUnder(screen, shown);
  if (list === undefined) return 'there is no rule list here';
  if (act === 'bound') {
    return placesOf(list).length === 0 ? 'nothing binds or uses this list: it filters nothing' : undefined;
  }
  if (shown.kind === 'lists' || spanOf(screen, shown) !== undefined) return undefined;
  if (act === 'open' && leadsTo(screen, model, shown) !== undefined) return undefined;
  return shown.rows[screen.list.cursor] === undefined
    ? 'there is no rule here'
    : 'no line says this: it is the default';
}

function listUnder({ list }: RulesScreen, shown: RulesShown): ListRow | undefined {
  if (shown.kind === 'rules') return shown.list;
  return shown.kind === 'lists' ? shown.rows[list.cursor] : undefined;
}

/** What puts the list in the path; for one that filters nowhere, what else uses it. */
function placesOf({ head: { bindings, usedBy } }: ListRow): readonly Span[] {
  const bound = bindings.toSorted((a, b) => Number(a.plane !== 'transit') - Number(b.plane !== 'transit'));
  return (bound.length > 0 ? bound : usedBy).map(({ span }) => span);
}

/** The list that `enter` opens: the one under the cursor, or that which goes on behind the last rule. */
function leadsTo(screen: RulesScreen, { ruleLists }: Model, shown: RulesShown): ListRow | undefined {
  if (shown.kind === 'lists') return listUnder(screen, shown);
  const row = shown.kind === 'rules' ? shown.rows[screen.list.cursor] : undefined;
  const devices = ruleLists.get(screen.source);
  if (shown.kind !== 'rules' || row?.kind !== 'end' || devices?.kind !== 'ready') return undefined;
  const { deviceIndex } = shown.list;
  const name = row.end.kind === 'next-list' ? row.end.list : undefined;
  return listRows(devices.value, '').find((each) => each.deviceIndex === deviceIndex && each.head.name === name);
}

/** The line of the row under the cursor. */
export function spanOf({ list }: RulesScreen, shown: RulesShown): Span | undefined {
  if (shown.kind === 'waiting') return undefined;
  if (shown.kind === 'lists') return shown.rows[list.cursor]?.head.span;
  const row = shown.rows[list.cursor];
  if (row?.kind === 'rule') return row.row.span;
  return row?.kind === 'end' && row.end.kind === 'default' ? row.end.span : undefined;
}

function opened(source: string, { device, head }: ListRow): RulesScreen {
  return { view: 'rules', ...LISTED, source, device, ruleList: head.name, index: head.index };
}

/** The list before or after one among all of the input; round at the ends. */
function listBeside(screen: RulesScreen, { ruleLists }: Model, list: ListRow, side: 'left' | 'right'): RulesScreen {
  const devices = ruleLists.get(screen.source);
  const all = devices?.kind === 'ready' ? listRows(devices.value, '') : [];
  const at = all.findIndex(({ deviceIndex, head }) => deviceIndex === list.deviceIndex && head === list.head);
  const next = all.at((at + (side === 'left' ? -1 : 1)) % Math.max(1, all.length));
  return next === undefined ? screen : opened(screen.source, next);
}
