import type { Range4, Range6 } from '../model/address.ts';
import { prefix4, prefix6, range4, range6 } from '../model/address.ts';
import { parseIp4, parseIp6 } from '../model/parse-address.ts';

interface Parsed {
  readonly range: Range4 | Range6;
  readonly written: number | bigint;
}

/** `10.0.0.0/8`, `10/8`, `192.0.2.7` (a single address), `2001:db8::/32`. Bits behind the length do not count. */
export function readPrefix(text: string): Range4 | Range6 | undefined {
  return parse(text)?.range;
}

/** Whether a prefix names an address inside its network instead of the network: `10.0.0.5/24`. */
export function hasHostBits(text: string): boolean {
  const parsed = parse(text);
  return parsed !== undefined && parsed.range.first !== parsed.written;
}

function parse(text: string): Parsed | undefined {
  const [base = '', length, more] = text.split('/');
  if (more !== undefined || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined;
  const ip6 = parseIp6(base);
  if (ip6 !== undefined) {
    if (Number(length ?? 128) > 128) return undefined;
    return { written: ip6, range: length === undefined ? range6(ip6, ip6) : prefix6(ip6, Number(length)) };
  }
  const ip4 = parseIp4(length === undefined ? base : withAllOctets(base));
  if (ip4 === undefined || Number(length ?? 32) > 32) return undefined;
  return { written: ip4, range: length === undefined ? range4(ip4, ip4) : prefix4(ip4, Number(length)) };
}

/** `10` of `10/8` is 10.0.0.0. */
function withAllOctets(text: string): string {
  const octets = text.split('.');
  return /^\d+(?:\.\d+){0,3}$/.test(text) ? [...octets, '0', '0', '0'].slice(0, 4).join('.') : text;
}
