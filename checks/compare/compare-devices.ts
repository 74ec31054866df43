import type { Device } from '../../parsers/model/device.ts';
import { DIRECTIONS } from '../boundaries/direction.ts';
import type { UnjudgedCrossing } from '../device-report.ts';
import { createPacketSpace } from '../packet-space/create-packet-space.ts';
import { PacketSpaceFull, type PacketSpace } from '../packet-space/packet-space.ts';
import { portTexts, protocolText, type Target } from '../reporting/flow-text.ts';
import { serviceTargets } from '../reporting/service-targets.ts';
import { namedSets } from './changed-sets.ts';
import { compareTarget, type PairedTarget, type Reach, type Seen, type SeenPair } from './compare-target.ts';
import { CHANGES, type DeviceChanges, type FlowChange } from './device-changes.ts';
import { flowChange, type ChangedTarget, type ToTell } from './flow-change.ts';
import { changeNotes } from './notes.ts';
import { otherPorts } from './other-ports.ts';
import { pairCrossings, type CrossingPair, type GroupedWay } from './pair-crossings.ts';
import { sideOf, type CompareContext, type Side } from './side.ts';

/** Two devices in one packet space, ready to be compared crossing by crossing. */
interface Compared {
  readonly space: PacketSpace;
  readonly before: Side;
  readonly after: Side;
  readonly context: CompareContext;
}

/**
 * What a device permits after that it did not before, and the other way round: of first packets (and, where applications are
 * recognised, of sessions) over every crossing between two segments, as exact sets. Segments are the same by name. What is
 * compared is what rules permit, as `permittedFlows` shows it: routes and connected networks only leave out what cannot take
 * a crossing. Never throws on what a configuration says.
 */
export function compareDevices(before: Device, after: Device, context: CompareContext): DeviceChanges {
  const space = createPacketSpace(context.maxNodes === undefined ? {} : { maxNodes: context.maxNodes });
  const first = sideOf('before', before, space, context);
  const compared: Compared = { space, before: first, after: sideOf('after', after, space, context, first), context };
  const { pairs, oneSided, alike, compared: count, beyond } = pairCrossings(compared.before, compared.after);
  const changes: FlowChange[] = [];
  const notJudged: UnjudgedCrossing[] = [...beyond];
  for (const pair of pairs) {
    const reason = whyNot(compared, pair);
    if (reason === undefined) {
      const { found, left } = changesOver(compared, pair);
      changes.push(...found);
      notJudged.push(...left);
    } else notJudged.push(...named(pair, reason));
  }
  return {
    changes: changes.sort(byPlace(context)),
    oneSided,
    notJudged,
    crossings: { compared: count, alike },
    notes: changeNotes(compared.before, compared.after),
  };
}

/** Why sets of the two sides cannot be put beside each other; undefined where they can. */
function whyNot({ before, after }: Compared, pair: CrossingPair): string | undefined {
  if (before.device.addressView === after.device.addressView) return undefined;
  const translates = [pair.before, pair.after].some((way) =>
    way?.way.crossing.steps.some(({ kind }) => kind === 'translation'),
  );
  return translates
    ? 'rules compare translated addresses on one side and arriving ones on the other, and the crossing translates some'
    : undefined;
}

/** Everything that changed over crossings with the same steps, and what of it did not fit into memory. */
function changesOver(
  compared: Compared,
  pair: CrossingPair,
): { readonly found: readonly FlowChange[]; readonly left: readonly UnjudgedCrossing[] } {
  const found: FlowChange[] = [];
  const left: UnjudgedCrossing[] = [];
  try {
    const seen = { before: seenOn(compared.before, pair.before), after: seenOn(compared.after, pair.after) };
    for (const reach of reachesOf(seen)) {
      found.push(...serviceChanges(compared, seen, pair.reason, reach));
    }
    const { changes, leftOut } = otherChanges(compared, seen, pair.reason);
    found.push(...changes);
    for (const reason of leftOut) left.push(...named(pair, reason));
  } catch (error) {
    if (!(error instanceof PacketSpaceFull)) throw error;
    left.push(...named(pair, 'its packet sets outgrow the memory set aside for them'));
  }
  return { found, left };
}

function seenOn(side: Side, grouped: GroupedWay | undefined): Seen | undefined {
  if (grouped === undefined) return undefined;
  return { side, way: grouped.way, boundary: side.boundary(grouped.way, grouped.crossings) };
}

/** Sessions are a matter of their own where some side recognises applications. */
function reachesOf({ before, after }: SeenPair): readonly Reach[] {
  const recognises = before?.side.sessions !== undefined || after?.side.sessions !== undefined;
  return recognises ? ['session', 'first-packets'] : ['first-packets'];
}

