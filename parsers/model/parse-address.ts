import { Netmask } from 'netmask';
import { prefix4, prefix6, type Range4, type Range6 } from './address.ts';

/**
 * An IPv4 address in dotted decimal as an unsigned 32-bit number. Four decimal octets without leading zeros, nothing
 * else: `010.0.0.1` is octal to some readers and decimal to others, so it is refused.
 */
export function parseIp4(text: string): number | undefined {
  let value = 0;
  let octet = -1;
  let octets = 0;
  for (let index = 0; index <= text.length; index += 1) {
    const code = index === text.length ? 46 : text.charCodeAt(index);
    if (code === 46) {
      if (octet < 0) return undefined;
      value = value * 256 + octet;
      octets += 1;
      octet = -1;
    } else if (code >= 48 && code <= 57) {
      if (octet === 0) return undefined;
      octet = octet < 0 ? code - 48 : octet * 10 + code - 48;
      if (octet > 255) return undefined;
    } else return undefined;
  }
  return octets === 4 ? value : undefined;
}

/** An IPv6 address (RFC 4291 §2.2: `::`, embedded IPv4) as a 128-bit bigint. No zone index. */
export function parseIp6(text: string): bigint | undefined {
  if (!text.includes(':')) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groups(halves[0] ?? '', halves.length === 1);
  const tail = halves.length === 2 ? groups(halves[1] ?? '', true) : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  let value = 0n;
  for (const group of [...head, ...Array.from({ length: missing }, () => 0), ...tail])
    value = (value << 16n) | BigInt(group);
  return value;
}

function groups(text: string, last: boolean): number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const values: number[] = [];
  for (const [index, part] of parts.entries()) {
    if (last && index === parts.length - 1 && part.includes('.')) {
      const embedded = parseIp4(part);
      if (embedded === undefined) return undefined;
      values.push(embedded >>> 16, embedded & 0xffff);
    } else {
      if (!/^[0-9a-f]{1,4}$/i.test(part)) return undefined;
      values.push(Number.parseInt(part, 16));
    }
  }
  return values;
}

/** Length of a contiguous netmask such as 0xffffff00; undefined for any other mask. */
export function netmaskLength(mask: number): number | undefined {
  const host = ~mask >>> 0;
  return (host & (host + 1)) === 0 ? Math.clz32(host) : undefined;
}

/**
 * A network or a single address: `10.0.0.0/8`, `192.0.2.7`, `2001:db8::/32`. Host bits must be clear, so that a typing
 * error is not read as a wider network.
 */
export function parseNetwork(text: string): Range4 | Range6 | undefined {
  const [address, length, ...rest] = text.split('/');
  if (address === undefined || rest.length > 0) return undefined;
  if (length !== undefined && !/^(?:0|[1-9]\d{0,2})$/.test(length)) return undefined;
  const ip6 = parseIp6(address);
  if (ip6 !== undefined) {
    const bits = length === undefined ? 128 : Number(length);
    if (bits > 128) return undefined;
    const range = prefix6(ip6, bits);
    return range.first === ip6 ? range : undefined;
  }
  const ip4 = parseIp4(address);
  if (ip4 === undefined || Number(length ?? 32) > 32) return undefined;
  // The tokens are checked above because Netmask alone reads octal and hexadecimal and clears host bits silently.
  const block = new Netmask(`${address}/${length ?? 32}`);
  if (block.base !== address) return undefined;
  return prefix4(ip4, block.bitmask);
}
