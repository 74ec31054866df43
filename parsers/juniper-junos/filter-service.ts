import type { Family } from '../model/address.ts';
import type { Tri } from '../model/rule.ts';
import { exactly } from '../model/rule.ts';
import {
  ALL_PORTS,
  ALL_PROTOCOLS,
  PROTOCOL,
  PROTOCOLS_WITH_PORTS,
  single,
  type NumberRange,
  type ServiceSet,
  type ServiceTerm,
} from '../model/service.ts';
import type { Span } from '../source.ts';

/** What a term asks of protocol, ports, ICMP and TCP flags. Absent: not asked. */
export interface AskedService {
  protocols?: readonly NumberRange[];
  sourcePorts?: readonly NumberRange[];
  destinationPorts?: readonly NumberRange[];
  /** `port`: either of them. */
  eitherPorts?: readonly NumberRange[];
  icmpTypes?: readonly NumberRange[];
  icmpCodes?: readonly NumberRange[];
  /** Whether the flags of a first TCP packet match, and where that is asked. */
  flags?: { readonly matches: boolean; readonly span: Span; readonly text: string };
}

/** The packets that match, or why no first packet does. */
export interface ServiceAnswer {
  readonly service: Tri<ServiceSet>;
  readonly never?: string;
}

const NOTHING: Tri<ServiceSet> = exactly([]);

/**
 * The services of a term. Ports are those of protocols that have ports, whether the term names one or not. TCP flags are
 * those of a SYN; Junos reads them in packets of other protocols too unless the term names TCP ("does not implicitly
 * check that the protocol is TCP", policy framework guide), where they are the sender's choice.
 */
export function serviceOf(asked: AskedService, family: Family | 'both'): ServiceAnswer {
  const protocols = asked.protocols ?? ALL_PROTOCOLS;
  const hasPorts =
    asked.sourcePorts !== undefined || asked.destinationPorts !== undefined || asked.eitherPorts !== undefined;
  const hasIcmp = asked.icmpTypes !== undefined || asked.icmpCodes !== undefined;
  if (hasPorts && hasIcmp) return { service: NOTHING, never: 'no packet has both ports and an ICMP type' };
  if (hasIcmp) return icmpAnswer(asked, protocols, family);
  const own = hasPorts ? within(protocols, PROTOCOLS_WITH_PORTS) : protocols;
  if (own.length === 0) return { service: NOTHING, never: 'no packet of this protocol has ports' };
  const { flags } = asked;
  if (flags === undefined) return { service: exactly(termsOf(own, asked)) };
  const tcp = within(own, [PROTOCOL.tcp]);
  const others = without(own, PROTOCOL.tcp);
  const sure: ServiceSet = flags.matches && tcp.length > 0 ? termsOf(tcp, asked) : [];
  if (others.length === 0) {
    return flags.matches
      ? { service: exactly(sure) }
      : {
          service: exactly(termsOf(tcp, asked)),
          never: `\`${flags.text}\` never matches the first packet of a connection`,
        };
  }
  const conditions = [{ kind: 'header', name: `${flags.text} in a packet that is not TCP`, span: flags.span } as const];
  return { service: { must: sure, may: [...sure, ...termsOf(others, asked)], conditions } };
}

function termsOf(protocols: readonly NumberRange[], asked: AskedService): ServiceSet {
  const { sourcePorts = ALL_PORTS, destinationPorts = ALL_PORTS, eitherPorts } = asked;
  const term = (source: readonly NumberRange[], destination: readonly NumberRange[]): ServiceTerm[] =>
    source.length === 0 || destination.length === 0
      ? []
      : [{ protocols, sourcePorts: source, destinationPorts: destination }];
  if (eitherPorts === undefined) return term(sourcePorts, destinationPorts);
  return [
    ...term(common(sourcePorts, eitherPorts), destinationPorts),
    ...term(sourcePorts, common(destinationPorts, eitherPorts)),
  ];
}

function icmpAnswer(asked: AskedService, protocols: readonly NumberRange[], family: Family | 'both'): ServiceAnswer {
  const number = family === 6 ? PROTOCOL.icmp6 : PROTOCOL.icmp;
  const own = within(protocols, [number]);
  if (own.length === 0) return { service: NOTHING, never: 'no packet of this protocol has an ICMP type' };
  if (asked.flags !== undefined) return { service: NOTHING, never: 'no packet has both TCP flags and an ICMP type' };
  const types = asked.icmpTypes ?? [{ first: 0, last: 255 }];
  const codes = asked.icmpCodes ?? [{ first: 0, last: 255 }];
  const isEveryCode = codes.length === 1 && codes[0]?.first === 0 && codes[0].last === 255;
  const destinationPorts = types.flatMap(({ first, last }) => {
    if (isEveryCode) return [{ first: first * 256, last: last * 256 + 255 }];
    const each = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    return each.flatMap((type) =>
      codes.map((code) => ({ first: type * 256 + code.first, last: type * 256 + code.last })),
    );
  });
  return { service: exactly([{ protocols: own, sourcePorts: ALL_PORTS, destinationPorts }]) };
}

/** The numbers of `wanted` that are in the ranges. */
function within(ranges: readonly NumberRange[], wanted: readonly number[]): readonly NumberRange[] {
  return wanted.filter((number) => ranges.some(({ first, last }) => first <= number && number <= last)).map(single);
}

function without(ranges: readonly NumberRange[], number: number): readonly NumberRange[] {
  return common(ranges, complement([single(number)], 255));
}

/** What two lists of ranges have in common. */
export function common(a: readonly NumberRange[], b: readonly NumberRange[]): readonly NumberRange[] {
  return a.flatMap((one) =>
    b.flatMap((other) => {
      const [first, last] = [Math.max(one.first, other.first), Math.min(one.last, other.last)];
      return first <= last ? [{ first, last }] : [];
    }),
  );
}

/** The numbers from 0 to `most` that are in none of the ranges. */
export function complement(ranges: readonly NumberRange[], most: number): readonly NumberRange[] {
  const found: NumberRange[] = [];
  let from = 0;
  for (const { first, last } of [...ranges].sort((a, b) => a.first - b.first)) {
    if (first > from) found.push({ first: from, last: first - 1 });
    from = Math.max(from, last + 1);
  }
  if (from <= most) found.push({ first: from, last: most });
  return found;
}
