import type { Line } from '../syntax/lines.ts';
import type { Form } from '../syntax/statements.ts';
import { argumentsOf, type IosText } from './text.ts';

/** Why a statement with a list in it has no effect. */
export const NOT_A_FILTER = 'names a list, filters no transit packets';

/** Notes that something else than a filter refers to a list. */
export function noteUse(list: string | undefined, purpose: string, line: Line, text: IosText): void {
  if (list !== undefined) text.uses.push({ list, purpose, line });
}

/** A statement that names a list for something that filters no transit packets. `at`: argument that is the list, -1 the last. */
export function usesList(form: string, purpose: string, at: number, reason: string): Form<IosText> {
  return {
    form,
    state: 'no-effect',
    note: reason,
    read: (statement, text) => noteUse(argumentsOf(statement).at(at), purpose, statement.line, text),
    readNo: () => 'no-effect',
  };
}
