import { readBeside, unreadStates } from './beside.ts';
import { ciscoAsa } from './cisco-asa/index.ts';
import { ciscoIos, foreignToCisco } from './cisco-ios/index.ts';
import { detect, linesForDetection, type Detection } from './detect.ts';
import { LINE_STATES, type Coverage, type Diagnostic, type LineState, type RuleCount } from './diagnostics.ts';
import { HostNames, type Assumptions } from './model/host-names.ts';
import { juniperJunos } from './juniper-junos/index.ts';
import type { Device, Platform } from './model/device.ts';
import { paloaltoPanos } from './paloalto-panos/index.ts';
import type { Capture, PlatformReader, PlatformResult, ReadableText } from './platform.ts';
import type { Source, Span } from './source.ts';
import { lineSpan, readLines, type Line } from './syntax/lines.ts';
import { countStates } from './syntax/statements.ts';

/** What became of one text. */
export interface ReadText {
  readonly coverage: Coverage;
  /** State of line n at index n - 1; undefined for blank lines. */
  readonly lineStates: readonly (LineState | undefined)[];
}

export interface ParseResult {
  readonly detection: Detection;
  /** Empty when nothing could be read; then `diagnostics` has an error. */
  readonly devices: readonly Device[];
  readonly diagnostics: readonly Diagnostic[];
  /** Over all texts, under the name of the first. */
  readonly coverage: Coverage;
  /** In the order given. */
  readonly texts: readonly [ReadText, ...ReadText[]];
  /** Rules of all texts by kind; empty where the platform does not count. */
  readonly ruleCounts: readonly RuleCount[];
  /** Host names of the texts for which addresses are assumed, in small letters. */
  readonly assumed: readonly string[];
}

export interface ParseOptions {
  /** Overrules detection. */
  readonly platform?: Platform;
  /** What the texts leave open and somebody knows. */
  readonly assumptions?: Assumptions;
}

/** Every platform that is read, in alphabetical order. */
export const PLATFORMS: readonly PlatformReader[] = [ciscoAsa, ciscoIos, juniperJunos, paloaltoPanos];

/** Texts that together describe one device, or one manager with its devices: mostly one. */
export type Bundle = readonly [Source, ...Source[]];

/**
 * Reads one configuration from one text or from several that belong together. Never throws on input: what cannot be read
 * ends in diagnostics and line states. The first text tells the platform of them all.
 */
export function parse(given: Source | Bundle, options: ParseOptions = {}): ParseResult {
  const [source, ...others] = 'text' in given ? [given] : given;
  const first: ReadableText = { source, lines: readLines(source.text) };
  const further = others.map((other): ReadableText => ({ source: other, lines: readLines(other.text) }));
  const texts: Texts = [first, ...further];
  const hosts = new HostNames(options.assumptions);
  if (options.platform !== undefined) {
    const wanted = PLATFORMS.find(({ platform }) => platform === options.platform);
    const detection: Detection = { platform: options.platform, reasons: ['set by --platform'] };
    if (wanted !== undefined && first.lines.length > 0) return read(texts, wanted, detection, hosts);
  }
  const top = first.lines[0];
  if (top === undefined) {
    const span = { source: source.name, line: 1, column: 1, endColumn: 1 };
    return refused(texts, { reasons: [] }, 'source/empty', span, 'the input is empty');
  }
  const looked = linesForDetection(first.lines);
  const found = detect(source, looked, PLATFORMS, foreignToCisco(source, looked));
  switch (found.kind) {
    case 'platform':
      return read(texts, found.reader, found.detection, hosts);
    case 'foreign': {
      const message = `this is a configuration of ${found.what}, which is not read (${found.tell.reason})`;
      return refused(texts, found.detection, 'source/unsupported-platform', found.tell.span, message);
    }
    case 'none': {
      const message = 'this is no configuration of a known platform';
      return refused(texts, found.detection, 'source/not-a-configuration', lineSpan(source.name, top), message);
    }
  }
}

/** What part of a device a text is, from its beginning; undefined where that is not known or it stands alone. */
export function captureOf(beginning: string): Capture | undefined {
  for (const { capture } of PLATFORMS) {
    const found = capture?.(beginning);
    if (found !== undefined) return found;
  }
  return undefined;
}

type Texts = readonly [ReadableText, ...ReadableText[]];

function read(texts: Texts, reader: PlatformReader, detection: Detection, hosts: HostNames): ParseResult {
  const readBundle = reader.readBundle ?? readBeside(reader);
  const { devices, diagnostics, texts: results, ruleCounts = [] } = readBundle(texts, hosts);
  const [one, ...more] = texts.map(({ source }, index) => readText(source.name, results[index]));
  if (one === undefined) throw new Error('a platform lost a text');
  const assumed = hosts.diagnostics(texts.map(({ source }) => source));
  return {
    detection,
    devices,
    diagnostics: [...diagnostics, ...assumed],
    ruleCounts,
    assumed: hosts.used(),
    ...summed([one, ...more]),
  };
}

function readText(name: string, result: Pick<PlatformResult, 'lineStates' | 'complete'> | undefined): ReadText {
  if (result === undefined) throw new Error(`a platform lost the text ${name}`);
  const { lineStates, complete } = result;
  return { lineStates, coverage: countStates(name, lineStates, complete) };
}

function unreadText({ name }: Source, lines: readonly Line[]): ReadText {
  const lineStates = unreadStates(lines);
  return { lineStates, coverage: countStates(name, lineStates, 'unknown') };
}

function summed(texts: readonly [ReadText, ...ReadText[]]): Pick<ParseResult, 'coverage' | 'texts'> {
  const [first, ...others] = texts;
  const states = { ...first.coverage.states };
  let [lines, complete] = [first.coverage.lines, first.coverage.complete];
  for (const { coverage } of others) {
    lines += coverage.lines;
    for (const state of LINE_STATES) states[state] += coverage.states[state];
    if (coverage.complete === 'no' || complete === 'yes') complete = coverage.complete;
  }
  return { texts, coverage: { source: first.coverage.source, lines, states, complete } };
}

function refused(texts: Texts, detection: Detection, code: string, span: Span, message: string): ParseResult {
  const [first, ...others] = texts;
  const consequence = 'nothing in it was audited';
  const diagnostic: Diagnostic = { code, severity: 'error', span, message, consequence };
  const unread = others.map(({ source, lines }) => unreadText(source, lines));
  return {
    detection,
    devices: [],
    diagnostics: [diagnostic],
    ruleCounts: [],
    assumed: [],
    ...summed([unreadText(first.source, first.lines), ...unread]),
  };
}
