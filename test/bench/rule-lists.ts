import { addresses, ANY4, masked4, prefix4 } from '../../parsers/model/address.ts';
import type { AddressSet } from '../../parsers/model/address.ts';
import { exactly } from '../../parsers/model/rule.ts';
import type { Rule, RuleList, Verdict } from '../../parsers/model/rule.ts';
import { ALL_PORTS, ANY_SERVICE, PROTOCOL, protocolTerm, single } from '../../parsers/model/service.ts';
import type { NumberRange, ServiceSet } from '../../parsers/model/service.ts';
import { seeded } from './random.ts';
import type { Random } from './random.ts';

export type RuleListKind = 'structured' | 'overlapping' | 'host-pairs' | 'wildcards' | 'port-ranges';

export const RULE_LIST_KINDS: readonly RuleListKind[] = [
  'structured',
  'overlapping',
  'host-pairs',
  'wildcards',
  'port-ranges',
];

interface Draft {
  readonly verdict: Verdict;
  readonly source: AddressSet;
  readonly destination: AddressSet;
  readonly service: ServiceSet;
}

type Generator = (random: Random, index: number, count: number) => Draft;

/** Ports that rules of real configurations name; the last five are pub/sub ones. */
const COMMON_PORTS: readonly [number, ...number[]] = [
  22, 25, 53, 80, 88, 123, 135, 389, 443, 445, 514, 636, 1433, 1521, 3306, 3389, 8080, 8443, 1883, 8883, 5672, 5671,
  5222,
];

const GENERATORS: Readonly<Record<RuleListKind, Generator>> = {
  structured,
  overlapping,
  'host-pairs': hostPairs,
  wildcards,
  'port-ranges': portRanges,
};

/** A list of `count` rules, the same on every run. */
export function generateRuleList(kind: RuleListKind, count: number): RuleList {
  const random = seeded(0x5eed + count);
  const span = { source: `${kind}.generated`, line: 1, column: 1, endColumn: 2 };
  const rules: Rule[] = [];
  for (let index = 0; index < count; index++) {
    const { verdict, source, destination, service } = GENERATORS[kind](random, index, count);
    rules.push({
      id: `#${index + 1}`,
      text: `${verdict} rule ${index + 1}`,
      span: { ...span, line: index + 1 },
      action: { kind: verdict, word: verdict },
      match: { source: exactly(source), destination: exactly(destination), service: exactly(service) },
      conditions: [],
      enabled: true,
      logging: { logs: 'default', detail: '' },
      objects: [],
    });
  }
  return { name: kind, kind: 'generated access list', family: 'both', rules, span };
}

/**
 * A list that grew by rules of a kind: site after site, each with a few denies, subnets to server subnets with one
 * service, and a broad permit at the end of the site.
 */
function structured(random: Random, index: number, count: number): Draft {
  const perSite = 50;
  const sites = Math.ceil(count / perSite);
  const site = Math.floor(index / perSite);
  const place = index % perSite;
  // Sites stand side by side below 10.0.0.0/8, each with as large a block as there is room for.
  const length = Math.min(20, 8 + Math.ceil(Math.log2(Math.max(2, sites))));
  const base = (0x0a000000 + site * 2 ** (32 - length)) >>> 0;
  const own = addresses(prefix4(base, length));
  const subnet = addresses(prefix4(base + random.below(2 ** (28 - length)) * 16, 28));
  const servers = addresses(prefix4(0xac100000 + random.below(512) * 256, 24));
  const server = addresses(prefix4(0xac100000 + random.below(4096) * 16 + random.below(8), 32));
  if (place < 4) return { verdict: 'deny', source: own, destination: servers, service: ANY_SERVICE };
  if (place === perSite - 2)
    return { verdict: 'deny', source: own, destination: addresses(prefix4(0x0a000000, 8)), service: ANY_SERVICE };
  if (place === perSite - 1) return { verdict: 'permit', source: own, destination: ANY4, service: toPort(443) };
  return {
    verdict: random.chance(0.9) ? 'permit' : 'deny',
    source: random.chance(0.8) ? subnet : own,
    destination: random.chance(0.5) ? servers : server,
    service: random.chance(0.06) ? protocol(PROTOCOL.tcp) : toPort(random.pick(COMMON_PORTS)),
  };
}

