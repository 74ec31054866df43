import { createPacketSpace } from '../../../checks/packet-space/create-packet-space.ts';
import type { FlowText } from '../../../checks/finding.ts';
import { ALL4, ALL6, type AddressTerm, type Family } from '../../../parsers/model/address.ts';
import { formatAddressSet } from '../../../parsers/model/format.ts';
import { ALL_PORTS } from '../../../parsers/model/service.ts';
import { readAddress } from '../written-values.ts';

/** The two sides of an approval, as a policy file writes them: `any`, or a list. */
export type Sides =
  | {
      readonly kind: 'sides';
      readonly clients: 'any' | readonly string[];
      readonly brokers: 'any' | readonly string[];
      /** Source ports that the rows are narrowed to, which an approval cannot be; absent: they are not. */
      readonly fromPorts?: readonly string[];
    }
  /** As the end of a sentence. */
  | { readonly kind: 'inexact'; readonly because: string };

/** Clients and brokers whose pairs, within each IP version, are exactly the pairs of the rows. */
export function exactSides(rows: readonly FlowText[]): Sides {
  const pattern = rows.flatMap(({ source, destination }) => [...source, ...destination]).find(isPattern);
  if (pattern !== undefined) return inexact(`a policy cannot write bit patterns (${pattern})`);
  const ports = [...new Set(rows.flatMap(({ sourcePort }) => (sourcePort.join() === 'any' ? [] : sourcePort)))];
  const chosen = rows.find(({ sourcePort }) => !sourcePort.some(holdsClientPorts));
  if (chosen !== undefined) {
    return inexact(
      `it is only permitted from source port ${chosen.sourcePort.join(', ')}, and an approval would hold for every one`,
    );
  }
  const families = ([4, 6] as const).map((family) =>
    sidesOf(
      family,
      rows.filter((row) => row.family === family),
    ),
  );
  if (families.some(({ isProduct }) => !isProduct)) {
    return inexact(
      'not every client may reach every broker, and an approval would say so; write one by hand for each pair',
    );
  }
  const clients = families.flatMap((each) => each.clients);
  const brokers = families.flatMap((each) => each.brokers);
  const present = families.filter((each) => each.clients.length > 0);
  const areAnyClients = present.every((each) => isAll(each.clients));
  const areAnyBrokers = present.every((each) => isAll(each.brokers));
  const isWhole = present.length === 2;
  return {
    kind: 'sides',
    // `any` holds both IP versions: where only one is meant, the other side has to tell which.
    clients: areAnyClients ? 'any' : formatAddressSet({ include: clients, exclude: [] }),
    brokers: areAnyBrokers && (isWhole || !areAnyClients) ? 'any' : formatAddressSet({ include: brokers, exclude: [] }),
    ...(ports.length === 0 ? {} : { fromPorts: ports }),
  };
}

function inexact(because: string): Sides {
  return { kind: 'inexact', because };
}

/** `10.0.0.1 wildcard 0.255.0.255`. */
function isPattern(text: string): boolean {
  return text.includes(' ');
}

/** Ports that systems take for their connections; one of them is no choice of the sender's. */
function holdsClientPorts(text: string): boolean {
  if (text === 'any') return true;
  const [first = 0, last = 0] = text.split('-').map(Number);
  return first <= 1024 && last === 65535;
}

interface FamilySides {
  readonly clients: readonly AddressTerm[];
  readonly brokers: readonly AddressTerm[];
  readonly isProduct: boolean;
}

function sidesOf(family: Family, rows: readonly FlowText[]): FamilySides {
  if (rows.length === 0) return { clients: [], brokers: [], isProduct: true };
  const terms = (texts: readonly string[]): AddressTerm[] => texts.flatMap((text) => termOf(text, family));
  const clients = terms(rows.flatMap(({ source }) => source));
  const brokers = terms(rows.flatMap(({ destination }) => destination));
  const space = createPacketSpace();
  const pairs = (from: readonly AddressTerm[], to: readonly AddressTerm[]) =>
    space.flow({ include: from, exclude: [] }, { include: to, exclude: [] }, ALL_PORTS);
  const permitted = rows
    .map(({ source, destination }) => pairs(terms(source), terms(destination)))
    .reduce((union, set) => space.union(union, set), space.none);
  return { clients, brokers, isProduct: permitted === pairs(clients, brokers) };
}

function termOf(text: string, family: Family): AddressTerm[] {
  if (text === 'any') return [family === 4 ? ALL4 : ALL6];
  const reading = readAddress(text);
  if (reading.kind === 'wrong') throw new Error(`a flow has the address ${text}`);
  return [reading.value];
}

function isAll(terms: readonly AddressTerm[]): boolean {
  const [text, ...others] = formatAddressSet({ include: terms, exclude: [] });
  return others.length === 0 && (text === '0.0.0.0/0' || text === '::/0');
}
