import type { Device } from '../../parsers/model/device.ts';
import type { Boundary } from '../boundaries/boundary.ts';
import { withoutAssumptions } from '../evaluate/assume.ts';
import { createEvaluation } from '../evaluate/evaluate.ts';
import type { EvaluationContract } from '../evaluate/evaluation.ts';
import type { Rewritten } from '../evaluate/rewrite-device.ts';
import type { PacketSpace } from '../packet-space/packet-space.ts';
import { assumptionFor, assumptionText } from '../policy/assumptions.ts';
import type { Assumption } from '../policy/policy.ts';
import type { TargetSet } from './flow-text.ts';

/** Tells which of the user's assumptions packets rest on. */
export interface AssumptionJudge {
  /** As clauses after "assumes", in the order of the policy. */
  texts(boundary: Boundary, sets: readonly TargetSet[]): readonly string[];
}

/**
 * What is said of packets rests on an assumption where the text alone leaves open what becomes of them, and that is for the
 * same reason. Undefined where nothing is assumed.
 *
 * @param read as it was read.
 * @param assumed as it is audited.
 */
export function createAssumptionJudge(
  read: Device,
  assumed: Rewritten,
  space: PacketSpace,
  assumptions: readonly Assumption[],
): AssumptionJudge | undefined {
  if (assumptions.length === 0) return undefined;
  const open = withoutAssumptions(read);
  let evaluation: EvaluationContract | undefined;
  return {
    texts({ crossings: [{ from, to }] }, sets) {
      if (!assumed.touches(from, to) && !open.touches(from, to)) return [];
      evaluation ??= createEvaluation(open.device, space);
      const crossing = evaluation.crossing(from, to);
      if ('none' in crossing) return [];
      const used = new Set(
        sets
          .flatMap(({ target, set }) => crossing.conditions(target.slice, set))
          .map((condition) => assumptionFor(assumptions, condition)),
      );
      return assumptions.filter((assumption) => used.has(assumption)).map(assumptionText);
    },
  };
}
