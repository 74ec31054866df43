import { ciscoAsa } from './cisco-asa/index.ts';
import { ciscoIos, foreignToCisco } from './cisco-ios/index.ts';
import { detect, linesForDetection, type Detection } from './detect.ts';
import type { Coverage, Diagnostic, LineState } from './diagnostics.ts';
import { juniperJunos } from './juniper-junos/index.ts';
import type { Device, Platform } from './model/device.ts';
import type { PlatformReader } from './platform.ts';
import type { Source, Span } from './source.ts';
import { lineSpan, readLines, type Line } from './syntax/lines.ts';
import { countStates } from './syntax/statements.ts';

export interface ParseResult {
  readonly detection: Detection;
  /** Empty when nothing could be read; then `diagnostics` has an error. */
  readonly devices: readonly Device[];
  readonly diagnostics: readonly Diagnostic[];
  readonly coverage: Coverage;
  /** State of line n at index n - 1; undefined for blank lines. */
  readonly lineStates: readonly (LineState | undefined)[];
}

export interface ParseOptions {
  /** Overrules detection. */
  readonly platform?: Platform;
}

/** Every platform that is read, in alphabetical order. */
export const PLATFORMS: readonly PlatformReader[] = [ciscoAsa, ciscoIos, juniperJunos];

/** Reads one configuration. Never throws on input: what cannot be read ends in diagnostics and line states. */
export function parse(source: Source, options: ParseOptions = {}): ParseResult {
  const lines = readLines(source.text);
  if (options.platform !== undefined) {
    const wanted = PLATFORMS.find(({ platform }) => platform === options.platform);
    const detection: Detection = { platform: options.platform, reasons: ['set by --platform'] };
    if (wanted !== undefined && lines.length > 0) return read(source, lines, wanted, detection);
  }
  const first = lines[0];
  if (first === undefined) {
    const span = { source: source.name, line: 1, column: 1, endColumn: 1 };
    return refused(source, lines, { reasons: [] }, 'source/empty', span, 'the input is empty');
  }
  const looked = linesForDetection(lines);
  const found = detect(source, looked, PLATFORMS, foreignToCisco(source, looked));
  switch (found.kind) {
    case 'platform':
      return read(source, lines, found.reader, found.detection);
    case 'foreign': {
      const message = `this is a configuration of ${found.what}, which is not read (${found.tell.reason})`;
      return refused(source, lines, found.detection, 'source/unsupported-platform', found.tell.span, message);
    }
    case 'none': {
      const message = 'this is no configuration of a known platform';
      return refused(
        source,
        lines,
        found.detection,
        'source/not-a-configuration',
        lineSpan(source.name, first),
        message,
      );
    }
  }
}

function read(source: Source, lines: readonly Line[], reader: PlatformReader, detection: Detection): ParseResult {
  const { devices, diagnostics, lineStates, complete } = reader.read(source, lines);
  return { detection, devices, diagnostics, lineStates, coverage: countStates(source.name, lineStates, complete) };
}

function refused(
  source: Source,
  lines: readonly Line[],
  detection: Detection,
  code: string,
  span: Span,
  message: string,
): ParseResult {
  const lineStates: (LineState | undefined)[] = [];
  for (const line of lines) lineStates[line.number - 1] = 'unrecognised';
  const consequence = 'nothing in it was audited';
  const diagnostic: Diagnostic = { code, severity: 'error', span, message, consequence };
  const coverage: Coverage = countStates(source.name, lineStates, 'unknown');
  return { detection, devices: [], diagnostics: [diagnostic], lineStates, coverage };
}
