import { FormTable, type Form, type Mode } from '../syntax/statements.ts';
import type { IosText } from './text.ts';

const NO_FORMS: FormTable<IosText> = new FormTable<IosText>([]);

/**
 * A statement that opens a mode, and neither it nor anything inside can change which packets pass. What is indented
 * below belongs to it; where a text is not indented, only lines that begin with one of `words` do, so that an unknown
 * statement after it stays unknown.
 */
export function inert(form: string, reason: string, words: readonly string[] = []): Form<IosText> {
  const known = new Set(words);
  return {
    form,
    state: 'no-effect',
    note: reason,
    opens: ({ line }): Mode<IosText> => ({
      name: form,
      forms: NO_FORMS,
      readOther: (statement) =>
        statement.line.indent > line.indent || known.has(statement.words[0] ?? '') ? 'no-effect' : 'unrecognised',
    }),
  };
}
