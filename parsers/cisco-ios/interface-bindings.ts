import type { LineState } from '../diagnostics.ts';
import type { Family } from '../model/address.ts';
import type { Statement } from '../syntax/statements.ts';
import { argumentsOf, notUnderstood, type IosText } from './text.ts';

/** What it means when a binding cannot be read. */
export const UNFILTERED = 'a filter of this interface may be missing';

function familyOf(statement: Statement): Family {
  return statement.words[0] === 'ipv6' ? 6 : 4;
}

/** `ip access-group NAME [in|out]`, `ipv6 traffic-filter NAME in|out`. */
export function readAccessGroup(statement: Statement, text: IosText): LineState | void {
  const [list, direction = 'out', ...rest] = argumentsOf(statement);
  const at = statement.arguments;
  if (list === undefined) return notUnderstood(statement, text, at, UNFILTERED);
  const way = directionOf(direction);
  if (way === undefined) return notUnderstood(statement, text, at + 1, UNFILTERED);
  if (rest.length > 0) return notUnderstood(statement, text, at + 2, UNFILTERED);
  bind(statement, text, way, [{ list, common: false, at }]);
}

function directionOf(word: string): 'in' | 'out' | undefined {
  const lower = word.toLowerCase();
  return lower === 'in' || lower === 'out' ? lower : undefined;
}

/** Two lists in one place: the common one first, then the interface's, one implicit deny at the end of both. */
export function readCommonGroup(statement: Statement, text: IosText): LineState | void {
  const words = argumentsOf(statement);
  const at = statement.arguments;
  const direction = directionOf(words.at(-1) ?? '');
  const [common, list] = words.slice(0, -1);
  // A list may itself be called `common`.
  if (words.length === 1 && direction !== undefined)
    return bind(statement, text, direction, [{ list: 'common', common: false, at: at - 1 }]);
  if (direction === undefined || common === undefined || words.length > 3)
    return notUnderstood(statement, text, at, UNFILTERED);
  const own = list === undefined ? [] : [{ list, common: false, at: at + 1 }];
  bind(statement, text, direction, [{ list: common, common: true, at }, ...own]);
}

/** A second statement for the same family and direction replaces the first. */
function bind(
  statement: Statement,
  text: IosText,
  direction: 'in' | 'out',
  lists: readonly { readonly list: string; readonly common: boolean; readonly at: number }[],
): void {
  const family = familyOf(statement);
  for (const target of text.currentInterfaces) {
    const replaced = target.accessGroups.filter((group) => group.family === family && group.direction === direction);
    for (const { line } of replaced) text.reader.mark(line, 'no-effect');
    target.accessGroups = target.accessGroups.filter((group) => !replaced.includes(group));
    for (const { list, common, at } of lists) {
      const span = text.reader.wordSpan(statement, at);
      target.accessGroups.push({ list, direction, family, common, line: statement.line, span });
    }
  }
}

/** `no ip access-group [NAME] [in|out]`. */
export function removeAccessGroups(family: Family) {
  return (statement: Statement, text: IosText): void => {
    const words = argumentsOf(statement);
    const direction = directionOf(words.at(-1) ?? '');
    for (const target of text.currentInterfaces) {
      const gone = target.accessGroups.filter(
        (group) => group.family === family && (direction === undefined || group.direction === direction),
      );
      for (const { line } of gone) text.reader.mark(line, 'no-effect');
      target.accessGroups = target.accessGroups.filter((group) => !gone.includes(group));
    }
  };
}
