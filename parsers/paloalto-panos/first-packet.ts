import type { Condition } from '../model/condition.ts';
import type { Span } from '../source.ts';
import type { ListedApplications, ListedServices, Names } from './firewall.ts';
import { ANY_ADDRESS } from '../model/address.ts';
import { exactly, type MatchExpression, type PacketMatch, type ToldApplications, type Tri } from '../model/rule.ts';
import { ANY_SERVICE, type ServiceSet } from '../model/service.ts';
import { neitherTcpNorUdpOf, tcpOf, udpOf } from './service-parts.ts';

/** What of a security rule decides which first packets it takes. */
export interface FirstPacketFacts {
  readonly blocks: boolean;
  readonly applications: ListedApplications;
  readonly services: ListedServices;
  /** Sessions that application override rules tell their application, where that matters to the rule. */
  readonly told: ToldApplications | undefined;
  readonly defaultPorts: Names['defaultPorts'];
  /** Name of the fact that the application is known at once, or is one of the rule's. */
  readonly fact: string;
  readonly span: Span;
  readonly text: string;
}

/** The parts of a rule of the model that say which first packets it takes. */
export interface FirstPacket {
  readonly service: Tri<ServiceSet>;
  readonly never?: string;
  readonly also?: MatchExpression;
  readonly conditions: readonly Condition[];
}

/** How a rule takes first packets of sessions that nothing tells their application. */
type Untold =
  /** As the services say. */
  | { readonly kind: 'by-service'; readonly service: Tri<ServiceSet> }
  /** It may, wherever the services fit. */
  | { readonly kind: 'perhaps'; readonly condition: Condition }
  | { readonly kind: 'never'; readonly why: string };

/**
 * PAN-OS looks up the policy twice. The first packet is compared by zones, addresses, protocol and port alone, since its
 * application is not known; once data has told the application, the rules are asked again with all they say (Palo Alto KB
 * kA10g000000POF8CAO "Why is traffic not matching security policy with App-ID"). Hence:
 *
 * - a rule that allows some applications lets the first packet of any session pass on ports that fit: a TCP handshake
 *   carries no data. The first UDP datagram does, so there the application may be known at once;
 * - a rule that blocks some applications on `service any` does not stop a handshake. With a service of its own it may: one
 *   answer of the vendor's community says that it does (LIVE 28203), the article above says that it does not;
 * - `application-default` compares the port with the default ports of what is listed (KB kA10g000000ClVwCAK).
 */
export function firstPacket(facts: FirstPacketFacts): FirstPacket {
  const { told } = facts;
  const written = writtenService(facts);
  const untold = untoldPackets(facts, written);
  if (told === undefined) return withoutOverrides(untold, written, facts);
  // What override rules tell an application counts as that one from the first packet on (KB "How to Create an Application
  // Override": App-ID ends there), so the rule takes it if it is about that application and else passes it over.
  const { span } = facts;
  const isTold: MatchExpression = { kind: 'permitted-by', list: told.all, span };
  const isOurs: MatchExpression = { kind: 'permitted-by', list: told.ours, span };
  const others = untoldExpressions(untold, facts);
  const recognised: readonly MatchExpression[] =
    others === undefined ? [] : [{ kind: 'all', of: [{ kind: 'not', of: isTold }, ...others] }];
  const hasOurs = told.ours.rules.some(({ action }) => action.kind === 'permit');
  if (!hasOurs && untold.kind === 'never') return withoutOverrides(untold, written, facts);
  const service = facts.services.kind === 'application-default' ? exactly(written.may) : asWritten(facts.services);
  return { service, also: { kind: 'any', of: [...recognised, isOurs] }, conditions: [] };
}

function withoutOverrides(untold: Untold, written: Tri<ServiceSet>, facts: FirstPacketFacts): FirstPacket {
  if (untold.kind === 'by-service') {
    // Sessions are compared with the services as written, so what narrows only first packets stands beside them.
    if (untold.service.may === written.may) return { service: untold.service, conditions: [] };
    return { service: written, also: matching(untold.service, facts), conditions: [] };
  }
  if (untold.kind === 'perhaps') return { service: written, conditions: [untold.condition] };
  return { service: written, never: untold.why, conditions: [] };
}

