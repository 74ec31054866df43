import type { AddressSet, AddressTerm } from '../../parsers/model/address.ts';
import { addressFamily, range4, range6 } from '../../parsers/model/address.ts';
import type { Crossing, Device } from '../../parsers/model/device.ts';
import { single } from '../../parsers/model/service.ts';
import { DIRECTIONS, type Direction } from '../boundaries/direction.ts';
import type { CheckContext } from '../check.ts';
import type { ApprovalUse } from '../device-report.ts';
import { applicationsOf } from '../data/applications.ts';
import type { Service } from '../data/services.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';
import { serviceTarget, type Target } from '../reporting/flow-text.ts';
import { fits } from './pattern.ts';
import type { Approval, Day, Policy } from './policy.ts';

/** The crossing and direction that an approval is asked about. */
interface Crossed {
  readonly direction: Direction | 'unjudged';
  readonly crossing: Crossing;
}

/** What the policy approves on one device. Sets hold packets as the device's rules see them. */
export interface Approvals {
  /** Approvals in force that speak of this device. */
  readonly all: readonly Approval[];
  /** Packets of the target that some approval covers. */
  covers(crossed: Crossed, target: Target): PacketSet;
  /** Packets of the target that one approval covers. */
  coveredBy(approval: Approval, crossed: Crossed, target: Target): PacketSet;
  /** Packets to brokers that are approved for the target, whoever sends them. */
  toApprovedBrokers(crossed: Crossed, target: Target): PacketSet;
}

/** Whether it counts: reviewed, and not expired before `today`. */
function isInForce({ reviewed, expires }: Pick<Approval, 'reviewed' | 'expires'>, today: Day | undefined): boolean {
  return reviewed && (expires === undefined || today === undefined || expires >= today);
}

/** @param today without it nothing has expired. */
export function createApprovals(
  policy: Policy,
  device: Device,
  space: PacketSpace,
  catalogue: readonly Service[],
  today: Day | undefined,
): Approvals {
  const all = policy.approvals.filter(
    (approval) => isInForce(approval, today) && approval.devices.some((pattern) => fits(device.name, pattern)),
  );
  const services = new Map(catalogue.map((service) => [`${service.name}/${service.protocol}`, service]));
  const known = new Map<string, PacketSet>();

  const speaksOf = (approval: Approval, { direction }: Crossed, target: Target): boolean => {
    if (approval.direction !== 'any' && approval.direction !== direction) return false;
    const service = services.get(`${target.service ?? ''}/${target.protocol ?? ''}`);
    const isTls = service?.transportSecurity === 'tls';
    if (approval.transport === 'tls' && service !== undefined && !isTls) return false;
    return (
      (service !== undefined && (approval.services.includes(service.name) || namesFamily(approval, service))) ||
      approval.ports.some(({ protocol, ports }) => protocol === target.protocol && holdsAll(ports, target)) ||
      approval.applications.some((name) => isSeenAs(device, target, service, name))
    );
  };

  const packets = (crossed: Crossed, clients: AddressSet | undefined, brokers: AddressSet): PacketSet => {
    const destinations = withTranslated(device, crossed.crossing, brokers);
    const to = space.addressIn('destination', destinations);
    return clients === undefined ? to : space.intersect(to, space.addressIn('source', clients));
  };

  const coveredBy = (approval: Approval, crossed: Crossed, target: Target): PacketSet => {
    if (!speaksOf(approval, crossed, target)) return space.none;
    const key = `${approval.name}\n${crossed.crossing.from}\n${crossed.crossing.to}`;
    let set = known.get(key);
    if (set === undefined) known.set(key, (set = packets(crossed, approval.clients, approval.brokers)));
    return set;
  };

  return {
    all,
    coveredBy,
    covers: (crossed, target) =>
      all.reduce((set, approval) => space.union(set, coveredBy(approval, crossed, target)), space.none),
    toApprovedBrokers: (crossed, target) =>
      all
        .filter((approval) => speaksOf(approval, crossed, target))
        .reduce((set, { brokers }) => space.union(set, packets(crossed, undefined, brokers)), space.none),
  };
}

