/** Reads addresses as tests write them, apart from the parsers' own reader. */
import type { Family } from '../../parsers/model/address.ts';
import { isIPv4, isIPv6 } from 'node:net';

export interface Ip {
  readonly family: Family;
  readonly value: bigint;
}

/** An IPv4 or IPv6 address; undefined for anything else. */
export function readIp(text: string): Ip | undefined {
  if (isIPv4(text)) return { family: 4, value: octets(text) };
  return isIPv6(text) && !text.includes('%') ? { family: 6, value: groups(text) } : undefined;
}

function octets(text: string): bigint {
  return text.split('.').reduce((value, octet) => value * 256n + BigInt(octet), 0n);
}

function groups(text: string): bigint {
  const embedded = /(?<head>.*:)(?<tail>\d+\.\d+\.\d+\.\d+)$/u.exec(text)?.groups;
  if (embedded !== undefined) {
    const low = octets(embedded['tail'] ?? '');
    return groups(`${embedded['head'] ?? ''}${(low >> 16n).toString(16)}:${(low & 0xffffn).toString(16)}`);
  }
  const [head = '', tail] = text.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  const all = tail === undefined ? before : [...before, ...zeros, ...after];
  return all.reduce((value, group) => value * 65536n + BigInt(`0x${group}`), 0n);
}
