import type { Crossing, Device, NoCrossing, Stage } from '../../parsers/model/device.ts';
import type { RuleList } from '../../parsers/model/rule.ts';
import type { Packet } from '../packet-space/packet.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';
import { alone } from './alone.ts';
import type { EvaluatedCrossing, EvaluationContract, Parts, Permitted, Trace, TraceVerdict } from './evaluation.ts';
import { conditionsOn, partsOf, sortConditions } from './explain.ts';
import { fatesOf } from './fates.ts';
import { legsOf, PathOutcome, type Leg } from './path.ts';
import { RuleTrees, sliceKey, type SliceOrAll } from './rule-tree.ts';
import { ruleEffect, type RuleEffect } from './rule-effect.ts';
import { reachesEnd, ruleStanding, type Replaces, type RuleStanding } from './rule-standing.ts';
import { shadowedRules, type Shadowed } from './shadowed.ts';
import { inSessions } from './sessions.ts';
import type { Shapes } from './shapes.ts';
import type { Slice } from './slice.ts';
import { traceOf, walk } from './trace.ts';
import { OPEN_WORLD, worldsOf, type World } from './world.ts';

/**
 * Evaluates a device in a packet space. Results are kept: crossings with the same stages, and slices with the same
 * remaining rules, share their work. Throws `PacketSpaceFull` when a set outgrows the space.
 */
export function createEvaluation(
  device: Device,
  space: PacketSpace,
  slices: readonly Slice[] = [],
): EvaluationContract {
  return new Evaluation(device, space, slices);
}

class Evaluation implements EvaluationContract {
  readonly device: Device;
  readonly space: PacketSpace;
  private readonly crossings = new Map<string, Evaluated | NoCrossing>();
  private readonly lists = new Map<RuleList, Evaluated>();
  private readonly trees = new Map<string, RuleTrees>();
  private readonly inSessions = new Map<string, Evaluation>();
  private readonly segmentsMatter: boolean;

  private readonly slices: readonly Slice[];

  constructor(device: Device, space: PacketSpace, slices: readonly Slice[]) {
    this.slices = slices;
    this.device = device;
    this.space = space;
    this.segmentsMatter = device.ruleLists.some((list) =>
      list.rules.some(({ from, to, between }) => from !== undefined || to !== undefined || between !== undefined),
    );
  }

  crossing(from: string, to: string): Evaluated | NoCrossing {
    const key = `${from}\n${to}`;
    const known = this.crossings.get(key);
    if (known !== undefined) return known;
    const crossing = this.device.crossing(from, to);
    const evaluated = 'none' in crossing ? crossing : this.evaluated(crossing);
    this.crossings.set(key, evaluated);
    return evaluated;
  }

  list(list: RuleList): Evaluated {
    const known = this.lists.get(list);
    if (known !== undefined) return known;
    const evaluated = this.evaluated(alone(list).crossing);
    this.lists.set(list, evaluated);
    return evaluated;
  }

  trace(crossing: EvaluatedCrossing, packet: Packet): Trace {
    const evaluated = crossing instanceof Evaluated ? crossing : this.evaluated(crossing.crossing);
    return evaluated.trace(packet);
  }

  sessions(application: string, slices: readonly Slice[] = []): EvaluationContract | undefined {
    const known = this.inSessions.get(application);
    if (known !== undefined) return known;
    const device = inSessions(this.device, application);
    if (device === undefined) return undefined;
    const made = new Evaluation(device, this.space, slices);
    this.inSessions.set(application, made);
    return made;
  }

  shadowed(list: RuleList, slice: Slice): readonly Shadowed[] {
    return shadowedRules(this.space, this.treesFor(OPEN_WORLD, undefined, undefined).tree(list, slice));
  }

  effect(crossing: Crossing, stage: Stage, list: RuleList, index: number, slice: Slice): RuleEffect | undefined {
    const rules = this.treesFor(OPEN_WORLD, crossing.from, crossing.to);
    return ruleEffect(this.space, rules, stage, list, index, slice);
  }

  standing(
    crossing: Crossing,
    stage: Stage,
    list: RuleList,
    index: number,
    replaces: Replaces,
  ): RuleStanding | undefined {
    const rules = this.treesFor(OPEN_WORLD, crossing.from, crossing.to);
    return ruleStanding(this.space, rules, stage, list, index, replaces);
  }

