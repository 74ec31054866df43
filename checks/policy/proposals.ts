import { DIRECTIONS, type Direction } from '../boundaries/direction.ts';
import type { DeviceReport, PermittedFlow } from '../device-report.ts';
import type { FlowText } from '../finding.ts';

/** A use of messaging that configurations permit, in the form of an approval that nobody has given yet. */
export interface Proposal {
  /** Unique: `egress-mqtt`, `egress-mqtt-2`. */
  readonly name: string;
  readonly direction: Direction;
  /** Catalogue names, in catalogue order. */
  readonly services: readonly string[];
  /** Addresses, networks and ranges; `any` stands alone. */
  readonly clients: readonly string[];
  readonly brokers: readonly string[];
  readonly devices: readonly string[];
  /** What lets it through, with its place: `access list OUT rule 30 permits (edge.cfg:12)`. */
  readonly permittedBy: readonly string[];
  /** Why it is only possibly permitted; empty for what surely is. */
  readonly conditions: readonly string[];
  /** True when more is permitted than is written here. */
  readonly cut: boolean;
}

/** Proposals for everything that was reported as permitted, and how many were left out beyond the first. */
export interface Proposals {
  readonly proposals: readonly Proposal[];
  readonly leftOut: number;
}

/** Beyond these nobody reads on; what is left out still counts as not approved. */
const MAX_PROPOSALS = 100;

/** Addresses of one side. */
const MAX_TERMS = 40;

type Unit = Omit<Proposal, 'name' | 'cut'> & { readonly cut: boolean };

/**
 * Permitted flows as products of clients and brokers. What is joined is joined exactly: flows with the same clients, or with
 * the same brokers, of one device; then what is the same on several devices.
 */
export function proposalsFor(reports: readonly DeviceReport[]): Proposals {
  const found = reports.flatMap((report) => {
    const single = report.flows.flatMap((flow) => unitsOf(report.device, flow));
    const services = joined(single, ({ clients, brokers, ...unit }) => [clients, brokers, kind(unit)]);
    const brokers = joined(services, ({ clients, ...unit }) => [unit.services, clients, kind(unit)]);
    return joined(brokers, (unit) => [unit.services, unit.brokers, kind(unit)]);
  });
  const all = joined(found, (unit) => [unit.services, unit.clients, unit.brokers, unit.cut, kind(unit)]);
  const sorted = DIRECTIONS.flatMap((direction) => all.filter((unit) => unit.direction === direction));
  const names = new Map<string, number>();
  const proposals = sorted.slice(0, MAX_PROPOSALS).map((unit) => ({ name: nameOf(unit, names), ...shortened(unit) }));
  return { proposals, leftOut: sorted.length - proposals.length };
}

/** What is only possible stays apart from what is sure. */
function kind({ direction, conditions }: Pick<Unit, 'direction' | 'conditions'>): unknown {
  return [direction, conditions];
}

function unitsOf(device: string, flow: PermittedFlow): Unit[] {
  const { direction, flows, conditions } = flow;
  if (direction === 'unjudged') return [];
  const permittedBy = flow.decidedBy.map(({ note, span }) => `${note} (${span.source}:${span.line})`);
  return flows.flows.flatMap((row): Unit[] => {
    const sides = sidesOf(row);
    if (sides === undefined) return [];
    const cut = flows.truncated || sides.cut;
    const { clients, brokers } = sides;
    return [{ direction, services: [flow.service], clients, brokers, devices: [device], permittedBy, conditions, cut }];
  });
}

/**
 * Both sides of a row. `any` is any address of the other side's family; where both are, the brokers tell the family. Bit
 * patterns cannot be written in a policy.
 */
function sidesOf({ family, source, destination }: FlowText): Pick<Unit, 'clients' | 'brokers' | 'cut'> | undefined {
  const clients = source.filter((text) => !text.includes(' '));
  const written = destination.filter((text) => !text.includes(' '));
  if (clients.length === 0 || written.length === 0) return undefined;
  const isAny = clients.includes('any') && written.includes('any');
  const brokers = isAny ? [family === 4 ? '0.0.0.0/0' : '::/0'] : written;
  return { clients, brokers, cut: clients.length + written.length < source.length + destination.length };
}

/** Units with the same key as one; lists keep the order in which their members came. */
function joined(units: readonly Unit[], keyOf: (unit: Unit) => unknown): Unit[] {
  const groups = new Map<string, Unit[]>();
  for (const unit of units) {
    const key = JSON.stringify(keyOf(unit));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [unit]);
    else group.push(unit);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const together = (list: (unit: Unit) => readonly string[]): string[] => [...new Set(group.flatMap(list))];
    return [
      {
        ...first,
        services: together(({ services }) => services),
        clients: together(({ clients }) => clients),
        brokers: together(({ brokers }) => brokers),
        devices: together(({ devices }) => devices),
        permittedBy: together(({ permittedBy }) => permittedBy),
        cut: group.some(({ cut }) => cut),
      },
    ];
  });
}

function shortened(unit: Unit): Unit {
  const [clients, brokers] = [plain(unit.clients), plain(unit.brokers)];
  const cut = unit.cut || clients.length > MAX_TERMS || brokers.length > MAX_TERMS;
  return { ...unit, clients: clients.slice(0, MAX_TERMS), brokers: brokers.slice(0, MAX_TERMS), cut };
}

function plain(terms: readonly string[]): readonly string[] {
  return terms.includes('any') || (terms.includes('0.0.0.0/0') && terms.includes('::/0')) ? ['any'] : terms;
}

function nameOf({ direction, services }: Unit, names: Map<string, number>): string {
  const what = services.length <= 2 ? services.join('-') : `${services.length}-services`;
  const base = `${direction}-${what}`;
  const count = (names.get(base) ?? 0) + 1;
  names.set(base, count);
  return count === 1 ? base : `${base}-${count}`;
}
