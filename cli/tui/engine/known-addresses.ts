import type { AddressTerm, Family } from '../../../parsers/model/address.ts';
import type { Device } from '../../../parsers/model/device.ts';
import type { Rule } from '../../../parsers/model/rule.ts';
import type { Span } from '../../../parsers/source.ts';
import type { OpenedText } from './questions.ts';
import { formatIp } from '../../../parsers/model/format.ts';
import { visible } from '../../terminal/visible.ts';

const MOST_ADDRESSES = 2000;
/** Lines of an object's block that are looked at. */
const MOST_LINES = 40;

interface Host {
  readonly family: Family;
  readonly value: bigint;
  readonly name?: string;
}

/**
 * Single addresses that a device speaks of, for completion: those of its interfaces, and hosts that its rules name, with the name of
 * the interface or object: `10.1.2.3 (BROKER)`. Sorted; where there are more than 2,000, those with a name come first.
 */
export function knownAddresses(device: Device, texts: readonly OpenedText[]): string[] {
  const hosts = new Map<string, Host>();
  for (const { name, addresses } of device.segments.flatMap(({ interfaces }) => interfaces)) {
    for (const { family, address } of addresses) {
      hosts.set(formatIp(family, address), { family, value: BigInt(address), name });
    }
  }
  const rules = device.ruleLists.flatMap((list) => list.rules);
  const names = objectNames(rules, texts);
  // Rules that use the same group share its set.
  const sets = new Set(rules.flatMap(({ match }) => [match.source.may, match.destination.may]));
  for (const { include } of sets) {
    for (const term of include) {
      const host = hostOf(term);
      if (host === undefined) continue;
      const text = formatIp(host.family, host.value);
      const name = names.get(text);
      if (!hosts.has(text)) hosts.set(text, name === undefined ? host : { ...host, name });
    }
  }
  return [...hosts]
    .sort(([, a], [, b]) => Number(a.name === undefined) - Number(b.name === undefined))
    .slice(0, MOST_ADDRESSES)
    .sort(([, a], [, b]) => a.family - b.family || (a.value < b.value ? -1 : 1))
    .map(([text, { name }]) => (name === undefined ? text : `${text} (${visible(name)})`));
}

function hostOf(term: AddressTerm): Host | undefined {
  if (term.kind === 'range4' && term.first === term.last) return { family: 4, value: BigInt(term.first) };
  if (term.kind === 'range6' && term.first === term.last) return { family: 6, value: term.first };
  return undefined;
}

/** Names of address objects by the hosts that stand in them; of several objects that which has the fewest hosts. */
function objectNames(rules: readonly Rule[], texts: readonly OpenedText[]): ReadonlyMap<string, string> {
  const lines = new Map(texts.map((text) => [text.name, text.lines]));
  const objects = new Map<string, { readonly name: string; readonly hosts: readonly string[] }>();
  for (const { name, kind, span } of rules.flatMap((rule) => rule.objects)) {
    if (kind !== 'address' || span === undefined) continue;
    const key = `${span.source}\n${span.line}\n${name}`;
    if (!objects.has(key)) objects.set(key, { name, hosts: hostsIn(blockAt(span, lines)) });
  }
  const names = new Map<string, string>();
  for (const { name, hosts } of [...objects.values()].sort((a, b) => a.hosts.length - b.hosts.length)) {
    for (const host of hosts) if (!names.has(host)) names.set(host, name);
  }
  return names;
}

/** The line of an object, and those below that are set in further. */
function blockAt({ source, line }: Span, texts: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const [head = '', ...below] = texts.get(source)?.slice(line - 1, line - 1 + MOST_LINES) ?? [];
  const depth = indentOf(head);
  const end = below.findIndex((each) => indentOf(each) <= depth);
  return [head, ...below.slice(0, end < 0 ? below.length : end)];
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

/** Addresses that stand for one host: no prefix length but that of a whole address. */
const HOST = /(?<![\w.:/-])(?<host>\d+\.\d+\.\d+\.\d+|[\da-f]*:[\da-f:.]+)(?:\/(?:32|128))?(?![\w.:/])/giu;

function hostsIn(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => [...line.matchAll(HOST)].map(({ groups }) => (groups?.['host'] ?? '').toLowerCase()));
}