/**
 * Prefixes of all lengths inside 10.0.0.0/8 on both sides, permits and denies by chance: at 10,000 rules each overlaps
 * with about thirty others, and there is no order in them that would help.
 */
function overlapping(random: Random): Draft {
  return {
    verdict: random.chance(0.5) ? 'permit' : 'deny',
    source: prefixInside(random, 10, 28),
    destination: prefixInside(random, 10, 28),
    service: mixedService(random),
  };
}

/** One host to one host, as exported from flow records. */
function hostPairs(random: Random): Draft {
  return {
    verdict: random.chance(0.95) ? 'permit' : 'deny',
    source: addresses(prefix4(0x0a000000 + random.below(2 ** 16), 32)),
    destination: addresses(prefix4(0xac100000 + random.below(2 ** 16), 32)),
    service: random.chance(0.3) ? protocol(PROTOCOL.tcp) : toPort(random.pick(COMMON_PORTS)),
  };
}

/**
 * Masks with gaps over an address plan 10.site.vlan.host: the same host or vlan in every site, hosts of one parity, beside
 * rules for single sites. Two in three rules have a gapped mask.
 */
function wildcards(random: Random): Draft {
  return {
    verdict: random.chance(0.5) ? 'permit' : 'deny',
    source: planned(random),
    destination: random.chance(0.1) ? planned(random) : addresses(prefix4(0xac100000 + random.below(4096) * 16, 28)),
    service: mixedService(random),
  };
}

function planned(random: Random): AddressSet {
  const site = 0x0a000000 + random.below(200) * 0x10000;
  const vlan = 10 * random.below(12) * 0x100;
  const host = 1 + random.below(20);
  switch (random.below(6)) {
    case 0:
      return addresses(masked4(0x0a000000 + vlan + host, 0xff00ffff));
    case 1:
    case 2:
      return addresses(masked4(0x0a000000 + vlan, 0xff00ff00));
    case 3:
      return addresses(masked4(site + vlan + (host & 1), 0xffffff01));
    case 4:
      return addresses(prefix4(site + vlan, 24));
    default:
      return addresses(prefix4(site, 16));
  }
}

/** Prefixes with ranges of destination ports, of source ports, or of both. */
function portRanges(random: Random): Draft {
  const destinationPorts = random.chance(0.8) ? [portRange(random)] : ALL_PORTS;
  const sourcePorts = random.chance(0.3) ? [portRange(random)] : ALL_PORTS;
  const transport = random.chance(0.8) ? PROTOCOL.tcp : PROTOCOL.udp;
  return {
    verdict: random.chance(0.6) ? 'permit' : 'deny',
    source: prefixInside(random, 12, 28),
    destination: prefixInside(random, 12, 28),
    service: [{ protocols: [single(transport)], sourcePorts, destinationPorts }],
  };
}

function mixedService(random: Random): ServiceSet {
  const chosen = random.below(4);
  if (chosen === 0) return ANY_SERVICE;
  if (chosen === 1) return protocol(PROTOCOL.tcp);
  if (chosen === 2) return toPort(random.pick(COMMON_PORTS));
  return [{ ...protocolTerm(PROTOCOL.tcp), destinationPorts: [portRange(random)] }];
}

function protocol(number: number): ServiceSet {
  return [protocolTerm(number)];
}

function toPort(port: number): ServiceSet {
  return [{ ...protocolTerm(PROTOCOL.tcp), destinationPorts: [single(port)] }];
}

function portRange(random: Random): NumberRange {
  const first = random.below(65536);
  return random.chance(0.3)
    ? { first: 1024, last: 65535 }
    : { first, last: Math.min(65535, first + random.below(8192)) };
}

function prefixInside(random: Random, shortest: number, longest: number): AddressSet {
  return addresses(prefix4(0x0a000000 + random.below(2 ** 24), shortest + random.below(longest - shortest + 1)));
}
