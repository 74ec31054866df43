import { createEvaluation } from '../../checks/evaluate/evaluate.ts';
import type { EvaluatedCrossing, EvaluationContract } from '../../checks/evaluate/evaluation.ts';
import type { Packet } from '../../checks/packet-space/packet.ts';
import type { PacketSpace } from '../../checks/packet-space/packet-space.ts';
import type { Family } from '../../parsers/model/address.ts';
import { addressFamily } from '../../parsers/model/address.ts';
import type { Crossing, Device } from '../../parsers/model/device.ts';
import type { RuleList } from '../../parsers/model/rule.ts';
import { type Random, seeded } from '../bench/random.ts';
import { askOracle, type OracleSession } from '../support/oracle.ts';
import type { Tally } from './tally.ts';

/** The naive evaluator walks every rule; longer lists are left to the tables of verdicts. */
const MAX_RULES = 400;
const MAX_TARGETS = 12;
const MAX_SEGMENTS = 5;
const PACKETS = 4;
/** Beside one application that the rules name, where the device recognises any. */
const ASKED_APPLICATION = 'mqtt';

interface Target {
  readonly name: string;
  readonly asked: Crossing | RuleList;
  readonly lists: readonly RuleList[];
  evaluated(): EvaluatedCrossing | undefined;
}

/**
 * Asks the engine and the naive evaluator about the same packets, at the edges of what the rules name: rule lists on
 * their own and crossings of the first segments, of first packets and of sessions of applications. Packets are the same in
 * every run.
 */
export function compareTwoAnswers(device: Device, space: PacketSpace, tally: Tally): void {
  const evaluation = createEvaluation(device, space);
  compareIn(evaluation, device, undefined, tally);
  const { applications } = device;
  if (applications === undefined) return;
  for (const application of applicationsOf(device)) {
    const sessions = evaluation.sessions(application);
    const session = { application, defaultPorts: applications.defaultPorts };
    if (sessions !== undefined) compareIn(sessions, device, session, tally);
  }
}

/** @param device As written; `evaluation` may be about its sessions. */
function compareIn(
  evaluation: EvaluationContract,
  device: Device,
  session: OracleSession | undefined,
  tally: Tally,
): void {
  const random = seeded(device.ruleLists.length);
  for (const target of targetsOf(evaluation, device).slice(0, MAX_TARGETS)) {
    const evaluated = target.evaluated();
    if (evaluated === undefined) continue;
    for (let count = 0; count < PACKETS; count += 1) {
      const packet = packetFor(target, random);
      const [engine, naive] = [evaluation.trace(evaluated, packet).verdict, askOracle(target.asked, packet, session)];
      const shown = `${packet.protocol} ${packet.source.toString(16)} ${packet.sourcePort} > ${packet.destination.toString(16)} ${packet.destinationPort}`;
      const difference = { what: `${naive} by the naive evaluator, ${engine} by the engine`, because: shown };
      const of = session === undefined ? '' : ` | session of ${session.application}`;
      tally.compare(`${device.source} | ${target.name}${of}`, engine === naive ? undefined : difference);
    }
  }
}

function applicationsOf({ ruleLists }: Device): Set<string> {
  const named = ruleLists.flatMap(({ rules }) =>
    rules.flatMap(({ applications }) =>
      applications === undefined || applications.names === 'any' ? [] : [...applications.names].slice(0, 1),
    ),
  );
  return new Set([ASKED_APPLICATION, ...named.slice(0, 1)]);
}

function targetsOf(evaluation: EvaluationContract, device: Device): Target[] {
  const lists = device.ruleLists.map((list, index): Target => ({
    name: list.name,
    asked: list,
    lists: [list],
    evaluated: () => {
      const meant = evaluation.device.ruleLists[index];
      return meant === undefined ? undefined : evaluation.list(meant);
    },
  }));
  const segments = device.segments.filter(({ transit }) => transit === 'yes').slice(0, MAX_SEGMENTS);
  const crossings = segments.flatMap((from) =>
    segments.flatMap((to): Target[] => {
      const crossing = device.crossing(from.name, to.name);
      if ('none' in crossing) return [];
      const name = `${from.name} > ${to.name}`;
      const evaluated = (): EvaluatedCrossing | undefined => {
        const found = evaluation.crossing(from.name, to.name);
        return 'none' in found ? undefined : found;
      };
      return [{ name, asked: crossing, lists: listsOf(crossing), evaluated }];
    }),
  );
  return [...lists, ...crossings].filter((target) => {
    const rules = target.lists.reduce((count, list) => count + list.rules.length, 0);
    return rules > 0 && rules <= MAX_RULES;
  });
}

function listsOf({ steps }: Crossing): RuleList[] {
  return steps.flatMap((step) => (step.kind === 'stage' ? step.stage.lists.map(({ list }) => list) : []));
}

function packetFor({ asked, lists }: Target, random: Random): Packet {
  // A list of one family is only ever asked about that family.
  const only = 'rules' in asked && asked.family !== 'both' ? asked.family : undefined;
  const family = only ?? random.pick<Family>([4, 4, 4, 6]);
  const addresses = lists.flatMap((list) => edgesOf(list, family));
  const known = [0n, ...addresses] as const;
  const ports = [1883, 0, 8883, 65535, ...lists.flatMap(portsOf)] as const;
  return {
    family,
    source: random.pick(known),
    destination: random.pick(known),
    protocol: random.pick([6, 6, 17]),
    sourcePort: random.pick([40000, random.pick(ports)]),
    destinationPort: random.pick(ports),
  };
}

function edgesOf({ rules }: RuleList, family: Family): bigint[] {
  const terms = rules.flatMap(({ match }) => [match.source, match.destination].flatMap(({ may }) => may.include));
  return terms
    .filter((term) => addressFamily(term) === family)
    .flatMap((term) => ('first' in term ? [BigInt(term.first), BigInt(term.last)] : [BigInt(term.value)]));
}

function portsOf({ rules }: RuleList): number[] {
  const terms = rules.flatMap(({ match }) => match.service.may);
  const ranges = terms.flatMap(({ sourcePorts, destinationPorts }) => [...sourcePorts, ...destinationPorts]);
  return ranges.flatMap(({ first, last }) => [first, last, Math.max(0, first - 1), Math.min(65535, last + 1)]);
}
