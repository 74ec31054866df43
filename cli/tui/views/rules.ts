import type { Question } from '../engine/questions.ts';
import type { Model } from '../store/model.ts';
import type { RulesScreen } from '../store/screens.ts';
import type { Area, View } from '../view.ts';
import type { Line } from '../line.ts';
import type { Extent } from '../list.ts';
import { visible } from '../../terminal/visible.ts';
import { count } from '../../reports/layout.ts';
import { readFilter } from '../filter.ts';
import { bodyArea } from '../store/model.ts';
import { filterLine, remoteLines } from './frame-lines.ts';
import { rulesAct, rulesRefusal, spanOf } from './rule-acts.ts';
import { LIST_FIELDS } from './rule-lists.ts';
import { RULE_FIELDS } from './rule-rows.ts';
import { ruleSubject } from './rule-subject.ts';
import { effectQuestions } from './rule-questions.ts';
import { exportedLists, exportedRules } from './rule-export.ts';
import { drawLists, drawRules, listHeight } from './rules-drawn.ts';
import { placeOfList, rulesShown } from './rules-shown.ts';

function extentOf(screen: RulesScreen, model: Model, area: Area): Extent {
  const shown = rulesShown(screen, model);
  return { length: shown.kind === 'waiting' ? 0 : shown.rows.length, height: listHeight(shown.kind, area) };
}

/** The rule lists of an input, and the rules of one with what each does among the others. */
export const rulesView: View<RulesScreen> = {
  fields: [...new Set([...RULE_FIELDS, ...LIST_FIELDS])],

  title(screen, model) {
    const shown = rulesShown(screen, model);
    if (shown.kind === 'rules') {
      const { list, asked, rows } = shown;
      const fitting = rows.filter(({ kind }) => kind === 'rule').length;
      const all = count(asked.rows.length, 'rule');
      const number = fitting === asked.rows.length ? all : `${fitting} of ${all}`;
      return visible(`${list.head.name} of ${list.device}, ${number}`);
    }
    const number = shown.kind === 'lists' ? `, ${shown.rows.length}` : '';
    return visible(`Rule lists of ${screen.source}${number}`);
  },

  extent: extentOf,

  draw(screen, model, area) {
    const shown = rulesShown(screen, model);
    switch (shown.kind) {
      case 'waiting': {
        const fields = screen.ruleList === undefined ? LIST_FIELDS : RULE_FIELDS;
        const head: Line[] = [filterLine(screen.filter, readFilter(screen.filter, fields))];
        return { head, rows: remoteLines(shown.remote, shown.what, area.width) };
      }
      case 'lists':
        return drawLists(screen, shown, area);
      case 'rules':
        return drawRules(screen, shown, area);
    }
  },

  act: (act, screen, model) => rulesAct(act, screen, model),
  refuses: (act, screen, model) => rulesRefusal(act, screen, model),

  subject(screen, model) {
    const { source } = screen;
    const shown = rulesShown(screen, model);
    if (shown.kind === 'waiting') return { source, device: screen.device };
    if (shown.kind === 'lists') {
      const row = shown.rows[screen.list.cursor];
      if (row === undefined) return { source };
      const { span, name } = row.head;
      return { source, device: row.device, ruleList: name, line: span.line, text: span.source };
    }
    const { list } = shown;
    const row = shown.rows[screen.list.cursor];
    if (row?.kind === 'rule') return ruleSubject(row.row, list, source);
    const span = spanOf(screen, shown) ?? list.head.span;
    return { source, device: list.device, ruleList: list.head.name, line: span.line, text: span.source };
  },

  needs(screen, model): readonly Question[] {
    const { source } = screen;
    if (source === '') return [];
    const lists: Question = { kind: 'rule-lists', source };
    const shown = rulesShown(screen, model);
    if (shown.kind === 'rules') {
      return [lists, ...effectQuestions(screen, shown, extentOf(screen, model, bodyArea(model)))];
    }
    if (shown.kind === 'lists' || shown.list === undefined) return [lists];
    return [lists, { kind: 'rules', ...placeOfList(source, shown.list) }];
  },

  export(screen, model) {
    const shown = rulesShown(screen, model);
    if (shown.kind === 'waiting') return '';
    return shown.kind === 'lists' ? exportedLists(shown.rows) : exportedRules(shown);
  },
};
