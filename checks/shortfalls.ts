import type { Coverage, Diagnostic } from '../parsers/diagnostics.ts';

/** Why the answer for a text cannot be trusted although it was read. */
export interface TextShortfall {
  readonly reason: 'unknown-lines' | 'cut-off' | 'error-diagnostic';
  readonly message: string;
}

/** What keeps the answers for a text from being trusted. */
export function textShortfalls(
  { coverage, diagnostics }: { readonly coverage: Coverage; readonly diagnostics: readonly Diagnostic[] },
  maxUnknownPercent: number,
): TextShortfall[] {
  const shortfalls: TextShortfall[] = [];
  const unknown = coverage.states.unsupported + coverage.states.unrecognised;
  if (unknown * 100 > maxUnknownPercent * coverage.lines) {
    const message = `${unknown} of ${coverage.lines} lines were not understood, more than ${maxUnknownPercent}% (--max-unknown)`;
    shortfalls.push({ reason: 'unknown-lines', message });
  }
  if (coverage.complete === 'no') {
    shortfalls.push({ reason: 'cut-off', message: 'ends before its end mark; what is missing is unknown' });
  }
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first !== undefined) {
    const more = errors.length > 1 ? ` and ${errors.length - 1} more` : '';
    shortfalls.push({ reason: 'error-diagnostic', message: `line ${first.span.line}: ${first.message}${more}` });
  }
  return shortfalls;
}
