import { createEvaluation } from '../../checks/evaluate/evaluate.ts';
import type { EvaluationContract, Permitted } from '../../checks/evaluate/evaluation.ts';
import type { PacketSet, PacketSpace } from '../../checks/packet-space/packet-space.ts';
import { parse } from '../../parsers/index.ts';
import type { Platform } from '../../parsers/model/device.ts';
import { ask, differenceOf, unasked } from './ask.ts';
import { askedSet } from './asked-set.ts';
import { filesBelow, readTable, readText } from './corpus-folder.ts';
import type { Target } from './mapping.ts';
import type { Difference, Tally } from './tally.ts';

/** Which renderings of one-policy-many-vendors are of a platform we read. */
const RENDERINGS: ReadonlyMap<string, Platform> = new Map([
  ['acl', 'cisco-ios'],
  ['eacl', 'cisco-ios'],
  ['asa', 'cisco-asa'],
  ['jcl', 'juniper-junos'],
  ['srx', 'juniper-junos'],
  ['xml', 'paloalto-panos'],
]);

interface Rendering {
  readonly file: string;
  readonly evaluation: EvaluationContract;
  /** Empty for a policy of zones, which has no list of its own. */
  readonly list: string;
}

/**
 * Compares every row about a rendering that we read, and the renderings of one policy with each other: they must permit
 * the same packets. Returns the numbers of rows and of pairs.
 */
export function comparePolicies(corpus: string, space: PacketSpace, tally: Tally): { rows: number; pairs: number } {
  const policies = new Map<string, Rendering[]>();
  let rows = 0;
  for (const path of filesBelow(corpus, 'one-policy-many-vendors')) {
    const [, policy = '', file = ''] = path.split('/');
    const platform = RENDERINGS.get(file.split('.').at(-1) ?? '');
    if (platform === undefined) continue;
    const [device] = parse({ name: path, text: readText(corpus, path) }, { platform }).devices;
    if (device === undefined) {
      tally.fail(`${file}\n      no device was read`);
      continue;
    }
    const evaluation = createEvaluation(device, space);
    const table = readTable(readText(corpus, `${path}.csv`), ',');
    for (const row of table) tally.compare(...compareRow(file, evaluation, row));
    rows += table.length;
    const list = table[0]?.['rule_list'] ?? '';
    policies.set(policy, [...(policies.get(policy) ?? []), { file, evaluation, list }]);
  }
  return { rows, pairs: compareRenderings(space, policies, tally) };
}

function compareRow(
  file: string,
  evaluation: EvaluationContract,
  row: Readonly<Record<string, string>>,
): [row: string, difference: Difference | undefined] {
  const field = (column: string): string => row[column] ?? '';
  const [source, destination] = [field('source'), field('destination')];
  const family = source.includes(':') ? 'IPv6' : 'IPv4';
  const packet = `${field('protocol')} ${source} ${field('source_port')} > ${destination} ${field('destination_port')}`;
  const name = `${file} | ${family} | ${packet}`;
  const asked = askedSet(evaluation.space, {
    protocol: field('protocol'),
    source,
    destination,
    sourcePort: field('source_port'),
    destinationPort: field('destination_port'),
    icmp: undefined,
  });
  if (asked === undefined) return [name, unasked('the packet of this row was not understood')];
  const expected = field('expect');
  const list = field('rule_list');
  const target: Target =
    list === ''
      ? { kind: 'crossings', pairs: [[field('from'), field('to')]] }
      : { kind: 'list', name: list, appended: [] };
  return [name, differenceOf(expected, ask(evaluation, target, asked, expected))];
}

/** Each rendering with the first of its policy: the lists, or every pair of zones that both have. */
function compareRenderings(
  space: PacketSpace,
  policies: ReadonlyMap<string, readonly Rendering[]>,
  tally: Tally,
): number {
  let pairs = 0;
  for (const [first, ...others] of policies.values()) {
    if (first === undefined) continue;
    for (const other of others) {
      const name = `${first.file} = ${other.file}`;
      if (first.list !== '') {
        pairs += 1;
        const sets = [listed(first), listed(other)] as const;
        tally.compare(name, setDifference(space, first.file, other.file, ...sets));
        continue;
      }
      for (const [from, to] of zonePairs(first, other)) {
        pairs += 1;
        const sets = [between(first, from, to), between(other, from, to)] as const;
        tally.compare(`${name} | ${from} > ${to}`, setDifference(space, first.file, other.file, ...sets));
      }
    }
  }
  return pairs;
}

function zonePairs(first: Rendering, second: Rendering): [from: string, to: string][] {
  const zones = ({ evaluation }: Rendering): string[] =>
    evaluation.device.segments.filter(({ kind }) => kind === 'zone').map(({ name }) => name);
  const known = new Set(zones(second));
  const both = zones(first).filter((zone) => known.has(zone));
  return both.flatMap((from) => both.filter((to) => to !== from).map((to): [string, string] => [from, to]));
}

function setDifference(
  space: PacketSpace,
  first: string,
  second: string,
  a: Permitted | undefined,
  b: Permitted | undefined,
): Difference | undefined {
  if (a === undefined || b === undefined) return unasked('one of them has no such list or crossing');
  if (a.definite === b.definite && a.possible === b.possible) return undefined;
  const only = (left: PacketSet, right: PacketSet, file: string): string => {
    const packet = space.witness(space.subtract(left, right));
    if (packet === undefined) return `nothing is permitted only by ${file}`;
    const { protocol, source, sourcePort, destination, destinationPort } = packet;
    const from = `${source.toString(16)} ${sourcePort}`;
    return `only ${file} permits, for one, protocol ${protocol} ${from} > ${destination.toString(16)} ${destinationPort} (addresses in hex)`;
  };
  const sets = a.definite === b.definite ? ([a.possible, b.possible] as const) : ([a.definite, b.definite] as const);
  return { what: 'other packets', because: `${only(...sets, first)}; ${only(sets[1], sets[0], second)}` };
}

function listed({ evaluation, list }: Rendering): Permitted | undefined {
  const found = evaluation.device.ruleLists.find(({ name }) => name === list);
  return found === undefined ? undefined : evaluation.list(found).permittedAll();
}

function between({ evaluation }: Rendering, from: string, to: string): Permitted | undefined {
  const crossing = evaluation.crossing(from, to);
  return 'none' in crossing ? undefined : crossing.permittedAll();
}
