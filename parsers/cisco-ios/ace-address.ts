import { addresses, ANY4, ANY6, masked4, NO_ADDRESS, type AddressSet } from '../model/address.ts';
import { parseIp4 } from '../model/parse-address.ts';
import { exactly, type Tri } from '../model/rule.ts';
import type { AceWords } from './ace-words.ts';
import { hostTerm, prefixTerm } from './convert-objects.ts';

const WRONG_MASK = 0xffffffff;

/**
 * One address field: `any`, `host A`, `A WILDCARD`, `A/len`, `object-group N`, `addrgroup N`. A 1 bit of a wildcard is
 * free and the device clears those bits of the address, so `10.0.0.0 255.0.0.0` is every address that ends in 0.0.0.
 *
 * @param bare what an IPv4 address without a wildcard means: a host in standard lists, nothing in extended ones.
 */
export function readAddress(words: AceWords, bare: 'host' | 'none'): Tri<AddressSet> {
  const everything = words.family === 4 ? ANY4 : ANY6;
  const at = words.at;
  const first = words.take()?.toLowerCase();
  switch (first) {
    case undefined:
      return unread(words, at, everything);
    case 'any':
      return exactly(everything);
    case 'host':
      return host(words, everything);
    case 'object-group':
    case 'addrgroup': {
      const name = words.take();
      if (name === undefined) return unread(words, at, everything);
      const { tri, use } = words.groups.addresses(name, words.span(words.at - 1));
      words.objects.push(use);
      return tri;
    }
    default:
      return literal(words, first, bare, everything);
  }
}

function unread(words: AceWords, at: number, everything: AddressSet): Tri<AddressSet> {
  words.stop(at);
  return exactly(everything);
}

function host(words: AceWords, everything: AddressSet): Tri<AddressSet> {
  const at = words.at;
  const name = words.take() ?? '';
  const term = hostTerm(name);
  if (term !== undefined) return exactly(addresses(term));
  // The device resolves the name when the entry is typed; the text does not say to what.
  if (!/^[a-z][\w.-]*$/i.test(name)) return unread(words, at, everything);
  const span = words.span(at);
  const open = { must: NO_ADDRESS, may: everything, conditions: [{ kind: 'fqdn', name, span } as const] };
  return words.text.hosts.assumed(name, span, words.family, open);
}

function literal(words: AceWords, first: string, bare: 'host' | 'none', everything: AddressSet): Tri<AddressSet> {
  const at = words.at - 1;
  const prefix = prefixTerm(first);
  if (prefix !== undefined) return exactly(addresses(prefix));
  const address = parseIp4(first.replace(/,$/, ''));
  if (address === undefined || words.family === 6) {
    const six = words.family === 6 ? hostTerm(first) : undefined;
    return six === undefined ? unread(words, at, everything) : exactly(addresses(six));
  }
  // `show access-lists` prints standard entries as `10.0.0.0, wildcard bits 0.0.0.255`.
  if (words.peek() === 'wildcard' && words.peek(1) === 'bits') words.at += 2;
  const wildcard = parseIp4(words.peek() ?? '');
  if (wildcard === undefined) {
    const host = addresses(masked4(address, 0xffffffff));
    return bare === 'host' ? exactly(host) : withoutWildcard(words, at, host);
  }
  words.at += 1;
  noteNetmask(words, address, wildcard);
  return exactly(addresses(masked4(address, ~wildcard >>> 0)));
}

/** The device takes no address without a wildcard here; the text means a host, or has lost a word. */
function withoutWildcard(words: AceWords, at: number, host: AddressSet): Tri<AddressSet> {
  words.miss(at, 'has no wildcard');
  return {
    must: NO_ADDRESS,
    may: host,
    conditions: [{ kind: 'not-understood', name: words.entry.words[at] ?? '', span: words.span(at) }],
  };
}

/** A netmask in the place of a wildcard is legal and means something else than its author thought. */
function noteNetmask(words: AceWords, address: number, wildcard: number): void {
  const host = ~wildcard >>> 0;
  const isNetmask = (host & (host + 1)) === 0 && wildcard !== 0 && wildcard !== WRONG_MASK;
  if (!isNetmask || address === 0) return;
  const message = `\`${words.entry.words[words.at - 1] ?? ''}\` looks like a netmask, but 1 bits of a wildcard are free`;
  const consequence = 'the entry is judged as the device reads it: the last bits must match, the first are free';
  words.text.reader.diagnose('ios/netmask-as-wildcard', 'warning', words.span(words.at - 1), message, consequence);
}
