import type { Family } from '../../parsers/model/address.ts';
import type { Crossing, Device, Segment } from '../../parsers/model/device.ts';
import { createBoundary, type Boundary } from '../boundaries/boundary.ts';
import { directionOf, type Direction } from '../boundaries/direction.ts';
import { Elsewhere } from '../boundaries/elsewhere.ts';
import { packetsToDevice } from '../boundaries/own-addresses.ts';
import type { Service } from '../data/services.ts';
import type { SegmentTrust, Trust } from '../device-report.ts';
import { assume } from '../evaluate/assume.ts';
import { createEvaluation } from '../evaluate/evaluate.ts';
import type { EvaluatedCrossing, EvaluationContract } from '../evaluate/evaluation.ts';
import { Shapes } from '../evaluate/shapes.ts';
import type { PacketSpace } from '../packet-space/packet-space.ts';
import { createApprovals, type Approvals } from '../policy/approvals.ts';
import { decidedBy } from '../policy/assumptions.ts';
import type { Day, Policy } from '../policy/policy.ts';
import { judgeTrust, type TrustOptions } from '../policy/trust.ts';
import { serviceTarget } from '../reporting/flow-text.ts';
import { createSessionJudge, type SessionJudge } from '../reporting/sessions.ts';
import type { Quoting } from '../reporting/source-text.ts';

/** What two devices are compared by. */
export interface CompareContext {
  /** With the policy's own services. */
  readonly catalogue: readonly Service[];
  readonly trust: TrustOptions;
  readonly policy: Policy;
  readonly today: Day | undefined;
  /** Quotes from the texts of each side. */
  readonly texts: { readonly before: Quoting; readonly after: Quoting };
  /** Most diagram nodes of the packet space that both sides share. */
  readonly maxNodes?: number;
}

/** A way between two segments on one side. */
export interface Way {
  readonly kind: 'way';
  readonly crossing: Crossing;
  readonly families: readonly Family[];
  readonly direction: Direction | 'unjudged';
  readonly routingContext: string;
}

/** No packet goes this way here, and why. */
interface NoWay {
  readonly kind: 'no-way';
  readonly reason: string;
}

/** One of two devices that are compared, evaluated in the packet space of both. */
export interface Side {
  readonly name: 'before' | 'after';
  readonly device: Device;
  readonly evaluation: EvaluationContract;
  readonly approvals: Approvals;
  readonly sessions: SessionJudge | undefined;
  readonly text: Quoting;
  /** In numbers that both sides share. */
  readonly shapes: Shapes;
  readonly trust: ReadonlyMap<string, SegmentTrust>;
  /** Names of the segments that through-traffic can enter or leave by. */
  readonly segments: readonly string[];
  way(from: string, to: string): Way | NoWay;
  /** The way of crossings with the same steps as a boundary. */
  boundary(way: Way, crossings: readonly [Crossing, ...Crossing[]]): Boundary;
}

/** @param other the other side, when it is made already. */
export function sideOf(
  name: Side['name'],
  read: Device,
  space: PacketSpace,
  { catalogue, trust: options, policy, today, texts }: CompareContext,
  other?: Side,
): Side {
  const { device } = assume(read, decidedBy(policy.assumptions));
  const slices = catalogue.map((service) => serviceTarget(service).slice);
  const evaluation = createEvaluation(device, space, slices);
  const trust = new Map(judgeTrust(device, options, policy).map((segment) => [segment.segment, segment]));
  const segments = new Map(device.segments.map((segment) => [segment.name, segment]));
  const elsewhere = new Elsewhere(space, device);
  const evaluated = (of: EvaluationContract | undefined, { from, to }: Crossing): EvaluatedCrossing | undefined => {
    const found = of?.crossing(from, to);
    return found === undefined || 'none' in found ? undefined : found;
  };
  return {
    name,
    device,
    evaluation,
    approvals: createApprovals(policy, device, space, catalogue, today),
    sessions: createSessionJudge(space, device.applications, catalogue),
    text: texts[name],
    shapes: new Shapes((span) => texts[name].quote(span), other?.shapes),
    trust,
    segments: device.segments.flatMap((segment) => (isCrossed(segment) ? [segment.name] : [])),
    way(fromName, toName) {
      const [from, to] = [segments.get(fromName), segments.get(toName)];
      if (from === undefined) return { kind: 'no-way', reason: `there is no segment "${fromName}"` };
      if (to === undefined) return { kind: 'no-way', reason: `there is no segment "${toName}"` };
      for (const segment of [from, to]) {
        if (!isCrossed(segment)) return { kind: 'no-way', reason: `no traffic goes through segment "${segment.name}"` };
      }
      const crossing = device.crossing(fromName, toName);
      if ('none' in crossing) return { kind: 'no-way', reason: crossing.none };
      const families = from.families.filter((family) => to.families.includes(family));
      if (families.length === 0) return { kind: 'no-way', reason: 'the two sides have no address family in common' };
      const sides = [trustOf(trust, fromName), trustOf(trust, toName)] as const;
      const direction = directionOf(...sides) ?? 'unjudged';
      return { kind: 'way', crossing, families, direction, routingContext: from.routingContext };
    },
    boundary({ direction, families }, crossings) {
      const [first] = crossings;
      const here = evaluated(evaluation, first);
      if (here === undefined) throw new Error(`${first.from} → ${first.to} was a crossing before`);
      const session = (application: string): EvaluatedCrossing | undefined =>
        evaluated(evaluation.sessions(application), first);
      // A direction only guides the choice of an example; both sides of an unjudged crossing count as ours.
      const guide = direction === 'unjudged' ? 'lateral' : direction;
      const toDevice = packetsToDevice(space, device, first);
      return createBoundary(space, guide, crossings, families, toDevice, elsewhere, here, session);
    },
  };
}

function isCrossed({ kind, transit }: Segment): boolean {
  return kind !== 'self' && transit === 'yes';
}

/** The trust of a segment by name; `unknown` where the side has no such segment. */
function trustOf(trust: ReadonlyMap<string, SegmentTrust>, segment: string): Trust {
  return trust.get(segment)?.trust ?? 'unknown';
}