function untoldExpressions(untold: Untold, facts: FirstPacketFacts): readonly MatchExpression[] | undefined {
  if (untold.kind === 'never') return undefined;
  if (untold.kind === 'perhaps') {
    return [matching(writtenService(facts), facts), { kind: 'undecided', condition: untold.condition }];
  }
  const { service } = untold;
  const isExact = service.must === service.may && facts.services.kind !== 'application-default';
  return isExact && service.may === asWritten(facts.services).may ? [] : [matching(service, facts)];
}

function untoldPackets(facts: FirstPacketFacts, written: Tri<ServiceSet>): Untold {
  const { applications, services, blocks, span, fact } = facts;
  const condition: Condition = { kind: 'application', name: fact, span };
  const isAny = applications.names === 'any';
  // Whatever the application is, its port is as written.
  if (isAny && services.kind !== 'application-default') return { kind: 'by-service', service: written };
  if (!blocks) return { kind: 'by-service', service: onceKnown(written, facts, condition) };
  if (isAny || services.kind !== 'any') return { kind: 'perhaps', condition };
  return knownAtOnce(facts, condition);
}

/** Services as far as first packets are compared with them: ports of `application-default` are those of the list. */
function writtenService({ applications, services }: FirstPacketFacts): Tri<ServiceSet> {
  if (services.kind !== 'application-default') return asWritten(services);
  return applications.names === 'any' ? exactly(ANY_SERVICE) : applications.defaultPorts;
}

function asWritten(services: ListedServices): Tri<ServiceSet> {
  return services.kind === 'ports' ? services.ports : exactly(ANY_SERVICE);
}

/** A rule that asks for applications is sure to let a handshake pass, and what the protocol tells by itself (ICMP, ESP). */
function onceKnown(written: Tri<ServiceSet>, facts: FirstPacketFacts, condition: Condition): Tri<ServiceSet> {
  const { applications, services } = facts;
  const byProtocol = services.kind === 'ports' ? [] : neitherTcpNorUdpOf(applications.defaultPorts.must);
  const must = [...tcpOf(written.must), ...byProtocol];
  if (isSame(written.must, must)) return written;
  return { must, may: written.may, conditions: [...written.conditions, condition] };
}

/** Whether a part of a set is all of it: taking parts keeps terms, and drops some or narrows their protocols. */
function isSame(whole: ServiceSet, part: ServiceSet): boolean {
  const count = (set: ServiceSet): number =>
    set.reduce(
      (sum, { protocols }) => sum + protocols.reduce((wide, { first, last }) => wide + last - first + 1, 0),
      0,
    );
  return whole.length === part.length && count(whole) === count(part);
}

/**
 * A rule that blocks some applications on every port: it stops those that the protocol tells by itself (ping, GRE), it may
 * stop those that App-ID knows by one datagram, on the UDP ports that are theirs, and it stops no handshake.
 */
function knownAtOnce({ applications, defaultPorts }: FirstPacketFacts, condition: Condition): Untold {
  const names = applications.names === 'any' ? [] : [...applications.names];
  const ports = names.flatMap((name) => defaultPorts(name) ?? []);
  const byProtocol = neitherTcpNorUdpOf(ports);
  const datagrams = udpOf(ports).filter(({ destinationPorts }) => !destinationPorts.some(isEveryPort));
  if (byProtocol.length === 0 && datagrams.length === 0) {
    return { kind: 'never', why: 'the application is not known when the first packet passes' };
  }
  if (datagrams.length === 0) return { kind: 'by-service', service: exactly(byProtocol) };
  const service = { must: byProtocol, may: [...byProtocol, ...datagrams], conditions: [condition] };
  return { kind: 'by-service', service };
}

function isEveryPort({ first, last }: { readonly first: number; readonly last: number }): boolean {
  return first <= 1 && last === 65535;
}

function matching(service: Tri<ServiceSet>, { span, text }: FirstPacketFacts): MatchExpression {
  const match: PacketMatch = { source: exactly(ANY_ADDRESS), destination: exactly(ANY_ADDRESS), service };
  return { kind: 'match', match, span, text };
}
