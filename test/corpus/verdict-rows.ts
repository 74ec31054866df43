import { createEvaluation } from '../../checks/evaluate/evaluate.ts';
import type { EvaluationContract } from '../../checks/evaluate/evaluation.ts';
import type { PacketSpace } from '../../checks/packet-space/packet-space.ts';
import { parse } from '../../parsers/index.ts';
import type { Platform } from '../../parsers/model/device.ts';
import { ask, differenceOf, unasked } from './ask.ts';
import { askedSet } from './asked-set.ts';
import { PLATFORMS_HERE, readTable, readText } from './corpus-folder.ts';
import { icmpOf, targetOf } from './mapping.ts';
import type { Difference, Tally } from './tally.ts';

/** Compares every row of verdicts.tsv about a platform we read. Returns the number of rows. */
export function compareVerdicts(corpus: string, space: PacketSpace, tally: Tally): number {
  const evaluations = new Map<string, EvaluationContract | undefined>();
  let rows = 0;
  for (const row of readTable(readText(corpus, 'verdicts.tsv'), '\t')) {
    const platform = PLATFORMS_HERE.find((each) => each === row['platform']);
    if (platform === undefined) continue;
    rows += 1;
    const { name, difference } = compare(corpus, space, evaluations, platform, row);
    tally.compare(name, difference);
  }
  return rows;
}

interface Comparison {
  readonly name: string;
  readonly difference: Difference | undefined;
}

function compare(
  corpus: string,
  space: PacketSpace,
  evaluations: Map<string, EvaluationContract | undefined>,
  platform: Platform,
  row: Readonly<Record<string, string>>,
): Comparison {
  const field = (column: string): string => row[column] ?? '';
  const path = field('config_path');
  const file = path.split(/testconfigs_|\//u).at(-1) ?? path;
  const [prose, note] = [field('filter_or_zone_pair'), field('note')];
  const ports = field('sport') + field('dport') === '' ? '' : ` ${field('sport')}>${field('dport')}`;
  const packet = `${field('protocol')} ${field('src')}>${field('dst')}${ports}`;
  const name = `${file} | ${prose} | ${packet}${note === '' ? '' : ` | ${note}`}`;
  const target = targetOf(platform, file, prose);
  if (target === undefined) return { name, difference: unasked('mapping.ts does not know what this row speaks of') };
  const asked = askedSet(space, {
    protocol: field('protocol'),
    source: field('src'),
    destination: field('dst'),
    sourcePort: field('sport'),
    destinationPort: field('dport'),
    icmp: icmpOf(note),
  });
  if (asked === undefined) return { name, difference: unasked('the packet of this row was not understood') };
  const appended = target.kind === 'list' ? target.appended : [];
  const key = [path, ...appended].join('\n');
  let evaluation = evaluations.get(key);
  if (!evaluations.has(key)) {
    const text = [readText(corpus, `configs/${path}`).trimEnd(), ...appended, ''].join('\n');
    const [device] = parse({ name: path, text }, { platform }).devices;
    evaluation = device === undefined ? undefined : createEvaluation(device, space);
    evaluations.set(key, evaluation);
  }
  if (evaluation === undefined) return { name, difference: unasked('no device was read') };
  const expected = field('expected');
  const answer = ask(evaluation, target, asked, expected);
  return { name, difference: differenceOf(expected, answer) };
}
