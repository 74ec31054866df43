import { ANY_ADDRESS, range4, range6, type AddressSet, type AddressTerm } from '../../parsers/model/address.ts';
import { formatAddressTerm } from '../../parsers/model/format.ts';
import { parseIp4, parseIp6, parseNetwork } from '../../parsers/model/parse-address.ts';
import type { NumberRange } from '../../parsers/model/service.ts';
import { prefix4, prefix6 } from '../../parsers/model/address.ts';
import { shown } from '../yaml/problem.ts';

/* The values of a policy as people write them: networks, ranges, ports, days. */

/** What a text means, or why it means nothing. */
export type Reading<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'wrong'; readonly message: string };

function value<T>(read: T): Reading<T> {
  return { kind: 'value', value: read };
}

function wrong(message: string): { readonly kind: 'wrong'; readonly message: string } {
  return { kind: 'wrong', message };
}

/** `10.1.0.0/16`, `10.1.2.3`, with its host bits clear. */
export function readNetwork(text: string): Reading<AddressTerm> {
  const network = parseNetwork(text);
  if (network !== undefined) return value(network);
  const meant = withHostBitsClear(text);
  return wrong(
    meant === undefined
      ? `${shown(text)} is not a network such as 10.1.0.0/16 or 2001:db8::/32`
      : `${shown(text)} has host bits set; the network is ${formatAddressTerm(meant)}`,
  );
}

function withHostBitsClear(text: string): AddressTerm | undefined {
  const [address = '', length = '', ...rest] = text.split('/');
  if (rest.length > 0 || !/^\d{1,3}$/u.test(length)) return undefined;
  const ip4 = parseIp4(address);
  if (ip4 !== undefined) return Number(length) <= 32 ? prefix4(ip4, Number(length)) : undefined;
  const ip6 = parseIp6(address);
  return ip6 !== undefined && Number(length) <= 128 ? prefix6(ip6, Number(length)) : undefined;
}

/** A network, an address, or a range `10.1.2.3-10.1.2.9`. */
export function readAddress(text: string): Reading<AddressTerm> {
  if (text.toLowerCase() === 'any') return wrong('any stands alone, not in a list');
  const parts = /^(?<first>[\d.:a-f]+)\s*-\s*(?<last>[\d.:a-f]+)$/iu.exec(text)?.groups;
  if (parts === undefined) return readNetwork(text);
  const { first = '', last = '' } = parts;
  const from4 = parseIp4(first);
  const to4 = parseIp4(last);
  const from6 = parseIp6(first);
  const to6 = parseIp6(last);
  const isBackward =
    (from4 !== undefined && to4 !== undefined && from4 > to4) ||
    (from6 !== undefined && to6 !== undefined && from6 > to6);
  if (isBackward) return wrong(`the range ${shown(text)} ends before it begins`);
  if (from4 !== undefined && to4 !== undefined) return value(range4(from4, to4));
  if (from6 !== undefined && to6 !== undefined) return value(range6(from6, to6));
  return wrong(`${shown(text)} is not a range such as 10.1.2.3-10.1.2.9`);
}

/** `any`, or a set of addresses. */
export function readAddresses(texts: readonly string[]): AddressSet | readonly { index: number; message: string }[] {
  if (texts.length === 1 && texts[0]?.toLowerCase() === 'any') return ANY_ADDRESS;
  const include: AddressTerm[] = [];
  const problems: { index: number; message: string }[] = [];
  for (const [index, text] of texts.entries()) {
    const reading = readAddress(text);
    if (reading.kind === 'value') include.push(reading.value);
    else problems.push({ index, message: reading.message });
  }
  return problems.length > 0 ? problems : { include, exclude: [] };
}

/** Ports of a transport protocol. */
export interface WrittenPorts {
  readonly protocol: 'tcp' | 'udp';
  readonly range: NumberRange;
}

/** `tcp/8883`, `udp/5683-5684`. */
export function readPorts(text: string): Reading<WrittenPorts> {
  const parts = /^(?<protocol>tcp|udp)\/(?<first>\d{1,5})(?:-(?<last>\d{1,5}))?$/iu.exec(text.trim())?.groups;
  if (parts === undefined) return wrong(`${shown(text)} is not a port such as tcp/8883 or tcp/9000-9010`);
  const first = Number(parts['first']);
  const last = Number(parts['last'] ?? parts['first']);
  if (first > last) return wrong(`the range ${shown(text)} ends before it begins`);
  if (first < 1 || last > 65535) return wrong(`${shown(text)} goes beyond ports 1 to 65535`);
  return value({ protocol: parts['protocol']?.toLowerCase() === 'udp' ? 'udp' : 'tcp', range: { first, last } });
}

/** A day that exists: `2027-03-31`. */
export function readDay(text: string): Reading<string> {
  const [year = 0, month = 0, day = 0] = /^\d{4}-\d{2}-\d{2}$/u.test(text) ? text.split('-').map(Number) : [];
  if (year === 0) return wrong(`${shown(text)} is not a day such as 2027-03-31`);
  const isReal = new Date(Date.UTC(year, month - 1, day)).toISOString().startsWith(text);
  return isReal ? value(text) : wrong(`there is no day ${text}`);
}
