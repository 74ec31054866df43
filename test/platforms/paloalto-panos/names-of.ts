import type { Diagnostic } from '../../../parsers/diagnostics.ts';
import type { AddressSet } from '../../../parsers/model/address.ts';
import type { ServiceSet } from '../../../parsers/model/service.ts';
import type { Names, Scope } from '../../../parsers/paloalto-panos/firewall.ts';
import { loadText } from '../../../parsers/paloalto-panos/load.ts';
import { createNames } from '../../../parsers/paloalto-panos/names.ts';
import { Notes } from '../../../parsers/paloalto-panos/notes.ts';
import { entries, PanNode } from '../../../parsers/paloalto-panos/tree.ts';
import { readLines } from '../../../parsers/syntax/lines.ts';
import { inAddresses, inServices } from '../../support/membership.ts';
import { readIp } from '../../support/read-ip.ts';

/** Names of a text, and words to look them up with. */
export interface TestNames {
  readonly names: Names;
  /** Values of a rule's field. */
  readonly list: (...words: readonly string[]) => readonly PanNode[];
  readonly diagnostics: () => readonly Diagnostic[];
  readonly state: (...path: readonly string[]) => string | undefined;
}

/**
 * Reads `set` lines (`set` itself is added) and looks names up first in vsys1 and then in shared, or in the scopes that are
 * named by their paths.
 */
export function namesOf(
  lines: readonly string[],
  paths: readonly string[][] = [['vsys', 'vsys1'], ['shared']],
): TestNames {
  const text = ['deviceconfig system hostname fw1', 'zone z network layer3', ...lines].map((line) => `set ${line}`);
  const notes = new Notes();
  const { root } = loadText({ name: 'test.cfg', text: text.join('\n') }, readLines(text.join('\n')), notes);
  const at = (path: readonly string[]): PanNode | undefined =>
    path.reduce<PanNode | undefined>((node, word) => node?.get(word), root);
  const scopes = paths.flatMap((path): Scope[] => {
    const node = at(path);
    return node === undefined ? [] : [{ title: path.join(' '), node }];
  });
  const names = createNames(scopes, notes);
  return {
    names,
    list: (...words) => {
      const place = { source: 'rule', line: 1, column: 1, endColumn: 2 };
      const field = new PanNode('field', place, undefined);
      for (const [index, word] of words.entries()) field.add(word, { ...place, line: index + 1 });
      return entries(field);
    },
    diagnostics: () => notes.collected(['rule', 'test.cfg']),
    state: (...path) => at(path)?.state,
  };
}

/** Which of these addresses are in the set. */
export function inside(set: AddressSet, addresses: readonly string[]): string[] {
  return addresses.filter((text) => {
    const ip = readIp(text);
    if (ip === undefined) throw new Error(`${text} is no address`);
    return inAddresses(set, ip.family, ip.value);
  });
}

/** Which of these are in the set: `tcp/80`, `udp/53`, `tcp/40000>80` with a source port, `47` for an IP protocol. */
export function reaches(set: ServiceSet, packets: readonly string[]): string[] {
  return packets.filter((text) => {
    const [protocol = '', ports = '0'] = text.split('/');
    const [first = '', second] = ports.split('>');
    const number = { tcp: 6, udp: 17, sctp: 132, icmp: 1, icmp6: 58 }[protocol] ?? Number(protocol);
    return inServices(set, {
      protocol: number,
      sourcePort: second === undefined ? 50000 : Number(first),
      destinationPort: Number(second ?? first),
    });
  });
}