/** `mqtt-family` stands for every service that carries MQTT. */
function namesFamily({ services }: Approval, { family }: Service): boolean {
  return services.includes(`${family}-family`);
}

function holdsAll(ranges: Approval['ports'][number]['ports'], { ports }: Target): boolean {
  return ports.every(({ first, last }) => ranges.some((range) => range.first <= first && last <= range.last));
}

/** Where devices recognise applications, an approved one is approved on whatever port its sessions are. */
function isSeenAs({ applications }: Device, target: Target, service: Service | undefined, name: string): boolean {
  if (applications === undefined) return false;
  if (target.application !== undefined) return target.application === name;
  return service !== undefined && applicationsOf(service, applications.scheme).includes(name);
}

/**
 * Addresses of brokers as rules see them: people write the real ones, and where rules compare arriving addresses, a translation
 * of the crossing gives a broker another one.
 */
function withTranslated(device: Device, { steps }: Crossing, brokers: AddressSet): AddressSet {
  if (device.addressView === 'real' || brokers.exclude.length > 0) return brokers;
  const before = steps.flatMap((step) => {
    if (step.kind !== 'translation' || step.translation.kind !== 'static-destination') return [];
    const { from, to } = step.translation;
    return brokers.include.flatMap((term) => shifted(term, to, from));
  });
  return before.length === 0 ? brokers : { include: [...brokers.include, ...before], exclude: [] };
}

/** The part of `from` that is translated into addresses of `term`; both sides of a translation have one size. */
function shifted(term: AddressTerm, to: AddressTerm, from: AddressTerm): AddressTerm[] {
  if (addressFamily(term) !== addressFamily(to) || addressFamily(to) !== addressFamily(from)) return [];
  if (!('first' in term) || !('first' in to) || !('first' in from)) return [];
  const first = max(BigInt(term.first), BigInt(to.first));
  const last = min(BigInt(term.last), BigInt(to.last));
  if (first > last) return [];
  const offset = BigInt(from.first) - BigInt(to.first);
  return addressFamily(term) === 4
    ? [range4(Number(first + offset), Number(last + offset))]
    : [range6(first + offset, last + offset)];
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** How much of each approval the device permits, over the boundaries and services that it speaks of. */
export function approvalUses({ space, approvals, catalogue, eachBoundary }: UseContext): ApprovalUse[] {
  const uses = new Map<Approval, ApprovalUse['permits']>(approvals.all.map((approval) => [approval, 'none']));
  if (uses.size === 0) return [];
  eachBoundary(DIRECTIONS, (boundary) => {
    const crossed = { direction: boundary.direction, crossing: boundary.evaluated.crossing };
    for (const approval of approvals.all) {
      for (const target of targetsOf(approval, catalogue)) {
        const wanted = approvals.coveredBy(approval, crossed, target);
        const { possible } = boundary.permitted(target.slice);
        if (!space.intersects(wanted, possible)) continue;
        if (space.isSubset(wanted, possible)) uses.set(approval, 'all');
        else if (uses.get(approval) === 'none') uses.set(approval, 'part');
      }
    }
  });
  return [...uses].map(([{ name }, permits]) => ({ approval: name, permits }));
}

type UseContext = Pick<CheckContext, 'space' | 'approvals' | 'catalogue' | 'eachBoundary'>;

/** The services that an approval may mean, and one port of each range that it names. */
function targetsOf({ ports }: Approval, catalogue: readonly Service[]): Target[] {
  const named = ports.flatMap(({ protocol, ports: ranges }) =>
    ranges.map((range): Target => ({
      protocol,
      ports: [single(range.first)],
      slice: { protocol: protocol === 'tcp' ? 6 : 17, port: range.first },
    })),
  );
  return [...catalogue.map(serviceTarget), ...named];
}
