import type { Platform } from './model/device.ts';
import type { PlatformReader, Tell } from './platform.ts';
import type { Source } from './source.ts';
import type { Line } from './syntax/lines.ts';

/** What detection concluded and why. */
export interface Detection {
  /** Absent when the text is no configuration we know. */
  readonly platform?: Platform;
  /** For showing: `line 1: "ASA Version 9.12(4)"`. */
  readonly reasons: readonly string[];
}

/** A configuration language that is not read here but is easily taken for one that is. */
export interface Foreign {
  /** For showing: `Arista EOS`. */
  readonly what: string;
  readonly tells: readonly Tell[];
}

/** What detection found: a reader, or why there is none. */
export type Detected =
  | { readonly kind: 'platform'; readonly reader: PlatformReader; readonly detection: Detection }
  | { readonly kind: 'foreign'; readonly what: string; readonly detection: Detection; readonly tell: Tell }
  | { readonly kind: 'none'; readonly detection: Detection };

/** Fewer supporting tells than this do not name a platform by themselves. */
const ENOUGH_SUPPORTING = 2;

/** Entries of access lists, and lines of XML, that are looked at; all that follow look alike. */
const MAX_ENTRIES = 1000;

const ENTRY = /^(?:access-list |permit |deny |remark |\d+ (?:permit|deny) |sequence |<)/;

/** The lines worth looking at: a list of 100,000 entries says no more about the platform than its first thousand. */
export function linesForDetection(lines: readonly Line[]): readonly Line[] {
  if (lines.length <= MAX_ENTRIES) return lines;
  let entries = 0;
  return lines.filter(({ text }) => {
    if (!ENTRY.test(text)) return true;
    entries += 1;
    return entries <= MAX_ENTRIES;
  });
}

interface Candidate {
  readonly reader: PlatformReader;
  readonly strong: number;
  readonly supporting: number;
  readonly tells: readonly Tell[];
}

/**
 * Chooses the platform of a text from its tells. A foreign language with a strong tell wins over everything, so that
 * look-alikes (EOS, NX-OS) are refused instead of read with wrong defaults.
 */
export function detect(
  source: Source,
  lines: readonly Line[],
  readers: readonly PlatformReader[],
  foreign: readonly Foreign[],
): Detected {
  for (const { what, tells } of foreign) {
    const tell = tells.find(({ strength }) => strength === 'strong');
    if (tell !== undefined) {
      return { kind: 'foreign', what, tell, detection: { reasons: [`${what}: ${shown(tell)}`] } };
    }
  }
  const candidates = readers
    .map((reader) => candidate(reader, reader.recognise(source, lines)))
    .filter(({ strong, supporting }) => strong > 0 || supporting >= ENOUGH_SUPPORTING)
    .sort((a, b) => b.strong - a.strong || b.supporting - a.supporting);
  const best = candidates[0];
  if (best === undefined) return { kind: 'none', detection: { reasons: [] } };
  const reasons = best.tells.slice(0, 5).map(shown);
  const platform: Platform = best.reader.platform;
  return { kind: 'platform', reader: best.reader, detection: { platform, reasons } };
}

function candidate(reader: PlatformReader, tells: readonly Tell[]): Candidate {
  const strong = new Set(tells.filter(({ strength }) => strength === 'strong').map(({ reason }) => reason)).size;
  const supporting = new Set(tells.filter(({ strength }) => strength === 'supporting').map(({ reason }) => reason))
    .size;
  const sorted = [...tells].sort((a, b) => (a.strength === b.strength ? 0 : a.strength === 'strong' ? -1 : 1));
  return { reader, strong, supporting, tells: sorted };
}

function shown(tell: Tell): string {
  return `line ${tell.span.line}: ${tell.reason}`;
}
