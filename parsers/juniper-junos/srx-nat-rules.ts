import type { AddressSet, AddressTerm } from '../model/address.ts';
import type { StaticTranslation, Translation } from '../model/nat.ts';
import type { NumberRange } from '../model/service.ts';
import type { Span } from '../source.ts';
import type { NatMatch, NatObjects } from './srx-nat-match.ts';
import { addressFamily, ANY_ADDRESS } from '../model/address.ts';
import { inheritedConditions } from './srx-inherited.ts';
import { readNatMatch } from './srx-nat-match.ts';
import { addressPairs } from '../model/address-pairs.ts';
import { onlyWords, portPairs, readNatAddress, readNatPort } from './srx-nat-terms.ts';
import { entries } from './srx-entries.ts';
import { child, type JunosNode } from './tree.ts';

interface Base {
  readonly text: string;
  readonly span: Span;
  readonly conditions: Translation['conditions'];
}

type Only = NonNullable<StaticTranslation['only']>;

/** `security nat destination … rule R`: `destination-nat off` leaves packets as they are, a pool says what they become. */
export function destinationTranslations(
  rule: JunosNode,
  objects: NatObjects,
  poolOf: (name: string) => JunosNode | undefined,
): readonly Translation[] {
  const match = readNatMatch(rule, objects);
  const base = baseOf(rule, match, objects);
  const touches = match.destinations ?? ANY_ADDRESS;
  if (match.problem !== undefined) return notModelled(match.problem, base, touches, objects);
  const then = child(rule, 'then', 'destination-nat');
  const only = onlyOf(match, { services: true });
  if (onlyWords(then).includes('off')) return unchanged('static-destination', touches, base, only);
  const name = entries(then, 'pool')[0];
  const pool = name === undefined ? undefined : poolOf(name.word);
  if (name === undefined || pool === undefined) return notModelled(name ?? rule, base, touches, objects);
  const { terms, port, problem } = readPool(pool);
  if (problem !== undefined) return notModelled(problem, base, touches, objects);
  return mapped({ match, base, touches, terms, port, rule }, objects);
}

/** `security nat static … rule R`, as packets to the public address meet it or, `backward`, those from the real one. */
export function staticTranslations(
  rule: JunosNode,
  objects: NatObjects,
  way: 'forward' | 'backward',
): readonly Translation[] {
  const match = readNatMatch(rule, objects);
  const base = baseOf(rule, match, objects);
  const touches = match.destinations ?? ANY_ADDRESS;
  const then = child(rule, 'then', 'static-nat');
  const target = child(then, 'prefix') ?? child(then, 'prefix-name');
  const first = entries(target).find(({ word }) => word !== 'mapped-port' && word !== 'routing-instance');
  const problem = match.problem ?? (first === undefined ? (entries(then)[0] ?? rule) : undefined);
  if (problem !== undefined || first === undefined || target === undefined) {
    return way === 'forward' ? notModelled(problem ?? rule, base, touches, objects) : [];
  }
  const terms = target.word === 'prefix' ? [readNatAddress(first)] : namedTerms(first, objects);
  if (terms.includes(undefined)) return way === 'forward' ? notModelled(first, base, touches, objects) : [];
  const real = terms.filter((term) => term !== undefined);
  const mappedPort = entries(target, 'mapped-port')[0];
  const port = mappedPort === undefined ? undefined : readNatPort(mappedPort);
  if (way === 'forward') return mapped({ match, base, touches, terms: real, port, rule }, objects);
  const forward = mapped({ match, base, touches, terms: real, port, rule }, undefined);
  return forward.flatMap((each) => (each.kind === 'static-destination' ? [reversed(each)] : []));
}

/** `security nat source … rule R`. It comes behind the policies, which see the original source. */
export function sourceTranslations(
  rule: JunosNode,
  objects: NatObjects,
  poolOf: (name: string) => JunosNode | undefined,
  egress: readonly AddressTerm[],
): readonly Translation[] {
  const match = readNatMatch(rule, objects);
  const base = baseOf(rule, match, objects);
  const sources = match.sources ?? ANY_ADDRESS;
  const limits = onlyOf(match, { services: true, destinations: true });
  const { destinations, services } = limits ?? {};
  const only =
    destinations === undefined && services === undefined
      ? {}
      : {
          only: {
            ...(destinations === undefined ? {} : { destinations }),
            ...(services === undefined ? {} : { services }),
          },
        };
  const then = child(rule, 'then', 'source-nat');
  const words = onlyWords(then);
  if (words.includes('off')) return unchanged('static-source', sources, base, only.only);
  if (words.includes('interface')) {
    return [{ ...base, kind: 'dynamic-source', sources: inFamiliesOf(sources, egress), pool: egress, ...only }];
  }
  const name = entries(then, 'pool')[0];
  const pool = name === undefined ? undefined : poolOf(name.word);
  const read = pool === undefined ? undefined : readPool(pool);
  const problem = match.problem ?? read?.problem ?? (read === undefined ? (name ?? rule) : undefined);
  if (problem !== undefined) notUnderstood(problem, objects, 'what packets look like behind the device is unknown');
  const terms = read?.problem === undefined ? (read?.terms ?? []) : [];
  return [{ ...base, kind: 'dynamic-source', sources: inFamiliesOf(sources, terms), pool: terms, ...only }];
}

