import { parse, type ParseResult } from '../../parsers/index.ts';
import { LINE_STATES, type LineState } from '../../parsers/diagnostics.ts';
import type { PacketSpace } from '../../checks/packet-space/packet-space.ts';
import type { Platform } from '../../parsers/model/device.ts';
import { checkSpans } from '../support/check-spans.ts';
import { configurations, PLATFORMS_HERE, type CorpusFile } from './corpus-folder.ts';
import { relevantLines as relevantJunosLines } from './junos-relevant.ts';
import { relevantPanosLines, ruleCountProblem } from './panos-plain.ts';
import { RuleTotals } from './rule-totals.ts';
import { statementForm } from './statement-form.ts';
import type { Tally } from './tally.ts';
import { compareTwoAnswers } from './two-answers.ts';

interface Form {
  readonly form: string;
  count: number;
  readonly files: Set<string>;
  readonly example: string;
}

interface PlatformTotals {
  files: number;
  lines: number;
  readonly states: Record<LineState, number>;
  /** Files with no unrecognised line. */
  clean: number;
  /** Lines about filtering, and how many of them were understood; counted for Junos and PAN-OS. */
  relevant: number;
  relevantUnderstood: number;
  readonly rules: RuleTotals;
  readonly forms: Map<string, Form>;
  /** What detection said instead, and of which files. */
  readonly otherwise: Map<string, string[]>;
}

/** A file with more segments than this is not looked at crossing by crossing. */
const MAX_SEGMENTS_WITH_SPANS = 12;
const SHOWN_FORMS = 40;
const SHOWN_FILES = 3;

/** Tells which lines of a text are about filtering. */
const RELEVANT_LINES: Readonly<Partial<Record<Platform, (text: string) => readonly boolean[]>>> = {
  'juniper-junos': relevantJunosLines,
  'paloalto-panos': relevantPanosLines,
};

/**
 * Reads every configuration: none may throw, no line may be without a state, every place must be where it is said to
 * be, and engine and naive evaluator must agree about its rules. Prints the coverage and what is not recognised.
 */
