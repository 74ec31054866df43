import type { Stage } from '../../parsers/model/device.ts';
import type { Rule, RuleList } from '../../parsers/model/rule.ts';
import type { ServiceTerm } from '../../parsers/model/service.ts';
import type { Outcomes, PacketSet, PacketSpace } from '../packet-space/packet-space.ts';
import { takesPartIn, type Slice } from './slice.ts';

/** What surely and what possibly matches. */
export interface Bounds {
  readonly must: PacketSet;
  readonly may: PacketSet;
}

/** Packets of one slice that a stage permits and denies, each in some outcome. */
interface InSlice {
  readonly permits: PacketSet;
  readonly denies: PacketSet;
}

/** What matches a rule in a slice; undefined when it takes no part there. */
type BoundsIn = (rule: Rule, index: number, list: RuleList, slice: Slice) => Bounds | undefined;

interface Run {
  readonly outcomes: Outcomes;
  /** No packet has more than one outcome in any slice. */
  readonly decided: boolean;
}

/**
 * Outcomes of stages in all slices of the audit from one run over their rules. Slices mostly differ in few rules, so
 * working out their address parts once is several times faster than slice by slice (test/bench/DEAD-ENDS.md).
 */
export class SliceOutcomes {
  private readonly space: PacketSpace;
  private readonly slices: readonly Slice[];
  private readonly boundsIn: BoundsIn;
  /** Bit n for slice n. */
  private readonly bits: readonly bigint[];
  private readonly runs = new Map<RuleList, Run>();
  private readonly stages = new Map<Stage, readonly InSlice[]>();

  constructor(space: PacketSpace, slices: readonly Slice[], boundsIn: BoundsIn) {
    this.space = space;
    this.slices = slices;
    this.boundsIn = boundsIn;
    this.bits = slices.map((_, number) => 1n << BigInt(number));
  }

  /** The stage with its default; families it does not apply to pass. */
  stage(stage: Stage): readonly InSlice[] {
    let known = this.stages.get(stage);
    if (known === undefined) this.stages.set(stage, (known = this.outcomes(stage)));
    return known;
  }

  private outcomes(stage: Stage): InSlice[] {
    const { space } = this;
    const everything = (verdict: Stage['otherwise']['verdict'], set: PacketSet): Outcomes =>
      space.rule(verdict, set, set);
    let outcomes =
      stage.family === 'both' ? space.noOutcome : everything('permit', space.complement(space.family(stage.family)));
    let decided = stage.otherwise.verdict !== 'unknown';
    for (const { list } of stage.lists) {
      const run = this.run(list);
      outcomes = space.inOrder(outcomes, run.outcomes);
      decided &&= run.decided;
    }
    outcomes = space.inOrder(outcomes, everything(stage.otherwise.verdict, space.all));
    const numbers = [...this.slices.keys()];
    const permits = space.readInSlices(outcomes, 'permits', numbers);
    const denies = decided
      ? permits.map((set) => space.complement(set))
      : space.readInSlices(outcomes, 'denies', numbers);
    return permits.map((set, number) => ({ permits: set, denies: denies[number] ?? space.none }));
  }

  private run(list: RuleList): Run {
    const known = this.runs.get(list);
    if (known !== undefined) return known;
    let decided = true;
    const rules = list.rules.flatMap((rule, index) => {
      const { kind } = rule.action;
      if (kind === 'continue') return [];
      return this.groups(rule, index, list).map(({ must, may, mask }) => {
        if (must !== may || kind === 'unknown') decided = false;
        return this.space.rule(kind, must, may, mask);
      });
    });
    const run = { outcomes: this.byHalves(rules, 0, rules.length), decided };
    this.runs.set(list, run);
    return run;
  }

  /** The slices that the rule takes part in, together where it matches the same packets. */
  private groups(rule: Rule, index: number, list: RuleList): (Bounds & { readonly mask: bigint })[] {
    const only = rule.match.service.may[0];
    if (only !== undefined && isPlain(rule)) return this.oneGroup(rule, index, list, only);
    const groups: (Bounds & { mask: bigint })[] = [];
    for (const [number, slice] of this.slices.entries()) {
      const bounds = this.boundsIn(rule, index, list, slice);
      if (bounds === undefined) continue;
      const same = groups.find(({ must, may }) => must === bounds.must && may === bounds.may);
      if (same === undefined) groups.push({ ...bounds, mask: this.bits[number] ?? 0n });
      else same.mask |= this.bits[number] ?? 0n;
    }
    return groups;
  }

  /** Most rules: one service and nothing else that depends on the slice, so all slices it takes part in are alike. */
  private oneGroup(
    rule: Rule,
    index: number,
    list: RuleList,
    service: ServiceTerm,
  ): (Bounds & { readonly mask: bigint })[] {
    let mask = 0n;
    let example: Slice | undefined;
    for (const [number, slice] of this.slices.entries()) {
      if (!takesPartIn(service, slice)) continue;
      mask |= this.bits[number] ?? 0n;
      example ??= slice;
    }
    const bounds = example === undefined ? undefined : this.boundsIn(rule, index, list, example);
    return bounds === undefined ? [] : [{ ...bounds, mask }];
  }

  private byHalves(runs: readonly Outcomes[], from: number, to: number): Outcomes {
    if (to - from <= 1) return runs[from] ?? this.space.noOutcome;
    const middle = (from + to) >>> 1;
    return this.space.inOrder(this.byHalves(runs, from, middle), this.byHalves(runs, middle, to));
  }
}

function isPlain(rule: Rule): boolean {
  const { service } = rule.match;
  return rule.also === undefined && service.may === service.must && service.may.length === 1;
}
