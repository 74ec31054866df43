/** Whether one case of a literate fixture holds: everything it states, and what must hold for every configuration. */
import type { EvaluationContract } from '../../checks/evaluate/evaluation.ts';
import type { Finding } from '../../checks/finding.ts';
import type { LineState } from '../../parsers/diagnostics.ts';
import type { Bundle, ParseOptions, ParseResult, ReadText } from '../../parsers/index.ts';
import type { Device } from '../../parsers/model/device.ts';
import type { Source } from '../../parsers/source.ts';
import type { Expectation } from './fixture-marks.ts';
import type { FixtureCase, FixtureOptions, FixtureText } from './fixture.ts';
import { CHECKS } from '../../checks/index.ts';
import { LINE_STATES } from '../../parsers/diagnostics.ts';
import { printDevice } from '../../parsers/model/print.ts';
import { checkPacket, type LineInCase } from './check-packet.ts';
import { checkSpans } from './check-spans.ts';

/** Families that only cases with a mark of them speak of. */
const POSTURE: ReadonlySet<string> = new Set(['inspection', 'visibility', 'least-privilege']);
const FAMILIES = new Map(CHECKS.map(({ id, family }) => [id, family]));

/** The doors of the two floors that fixtures go through. */
export interface Floors {
  readonly parse: (bundle: Bundle, options: ParseOptions) => ParseResult;
  readonly evaluate: (device: Device) => EvaluationContract;
  readonly audit: (parsed: ParseResult, bundle: Bundle, options: FixtureOptions) => readonly Finding[];
}

/** What does not hold, each with its place in the fixture; empty when the case holds. */
export function checkCase(fixture: FixtureCase, floors: Floors): string[] {
  const [first, ...others] = fixture.texts;
  const sourceOf = ({ name, config }: FixtureText): Source => ({ name, text: config });
  const bundle: Bundle = [sourceOf(first), ...others.map(sourceOf)];
  const parsed = floors.parse(bundle, fixture.options.detect ? {} : { platform: fixture.platform });
  const evaluations = parsed.devices.map(floors.evaluate);
  const lineIn = caseLines(fixture);
  const rows = fixture.packets.flatMap((row) =>
    checkPacket(row, evaluations, lineIn).map((problem) => `${fixture.file}:${row.line}: ${problem}\n    ${row.text}`),
  );
  return [
    ...rows,
    ...checkDetection(fixture, parsed),
    ...checkDiagnostics(fixture, parsed, lineIn),
    ...checkStates(fixture, parsed),
    ...checkFindings(fixture, bundle, parsed, floors, lineIn),
    ...bundle.flatMap((source, index) => checkCoverage(source, parsed.texts[index])),
    ...checkSpans(bundle, parsed),
    ...checkRepetition(bundle, fixture, parsed, floors),
  ];
}

/** Line numbers of marks and tables, which count the lines of all texts of the case. */
function caseLines({ texts }: FixtureCase): LineInCase {
  const before = new Map(texts.map(({ name, linesBefore }) => [name, linesBefore]));
  return ({ source, line }) => line + (before.get(source) ?? 0);
}

function checkDetection({ platform, options }: FixtureCase, { detection }: ParseResult): string[] {
  if (!options.detect || detection.platform === platform) return [];
  return [`recognised as ${detection.platform ?? 'nothing'}: ${detection.reasons.join('; ')}`];
}

interface Place {
  readonly value: string;
  readonly line: number | undefined;
}

/** Missing and unexpected places of one kind. */
function compare(
  kind: Expectation['kind'],
  expected: readonly Place[],
  actual: readonly Place[],
  strict: boolean,
): string[] {
  const key = ({ value, line }: Place): string => `${kind}: ${value} at line ${line ?? '(none)'}`;
  const stated = new Set(expected.map(key));
  const found = new Set(actual.map(key));
  return [
    ...[...stated].filter((each) => !found.has(each)).map((each) => `missing ${each}`),
    ...(strict ? [...found].filter((each) => !stated.has(each)).map((each) => `unexpected ${each}`) : []),
  ];
}

function marks(fixture: FixtureCase, kind: Expectation['kind']): Expectation[] {
  return fixture.expectations.filter((mark) => mark.kind === kind);
}

