import type { ServiceSet } from '../model/service.ts';
import type { PanNode } from './tree.ts';
import { icmpSelector, PROTOCOL, protocolTerm } from '../model/service.ts';
import { PORT_PROTOCOLS, portTerm, readPorts, unionOfServices } from './service-ports.ts';
import { child, entries, value } from './tree.ts';

/**
 * Default ports as applications print them: `tcp/80,443`, `tcp/dynamic`, `udp/53`, `icmp/dynamic` (all of it). In the tables
 * also `icmp/8` (a type) and `ip/47` (an IP protocol). Undefined: one of the words cannot be read.
 */
export function readDefaultPorts(words: readonly string[]): ServiceSet | undefined {
  const sets = words.map((word): ServiceSet | undefined => {
    const [protocol = '', ports = ''] = word.split('/');
    if (protocol === 'icmp' || protocol === 'icmp6') return icmpOf(PROTOCOL[protocol], ports);
    if (protocol === 'ip') return ipOf([ports]);
    const number = PORT_PROTOCOLS.get(protocol);
    const ranges = readPorts([ports]);
    return number === undefined || ranges === undefined ? undefined : [portTerm(number, ranges)];
  });
  const read = sets.filter((set) => set !== undefined);
  return read.length === sets.length ? unionOfServices(read) : undefined;
}

/**
 * What `default` of an application of the text says. Undefined: it has none (`none`, or no such statement), or it cannot be
 * read.
 */
export function readDefault(application: PanNode): ServiceSet | undefined {
  const written = child(application, 'default');
  const [kind] = entries(written);
  if (written === undefined || kind === undefined) return undefined;
  if (kind.word === 'port') return readDefaultPorts(kind.children.map(({ word }) => word));
  if (kind.word === 'ident-by-ip-protocol') return ipOf(kind.children.map(({ word }) => word));
  if (kind.word === 'ident-by-icmp-type') return icmp(PROTOCOL.icmp, kind);
  return kind.word === 'ident-by-icmp6-type' ? icmp(PROTOCOL.icmp6, kind) : undefined;
}

/** `ident-by-icmp-type 8`, `ident-by-icmp-type { type 3; code 1; }`. */
function icmp(protocol: number, node: PanNode): ServiceSet | undefined {
  return icmpOf(protocol, value(node, 'type') ?? node.children[0]?.word, value(node, 'code'));
}

function icmpOf(protocol: number, type: string | undefined, code?: string): ServiceSet | undefined {
  if (type === 'dynamic') return [protocolTerm(protocol)];
  const [readType, readCode] = [numberUpTo(255, type), numberUpTo(255, code)];
  if (readType === undefined || (code !== undefined && readCode === undefined)) return undefined;
  return [{ ...protocolTerm(protocol), destinationPorts: [icmpSelector(readType, readCode)] }];
}

function ipOf(words: readonly string[]): ServiceSet | undefined {
  const numbers = words.flatMap((word) => word.split(',')).map((word) => numberUpTo(255, word.trim()));
  const read = numbers.filter((number) => number !== undefined);
  return read.length === 0 || read.length < numbers.length ? undefined : read.map(protocolTerm);
}

function numberUpTo(highest: number, text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,3}$/u.test(text) && Number(text) <= highest ? Number(text) : undefined;
}
