import { createEvaluation } from '../../checks/evaluate/evaluate.ts';
import type { EvaluationContract } from '../../checks/evaluate/evaluation.ts';
import type { PacketSpace } from '../../checks/packet-space/packet-space.ts';
import { parse } from '../../parsers/index.ts';
import type { Platform } from '../../parsers/model/device.ts';
import { askDevices, differenceOf, unasked } from './ask.ts';
import { askedSet, type Asked } from './asked-set.ts';
import { PLATFORMS_HERE, readTable, readText } from './corpus-folder.ts';
import { panosApplication } from './mapping-panos.ts';
import { icmpOf, targetOf, type Target } from './mapping.ts';
import type { Tally } from './tally.ts';

type Row = Readonly<Record<string, string>>;

/** What is needed to ask one row. */
interface Question {
  readonly path: string;
  /** The last part of the path. */
  readonly file: string;
  /** As DISPUTED.md calls the row. */
  readonly name: string;
  readonly target: Target;
  readonly asked: Asked;
}

/**
 * Compares every row of verdicts.tsv about a platform we read. Rows about applications are asked twice: of first packets, and of
 * the sessions of an application. Returns the number of rows and of those that are asked twice.
 */
export function compareVerdicts(corpus: string, space: PacketSpace, tally: Tally): { rows: number; twice: number } {
  const texts = new EvaluatedTexts(corpus, space);
  let [rows, twice] = [0, 0];
  for (const row of readTable(readText(corpus, 'verdicts.tsv'), '\t')) {
    const platform = PLATFORMS_HERE.find((each) => each === row['platform']);
    if (platform === undefined) continue;
    rows += 1;
    const question = questionOf(space, platform, row);
    if ('unasked' in question) {
      tally.compare(question.name, unasked(question.unasked));
      continue;
    }
    const { name, file, target, asked } = question;
    const evaluations = texts.evaluations(platform, question);
    const expected = field(row, 'expected');
    tally.compare(name, differenceOf(expected, askDevices(evaluations, target, asked, expected)));
    const application =
      platform === 'paloalto-panos'
        ? panosApplication(file, field(row, 'filter_or_zone_pair'), field(row, 'protocol'), field(row, 'dport'))
        : undefined;
    if (application === undefined) continue;
    twice += 1;
    const sessions = evaluations.flatMap((each) => each.sessions(application) ?? []);
    const answer = askDevices(sessions, target, asked, expected);
    tally.compare(`${name} | session of ${application}`, differenceOf(expected, answer));
  }
  return { rows, twice };
}

function field(row: Row, column: string): string {
  return row[column] ?? '';
}

function questionOf(
  space: PacketSpace,
  platform: Platform,
  row: Row,
): Question | { readonly name: string; readonly unasked: string } {
  const path = field(row, 'config_path');
  const file = path.split(/testconfigs_|\//u).at(-1) ?? path;
  const [prose, note, sourcePort, destinationPort] = ['filter_or_zone_pair', 'note', 'sport', 'dport'].map((column) =>
    field(row, column),
  );
  const ports = `${sourcePort}${destinationPort}` === '' ? '' : ` ${sourcePort}>${destinationPort}`;
  const packet = `${field(row, 'protocol')} ${field(row, 'src')}>${field(row, 'dst')}${ports}`;
  const name = `${file} | ${prose} | ${packet}${note === '' ? '' : ` | ${note}`}`;
  const target = targetOf(platform, file, prose ?? '');
  if (target === undefined) return { name, unasked: 'mapping.ts does not know what this row speaks of' };
  const asked = askedSet(space, {
    protocol: field(row, 'protocol'),
    source: field(row, 'src'),
    destination: field(row, 'dst'),
    sourcePort: sourcePort ?? '',
    destinationPort: destinationPort ?? '',
    icmp: icmpOf(note ?? ''),
  });
  return asked === undefined
    ? { name, unasked: 'the packet of this row was not understood' }
    : { path, file, name, target, asked };
}

/** The devices of the texts that rows are about, each read once. */
class EvaluatedTexts {
  private readonly corpus: string;
  private readonly space: PacketSpace;
  private readonly known = new Map<string, readonly EvaluationContract[]>();

  constructor(corpus: string, space: PacketSpace) {
    this.corpus = corpus;
    this.space = space;
  }

  evaluations(platform: Platform, { path, target }: Question): readonly EvaluationContract[] {
    const appended = target.kind === 'list' ? target.appended : [];
    const key = [path, ...appended].join('\n');
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const text = [readText(this.corpus, `configs/${path}`).trimEnd(), ...appended, ''].join('\n');
    const { devices } = parse({ name: path, text }, { platform });
    const made = devices.map((device) => createEvaluation(device, this.space));
    this.known.set(key, made);
    return made;
  }
}
