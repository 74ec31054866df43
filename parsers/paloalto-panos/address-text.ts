import type { AddressTerm } from '../model/address.ts';
import { masked4, prefix4, prefix6, range4, range6 } from '../model/address.ts';
import { netmaskLength, parseIp4, parseIp6 } from '../model/parse-address.ts';

/** Addresses as written: what they are, or what is wrong with them. */
export type AddressText =
  | { readonly terms: readonly AddressTerm[]; readonly hostBits: boolean }
  | { readonly wrong: string };

const HIGHEST_4_AS_6 = 0xffffffffn;

/**
 * A host or a network: `192.0.2.7`, `10.0.0.0/8`, `10.0.0.0/255.0.0.0`, `2001:db8::/32`. Bits behind the prefix are kept in
 * the object, because interfaces use it too, and count for nothing in a rule: the network is meant.
 */
export function readNetwork(text: string): AddressText | undefined {
  const [address = '', length, ...rest] = text.split('/');
  if (rest.length > 0) return undefined;
  const ip6 = parseIp6(address);
  if (ip6 !== undefined) {
    const bits = length === undefined ? 128 : prefixLength(length, 128);
    if (bits === undefined) return { wrong: 'has a prefix length that is none' };
    const range = prefix6(ip6, bits);
    return { terms: withMapped(range), hostBits: range.first !== ip6 };
  }
  const ip4 = parseIp4(address);
  if (ip4 === undefined) return undefined;
  const bits = length === undefined ? 32 : (prefixLength(length, 32) ?? dottedLength(length));
  if (bits === undefined) return { wrong: 'has a prefix length that is none' };
  const range = prefix4(ip4, bits);
  return { terms: [range], hostBits: range.first !== ip4 };
}

/** `10.0.0.1-10.0.0.9`, `2001:db8::1-2001:db8::9`. */
export function readRange(text: string): AddressText | undefined {
  const [low = '', high, ...rest] = text.split('-').map((part) => part.trim());
  if (high === undefined || rest.length > 0) return undefined;
  const [low4, high4] = [parseIp4(low), parseIp4(high)];
  if (low4 !== undefined && high4 !== undefined)
    return low4 > high4 ? { wrong: 'ends before it starts' } : { terms: [range4(low4, high4)], hostBits: false };
  const [low6, high6] = [parseIp6(low), parseIp6(high)];
  if (low6 !== undefined && high6 !== undefined)
    return low6 > high6
      ? { wrong: 'ends before it starts' }
      : { terms: withMapped(range6(low6, high6)), hostBits: false };
  const mixed = (low4 ?? low6) !== undefined && (high4 ?? high6) !== undefined;
  return mixed ? { wrong: 'has one end in IPv4 and one in IPv6' } : undefined;
}

/**
 * `10.132.1.2/0.0.2.255`: IPv4 only; a 1 bit of the mask need not agree (PAN-OS Administrator's Guide "Address Objects").
 */
export function readWildcard(text: string): AddressText | undefined {
  const [address = '', mask = '', ...rest] = text.split('/');
  const [bits, free] = [parseIp4(address), parseIp4(mask)];
  if (bits === undefined || free === undefined || rest.length > 0) return undefined;
  return { terms: [masked4(bits, ~free >>> 0)], hostBits: false };
}

/** A network or a range that a rule writes itself. */
export function readLiteral(text: string): AddressText | undefined {
  return readNetwork(text) ?? readRange(text);
}

/**
 * To a policy an IPv4 address is the IPv6 address of the same number (its first 96 bits are 0), so that `::/0` matches
 * both families and `0.0.0.0/0` only IPv4 (PAN-OS Administrator's Guide "Policy": the set of IPv4 addresses is treated as a
 * subset of the set of IPv6 addresses).
 */
function withMapped(range: ReturnType<typeof range6>): AddressTerm[] {
  if (range.first > HIGHEST_4_AS_6) return [range];
  const last = range.last < HIGHEST_4_AS_6 ? range.last : HIGHEST_4_AS_6;
  return [range4(Number(range.first), Number(last)), range];
}

function prefixLength(text: string, highest: number): number | undefined {
  return /^\d{1,3}$/u.test(text) && Number(text) <= highest ? Number(text) : undefined;
}

function dottedLength(text: string): number | undefined {
  const mask = parseIp4(text);
  return mask === undefined ? undefined : netmaskLength(mask);
}
