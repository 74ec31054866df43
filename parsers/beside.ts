import type { Diagnostic, LineState } from './diagnostics.ts';
import { HostNames } from './model/host-names.ts';
import type { BundleResult, PlatformReader, PlatformResult, ReadableText } from './platform.ts';
import type { Line } from './syntax/lines.ts';

/**
 * Reads a configuration with captures beside it, such as the counters of `show access-list`, as if they stood in one text.
 * The configuration is the first text that makes a whole device; another that does is refused with an error.
 */
export function readBeside(reader: PlatformReader): NonNullable<PlatformReader['readBundle']> {
  const { read, isWhole = () => true } = reader;
  return (texts, hosts = new HostNames()) => {
    const [first, ...others] = texts;
    if (first === undefined) return { devices: [], diagnostics: [], texts: [] };
    if (others.length === 0) {
      const { devices, diagnostics, ...text } = read(first.source, first.lines, hosts);
      return { devices, diagnostics, texts: [text] };
    }
    const [main = first, ...apart] = texts.filter(({ source, lines }) => read(source, lines).devices.some(isWhole));
    const beside = texts.filter((text) => text !== main && !apart.includes(text));
    const { lines, offsets } = numberedOn([main, ...beside]);
    const { devices, diagnostics, lineStates, complete } = read(main.source, lines, hosts);
    const results = texts.map((text): BundleResult['texts'][number] => {
      const offset = offsets.get(text);
      if (offset === undefined) return { lineStates: unreadStates(text.lines), complete: 'unknown' };
      const own = lineStates.slice(offset, offset + (text.lines.at(-1)?.number ?? 0));
      return { lineStates: own, complete: text === main ? complete : 'unknown' };
    });
    return { devices, diagnostics: [...diagnostics, ...apart.map(isOther)], texts: results };
  };
}

/** All lines with one numbering, and how many numbers stand before each text. */
function numberedOn(texts: readonly ReadableText[]): { lines: Line[]; offsets: Map<ReadableText, number> } {
  const lines: Line[] = [];
  const offsets = new Map<ReadableText, number>();
  let offset = 0;
  for (const text of texts) {
    offsets.set(text, offset);
    for (const line of text.lines) {
      const place = { source: text.source.name, line: line.number };
      lines.push({ ...line, number: line.number + offset, place });
    }
    offset += text.lines.at(-1)?.number ?? 0;
  }
  return { lines, offsets };
}

/** The states of lines that nobody read. */
export function unreadStates(lines: readonly Line[]): PlatformResult['lineStates'] {
  const lineStates: (LineState | undefined)[] = [];
  for (const line of lines) lineStates[line.number - 1] = 'unrecognised';
  return lineStates;
}

function isOther({ source }: ReadableText): Diagnostic {
  return {
    code: 'source/not-combined',
    severity: 'error',
    span: { source: source.name, line: 1, column: 1, endColumn: 1 },
    message: 'this is the configuration of another device, not a capture beside the first',
    consequence: 'nothing in this one was audited',
  };
}
