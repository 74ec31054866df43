import { count, type Layout } from '../reports/layout.ts';
import { drawExcerpt, gutterOf } from '../terminal/excerpt.ts';
import { visible } from '../terminal/visible.ts';
import { wrap } from '../terminal/width.ts';
import type { FileProblem } from './problem.ts';

const MOST_SHOWN = 20;

interface About {
  /** `policy` */
  readonly what: string;
  /** What comes of it: `nothing was judged by it`. */
  readonly consequence: string;
}

/** What is wrong with a file, each with its line and a caret below the place. Ends with a line end. */
export function fileProblemsText(problems: readonly FileProblem[], about: About, layout: Layout): string {
  const shown = layout.verbose ? problems : problems.slice(0, MOST_SHOWN);
  const left = problems.length - shown.length;
  const lines = [
    ...shown.flatMap((problem) => [...problemText(problem, `error[${about.what}]`, layout), '']),
    ...(left === 0 ? [] : [`and ${count(left, 'further problem')} (--verbose shows them)`]),
    `${count(problems.length, 'problem')} with the ${about.what}, so ${about.consequence}`,
  ];
  return `${lines.join('\n')}\n`;
}

function problemText({ message, file, span, text = '' }: FileProblem, head: string, layout: Layout): string[] {
  const { paint, width } = layout;
  const said = span === undefined ? `${file}: ${message}` : message;
  const [first = '', ...rest] = wrap(`${head} ${visible(said)}`, width);
  const lines = [paint('bold', paint('danger', head) + first.slice(head.length)), ...rest];
  if (span === undefined) return lines;
  const gutter = gutterOf([span.line]);
  lines.push(`${' '.repeat(gutter)}${paint('accent', '-->')} ${visible(file)}:${span.line}:${span.column}`);
  if (text.trim() === '') return lines;
  // Masking may have taken the place away.
  const isThere = span.column <= text.length;
  const mark = isThere
    ? { start: span.column - 1, end: Math.min(span.endColumn - 1, text.length) }
    : { start: 0, end: text.length };
  return [...lines, ...drawExcerpt({ line: span.line, text: visible(text), ...mark }, gutter, width, 'danger', paint)];
}