  reachesEnd(crossing: Crossing, stage: Stage, list: RuleList): boolean {
    return reachesEnd(this.space, this.treesFor(OPEN_WORLD, crossing.from, crossing.to), stage, list);
  }

  private evaluated(crossing: Crossing): Evaluated {
    const inWorld = (world: World): RuleTrees => this.treesFor(world, crossing.from, crossing.to);
    return new Evaluated(this.space, crossing, this.device.addressView, inWorld);
  }

  /** Crossings share rule trees unless rules name segments. */
  private treesFor(world: World, from: string | undefined, to: string | undefined): RuleTrees {
    const here = this.segmentsMatter && from !== '' ? [from, to] : [undefined, undefined];
    const key = JSON.stringify([...here, ...[...world].sort(([a], [b]) => (a < b ? -1 : 1))]);
    let trees = this.trees.get(key);
    if (trees === undefined)
      this.trees.set(key, (trees = new RuleTrees(this.space, world, here[0], here[1], this.slices)));
    return trees;
  }
}

/** Translations behind the last filter change where packets go, and no verdict. */
function upToLastStage(legs: readonly Leg[]): readonly Leg[] {
  return legs.slice(0, legs.findLastIndex(({ kind }) => kind === 'stage') + 1);
}

class Evaluated implements EvaluatedCrossing {
  readonly crossing: Crossing;
  private readonly space: PacketSpace;
  private readonly addressView: Device['addressView'];
  private readonly open: RuleTrees;
  private readonly paths: readonly PathOutcome[];
  /** All legs of the path; what a traced packet meets. */
  private readonly legs: readonly Leg[];
  /** The legs that sets go through: where rules compare real addresses, translations are already undone. */
  private readonly setLegs: readonly Leg[];
  private readonly known = new Map<string, Permitted>();

  constructor(
    space: PacketSpace,
    crossing: Crossing,
    addressView: Device['addressView'],
    inWorld: (world: World) => RuleTrees,
  ) {
    this.space = space;
    this.crossing = crossing;
    this.addressView = addressView;
    this.legs = legsOf(crossing.steps);
    this.setLegs = addressView === 'real' ? this.legs.filter((leg) => leg.kind === 'stage') : upToLastStage(this.legs);
    this.open = inWorld(OPEN_WORLD);
    this.paths = worldsOf(crossing).map((world) => new PathOutcome(space, inWorld(world), world, this.setLegs));
  }

  permitted(slice: Slice): Permitted {
    return this.permittedIn(slice);
  }

  permittedAll(): Permitted {
    return this.permittedIn('all');
  }

  parts(slice: Slice, set: PacketSet, maxParts: number): Parts {
    return partsOf(this.space, this.open, this.setLegs, slice, set, maxParts);
  }

  conditions(slice: Slice, set: PacketSet): ReturnType<EvaluatedCrossing['conditions']> {
    const onPath = this.crossing.conditions;
    return sortConditions([...onPath, ...conditionsOn(this.space, this.open, this.setLegs, slice, set)]);
  }

  fates(slice: Slice, set: PacketSet, shapes: Shapes): ReadonlyMap<string, PacketSet> | undefined {
    return fatesOf(this.space, this.open, this.setLegs, this.crossing.conditions, slice, set, shapes);
  }

  trace(packet: Packet): Trace {
    const { steps, judged, uncertain } = walk(this.space, this.open, this.legs, packet);
    if (this.addressView === 'arriving') return traceOf(packet, this.verdict(packet), steps);
    const verdict = this.verdict(judged);
    const same = !uncertain || (verdict === this.verdict(packet) && verdict !== 'permit');
    return traceOf(packet, same ? verdict : 'unknown', steps);
  }

  private verdict(packet: Packet): TraceVerdict {
    const { definite, possible } = this.permitted({ protocol: packet.protocol, port: packet.destinationPort });
    if (!this.space.contains(possible, packet)) return 'deny';
    return this.space.contains(definite, packet) ? 'permit' : 'unknown';
  }

  private permittedIn(slice: SliceOrAll): Permitted {
    const key = sliceKey(slice);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const { space } = this;
    let [possible, denied] = [space.none, space.none];
    for (const path of this.paths) {
      const { permits, denies } = path.outcome(slice);
      possible = space.union(possible, permits);
      denied = space.union(denied, denies);
    }
    const definite = this.crossing.conditions.length > 0 ? space.none : space.complement(denied);
    const permitted = { definite, possible };
    this.known.set(key, permitted);
    return permitted;
  }
}
