import type { Condition } from '../../parsers/model/condition.ts';
import type { Binding, Crossing, Device, NoCrossing, Stage, StageDefault } from '../../parsers/model/device.ts';
import type { Rule, RuleList } from '../../parsers/model/rule.ts';
import type { Translation } from '../../parsers/model/nat.ts';
import type { Packet } from '../packet-space/packet.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';
import type { RuleEffect } from './rule-effect.ts';
import type { Replaces, RuleStanding } from './rule-standing.ts';
import type { Shapes } from './shapes.ts';
import type { Slice } from './slice.ts';

/** What one stage did with a part of the packets. */
export type Decision =
  | {
      readonly kind: 'rule';
      readonly verdict: 'permit' | 'deny' | 'unknown';
      readonly stage: Stage;
      readonly list: RuleList;
      readonly binding: Binding;
      readonly rule: Rule;
    }
  | {
      readonly kind: 'default';
      readonly verdict: 'permit' | 'deny' | 'unknown';
      readonly stage: Stage;
      readonly otherwise: StageDefault;
    };

/** `definite ⊆ possible`: permitted in every, in some outcome of what the text leaves open. */
export interface Permitted {
  readonly definite: PacketSet;
  readonly possible: PacketSet;
}

/** Packets that the same decisions let through: one for each stage in the order of the path, incidental stages that let them pass left out. */
export interface Part {
  readonly set: PacketSet;
  readonly decisions: readonly Decision[];
}

export interface Parts {
  /** Sorted by the position of their deciding rules. Disjoint when nothing is undecided. */
  readonly parts: readonly Part[];
  /** True when there are more parts than asked for. */
  readonly truncated: boolean;
}

/** A crossing whose permitted sets are computed on demand, slice by slice, and kept. */
export interface EvaluatedCrossing {
  readonly crossing: Crossing;
  /** Permitted packets of the slice, over family, source, destination, source port; protocol and port are left free. */
  permitted(slice: Slice): Permitted;
  /** Permitted packets of every protocol and port: all fields are meant. Costs far more than a slice. */
  permittedAll(): Permitted;
  /** `set`, a part of `possible`, split by the rules and defaults that may permit it. */
  parts(slice: Slice, set: PacketSet, maxParts: number): Parts;
  /** What leaves packets of `set` undecided: conditions of the rules that touch it, sorted, each once. */
  conditions(slice: Slice, set: PacketSet): readonly Condition[];
  /**
   * `set` split by what decides its packets and what is open about that: packets with one key, on this crossing or on another
   * one in the same space, have the same fate in every outcome. Keys that differ say nothing. Undefined: too many pieces.
   */
  fates(slice: Slice, set: PacketSet, shapes: Shapes): ReadonlyMap<string, PacketSet> | undefined;
}

export type TraceVerdict = 'permit' | 'deny' | 'unknown';

/** A stage or translation that a traced packet met, in order. */
export type TraceStep =
  | {
      readonly kind: 'stage';
      readonly verdict: TraceVerdict;
      /** The rule or default that decides; where undecided, first the ones that may decide before it. */
      readonly decisions: readonly Decision[];
      readonly conditions: readonly Condition[];
    }
  | { readonly kind: 'translation'; readonly translation: Translation; readonly after: Packet };

export interface Trace {
  readonly packet: Packet;
  readonly verdict: TraceVerdict;
  readonly steps: readonly TraceStep[];
  /** The decision that settles the verdict: of the stage that denies, else of the last stage with a rule list. */
  readonly decidedBy: Decision | undefined;
}

/** Everything evaluated of one device, in one packet space. */
export interface EvaluationContract {
  readonly device: Device;
  readonly space: PacketSpace;
  crossing(from: string, to: string): EvaluatedCrossing | NoCrossing;
  /** One rule list on its own, as if bound alone; its end denies. */
  list(list: RuleList): EvaluatedCrossing;
  trace(crossing: EvaluatedCrossing, packet: Packet): Trace;
  /**
   * The device as sessions of an application meet it; `slices` are worked out together. Undefined for a device that
   * recognises none.
   */
  sessions(application: string, slices?: readonly Slice[]): EvaluationContract | undefined;
  /** Rules of the list that can decide no packet of the slice, with the earlier rules that take their packets. */
  shadowed(list: RuleList, slice: Slice): readonly { readonly rule: Rule; readonly by: readonly Rule[] }[];
  /** What rule `index` of a list of the stage does on a crossing; undefined where it can match no packet of the slice. */
  effect(crossing: Crossing, stage: Stage, list: RuleList, index: number, slice: Slice): RuleEffect | undefined;
  /**
   * How rule `index` of a list of the stage stands among the others, over every protocol and port; undefined where it can
   * match no packet of the crossing. The first question builds sets of the whole list: seconds for 10,000 rules.
   */
  standing(
    crossing: Crossing,
    stage: Stage,
    list: RuleList,
    index: number,
    replaces: Replaces,
  ): RuleStanding | undefined;
  /** Whether packets of the crossing may come to the end of a list of the stage. */
  reachesEnd(crossing: Crossing, stage: Stage, list: RuleList): boolean;
}
