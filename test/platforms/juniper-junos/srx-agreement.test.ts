/**
 * Random SRX configurations of one zone firewall, read by the parser and judged by the engine, against what their
 * description means when each packet is followed by hand: NAT, then policies of the pair, global ones, the default.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEvaluation } from '../../../checks/evaluate/evaluate.ts';
import { createPacketSpace } from '../../../checks/packet-space/create-packet-space.ts';
import { formatIp } from '../../../parsers/model/format.ts';
import { junosDevice } from './read-junos.ts';

const ZONES = ['a', 'b', 'c'] as const;
const BASE = 0x0a000000;
const PORTS = [80, 1883, 1884, 8883];

interface Term {
  readonly protocol: 'tcp' | 'udp';
  readonly destination: readonly [number, number] | undefined;
  readonly source: readonly [number, number] | undefined;
}

interface Policy {
  readonly place: readonly [from: string, to: string] | undefined;
  readonly onlyFrom: readonly string[];
  readonly sources: readonly number[];
  readonly sourceExcluded: boolean;
  readonly destinations: readonly number[];
  readonly destinationExcluded: boolean;
  readonly applications: readonly number[];
  readonly action: 'permit' | 'deny' | 'reject';
  readonly inactive: boolean;
}

interface Nat {
  readonly kind: 'static' | 'destination';
  readonly zone: string;
  readonly from: number;
  readonly port: number | undefined;
  readonly to: number;
  readonly toPort: number | undefined;
}

interface Spec {
  /** Prefixes by number: first address and length, within 10.0.0.0/28. */
  readonly addresses: readonly (readonly [number, number])[];
  readonly applications: readonly (readonly Term[])[];
  readonly policies: readonly Policy[];
  readonly nat: readonly Nat[];
  readonly permitAll: boolean;
}

interface Packet {
  readonly from: string;
  readonly to: string;
  readonly protocol: 'tcp' | 'udp';
  readonly source: number;
  readonly destination: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
}

const host = fc.nat(15);
const zone = fc.constantFrom(...ZONES);
const port = fc.constantFrom(...PORTS);
const range = fc.tuple(port, port).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
const term: fc.Arbitrary<Term> = fc.record({
  protocol: fc.constantFrom('tcp', 'udp'),
  destination: fc.option(range, { nil: undefined }),
  source: fc.option(range, { nil: undefined, freq: 4 }),
});
const prefix = fc.tuple(host, fc.integer({ min: 28, max: 32 })).map(([address, length]) => {
  const size = 2 ** (32 - length);
  return [address - (address % size), length] as const;
});
const some = fc.uniqueArray(fc.nat(3), { minLength: 1, maxLength: 2 });
const policyArbitrary: fc.Arbitrary<Policy> = fc.record({
  place: fc.option(fc.tuple(zone, zone), { nil: undefined, freq: 3 }),
  onlyFrom: fc.uniqueArray(zone, { maxLength: 2 }),
  sources: some,
  sourceExcluded: fc.boolean(),
  destinations: some,
  destinationExcluded: fc.boolean(),
  applications: some,
  action: fc.constantFrom('permit', 'deny', 'reject'),
  inactive: fc.integer({ min: 0, max: 5 }).map((value) => value === 0),
});
const natArbitrary: fc.Arbitrary<Nat> = fc.record({
  kind: fc.constantFrom('static', 'destination'),
  zone: fc.constantFrom('a', 'b'),
  // Few public addresses, so that rules meet.
  from: fc.nat(2),
  port: fc.option(port, { nil: undefined }),
  to: host,
  toPort: fc.option(port, { nil: undefined }),
});
const spec: fc.Arbitrary<Spec> = fc.record({
  addresses: fc.array(prefix, { minLength: 4, maxLength: 4 }),
  applications: fc.array(fc.array(term, { minLength: 1, maxLength: 2 }), { minLength: 4, maxLength: 4 }),
  policies: fc.array(policyArbitrary, { minLength: 1, maxLength: 6 }),
  nat: fc.array(natArbitrary, { maxLength: 4 }),
  permitAll: fc.boolean(),
});
const packet: fc.Arbitrary<Packet> = fc.record({
  from: zone,
  to: zone,
  protocol: fc.constantFrom('tcp', 'udp'),
  source: host,
  destination: fc.oneof(host, fc.nat(2)),
  sourcePort: port,
  destinationPort: port,
});

function ip(value: number): string {
  return formatIp(4, BASE + value);
}

function textOf(config: Spec): string[] {
  const lines = ZONES.flatMap((name, index) => [
    `set interfaces ge-0/0/${index} unit 0 family inet address 192.0.2.${16 * index + 1}/28`,
    `set security zones security-zone ${name} interfaces ge-0/0/${index}.0`,
  ]);
  for (const [index, [address, length]] of config.addresses.entries()) {
    lines.push(`set security address-book global address n${index} ${ip(address)}/${length}`);
    lines.push(`set security address-book global address-set s${index} address n${index}`);
  }
  for (const [index, terms] of config.applications.entries()) {
    for (const [number, { protocol, destination, source }] of terms.entries()) {
      const path = `set applications application p${index} term t${number}`;
      lines.push(`${path} protocol ${protocol}`);
      if (destination !== undefined) lines.push(`${path} destination-port ${destination.join('-')}`);
      if (source !== undefined) lines.push(`${path} source-port ${source.join('-')}`);
    }
  }
  for (const [index, policy] of config.policies.entries()) lines.push(...policyLines(policy, index));
  for (const [index, nat] of config.nat.entries()) lines.push(...natLines(nat, index));
  if (config.permitAll) lines.push('set security policies default-policy permit-all');
  return lines;
}