export function readAll(corpus: string, space: PacketSpace, tally: Tally, print: (line: string) => void): void {
  const totals = new Map<Platform, PlatformTotals>(PLATFORMS_HERE.map((platform) => [platform, noTotals()]));
  for (const file of configurations(corpus)) {
    const total = totals.get(file.platform);
    if (total === undefined) continue;
    try {
      const problem = readOne(file, total, space, tally);
      if (problem === undefined) tally.agreed += 1;
      else tally.fail(`${file.path}\n      ${problem}`);
    } catch (error) {
      tally.fail(
        `${file.path}\n      crash: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    }
  }
  for (const [platform, total] of totals) show(platform, total, print);
}

function countRelevant(
  relevantLines: readonly boolean[],
  { texts: [{ lineStates }] }: ParseResult,
  total: PlatformTotals,
): void {
  for (const [index, relevant] of relevantLines.entries()) {
    const state = lineStates[index];
    if (!relevant || state === undefined) continue;
    total.relevant += 1;
    if (state !== 'unrecognised' && state !== 'unsupported') total.relevantUnderstood += 1;
  }
}

function noTotals(): PlatformTotals {
  return {
    files: 0,
    lines: 0,
    states: { modelled: 0, 'no-effect': 0, conditional: 0, unsupported: 0, unrecognised: 0 },
    clean: 0,
    relevant: 0,
    relevantUnderstood: 0,
    rules: new RuleTotals(),
    forms: new Map(),
    otherwise: new Map(),
  };
}

/** Reads one file into the totals; says what is wrong with the result, if anything. */
function readOne(
  { path, platform, text }: CorpusFile,
  total: PlatformTotals,
  space: PacketSpace,
  tally: Tally,
): string | undefined {
  const source = { name: path, text };
  const detected = parse(source);
  let parsed = detected;
  if (detected.detection.platform !== platform) {
    const said = detected.detection.platform ?? detected.diagnostics[0]?.message ?? 'nothing';
    total.otherwise.set(said, [...(total.otherwise.get(said) ?? []), path]);
    parsed = parse(source, { platform });
  }
  total.files += 1;
  total.lines += parsed.coverage.lines;
  for (const state of LINE_STATES) total.states[state] += parsed.coverage.states[state];
  if (parsed.coverage.states.unrecognised === 0) total.clean += 1;
  // A text of something else (the folders have some) says nothing about how well the platform is read.
  if (detected === parsed) countRelevant(RELEVANT_LINES[platform]?.(text) ?? [], parsed, total);
  total.rules.add(parsed.ruleCounts);
  countForms(path, text, parsed, total.forms);
  for (const device of parsed.devices) compareTwoAnswers(device, space, tally);
  const problem = problemOf(source, parsed);
  return problem ?? (platform === 'paloalto-panos' ? ruleCountProblem(text, parsed) : undefined);
}

function countForms(path: string, text: string, parsed: ParseResult, forms: Map<string, Form>): void {
  const lines = text.split(/\r\n|\r|\n/u);
  for (const [index, state] of parsed.texts[0].lineStates.entries()) {
    const line = lines[index];
    if (state !== 'unrecognised' || line === undefined) continue;
    const form = statementForm(line);
    const known = forms.get(form) ?? {
      form,
      count: 0,
      files: new Set(),
      example: `${path}:${index + 1}: ${line.trim()}`,
    };
    known.count += 1;
    known.files.add(path);
    forms.set(form, known);
  }
}

function problemOf(source: { readonly name: string; readonly text: string }, parsed: ParseResult): string | undefined {
  const { states, lines } = parsed.coverage;
  const sum = LINE_STATES.reduce((count, state) => count + states[state], 0);
  if (sum !== lines) return `coverage: the states add up to ${sum}, the lines to ${lines}`;
  const nonBlank = source.text.split(/\r\n|\r|\n/u).filter((line) => line.trim() !== '').length;
  if (Math.abs(nonBlank - lines) > nonBlank / 10) return `coverage speaks of ${lines} lines, there are ${nonBlank}`;
  const small = parsed.devices.every(({ segments }) => segments.length <= MAX_SEGMENTS_WITH_SPANS);
  return small ? checkSpans([source], parsed)[0] : undefined;
}

function show(platform: Platform, total: PlatformTotals, print: (line: string) => void): void {
  const percent = (count: number): string => `${((100 * count) / Math.max(1, total.lines)).toFixed(2)} %`;
  print(`${platform}: ${total.files} files, ${total.lines} lines; ${total.clean} files without an unrecognised line`);
  for (const state of LINE_STATES) {
    print(`  ${state.padEnd(13)}${String(total.states[state]).padStart(8)}  ${percent(total.states[state])}`);
  }
  if (total.relevant > 0) {
    const share = ((100 * total.relevantUnderstood) / total.relevant).toFixed(2);
    print(`  about filtering: ${total.relevant} lines, ${total.relevantUnderstood} understood (${share} %)`);
  }
  for (const line of total.rules.lines()) print(`  ${line}`);
  const forms = [...total.forms.values()].sort((a, b) => b.count - a.count || (a.form < b.form ? -1 : 1));
  if (forms.length > 0) print(`  the most frequent of ${forms.length} unrecognised statement forms:`);
  for (const { form, count, files, example } of forms.slice(0, SHOWN_FORMS)) {
    print(`  ${String(count).padStart(6)} in ${String(files.size).padStart(3)} files  ${form}`);
    print(`            ${example.slice(0, 160)}`);
  }
  const differing = [...total.otherwise.values()].reduce((count, paths) => count + paths.length, 0);
  if (differing > 0)
    print(`  detection disagrees with the folder for ${differing} files (read as ${platform} all the same):`);
  for (const [said, paths] of [...total.otherwise].sort((a, b) => b[1].length - a[1].length)) {
    print(
      `    ${String(paths.length).padStart(4)} × ${said}: ${paths.slice(0, SHOWN_FILES).join(', ')}${paths.length > SHOWN_FILES ? ', …' : ''}`,
    );
  }
  print('');
}
