import { parse } from '../../parsers/index.ts';
import { printDevice } from '../../parsers/model/print.ts';
import type { Platform } from '../../parsers/model/device.ts';
import { unasked } from './ask.ts';
import { PLATFORMS_HERE, readTable, readText } from './corpus-folder.ts';
import type { Difference, Tally } from './tally.ts';

/** Compares every pair of same-config-two-forms.tsv of a platform we read. Returns the number of pairs. */
export function compareForms(corpus: string, tally: Tally): number {
  let pairs = 0;
  for (const row of readTable(readText(corpus, 'same-config-two-forms.tsv'), '\t')) {
    const platform = PLATFORMS_HERE.find((each) => each === row['platform']);
    if (platform === undefined) continue;
    pairs += 1;
    const [a, b] = [row['path_a'] ?? '', row['path_b'] ?? ''];
    const [first, second] = [a, b].map((path) => printed(platform, readText(corpus, `configs/${path}`)));
    tally.compare(`${shortPath(a)} = ${shortPath(b)}`, difference(first ?? [], second ?? []));
  }
  return pairs;
}

/** The devices of a text in canonical print. Which group a statement came from is evidence, and one of two forms lacks it. */
function printed(platform: Platform, text: string): readonly string[] {
  return parse({ name: 'one of two forms', text }, { platform })
    .devices.flatMap((device) => printDevice(device).split('\n'))
    .filter((line) => !/^\s*uses other group /u.test(line));
}

function difference(first: readonly string[], second: readonly string[]): Difference | undefined {
  const only = (here: readonly string[], there: readonly string[]): string | undefined => {
    const known = new Set(there);
    return here.find((line) => !known.has(line));
  };
  if (first.length === 0) return unasked('no device was read');
  if (first.join('\n') === second.join('\n')) return undefined;
  const because = `only the first: ${only(first, second) ?? 'nothing'}; only the second: ${only(second, first) ?? 'nothing'}`;
  return { what: 'other devices', because };
}

function shortPath(path: string): string {
  return path.split(/testconfigs_|\//u).at(-1) ?? path;
}
