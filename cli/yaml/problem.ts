import { maskSecrets } from '../../checks/reporting/mask-secrets.ts';
import type { Source, Span } from '../../parsers/source.ts';

/** Something in a file that people write (a policy, an inventory) that cannot be used as written. */
export interface FileProblem {
  /** One sentence, without a full stop. */
  readonly message: string;
  /** The file that it is about. */
  readonly file: string;
  /** Absent where the file itself could not be read. */
  readonly span?: Span;
  /** The line at `span`, secrets masked: whoever names a device's configuration here by mistake must not see its passwords. */
  readonly text?: string;
}

/** Where a problem is: `brokerfence.yaml:12`, for an editor as for a person. */
export function placeOfProblem({ file, span }: FileProblem): string {
  return span === undefined ? file : `${file}:${span.line}`;
}

/** A problem at a place of a text. */
export function problemAt({ text }: Source, span: Span, message: string): FileProblem {
  const line = lineOf(text, span.line).replace(ASSIGNED_SECRET, '$<key><masked>');
  return { message, file: span.source, span, text: maskSecrets(line) };
}

/** A secret that somebody wrote where only a reference to one belongs, in YAML or `key=value`; to the end of the line. */
const ASSIGNED_SECRET =
  /(?<key>(?:pass|passwd|password|passphrase|secret|token|credential|enable|_pass)[\w-]*["']?\s*[:=]\s*)(?![\s{[#]|(?:prompt|none)\b).+$/iu;

/** A line of a text by its 1-based number, without its line end. */
function lineOf(text: string, line: number): string {
  let start = 0;
  for (let number = 1; number < line; number += 1) start = text.indexOf('\n', start) + 1;
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? undefined : end).replace(/\r$/u, '');
}

/** By file as read, then by place; what is said twice of one place is said once. */
export function inOrder(problems: readonly FileProblem[]): FileProblem[] {
  const files = [...new Set(problems.map(({ file }) => file))];
  const sorted = problems.toSorted(
    (a, b) =>
      files.indexOf(a.file) - files.indexOf(b.file) ||
      (a.span?.line ?? 0) - (b.span?.line ?? 0) ||
      (a.span?.column ?? 0) - (b.span?.column ?? 0),
  );
  const said = new Set<string>();
  return sorted.filter(({ file, span, message }) => {
    const key = `${file}:${span?.line ?? 0}:${span?.column ?? 0}:${message}`;
    return !said.has(key) && said.add(key);
  });
}

/** A value as a message quotes it: short, on one line, secrets masked. */
export function shown(value: unknown): string {
  if (typeof value === 'string') {
    const line = maskSecrets(value.replaceAll(/\s+/gu, ' '));
    return `"${line.length > LONGEST_SHOWN ? `${line.slice(0, LONGEST_SHOWN)}…` : line}"`;
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'keys and values' : 'empty';
}

const LONGEST_SHOWN = 60;