function checkDiagnostics(fixture: FixtureCase, { diagnostics }: ParseResult, lineIn: LineInCase): string[] {
  const expected = marks(fixture, 'diagnostic');
  const actual = diagnostics.map(({ code, severity, span }) => ({ value: code, severity, line: lineIn(span) }));
  const isStrict = expected.length > 0 || fixture.options.noDiagnostics;
  const judged = actual.filter(({ severity }) => severity === 'error' || (isStrict && severity === 'warning'));
  const unexpected = compare('diagnostic', expected, judged, true).filter((each) => each.startsWith('unexpected'));
  return [...compare('diagnostic', expected, actual, false), ...unexpected];
}

function checkStates(fixture: FixtureCase, parsed: ParseResult): string[] {
  const expected = marks(fixture, 'state');
  const lines = fixture.texts.flatMap(({ config }, index) => {
    const written = config.split(/\r\n|\r|\n/u).slice(0, -1);
    return written.map((_, line) => parsed.texts[index]?.lineStates[line]);
  });
  const states = lines.map((state, index): Place => ({ value: state ?? 'blank', line: index + 1 }));
  const unrecognised = states.filter(({ value }) => value === ('unrecognised' satisfies LineState));
  const unexpected = compare('state', expected, unrecognised, true).filter((each) => each.startsWith('unexpected'));
  const missing = expected.filter(({ value, line }) => states[line - 1]?.value !== value);
  return [
    ...missing.map(({ value, line }) => `state: line ${line} is ${states[line - 1]?.value ?? 'absent'}, not ${value}`),
    ...unexpected,
  ];
}

function checkFindings(
  fixture: FixtureCase,
  bundle: Bundle,
  parsed: ParseResult,
  { audit }: Floors,
  lineIn: LineInCase,
): string[] {
  const expected = marks(fixture, 'finding');
  if (expected.length === 0 && !fixture.options.noFindings) return [];
  // A check is named with or without its family, whichever reads better in the comment.
  const bare = (check: string): string => check.split('/').at(-1) ?? check;
  const { checks } = fixture.options;
  // How a device logs and inspects is a matter of cases about it: nearly every short configuration lacks some of that.
  const told = new Set(expected.map(({ value }) => FAMILIES.get(bare(value))));
  const isMeant = ({ check }: Finding): boolean => {
    if (checks !== undefined) return checks.includes(check);
    const family = FAMILIES.get(check) ?? '';
    return !POSTURE.has(family) || told.has(FAMILIES.get(check));
  };
  const found = audit(parsed, bundle, fixture.options).filter(isMeant);
  const actual = found.map(({ check, evidence }): Place => {
    const place = evidence.find(({ role }) => role === 'decides') ?? evidence[0];
    return { value: bare(check), line: place === undefined ? undefined : lineIn(place.span) };
  });
  const stated = expected.map(({ value, line }): Place => ({ value: bare(value), line }));
  return compare('finding', stated, actual, true);
}

/** Every non-blank line ends in exactly one state, and the counts add up. */
function checkCoverage(source: Source, read: ReadText | undefined): string[] {
  if (read === undefined) return [`nothing is said of the text ${source.name}`];
  const { coverage, lineStates } = read;
  const problems: string[] = [];
  const lines = source.text.split(/\r\n|\r|\n/u);
  for (const [index, line] of lines.entries()) {
    const isBlank = line.trim() === '';
    if (isBlank !== (lineStates[index] === undefined)) {
      problems.push(
        `line ${index + 1} is ${isBlank ? 'blank' : 'not blank'} and has state ${lineStates[index] ?? 'none'}`,
      );
    }
  }
  const nonBlank = lines.filter((line) => line.trim() !== '').length;
  if (coverage.lines !== nonBlank) problems.push(`coverage counts ${coverage.lines} lines, there are ${nonBlank}`);
  for (const state of LINE_STATES) {
    const counted = lineStates.filter((each) => each === state).length;
    if (coverage.states[state] !== counted) {
      problems.push(`coverage counts ${coverage.states[state]} lines ${state}, there are ${counted}`);
    }
  }
  return problems;
}

function checkRepetition(bundle: Bundle, fixture: FixtureCase, parsed: ParseResult, floors: Floors): string[] {
  const again = floors.parse(bundle, fixture.options.detect ? {} : { platform: fixture.platform });
  const print = ({ devices }: ParseResult): string =>
    devices.map((device) => printDevice(device, { spans: true })).join('');
  return print(parsed) === print(again) ? [] : ['parsing the text again gives another device'];
}