function serviceChanges({ space, context }: Compared, seen: SeenPair, noWay: string, reach: Reach): FlowChange[] {
  return pairedTargets(seen, context).flatMap((target) =>
    namedSets(compareTarget(space, seen, target, reach)).flatMap(({ set, ...what }): FlowChange[] => {
      if (space.isEmpty(set)) return [];
      const one = targetOf(target);
      const told = flowChange(space, seen, { ...what, reach, noWay, parts: [{ target, set }] });
      return told === undefined ? [] : [{ ...told, protocol: protocolText(one), ports: portTexts(one, one.ports) }];
    }),
  );
}

/** The services as each side is reached by them: forwarded ports may be those of one side alone. */
function pairedTargets({ before, after }: SeenPair, { catalogue }: CompareContext): PairedTarget[] {
  const targets = (seen: Seen | undefined): ReadonlyMap<string, Target> =>
    new Map(
      seen === undefined
        ? []
        : serviceTargets(seen.side.device, seen.boundary, catalogue).map((target) => [
            JSON.stringify([target.service, target.slice, target.forwardedTo]),
            target,
          ]),
    );
  const [had, has] = [targets(before), targets(after)];
  return [...new Set([...has.keys(), ...had.keys()])].map((key) => ({ before: had.get(key), after: has.get(key) }));
}

function targetOf({ before, after }: PairedTarget): Target {
  const target = after ?? before;
  if (target === undefined) throw new Error('a target of neither side');
  return target;
}

/** Ports and protocols that are no services, one summary for each protocol and kind of change. */
function otherChanges(
  { space, before, after, context }: Compared,
  seen: SeenPair,
  noWay: string,
): { readonly changes: readonly FlowChange[]; readonly leftOut: readonly string[] } {
  const crossings = [seen.before, seen.after].flatMap((each) => (each === undefined ? [] : [each.way.crossing]));
  const approvals = [...new Set([...before.approvals.all, ...after.approvals.all])];
  const leftOut: string[] = [];
  const changes = otherPorts(crossings, context.catalogue, approvals).flatMap(({ targets, leftOut: more }) => {
    const [first] = targets;
    if (first === undefined) return [];
    const protocol = protocolText(first);
    if (more > 0) leftOut.push(`${more} groups of ${protocol} ports are beyond those that are told apart`);
    const parts = new Map<string, { readonly what: Pick<ToTell, 'change' | 'confidence'>; parts: ChangedTarget[] }>();
    for (const target of targets) {
      const paired = { before: target, after: target };
      for (const { set, ...what } of namedSets(compareTarget(space, seen, paired, 'first-packets'))) {
        if (space.isEmpty(set)) continue;
        const key = JSON.stringify(what);
        const known = parts.get(key) ?? { what, parts: [] };
        known.parts.push({ target: paired, set });
        parts.set(key, known);
      }
    }
    return [...parts.values()].flatMap(({ what, parts: changed }): FlowChange[] => {
      const told = flowChange(space, seen, { ...what, reach: 'first-packets', noWay, parts: changed });
      if (told === undefined) return [];
      const ports = changed.flatMap(({ target }) => targetOf(target).ports);
      return [{ ...told, protocol, ports: portTexts(first, ports) }];
    });
  });
  return { changes, leftOut };
}

function named(pair: CrossingPair, reason: string): UnjudgedCrossing[] {
  const crossings = (pair.after ?? pair.before)?.crossings ?? [];
  return crossings.map(({ from, to }) => ({ crossing: { from, to }, reason }));
}

/** By direction, crossing, kind of change; services in the order of the catalogue, other ports behind them. */
function byPlace({ catalogue }: CompareContext): (a: FlowChange, b: FlowChange) => number {
  const directions = [...DIRECTIONS, 'unjudged'];
  const names = catalogue.map(({ name }) => name);
  const place = ({ crossings: [first] }: FlowChange): string => JSON.stringify([first?.from, first?.to]);
  const service = (each: FlowChange): number =>
    each.service === undefined ? names.length : names.indexOf(each.service);
  const text = ({ protocol, ports, reach }: FlowChange): string => JSON.stringify([protocol, ports, reach]);
  return (a, b) =>
    directions.indexOf(a.direction) - directions.indexOf(b.direction) ||
    compare(place(a), place(b)) ||
    CHANGES.indexOf(a.change) - CHANGES.indexOf(b.change) ||
    compare(a.confidence, b.confidence) ||
    service(a) - service(b) ||
    compare(text(a), text(b));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
