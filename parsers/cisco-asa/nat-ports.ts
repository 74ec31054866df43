import type { NatRule, PortChange } from './nat-rules.ts';
import type { AsaTree } from './tree.ts';
import { single } from '../model/service.ts';
import { portFor } from '../cisco/names.ts';
import { readService } from './services.ts';

/** `service REAL MAPPED`: single ports of one transport; undefined for anything wider. */
export function servicePorts(
  tree: AsaTree,
  first: string | undefined,
  second: string | undefined,
): Pick<NatRule, 'sourcePort' | 'destinationPort'> | undefined {
  const [a, b] = [servicePort(tree, first), servicePort(tree, second)];
  if (a === undefined || b === undefined || a.protocol !== b.protocol) return undefined;
  const protocols = [single(a.protocol)];
  const none = { sourcePort: undefined, destinationPort: undefined };
  if (a.source !== undefined && b.source !== undefined && a.destination === undefined && b.destination === undefined) {
    return { ...none, sourcePort: { protocols, real: a.source, mapped: b.source } };
  }
  if (a.source !== undefined || b.source !== undefined || a.destination === undefined || b.destination === undefined) {
    return undefined;
  }
  // For destinations the first service is the one that the source asks for, the second the real one.
  return { ...none, destinationPort: { protocols, mapped: a.destination, real: b.destination } };
}

function servicePort(
  tree: AsaTree,
  name: string | undefined,
): { protocol: number; source?: number; destination?: number } | undefined {
  const body = tree.serviceObjects.get(name ?? '')?.body;
  const read = body === undefined ? undefined : readService(body.words, 1);
  if (read?.ok !== true || read.set.length !== 1) return undefined;
  const [term] = read.set;
  const [protocol] = term?.protocols ?? [];
  if (term === undefined || protocol === undefined || term.protocols.length !== 1) return undefined;
  const source = onlyPort(term.sourcePorts);
  const destination = onlyPort(term.destinationPorts);
  if (source === 'several' || destination === 'several') return undefined;
  return {
    protocol: protocol.first,
    ...(source === undefined ? {} : { source }),
    ...(destination === undefined ? {} : { destination }),
  };
}

function onlyPort(
  ranges: readonly { readonly first: number; readonly last: number }[],
): number | 'several' | undefined {
  const [range] = ranges;
  if (ranges.length !== 1 || range === undefined) return 'several';
  if (range.first === 0 && range.last === 65535) return undefined;
  return range.first === range.last ? range.first : 'several';
}

/** `service tcp REAL MAPPED` of object NAT. */
export function portChange(transport: string | undefined, real = '', mapped = ''): PortChange | undefined {
  const protocol = transport === 'tcp' ? 6 : transport === 'udp' ? 17 : transport === 'sctp' ? 132 : undefined;
  if (protocol === undefined) return undefined;
  const [from, to] = [portFor('asa', protocol, real), portFor('asa', protocol, mapped)];
  return from === undefined || to === undefined ? undefined : { protocols: [single(protocol)], real: from, mapped: to };
}
