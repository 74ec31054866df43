import type { Condition } from '../model/condition.ts';
import type { AddressSet } from '../model/address.ts';
import type { NumberRange } from '../model/service.ts';
import type { Translation } from '../model/nat.ts';
import type { Span } from '../source.ts';
import { addressFamily, ANY_ADDRESS } from '../model/address.ts';
import { pairsOf, sameSet } from './nat-terms.ts';

/** One transport port before and after. */
export interface PortChange {
  readonly protocols: readonly NumberRange[];
  readonly real: number;
  readonly mapped: number;
}

/** A translation of 8.3 and later in full: what its source and its destination become. `undefined` interface: any. */
export interface NatRule {
  readonly text: string;
  readonly span: Span;
  readonly realIf: string | undefined;
  readonly mappedIf: string | undefined;
  readonly kind: 'static' | 'dynamic';
  readonly real: AddressSet;
  /** Empty for a dynamic rule whose pool is not in the text. */
  readonly mapped: AddressSet;
  /** The destination as the source sees it, and as it is. Absent: any, unchanged. */
  readonly destination: { readonly mapped: AddressSet; readonly real: AddressSet } | undefined;
  /** Ports of the real host that are translated. */
  readonly sourcePort: PortChange | undefined;
  readonly destinationPort: PortChange | undefined;
  readonly unidirectional: boolean;
  /** Undecided facts about who is translated: undefined objects. */
  readonly conditions: readonly Condition[];
}

/**
 * The rewritings of new connections that a rule stands for, or undefined when they cannot be expressed exactly.
 *
 * Forward, from the real side: source real → mapped, destination mapped → real. A static rule works backward too, from
 * the mapped side: destination mapped → real, and the far host's address real → mapped.
 */
export function translationsOf(rule: NatRule): readonly Translation[] | undefined {
  const found: Translation[] = [];
  const { text, span, realIf, mappedIf, destination } = rule;
  const base = { text, span, conditions: rule.conditions };
  const forward = { ...base, ...segments(realIf, mappedIf) };
  const backward = { ...base, ...segments(mappedIf, realIf) };
  const onlyTo = destination === undefined || isAny(destination.real) ? {} : { destinations: destination.real };
  if (destination !== undefined && !(isAny(destination.mapped) && isAny(destination.real))) {
    const pairs = pairsOf(destination.real, destination.mapped);
    if (pairs === undefined || pairs.length === 0) return undefined;
    const only = isAny(rule.real) ? {} : { only: { sources: rule.real } };
    for (const { real, mapped } of pairs) {
      const port = destinationPort(rule.destinationPort);
      found.push({ ...forward, kind: 'static-destination', from: mapped, to: real, ...port, ...only });
    }
  }
  if (rule.kind === 'dynamic') {
    found.push({
      ...forward,
      kind: 'dynamic-source',
      sources: inFamiliesOf(rule.real, rule.mapped),
      pool: rule.mapped.include,
      ...(Object.keys(onlyTo).length === 0 ? {} : { only: onlyTo }),
    });
    return found;
  }
  if (isAny(rule.real) && isAny(rule.mapped)) return found;
  const pairs = pairsOf(rule.real, rule.mapped);
  if (pairs === undefined || pairs.length === 0) return undefined;
  const { sourcePort } = rule;
  const [first] = pairs;
  const outward = sameSet(rule.real, rule.mapped) ? pairs : first === undefined ? [] : [first];
  for (const { real, mapped } of outward) {
    found.push({
      ...forward,
      kind: 'static-source',
      from: real,
      to: mapped,
      ...(sourcePort === undefined
        ? {}
        : { port: { protocols: sourcePort.protocols, from: sourcePort.real, to: sourcePort.mapped } }),
      ...(Object.keys(onlyTo).length === 0 ? {} : { only: onlyTo }),
    });
  }
  if (rule.unidirectional) return found;
  const onlyFrom = destination === undefined || isAny(destination.real) ? {} : { only: { sources: destination.real } };
  for (const { real, mapped } of pairs) {
    found.push({
      ...backward,
      kind: 'static-destination',
      from: mapped,
      to: real,
      ...(sourcePort === undefined
        ? {}
        : { port: { protocols: sourcePort.protocols, from: sourcePort.mapped, to: sourcePort.real } }),
      ...onlyFrom,
    });
  }
  if (destination !== undefined && !sameSet(destination.real, destination.mapped)) {
    for (const { real, mapped } of pairsOf(destination.real, destination.mapped) ?? []) {
      const only = isAny(rule.real) ? {} : { only: { destinations: rule.real } };
      found.push({ ...backward, kind: 'static-source', from: real, to: mapped, ...only });
    }
  }
  return found;
}

/** A pool of IPv4 addresses translates no IPv6 sources and the other way round; an unknown pool may be of either. */
function inFamiliesOf(sources: AddressSet, { include }: AddressSet): AddressSet {
  if (include.length === 0) return sources;
  const families = new Set(include.map(addressFamily));
  const kept = sources.include.filter((term) => families.has(addressFamily(term)));
  return kept.length === sources.include.length ? sources : { include: kept, exclude: [] };
}

function destinationPort(change: PortChange | undefined) {
  return change === undefined ? {} : { port: { protocols: change.protocols, from: change.mapped, to: change.real } };
}

/** The pair of segments of a step; absent names stand for any. */
export function segments(from: string | undefined, to: string | undefined) {
  return {
    ...(from === undefined ? {} : { fromSegment: from }),
    ...(to === undefined ? {} : { toSegment: to }),
  };
}

function isAny(set: AddressSet): boolean {
  return set === ANY_ADDRESS || sameSet(set, ANY_ADDRESS);
}
