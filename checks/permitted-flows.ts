import type { Boundary } from './boundaries/boundary.ts';
import type { CheckContext } from './check.ts';
import type { PermittedFlow } from './device-report.ts';
import type { Confidence, Evidence } from './finding.ts';
import type { PacketSet } from './packet-space/packet-space.ts';
import { openTexts } from './reporting/condition-text.ts';
import { decisionEvidence, limited } from './reporting/evidence.ts';
import { firstPackets } from './reporting/draft.ts';
import { describeFlows, type Target } from './reporting/flow-text.ts';
import { serviceTargets } from './reporting/service-targets.ts';
import { applicationVerdicts } from './reporting/sessions.ts';

/**
 * Every service of the catalogue that a judged crossing lets through: what is surely permitted and what is only possibly
 * permitted in rows of their own. Crossings with the same steps share the objects of their rows.
 */
export function permittedFlows(context: CheckContext): PermittedFlow[] {
  const flows: PermittedFlow[] = [];
  context.eachBoundary(['exposure', 'egress', 'lateral'], (boundary) => {
    const rows = rowsOf(context, boundary).map(({ row, set }) => ({ row, taken: new Set(boundary.taken([set])) }));
    for (const crossing of boundary.crossings) {
      const { from, to } = crossing;
      for (const { row, taken } of rows) if (taken.has(crossing)) flows.push({ ...row, crossing: { from, to } });
    }
  });
  return flows;
}

interface Row {
  readonly row: Omit<PermittedFlow, 'crossing'>;
  readonly set: PacketSet;
}

function rowsOf(context: CheckContext, boundary: Boundary): Row[] {
  const { space, catalogue, text } = context;
  return serviceTargets(context.device, boundary, catalogue).flatMap((target) => {
    const { definite, possible } = firstPackets(space, boundary, target);
    const { parts, truncated } = boundary.parts(target.slice, possible);
    const row = (confidence: Confidence, set: PacketSet): Row[] => {
      if (space.isSubset(set, boundary.toDevice)) return [];
      const deciding = parts.filter((part) => space.intersects(part.set, set));
      const all = deciding.flatMap(({ decisions }) => decisions);
      const lines = deciding.flatMap(({ decisions }) => decisionEvidence(text, [boundary], decisions));
      const flow = {
        direction: boundary.direction,
        service: target.service ?? '',
        protocol: target.protocol ?? '',
        port: target.slice.port,
        ...(target.forwardedTo === undefined ? {} : { forwardedTo: target.forwardedTo }),
        confidence,
        flows: describeFlows(space, [{ target, set }]),
        decidedBy: withRemainder(limited(lines.filter(({ role }) => role === 'decides')), truncated),
        approved: approval(context, boundary, target, set),
        conditions:
          confidence === 'definite'
            ? []
            : openTexts(boundary.conditions(target.slice, set), all, boundary.evaluated.crossing),
        ...sessionsOf(context, boundary, target, set),
      };
      return [{ row: flow, set }];
    };
    return [...row('definite', definite), ...row('possible', space.subtract(possible, definite))];
  });
}

/** What becomes of sessions, where the device looks into them. */
function sessionsOf(
  { space, sessions }: CheckContext,
  boundary: Boundary,
  target: Target,
  set: PacketSet,
): Pick<PermittedFlow, 'reach' | 'applications'> {
  if (sessions === undefined) return {};
  const applications = applicationVerdicts(space, sessions, boundary, [{ target, set }]);
  const isEnded = applications.every(({ verdict }) => verdict === 'deny');
  return { reach: isEnded ? 'first-packets' : 'session', applications };
}

function withRemainder(evidence: readonly Evidence[], truncated: boolean): readonly Evidence[] {
  const last = evidence.at(-1);
  if (!truncated || last === undefined) return evidence;
  return [...evidence.slice(0, -1), { ...last, note: `${last.note}; and rules that were not told apart` }];
}

function approval(
  { space, approvals }: CheckContext,
  { direction, evaluated }: Boundary,
  target: Target,
  set: PacketSet,
): PermittedFlow['approved'] {
  const allowed = approvals.covers({ direction, crossing: evaluated.crossing }, target);
  if (!space.intersects(set, allowed)) return 'no';
  return space.isSubset(set, allowed) ? 'yes' : 'partly';
}
