import { directionOf, type Direction } from '../../../checks/boundaries/direction.ts';
import type { Service } from '../../../checks/data/services.ts';
import type { PermittedFlow, SegmentTrust } from '../../../checks/device-report.ts';
import type { Finding, FlowText } from '../../../checks/finding.ts';
import { CHECKS } from '../../../checks/index.ts';
import { readPorts } from '../written-values.ts';
import { aboutFinding, aboutFlow } from './about.ts';
import type { ApprovalEntry, Draft } from './entry-text.ts';
import { exactSides } from './exact-sides.ts';

/** What a person says about an approval; empty `expires`: it does not expire. */
export interface ApprovalWords {
  readonly name: string;
  readonly reason: string;
  readonly owner: string;
  readonly expires?: string;
}

/** An approval to be added, or why none says exactly what is permitted. */
export type ApprovalDraft =
  | ({ readonly kind: 'draft' } & Draft<ApprovalEntry>)
  | { readonly kind: 'refused'; readonly message: string };

/** An approval of a flow of a device: its service, exactly its clients and brokers, on this device and in this direction. */
export function approvalForFlow(flow: PermittedFlow, device: string, words: ApprovalWords): ApprovalDraft {
  const { direction, flows, service, protocol, port, forwardedTo } = flow;
  if (direction === 'unjudged') return refused('its direction is not known; set the trust of its segments first');
  // The name would approve the service's own port as well.
  const what: Ports = forwardedTo === undefined ? { services: [service] } : { ports: [`${protocol}/${port}`] };
  return drafted(flows, what, aboutFlow(flow, device), { device, direction, words });
}

/**
 * An approval of what a finding says is permitted and not approved. Only findings of exposure and egress are changed by approvals.
 *
 * @param segments of the finding's device: they give the direction.
 * @param catalogue with the policy's own services.
 */
export function approvalForFinding(
  finding: Finding,
  segments: readonly SegmentTrust[],
  catalogue: readonly Service[],
  words: ApprovalWords,
): ApprovalDraft {
  const { check, device, flows, witness } = finding;
  if (!isChangedByApprovals(check))
    return refused(`an approval changes nothing about ${check}; waive the finding instead`);
  if (witness?.application !== undefined) {
    return refused(
      `it is about sessions of ${witness.application} on irregular ports, and an approval is either by application or by port; write it by hand`,
    );
  }
  const direction = directionIn(finding, segments);
  if (direction === undefined) return refused('its crossings have no common direction; approve the flows one by one');
  const [first, ...others] = Map.groupBy(flows.flows, (row) => portsOf(row).join()).values();
  if (first === undefined) return refused('it shows no packets');
  const unwritable = flows.flows.flatMap(portsOf).find((ports) => readPorts(ports).kind === 'wrong');
  if (unwritable !== undefined) {
    return refused(`an approval is for ports 1 to 65535, not for ${unwritable}; waive the finding instead`);
  }
  if (others.some((rows) => setOf(rows) !== setOf(first))) {
    return refused('its services are permitted between different hosts; approve the flows one by one');
  }
  const what = namesOf(flows.flows, finding.services, catalogue);
  return drafted({ ...flows, flows: first }, what, aboutFinding(finding), { device, direction, words });
}

type Ports = Pick<ApprovalEntry, 'services' | 'ports'>;

interface Scope {
  readonly device: string;
  readonly direction: Direction;
  readonly words: ApprovalWords;
}

function drafted(
  { flows, truncated }: PermittedFlow['flows'],
  what: Ports,
  about: string,
  { device, direction, words: { name, reason, owner, expires = '' } }: Scope,
): ApprovalDraft {
  if (truncated)
    return refused('it is too large to be shown whole, and only what is shown could be approved; narrow the rule');
  if (device.includes('*')) return refused(`the name of the device would be taken for a pattern: ${device}`);
  const sides = exactSides(flows);
  if (sides.kind === 'inexact') return refused(sides.because);
  const { clients, brokers, fromPorts } = sides;
  const beyond =
    fromPorts === undefined ? '' : `; permitted from source ports ${fromPorts.join(', ')}, approved from all`;
  return {
    kind: 'draft',
    about: `${about}${beyond}`,
    entry: {
      name: name.trim(),
      ...what,
      clients: clients === 'any' ? clients : [...clients],
      brokers: brokers === 'any' ? brokers : [...brokers],
      direction,
      devices: [device],
      owner: owner.trim(),
      reason: reason.trim(),
      ...(expires.trim() === '' ? {} : { expires: expires.trim() }),
    },
  };
}

function refused(because: string): ApprovalDraft {
  return { kind: 'refused', message: because };
}

/** Addresses that are blocked, and paths without a filter, stay findings whatever is approved on them. */
const UNCHANGED = new Set(['egress-to-blocklisted', 'egress-unfiltered', 'ipv6-unfiltered-beside-ipv4']);

function isChangedByApprovals(id: string): boolean {
  const family = CHECKS.find((check) => check.id === id)?.family;
  return (family === 'exposure' || family === 'egress') && !UNCHANGED.has(id);
}

function directionIn({ crossings }: Finding, segments: readonly SegmentTrust[]): Direction | undefined {
  const trustOf = (name: string) => segments.find(({ segment }) => segment === name)?.trust ?? 'unknown';
  const [direction, ...others] = new Set(crossings.map(({ from, to }) => directionOf(trustOf(from), trustOf(to))));
  return others.length === 0 ? direction : undefined;
}

/** `tcp/1883`, `tcp/9000-9010`. */
function portsOf({ protocol, destinationPort }: FlowText): string[] {
  return destinationPort.map((port) => `${protocol}/${port}`);
}

/** Rows without their ports: they come sorted, so equal sets have equal texts. */
function setOf(rows: readonly FlowText[]): string {
  return JSON.stringify(
    rows.map(({ family, source, destination, sourcePort }) => [family, source, destination, sourcePort]),
  );
}

/** Services by name where all ports are theirs, else ports: a forwarded port is no service's. */
function namesOf(rows: readonly FlowText[], services: readonly string[], catalogue: readonly Service[]): Ports {
  const concerned = catalogue.filter(({ name }) => services.includes(name));
  const named = new Set<string>();
  const others = new Set<string>();
  for (const text of rows.flatMap(portsOf)) {
    const own = servicesOn(text, concerned);
    if (own === undefined) others.add(text);
    else for (const name of own) named.add(name);
  }
  return {
    ...(named.size === 0 ? {} : { services: services.filter((name) => named.has(name)) }),
    ...(others.size === 0 ? {} : { ports: [...others] }),
  };
}

/** The services on the ports; undefined unless each of the ports is one's. */
function servicesOn(ports: string, services: readonly Service[]): readonly string[] | undefined {
  const reading = readPorts(ports);
  if (reading.kind === 'wrong') return undefined;
  const { protocol, range } = reading.value;
  const own = services.filter(
    (each) => each.protocol === protocol && range.first <= each.port && each.port <= range.last,
  );
  const isWhole = new Set(own.map(({ port }) => port)).size === range.last - range.first + 1;
  return isWhole ? own.map(({ name }) => name) : undefined;
}
