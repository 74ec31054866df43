/** The packet table of a literate fixture. */
import type { Packet } from '../../checks/packet-space/packet.ts';
import { PROTOCOL } from '../../parsers/model/service.ts';
import { FixtureError } from './fixture-error.ts';
import { readIp } from './read-ip.ts';

/** Where a packet goes: between two segments, or through one rule list alone. */
type Route =
  | { readonly kind: 'crossing'; readonly from: string; readonly to: string }
  | { readonly kind: 'list'; readonly name: string };

/** Who is to decide: lines of the configuration, a default by its reason, nobody. */
export type DecidedBy =
  | { readonly kind: 'lines'; readonly lines: readonly number[] }
  | { readonly kind: 'default'; readonly reason: string }
  /** There is no crossing. */
  | { readonly kind: 'no crossing' }
  /** No stage filters the crossing. */
  | { readonly kind: 'no filter' };

export interface PacketRow {
  /** The row as written, and its line in the file: for messages. */
  readonly text: string;
  readonly line: number;
  /** Absent: the only device of the configuration. */
  readonly device?: string;
  readonly route: Route;
  readonly packet: Packet;
  /** Absent: the verdict is the first packet's; else that of a session of this application. */
  readonly application?: string;
  readonly verdict: 'permit' | 'deny' | 'unknown';
  readonly decidedBy: DecidedBy;
}

export interface TableLine {
  readonly text: string;
  readonly line: number;
}

const COLUMNS = ['from', 'to', 'protocol', 'source', 'sport', 'destination', 'dport', 'verdict', 'decided by'];
const ANY_HIGH_PORT = 49152;

export function isTableLine(text: string): boolean {
  return text.startsWith('|');
}

/** @param config the lines of the configuration, to find the line that a quoted part of it means. */
export function readPacketTable(table: readonly TableLine[], config: readonly string[], file: string): PacketRow[] {
  const [header, rule, ...rows] = table;
  if (header === undefined || rule === undefined) return [];
  const columns = cells(header.text);
  const withDevice = columns[0] === 'device';
  const applicationAt = columns.indexOf('application');
  const needed = columns.filter((column, index) => !(withDevice && index === 0) && column !== 'application');
  if (needed.join('|') !== COLUMNS.join('|')) {
    throw new FixtureError(file, header.line, `the packet table must have the columns ${COLUMNS.join(', ')}`);
  }
  return rows.map((row) => {
    const values = cells(row.text);
    if (values.length !== columns.length) {
      throw new FixtureError(file, row.line, `${values.length} cells where the header has ${columns.length}`);
    }
    const device = withDevice ? values[0] : undefined;
    const application = applicationAt < 0 ? undefined : values[applicationAt];
    const others = values.filter((_, index) => !(withDevice && index === 0) && index !== applicationAt);
    return {
      ...readRow(others, row, config, file),
      ...(device === undefined || device === '' ? {} : { device }),
      ...(application === undefined || application === '' ? {} : { application }),
    };
  });
}

/** The cells of a row; `\|` is a bar inside a cell. */
function cells(text: string): string[] {
  const inner = text.trim().replace(/^\|/u, '').replace(/\|$/u, '');
  return inner.split(/(?<!\\)\|/u).map((cell) => cell.replaceAll('\\|', '|').trim());
}

function readRow(values: readonly string[], row: TableLine, config: readonly string[], file: string): PacketRow {
  const fail = (message: string): never => {
    throw new FixtureError(file, row.line, message);
  };
  const [from = '', to = '', protocolText = '', source = '', sport = '', destination = '', dport = ''] = values;
  const [verdict, decider = ''] = values.slice(7);
  const sourceIp = readIp(source) ?? fail(`"${source}" is no address`);
  const destinationIp = readIp(destination) ?? fail(`"${destination}" is no address`);
  if (sourceIp.family !== destinationIp.family) fail('source and destination are of different families');
  if (verdict !== 'permit' && verdict !== 'deny' && verdict !== 'unknown') return fail(`"${verdict}" is no verdict`);
  const protocol = readProtocol(protocolText) ?? fail(`"${protocolText}" is no protocol`);
  const number = (text: string): number => {
    const value = /^\d+$/u.test(text) ? Number(text) : Number.NaN;
    return value >= 0 && value <= 65535 ? value : fail(`"${text}" is no port`);
  };
  const packet: Packet = {
    family: sourceIp.family,
    source: sourceIp.value,
    destination: destinationIp.value,
    protocol,
    sourcePort: sport === '' ? ANY_HIGH_PORT : number(sport),
    destinationPort: isIcmp(protocol) ? selector(dport, number) : dport === '' ? 0 : number(dport),
  };
  if (dport === '' && (protocol === PROTOCOL.tcp || protocol === PROTOCOL.udp)) fail('dport is missing');
  const name = /^list\s+(?<name>\S.*)$/u.exec(from)?.groups?.['name'];
  if (name !== undefined && to !== '') fail('a list alone leads nowhere: leave "to" empty');
  if (name === undefined && (from === '' || to === '')) fail('from and to need a segment each');
  const decidedBy = readDecidedBy(decider, config) ?? fail(`cannot tell which line "${decider}" means`);
  if (decidedBy.kind === 'no crossing' && verdict !== 'deny') fail('without a crossing the verdict is deny');
  if (decidedBy.kind === 'no filter' && verdict !== 'permit') fail('without a filter the verdict is permit');
  return {
    text: row.text,
    line: row.line,
    route: name === undefined ? { kind: 'crossing', from, to } : { kind: 'list', name },
    packet,
    verdict,
    decidedBy,
  };
}

function readProtocol(text: string): number | undefined {
  const named = Object.entries(PROTOCOL).find(([name]) => name === text)?.[1];
  if (named !== undefined) return named;
  return /^\d+$/u.test(text) && Number(text) <= 255 ? Number(text) : undefined;
}

function isIcmp(protocol: number): boolean {
  return protocol === PROTOCOL.icmp || protocol === PROTOCOL.icmp6;
}

/** `8`, `3/1`: type and code as the model's selector. */
function selector(text: string, number: (text: string) => number): number {
  const [type = '', code = '0'] = text.split('/');
  return number(type) * 256 + number(code);
}

function readDecidedBy(text: string, config: readonly string[]): DecidedBy | undefined {
  if (text === 'no crossing' || text === 'no filter') return { kind: text };
  const reason = /^"(?<reason>.+)"$/u.exec(text)?.groups?.['reason'];
  if (reason !== undefined) return { kind: 'default', reason };
  const lines = (text.match(/`[^`]+`|[^,\s`]+/gu) ?? []).map((part) => readLine(part, config));
  const known = lines.filter((line) => line !== undefined);
  return lines.length > 0 && known.length === lines.length ? { kind: 'lines', lines: known } : undefined;
}

/** A line number, or the number of the one line that has the quoted words. */
function readLine(part: string, config: readonly string[]): number | undefined {
  if (/^\d+$/u.test(part)) return Number(part) >= 1 && Number(part) <= config.length ? Number(part) : undefined;
  if (!/^`.+`$/u.test(part)) return undefined;
  const words = part.slice(1, -1);
  const found = config.flatMap((line, index) => (line.includes(words) ? [index + 1] : []));
  return found.length === 1 ? found[0] : undefined;
}
