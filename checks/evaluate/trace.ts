import { match } from 'ts-pattern';
import type { AddressTerm } from '../../parsers/model/address.ts';
import type { Translation } from '../../parsers/model/nat.ts';
import type { Packet } from '../packet-space/packet.ts';
import type { PacketSpace } from '../packet-space/packet-space.ts';
import type { Decision, Trace, TraceStep, TraceVerdict } from './evaluation.ts';
import { conditionsOf, decisionsIn, sortConditions } from './explain.ts';
import type { Leg } from './path.ts';
import type { RuleTrees } from './rule-tree.ts';
import { applyTranslation } from './translate.ts';
import { allHold, OPEN_WORLD } from './world.ts';

/** More rules than these that may decide one packet are not shown. */
const MAX_DECISIONS = 50;

/** A packet on its way through the legs of a path, and what it met. `verdict` is left to the caller. */
export interface Walk {
  readonly steps: readonly TraceStep[];
  /** The packet as the last stage saw it: translations behind the stages change nothing they decide. */
  readonly judged: Packet;
  /** A translation before the last stage may or may not happen, or is not modelled. */
  readonly uncertain: boolean;
}

/** Follows the packet, applying translations, and says what each stage does with it. */
export function walk(space: PacketSpace, rules: RuleTrees, legs: readonly Leg[], packet: Packet): Walk {
  const steps: TraceStep[] = [];
  let at = packet;
  let judged = packet;
  let uncertain = false;
  let doubt = false;
  for (const leg of legs) {
    if (leg.kind === 'stage') {
      judged = at;
      uncertain = doubt;
      const slice = { protocol: at.protocol, port: at.destinationPort };
      if (leg.stage.family !== 'both' && leg.stage.family !== at.family) continue;
      const found = decisionsIn(space, rules, leg.stage, slice, space.packet(at), 'all', MAX_DECISIONS);
      const decisions = found.map(({ decision }) => decision);
      if (leg.stage.incidental === true && decisions.every(({ verdict }) => verdict === 'permit')) continue;
      const conditions = decisions.flatMap((decision) => (decision.kind === 'rule' ? conditionsOf(decision.rule) : []));
      steps.push({ kind: 'stage', verdict: verdictOf(decisions), decisions, conditions: sortConditions(conditions) });
      continue;
    }
    const slice = { protocol: at.protocol, port: at.destinationPort };
    for (const translation of leg.of) {
      const applied = applyTranslation(space, translation, slice);
      if (applied === undefined || !space.contains(applied.matched, at)) continue;
      if (translation.kind === 'unmodelled') {
        doubt = true;
        continue;
      }
      if (allHold(translation.conditions, 'rule', OPEN_WORLD) !== true) doubt = true;
      at = rewritten(translation, at);
      steps.push({ kind: 'translation', translation, after: at });
      break;
    }
  }
  return { steps, judged, uncertain };
}

/** What decisions in order amount to: the same verdict from all of them, or unknown. */
function verdictOf(decisions: readonly Decision[]): TraceVerdict {
  const verdicts = new Set<TraceVerdict>(decisions.map((decision) => decision.verdict));
  const [first] = verdicts;
  return verdicts.size === 1 && first !== undefined ? first : 'unknown';
}

function rewritten(translation: Exclude<Translation, { kind: 'unmodelled' }>, packet: Packet): Packet {
  return match(translation)
    .with({ kind: 'static-destination' }, ({ from, to, port }) => ({
      ...packet,
      destination: moved(packet.destination, from, to),
      destinationPort: port?.to ?? packet.destinationPort,
    }))
    .with({ kind: 'static-source' }, ({ from, to, port }) => ({
      ...packet,
      source: moved(packet.source, from, to),
      sourcePort: port?.to ?? packet.sourcePort,
    }))
    .with({ kind: 'dynamic-source' }, ({ pool: [first] }) =>
      first === undefined ? packet : { ...packet, source: firstOf(first) },
    )
    .exhaustive();
}

function moved(address: bigint, from: AddressTerm, to: AddressTerm): bigint {
  return address - firstOf(from) + firstOf(to);
}

function firstOf(term: AddressTerm): bigint {
  return BigInt(term.kind === 'range4' || term.kind === 'range6' ? term.first : term.value);
}

/** The trace of a walk whose verdict is known. */
export function traceOf(packet: Packet, verdict: TraceVerdict, steps: readonly TraceStep[]): Trace {
  const stages = steps.filter((step) => step.kind === 'stage');
  const decisive =
    verdict === 'permit'
      ? (stages.findLast((step) => step.decisions.some(({ kind }) => kind === 'rule')) ?? stages.at(-1))
      : (stages.find((step) => step.verdict === verdict) ?? stages.find((step) => step.verdict === 'unknown'));
  const settling =
    verdict === 'unknown'
      ? decisive?.decisions[0]
      : (decisive?.decisions.findLast((decision) => decision.verdict === verdict) ?? decisive?.decisions.at(-1));
  return { packet, verdict, steps, decidedBy: settling };
}