function baseOf(rule: JunosNode, match: NatMatch, { notes }: NatObjects): Base {
  for (const part of entries(rule)) {
    if (['match', 'then'].includes(part.word)) continue;
    notes.mark(part, part.word === 'description' || part.word === 'session-count-alarm' ? 'no-effect' : 'unrecognised');
  }
  return { ...notes.statement(rule), conditions: [...match.conditions, ...inheritedConditions(rule)] };
}

interface Mapping {
  readonly match: NatMatch;
  readonly base: Base;
  readonly touches: AddressSet;
  readonly terms: readonly AddressTerm[];
  readonly port: NumberRange | undefined;
  readonly rule: JunosNode;
}

/** The rewritings of a rule, or an unmodelled one; without `objects` nothing is said about it. */
function mapped({ match, base, touches, terms, port, rule }: Mapping, objects: NatObjects | undefined): Translation[] {
  const pairs = addressPairs(touches, terms);
  const ports = port === undefined ? [undefined] : portPairs(match.destinationPorts, port);
  if (pairs === undefined || ports === undefined) {
    return objects === undefined ? [] : notModelled(rule, base, touches, objects);
  }
  // With a port of its own the translation says by itself which packets it is for.
  const only = onlyOf(match, { services: port === undefined });
  return pairs.flatMap(([from, to]) =>
    ports.map((pair): Translation => {
      const found: Translation = {
        ...base,
        kind: 'static-destination',
        from,
        to,
        ...(only === undefined ? {} : { only }),
      };
      if (pair === undefined) return found;
      return { ...found, port: { protocols: match.protocols, from: pair[0], to: pair[1] } };
    }),
  );
}

/** Packets that the real host sends to the outside get its public address, and where ports are mapped, the public port. */
function reversed(forward: StaticTranslation): Translation {
  const { text, span, conditions, from, to, port, only } = forward;
  const limits: Only = only?.sources === undefined ? {} : { destinations: only.sources };
  return {
    kind: 'static-source',
    text,
    span,
    conditions,
    from: to,
    to: from,
    ...(port === undefined ? {} : { port: { protocols: port.protocols, from: port.to, to: port.from } }),
    ...(limits.destinations === undefined ? {} : { only: limits }),
  };
}

function onlyOf(
  match: NatMatch,
  with_: { readonly services?: boolean; readonly destinations?: boolean },
): Only | undefined {
  const only: Only = {
    ...(match.sources === undefined || with_.destinations === true ? {} : { sources: match.sources }),
    ...(match.destinations === undefined || with_.destinations !== true ? {} : { destinations: match.destinations }),
    ...(match.services === undefined || with_.services !== true ? {} : { services: match.services }),
  };
  return Object.keys(only).length === 0 ? undefined : only;
}

/** `off`: the packets keep their address, and no later rule is asked. */
function unchanged(
  kind: 'static-destination' | 'static-source',
  set: AddressSet,
  base: Base,
  only: Only | undefined,
): Translation[] {
  return set.include.map((term) => ({
    ...base,
    kind,
    from: term,
    to: term,
    ...(only === undefined ? {} : { only }),
  }));
}

function readPool(pool: JunosNode): {
  readonly terms: readonly AddressTerm[];
  readonly port: NumberRange | undefined;
  readonly problem: JunosNode | undefined;
} {
  const nodes = entries(pool, 'address').filter(({ word }) => word !== 'port');
  const terms = nodes.flatMap((node) => readNatAddress(node) ?? []);
  // `address A port P` on one line, or both in a block.
  const ports = [...nodes.flatMap((node) => entries(node, 'port')), ...entries(pool, 'address', 'port')];
  const [first] = ports;
  const port = first === undefined ? undefined : readNatPort(first);
  const unread = nodes.find((node) => readNatAddress(node) === undefined) ?? (nodes.length === 0 ? pool : undefined);
  return { terms, port, problem: unread ?? (first !== undefined && port === undefined ? first : undefined) };
}

function namedTerms(user: JunosNode, { books }: NatObjects): (AddressTerm | undefined)[] {
  const { tri } = books.resolve(user, undefined);
  return tri.conditions.length > 0 ? [undefined] : [...tri.may.include];
}

function inFamiliesOf(sources: AddressSet, pool: readonly AddressTerm[]): AddressSet {
  if (pool.length === 0) return sources;
  const families = new Set(pool.map(addressFamily));
  return { include: sources.include.filter((term) => families.has(addressFamily(term))), exclude: [] };
}

function notModelled(node: JunosNode, base: Base, touches: AddressSet, objects: NatObjects): Translation[] {
  notUnderstood(node, objects, 'traces of packets to those addresses are possible, not definite');
  return [{ ...base, kind: 'unmodelled', touches }];
}

function notUnderstood(node: JunosNode, { notes }: NatObjects, consequence: string): void {
  notes.mark(node, 'conditional');
  notes.diagnose(
    'junos/nat-not-modelled',
    'warning',
    node.span,
    `this translation (\`${node.word}\`) is not expressed exactly`,
    `policies are compared with real addresses, so permitted sets stay exact; ${consequence}`,
  );
}
