/** Rules about the text, the size and the names of files. */
import type { ProjectFile } from './project-files.ts';

const MAX_LINES = 500;
/** A decision in a DECISIONS.md, its heading included. */
const MAX_DECISION_LINES = 25;

/** A word whose two halves stand apart here, so that this folder does not break its own rules. */
export function word(first: string, second: string): string {
  return first + second;
}

const UNFINISHED = [word('TO', 'DO'), word('FIX', 'ME'), word('XX', 'X')].join('|');
const LEFT_OUT = [word('sk', 'ip'), word('on', 'ly'), word('to', 'do'), word('fa', 'ils')].join('|');
const UNCHECKED = [word('ig', 'nore'), word('expect-', 'error'), word('no', 'check')].join('|');

const BANNED: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`\\b(?:${UNFINISHED})\\b`, 'u'), 'unfinished work'],
  [new RegExp(`\\b(?:test|it|describe|bench)\\.(?:${LEFT_OUT})\\b`, 'u'), 'a test left out'],
  [
    new RegExp(`\\bas\\s+(?:${word('a', 'ny')}\\b|${word('unk', 'nown')}\\s+as\\b)`, 'u'),
    'an assertion that checks nothing',
  ],
  [new RegExp(`@ts-(?:${UNCHECKED})`, 'u'), 'the type checker switched off'],
  [/(?:ox|es)lint-disable(?:-next-line|-line)?\s*(?:\*\/|$)/u, 'the linter switched off without naming a rule'],
];

/** What parsers and checks must not reach for: clock, chance, environment, network, output. */
const IMPURE =
  /\b(?:process|globalThis|console)\.|\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bperformance\.|\bset(?:Timeout|Interval|Immediate)\(|\bfetch\(/u;

const BANNED_NAME = /(?:^|[-/.])(?:utils?|helpers?|managers?)(?:[-/.]|$)/u;
const MODULE_NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:test|config))?\.tsx?$/u;

/** Lines of a file; a line end at the end begins no further line. */
function linesOf({ text }: ProjectFile): string[] {
  return text.replace(/\r?\n$/u, '').split(/\r?\n/u);
}

/** What is wrong with a module, each with its line. Throws when there is nothing to look at. */
export function textViolations(files: readonly ProjectFile[]): string[] {
  if (files.length === 0) throw new Error('no modules to look at');
  return files.flatMap((file) => [...nameProblems(file.path), ...sizeProblems(file), ...wordProblems(file)]);
}

function nameProblems(path: string): string[] {
  const name = path.split('/').at(-1) ?? '';
  if (BANNED_NAME.test(path)) return [`${path}: a name that says nothing about the subject`];
  return MODULE_NAME.test(name) ? [] : [`${path}: not in kebab case`];
}

function sizeProblems(file: ProjectFile): string[] {
  const count = linesOf(file).length;
  return count > MAX_LINES ? [`${file.path}: ${count} lines, ${MAX_LINES} are the limit`] : [];
}

function wordProblems(file: ProjectFile): string[] {
  const isPure = /^(?:parsers|checks)\//u.test(file.path);
  return linesOf(file).flatMap((line, index) => {
    const place = `${file.path}:${index + 1}`;
    const found = BANNED.filter(([pattern]) => pattern.test(line)).map(([, what]) => `${place}: ${what}`);
    if (isPure && IMPURE.test(withoutProse(line))) found.push(`${place}: parsers and checks are pure`);
    return found;
  });
}

/** A line without its comment and its plain strings, in which such words are only talked about. */
function withoutProse(line: string): string {
  return line.replace(/'[^']*'|"[^"]*"/gu, "''").replace(/\/\/.*$|^\s*(?:\/\*\*?|\*).*$/u, '');
}

/** Decisions that are longer than a decision may be, in words. */
export function decisionViolations(files: readonly ProjectFile[]): string[] {
  return files.flatMap((file) => {
    const sections = file.text.split(/^(?=## )/mu).filter((section) => section.startsWith('## '));
    return sections.flatMap((section) => {
      const lines = section.trimEnd().split('\n');
      if (lines.length <= MAX_DECISION_LINES) return [];
      return [`${file.path}: "${lines[0] ?? ''}" has ${lines.length} lines, ${MAX_DECISION_LINES} are the limit`];
    });
  });
}
