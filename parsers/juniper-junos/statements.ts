import type { LineState } from '../diagnostics.ts';
import type { FormGroup } from '../platform.ts';

/** A statement by its path; `*` stands for a name or value, `(a|b)` for either word. It speaks for all below it too. */
export interface Statement {
  readonly path: string;
  readonly state: LineState;
  /** Why it has no effect, or what its state means for verdicts. */
  readonly note: string;
}

/** A table of statements: one path a line; a blank line or a line in brackets changes nothing. */
export function statements(state: LineState, note: string, paths: string): readonly Statement[] {
  return paths
    .split('\n')
    .map((path) => path.trim())
    .filter((path) => path !== '')
    .map((path) => ({ path, state, note }));
}

/** Statements as the platform's page shows them, by the first word of their path. */
export function formGroups(all: readonly Statement[]): readonly FormGroup[] {
  const groups = new Map<string, { form: string; state: LineState; note: string }[]>();
  for (const { path, state, note } of all) {
    const mode = path.split(' ')[0] ?? '';
    const forms = groups.get(mode) ?? [];
    forms.push({ form: path.replaceAll('*', 'NAME'), state, note });
    groups.set(mode, forms);
  }
  return [...groups].map(([mode, forms]) => ({ mode, forms }));
}