function policyLines(policy: Policy, index: number): string[] {
  const { place } = policy;
  const context = place === undefined ? 'global' : `from-zone ${place[0]} to-zone ${place[1]}`;
  const path = `security policies ${context} policy r${index}`;
  const match = `set ${path} match`;
  return [
    ...policy.sources.map((name) => `${match} source-address n${name}`),
    ...(policy.sourceExcluded ? [`${match} source-address-excluded`] : []),
    ...policy.destinations.map((name) => `${match} destination-address s${name}`),
    ...(policy.destinationExcluded ? [`${match} destination-address-excluded`] : []),
    ...policy.applications.map((name) => `${match} application p${name}`),
    ...(place === undefined ? policy.onlyFrom.map((name) => `${match} from-zone ${name}`) : []),
    `set ${path} then ${policy.action}`,
    ...(policy.inactive ? [`deactivate ${path}`] : []),
  ];
}

function natLines({ kind, zone: from, from: public_, port: publicPort, to, toPort }: Nat, index: number): string[] {
  const set = `set security nat ${kind} rule-set from-${from}`;
  const rule = `${set} rule r${index}`;
  const mapsPort = publicPort !== undefined && toPort !== undefined;
  const then =
    kind === 'static'
      ? [
          `${rule} then static-nat prefix ${ip(to)}/32`,
          ...(mapsPort ? [`${rule} then static-nat prefix mapped-port ${toPort}`] : []),
        ]
      : [
          `set security nat destination pool p${index} address ${ip(to)}/32`,
          ...(mapsPort ? [`set security nat destination pool p${index} address port ${toPort}`] : []),
          `${rule} then destination-nat pool p${index}`,
        ];
  return [
    `${set} from zone ${from}`,
    `${rule} match destination-address ${ip(public_)}/32`,
    ...(publicPort === undefined ? [] : [`${rule} match destination-port ${publicPort}`]),
    ...then,
  ];
}

function followed(config: Spec, sent: Packet): 'permit' | 'deny' {
  const { destination, destinationPort } = translated(config.nat, sent);
  const arrived = { ...sent, destination, destinationPort };
  const ordered = [
    ...config.policies.filter(({ place }) => place?.[0] === sent.from && place[1] === sent.to),
    ...config.policies.filter(
      ({ place, onlyFrom }) =>
        place === undefined && (onlyFrom.length === 0 || onlyFrom.some((name) => name === sent.from)),
    ),
  ];
  const found = ordered.find((policy) => !policy.inactive && matches(config, policy, arrived));
  if (found === undefined) return config.permitAll ? 'permit' : 'deny';
  return found.action === 'permit' ? 'permit' : 'deny';
}

function translated(rules: readonly Nat[], sent: Packet): Pick<Packet, 'destination' | 'destinationPort'> {
  const taken = (kind: Nat['kind']): Nat | undefined =>
    rules.find(
      (rule) =>
        rule.kind === kind &&
        rule.zone === sent.from &&
        rule.from === sent.destination &&
        (rule.port === undefined || rule.port === sent.destinationPort),
    );
  const rule = taken('static') ?? taken('destination');
  if (rule === undefined) return sent;
  const destinationPort = rule.port === undefined ? sent.destinationPort : (rule.toPort ?? sent.destinationPort);
  return { destination: rule.to, destinationPort };
}

function matches({ addresses, applications }: Spec, policy: Policy, sent: Packet): boolean {
  const within = (value: number, [first, length]: readonly [number, number]): boolean =>
    value >= first && value < first + 2 ** (32 - length);
  const inList = (value: number, names: readonly number[]): boolean =>
    names.some((name) => within(value, addresses[name] ?? [0, 32]));
  const inRange = (value: number, limits: readonly [number, number] | undefined): boolean =>
    limits === undefined || (limits[0] <= value && value <= limits[1]);
  return (
    inList(sent.source, policy.sources) !== policy.sourceExcluded &&
    inList(sent.destination, policy.destinations) !== policy.destinationExcluded &&
    policy.applications.some((name) =>
      (applications[name] ?? []).some(
        ({ protocol, destination, source }) =>
          protocol === sent.protocol && inRange(sent.destinationPort, destination) && inRange(sent.sourcePort, source),
      ),
    )
  );
}

test('the engine and the description of a configuration agree', () => {
  const space = createPacketSpace();
  fc.assert(
    fc.property(spec, fc.array(packet, { minLength: 25, maxLength: 25 }), (config, packets) => {
      const evaluation = createEvaluation(junosDevice(...textOf(config)), space);
      for (const sent of packets) {
        const crossing = evaluation.crossing(sent.from, sent.to);
        if ('none' in crossing) throw new Error(crossing.none);
        const asked = {
          family: 4,
          protocol: sent.protocol === 'tcp' ? 6 : 17,
          source: BigInt(BASE + sent.source),
          destination: BigInt(BASE + sent.destination),
          sourcePort: sent.sourcePort,
          destinationPort: sent.destinationPort,
        } as const;
        expect([sent, evaluation.trace(crossing, asked).verdict]).toEqual([sent, followed(config, sent)]);
      }
    }),
    { numRuns: 400 },
  );
});
