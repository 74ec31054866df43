/*
 * What Ansible takes for a host with a port: the patterns of its `parsing/utils/addresses.py`, ranges included. What is none
 * of these is a name as it stands there, colon and all.
 */

const NUMBERS = String.raw`\[[0-9]+:[0-9]+(?::[0-9]+)?\]`;
const HEXADECIMAL = String.raw`\[[0-9a-f]+:[0-9a-f]+(?::[0-9]+)?\]`;
const LETTERS = String.raw`\[(?:[a-z]:[a-z]|[0-9]+:[0-9]+)(?::[0-9]+)?\]`;

const PART4 = `(?:[01]?[0-9]{1,2}|2[0-4][0-9]|25[0-5]|${NUMBERS})`;
const PART6 = `(?:[0-9a-f]{1,4}|${HEXADECIMAL})`;
const LABEL = String.raw`(?:[\p{L}\p{N}_]|${LETTERS})(?:[\p{L}\p{N}_-]|${LETTERS})*(?<![_-])`;

const IPV4 = String.raw`(?:${PART4}\.){3}${PART4}`;
/** `::` stands for what is left of eight parts: so many before it, at most so many behind. */
const SHORTENED = [1, 2, 3, 4, 5, 6].map((before) => `(?:${PART6}:){${before}}(?::${PART6}){1,${7 - before}}`);
const IPV6 = [
  `(?:${PART6}:){7}${PART6}`,
  `(?:${PART6}:){1,6}:`,
  ...SHORTENED,
  `:(?::${PART6}){1,6}`,
  `${PART6}?::`,
  String.raw`(?:0:){6}(?:${PART6}\.){3}${PART6}`,
  String.raw`::(?:ffff:)?(?:${PART6}\.){3}${PART6}`,
  String.raw`(?:0:){5}ffff:(?:${PART6}\.){3}${PART6}`,
].join('|');

const HOST = new RegExp(String.raw`^(?:${IPV4}|${IPV6}|${LABEL}(?:\.${LABEL})*)$`, 'iu');
const BRACKETED = /^\[(?<host>.+)\]:(?<port>[0-9]+)$/u;
const WITH_PORT = /^(?<host>(?:[^:[\]]|\[[^\]]*\])*):(?<port>[0-9]+)$/u;

interface Address {
  readonly host: string;
  readonly port?: string;
}

/** A host, or a range of hosts, and the port behind it; undefined where it is no such thing. */
export function addressOf(pattern: string): Address | undefined {
  const bracketed = BRACKETED.exec(pattern)?.groups;
  // Of `[a:1]:2` and, who knows why, of the range `[1:3]:22` Ansible takes the number inside for the port.
  if (bracketed !== undefined && WITH_PORT.test(bracketed['host'] ?? '')) return undefined;
  const { host = pattern, port } = bracketed ?? WITH_PORT.exec(pattern)?.groups ?? {};
  if (!HOST.test(host)) return undefined;
  return { host, ...(port === undefined ? {} : { port }) };
}

/** An address of IPv6, a zone perhaps behind it; none of a network, which ends with a colon. */
export const isIpv6Host = (name: string): boolean => /^[\da-f.]*:[\da-f:.]*:[\da-f.]+(?:%[\w.-]+)?$/iu.test(name);
