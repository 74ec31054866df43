import type { AddressSet } from '../model/address.ts';
import type { Condition } from '../model/condition.ts';
import type { NumberRange, ServiceSet } from '../model/service.ts';
import type { Applications } from './applications.ts';
import type { Notes } from './notes.ts';
import type { AddressBooks } from './srx-addresses.ts';
import { ALL_PORTS, single } from '../model/service.ts';
import { protocolNumber } from './names.ts';
import { readNatAddress, readNatPort } from './srx-nat-terms.ts';
import { entries } from './srx-entries.ts';
import type { JunosNode } from './tree.ts';

/** What a NAT rule matches; absent fields match everything. */
export interface NatMatch {
  readonly sources: AddressSet | undefined;
  readonly destinations: AddressSet | undefined;
  /** Protocols that the rule names, else TCP and UDP: those a port can be meant of. */
  readonly protocols: readonly NumberRange[];
  readonly destinationPorts: readonly NumberRange[];
  /** All that the rule says about protocols, ports and applications. */
  readonly services: ServiceSet | undefined;
  readonly conditions: readonly Condition[];
  /** A part that could not be read. */
  readonly problem: JunosNode | undefined;
}

export interface NatObjects {
  readonly books: AddressBooks;
  readonly applications: Applications;
  readonly notes: Notes;
}

const KNOWN: ReadonlySet<string> = new Set([
  'source-address',
  'source-address-name',
  'destination-address',
  'destination-address-name',
  'source-port',
  'destination-port',
  'protocol',
  'application',
]);

/** Reads `match` of a NAT rule. Names of addresses are those of the global book. */
export function readNatMatch(rule: JunosNode, { books, applications }: NatObjects): NatMatch {
  const problems: JunosNode[] = entries(rule, 'match').filter(({ word }) => !KNOWN.has(word));
  const conditions: Condition[] = [];
  const addresses = (side: string): AddressSet | undefined => {
    const literal = entries(rule, 'match', side);
    const named = entries(rule, 'match', `${side}-name`);
    if (literal.length + named.length === 0) return undefined;
    const terms = literal.flatMap((node) => {
      const term = readNatAddress(node);
      if (term === undefined) problems.push(node);
      return term ?? [];
    });
    for (const node of named) {
      const { tri } = books.resolve(node, undefined);
      conditions.push(...tri.conditions);
      terms.push(...tri.may.include.filter((term) => term.kind === 'range4' || term.kind === 'range6'));
      problems.push(...(tri.may.include.some(({ kind }) => kind.startsWith('wildcard')) ? [node] : []));
    }
    return { include: terms, exclude: [] };
  };
  const numbers = (word: string, read: (node: JunosNode) => NumberRange | undefined): NumberRange[] =>
    entries(rule, 'match', word).flatMap((node) => {
      const found = read(node);
      if (found === undefined) problems.push(node);
      return found ?? [];
    });
  const sources = addresses('source-address');
  const destinations = addresses('destination-address');
  const named = numbers('protocol', ({ word }) => {
    const number = protocolNumber(word);
    return number === undefined ? undefined : single(number);
  });
  const sourcePorts = numbers('source-port', readNatPort);
  const destinationPorts = numbers('destination-port', readNatPort);
  const protocols = named.length > 0 ? named : [single(6), single(17)];
  const services: ServiceSet[number][] = [];
  if (sourcePorts.length + destinationPorts.length > 0) {
    services.push({
      protocols,
      sourcePorts: sourcePorts.length > 0 ? sourcePorts : ALL_PORTS,
      destinationPorts: destinationPorts.length > 0 ? destinationPorts : ALL_PORTS,
    });
  } else if (named.length > 0) services.push({ protocols, sourcePorts: ALL_PORTS, destinationPorts: ALL_PORTS });
  for (const node of entries(rule, 'match', 'application')) {
    if (node.word === 'any') continue;
    const { tri } = applications.resolve(node);
    conditions.push(...tri.conditions);
    services.push(...tri.may);
  }
  return {
    sources,
    destinations,
    protocols,
    destinationPorts,
    services: services.length > 0 ? services : undefined,
    conditions,
    problem: problems[0],
  };
}
