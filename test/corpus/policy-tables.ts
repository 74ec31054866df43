import { createEvaluation } from '../../checks/evaluate/evaluate.ts';
import type { EvaluationContract } from '../../checks/evaluate/evaluation.ts';
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
]);

interface Rendering {
  readonly file: string;
  readonly evaluation: EvaluationContract;
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
    // A policy of zones has no list of its own to compare.
    if (list === '') continue;
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

/** Each rendering with the first of its policy. */
function compareRenderings(
  space: PacketSpace,
  policies: ReadonlyMap<string, readonly Rendering[]>,
  tally: Tally,
): number {
  let pairs = 0;
  for (const [first, ...others] of policies.values()) {
    if (first === undefined) continue;
    for (const other of others) {
      pairs += 1;
      tally.compare(`${first.file} = ${other.file}`, setDifference(space, first, other));
    }
  }
  return pairs;
}

function setDifference(space: PacketSpace, first: Rendering, second: Rendering): Difference | undefined {
  const [a, b] = [permittedBy(first), permittedBy(second)];
  if (a === undefined || b === undefined) return unasked(`no rule list ${first.list} in one of them`);
  if (a === b) return undefined;
  const only = (left: PacketSet, right: PacketSet, { file }: Rendering): string => {
    const packet = space.witness(space.subtract(left, right));
    if (packet === undefined) return `nothing is permitted only by ${file}`;
    const { protocol, source, sourcePort, destination, destinationPort } = packet;
    const from = `${source.toString(16)} ${sourcePort}`;
    return `only ${file} permits, for one, protocol ${protocol} ${from} > ${destination.toString(16)} ${destinationPort} (addresses in hex)`;
  };
  return { what: 'other packets', because: `${only(a, b, first)}; ${only(b, a, second)}` };
}

function permittedBy({ evaluation, list }: Rendering): PacketSet | undefined {
  const found = evaluation.device.ruleLists.find(({ name }) => name === list);
  return found === undefined ? undefined : evaluation.list(found).permittedAll().definite;
}
