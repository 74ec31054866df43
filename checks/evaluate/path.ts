import type { Stage, Step } from '../../parsers/model/device.ts';
import type { Translation } from '../../parsers/model/nat.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';
import { sliceKey, type RuleTrees, type SliceOrAll } from './rule-tree.ts';
import { stageOutcome, type Outcome } from './stage-outcome.ts';
import { applyTranslation, type Applied } from './translate.ts';
import { allHold, type World } from './world.ts';

/**
 * A run of steps: one stage, or neighbouring translations of one side, of which the first that applies rewrites the
 * packet.
 */
export type Leg =
  | { readonly kind: 'stage'; readonly stage: Stage }
  | { readonly kind: 'translations'; readonly of: readonly Translation[] };

/** Legs of a path. Neighbouring translations of one side are alternatives; of two sides both apply. */
export function legsOf(steps: readonly Step[]): Leg[] {
  const legs: Leg[] = [];
  let open: Translation[] | undefined;
  for (const step of steps) {
    if (step.kind === 'stage') {
      legs.push({ kind: 'stage', stage: step.stage });
      open = undefined;
      continue;
    }
    const first = open?.[0];
    if (open !== undefined && first !== undefined && rewritesSource(first) === rewritesSource(step.translation)) {
      open.push(step.translation);
    } else legs.push({ kind: 'translations', of: (open = [step.translation]) });
  }
  return legs;
}

function rewritesSource(translation: Translation): boolean {
  return translation.kind === 'static-source' || translation.kind === 'dynamic-source';
}

/** A way through neighbouring translations: the packets that take it, and what becomes of them. */
export interface Branch extends Applied {
  /** Absent: none takes the packets. */
  readonly translation?: Translation;
}

/** The translations that may take packets in the slice, first match first, and last the packets none surely takes. */
export function branchesOf(
  space: PacketSpace,
  world: World,
  translations: readonly Translation[],
  slice: SliceOrAll,
): readonly Branch[] {
  const branches: Branch[] = [];
  let untouched = space.all;
  for (const translation of translations) {
    const holds = allHold(translation.conditions, 'rule', world);
    const applied = holds === false ? undefined : applyTranslation(space, translation, slice);
    if (applied === undefined) continue;
    branches.push({ ...applied, translation, matched: space.intersect(untouched, applied.matched) });
    if (holds === true && translation.kind !== 'unmodelled') untouched = space.subtract(untouched, applied.matched);
  }
  const same = (set: PacketSet): PacketSet => set;
  branches.push({ matched: untouched, next: slice, back: same, forward: same });
  return branches;
}

/**
 * Outcomes of a path for the packets that arrive at its beginning. Walks backwards: what the rest of the path does is
 * known first, and a translation asks which packets it turns into those.
 */
export class PathOutcome {
  private readonly space: PacketSpace;
  private readonly rules: RuleTrees;
  private readonly world: World;
  private readonly legs: readonly Leg[];
  private readonly known = new Map<string, Outcome>();

  constructor(space: PacketSpace, rules: RuleTrees, world: World, legs: readonly Leg[]) {
    this.space = space;
    this.rules = rules;
    this.world = world;
    this.legs = legs;
  }

  outcome(slice: SliceOrAll): Outcome {
    return this.from(0, slice);
  }

  private from(index: number, slice: SliceOrAll): Outcome {
    const leg = this.legs[index];
    const { space } = this;
    if (leg === undefined) return { permits: space.all, denies: space.none };
    const key = `${index} ${sliceKey(slice)}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const outcome = leg.kind === 'stage' ? this.stage(leg.stage, index, slice) : this.translated(leg.of, index, slice);
    this.known.set(key, outcome);
    return outcome;
  }

  private stage(stage: Stage, index: number, slice: SliceOrAll): Outcome {
    const { space } = this;
    const here = stageOutcome(space, this.rules, stage, slice);
    const rest = this.from(index + 1, slice);
    return {
      permits: space.intersect(here.permits, rest.permits),
      // Packets that this stage surely denies never see the rest, which changes nothing: they are denied either way.
      denies: space.union(here.denies, rest.denies),
    };
  }

  private translated(translations: readonly Translation[], index: number, slice: SliceOrAll): Outcome {
    const { space } = this;
    let [permits, denies] = [space.none, space.none];
    for (const branch of branchesOf(space, this.world, translations, slice)) {
      const rest = this.from(index + 1, branch.next);
      permits = space.union(permits, space.intersect(branch.matched, branch.back(rest.permits)));
      denies = space.union(denies, space.intersect(branch.matched, branch.back(rest.denies)));
    }
    return { permits, denies };
  }
}
