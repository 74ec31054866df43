import type { Stage } from '../../parsers/model/device.ts';
import type { MatchExpression, PacketMatch, Rule, RuleList, Tri } from '../../parsers/model/rule.ts';
import type { NumberRange, ServiceSet } from '../../parsers/model/service.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';
import { SliceOutcomes, type Bounds } from './slice-outcomes.ts';
import { sourcePortsIn, type Slice } from './slice.ts';
import { allHold, fieldHolds, type World } from './world.ts';

/**
 * The outcome of a run of rules for packets that arrive at it. `permits`, `denies`: in some outcome. `matches`: in every
 * outcome some rule of the run takes the packet. Leaves are single rules, inner nodes two adjacent runs.
 */
export interface RuleNode {
  readonly id: number;
  readonly permits: PacketSet;
  readonly denies: PacketSet;
  readonly matches: PacketSet;
  readonly leaf?: { readonly rule: Rule; readonly index: number; readonly bounds: Bounds };
  readonly left?: RuleNode;
  readonly right?: RuleNode;
}

/** The whole packet space instead of one slice of it. */
export type SliceOrAll = Slice | 'all';

/**
 * Builds outcome trees of rule lists, for one world and one pair of segments. Adjacent runs combine by halves
 * (`permits = P1 ∪ (P2 \ M1)`), which keeps diagrams small where rule-by-rule accumulation does not; runs that are the
 * same in several slices are computed once.
 */
export class RuleTrees {
  private readonly space: PacketSpace;
  private readonly world: World;
  private readonly from: string | undefined;
  private readonly to: string | undefined;
  private readonly roots = new Map<RuleList, Map<string, RuleNode | undefined>>();
  private readonly leaves = new Map<Rule, Map<string, RuleNode | undefined>>();
  private readonly joined = new Map<number, RuleNode>();
  private nextId = 1;
  /** Numbers of the slices that are worked out together, by key. */
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly together: SliceOutcomes;

  constructor(
    space: PacketSpace,
    world: World,
    from: string | undefined,
    to: string | undefined,
    slices: readonly Slice[],
  ) {
    this.space = space;
    this.world = world;
    this.from = from;
    this.to = to;
    this.numbers = new Map(slices.map((slice, number) => [sliceKey(slice), number]));
    this.together = new SliceOutcomes(
      space,
      slices,
      (rule, index, list, slice) => this.leaf(rule, index, list.family, slice)?.leaf?.bounds,
    );
  }

  /** The outcome of the list in the slice; undefined when none of its rules can match there. */
  tree(list: RuleList, slice: SliceOrAll): RuleNode | undefined {
    let bySlice = this.roots.get(list);
    if (bySlice === undefined) this.roots.set(list, (bySlice = new Map()));
    const key = sliceKey(slice);
    if (bySlice.has(key)) return bySlice.get(key);
    const root = this.build(list, 0, list.rules.length, slice);
    bySlice.set(key, root);
    return root;
  }

  /** The outcome of the stage in one of the slices named at the beginning: all of them are worked out at once. */
  stage(stage: Stage, slice: SliceOrAll): { readonly permits: PacketSet; readonly denies: PacketSet } | undefined {
    const number = this.numbers.get(sliceKey(slice));
    return number === undefined ? undefined : this.together.stage(stage)[number];
  }

  /** What rule `index` of the list matches in the slice, whether it decides or only goes on; undefined: nothing. */
  bounds(list: RuleList, index: number, slice: SliceOrAll): Bounds | undefined {
    const rule = list.rules[index];
    if (rule === undefined || !this.takesPart(rule)) return undefined;
    if (rule.action.kind !== 'continue') return this.leaf(rule, index, list.family, slice)?.leaf?.bounds;
    const bounds = this.within(list.family, this.ruleBounds(rule, slice));
    return this.space.isEmpty(bounds.may) ? undefined : bounds;
  }

  private build(list: RuleList, start: number, end: number, slice: SliceOrAll): RuleNode | undefined {
    if (end - start <= 1) {
      const rule = list.rules[start];
      return end === start || rule === undefined ? undefined : this.leaf(rule, start, list.family, slice);
    }
    const middle = (start + end) >>> 1;
    const left = this.build(list, start, middle, slice);
    const right = this.build(list, middle, end, slice);
    if (left === undefined) return right;
    if (right === undefined) return left;
    return this.join(left, right);
  }

  private join(left: RuleNode, right: RuleNode): RuleNode {
    const key = left.id * 0x4000000 + right.id;
    const known = this.joined.get(key);
    if (known !== undefined) return known;
    const { space } = this;
    const node: RuleNode = {
      id: this.nextId++,
      permits: space.unionOutside(left.permits, right.permits, left.matches),
      denies: space.unionOutside(left.denies, right.denies, left.matches),
      matches: space.union(left.matches, right.matches),
      left,
      right,
    };
    this.joined.set(key, node);
    return node;
  }

  private leaf(rule: Rule, index: number, family: RuleList['family'], slice: SliceOrAll): RuleNode | undefined {
    if (rule.action.kind === 'continue' || !this.takesPart(rule)) return undefined;
    const ports = slice === 'all' ? undefined : sourcePortsIn(rule.match.service.may, slice);
    if (ports?.length === 0) return undefined;
    // A rule that compares only addresses and source ports is the same rule in every slice it matches in.
    const plain = rule.also === undefined && rule.match.service.must === rule.match.service.may;
    const what = plain && ports !== undefined ? portsKey(ports) : sliceKey(slice);
    // The same rule may stand in lists of different families, and at different places of them.
    const key = `${family} ${index} ${what}`;
    let bySlice = this.leaves.get(rule);
    if (bySlice === undefined) this.leaves.set(rule, (bySlice = new Map()));
    if (bySlice.has(key)) return bySlice.get(key);
    const node = this.makeLeaf(rule, index, family, slice);
    bySlice.set(key, node);
    return node;
  }

  /** Whether the rule can match packets between these segments at all. */
  private takesPart({ enabled, match, from, to, between }: Rule): boolean {
    if (!enabled || match.never !== undefined) return false;
    if (excludes(from, this.from) || excludes(to, this.to)) return false;
    return between === undefined || this.from === undefined || (between === 'same-segment') === (this.from === this.to);
  }

  private makeLeaf(rule: Rule, index: number, family: RuleList['family'], slice: SliceOrAll): RuleNode | undefined {
    const bounds = this.within(family, this.ruleBounds(rule, slice));
    if (this.space.isEmpty(bounds.may)) return undefined;
    const { kind } = rule.action;
    const { none } = this.space;
    return {
      id: this.nextId++,
      permits: kind === 'permit' || kind === 'unknown' ? bounds.may : none,
      denies: kind === 'deny' || kind === 'unknown' ? bounds.may : none,
      matches: bounds.must,
      leaf: { rule, index, bounds },
    };
  }

  /** Packets of another family never reach a list of one family, whatever its rules say. */
  private within(family: RuleList['family'], bounds: Bounds): Bounds {
    if (family === 'both') return bounds;
    const reaches = this.space.family(family);
    return { must: this.space.intersect(bounds.must, reaches), may: this.space.intersect(bounds.may, reaches) };
  }

  private ruleBounds(rule: Rule, slice: SliceOrAll): Bounds {
    const { space } = this;
    const holds = allHold(rule.conditions, 'rule', this.world);
    if (holds === false) return { must: space.none, may: space.none };
    let bounds = this.matchBounds(rule.match, slice);
    if (rule.also !== undefined) {
      const also = this.expressionBounds(rule.also, slice);
      bounds = { must: space.intersect(bounds.must, also.must), may: space.intersect(bounds.may, also.may) };
    }
    return holds === true ? bounds : { must: space.none, may: bounds.may };
  }

  private matchBounds(match: PacketMatch, slice: SliceOrAll): Bounds {
    const { space } = this;
    if (match.never !== undefined) return { must: space.none, may: space.none };
    const source = this.decide(match.source, 'source');
    const destination = this.decide(match.destination, 'destination');
    const service = this.decide(match.service, 'service');
    const may = this.match(source.may, destination.may, service.may, slice);
    const exact = source.must === source.may && destination.must === destination.may && service.must === service.may;
    const must = exact ? may : this.match(source.must, destination.must, service.must, slice);
    return { must, may };
  }

  /** The field in this world: its conditions decided where the world decides them. */
  private decide<T>(field: Tri<T>, name: 'source' | 'destination' | 'service'): { must: T; may: T } {
    if (field.must === field.may) return field;
    const holds = fieldHolds(field.conditions, name, this.world);
    if (holds === true) return { must: field.may, may: field.may };
    if (holds === false) return { must: field.must, may: field.must };
    return field;
  }

  private match(
    source: PacketMatch['source']['may'],
    destination: PacketMatch['destination']['may'],
    service: ServiceSet,
    slice: SliceOrAll,
  ): PacketSet {
    if (slice === 'all') return this.space.box(source, destination, service);
    const ports = sourcePortsIn(service, slice);
    return ports.length === 0 ? this.space.none : this.space.flow(source, destination, ports);
  }

  private expressionBounds(expression: MatchExpression, slice: SliceOrAll): Bounds {
    const { space } = this;
    switch (expression.kind) {
      case 'all': {
        let [must, may] = [space.all, space.all];
        for (const part of expression.of) {
          const bounds = this.expressionBounds(part, slice);
          must = space.intersect(must, bounds.must);
          may = space.intersect(may, bounds.may);
        }
        return { must, may };
      }
      case 'any': {
        let [must, may] = [space.none, space.none];
        for (const part of expression.of) {
          const bounds = this.expressionBounds(part, slice);
          must = space.union(must, bounds.must);
          may = space.union(may, bounds.may);
        }
        return { must, may };
      }
      case 'not': {
        const bounds = this.expressionBounds(expression.of, slice);
        return { must: space.complement(bounds.may), may: space.complement(bounds.must) };
      }
      case 'match':
        return this.matchBounds(expression.match, slice);
      case 'permitted-by': {
        const tree = this.tree(expression.list, slice);
        if (tree === undefined) return { must: space.none, may: space.none };
        // Permitted in every outcome: surely taken by some rule, and by no rule that denies.
        return { must: space.subtract(tree.matches, tree.denies), may: tree.permits };
      }
      case 'undecided':
        return this.undecidedBounds(expression);
    }
  }

  private undecidedBounds(expression: Extract<MatchExpression, { kind: 'undecided' }>): Bounds {
    const { space } = this;
    const holds = allHold([expression.condition], 'rule', this.world);
    if (holds === undefined) return { must: space.none, may: space.all };
    return holds ? { must: space.all, may: space.all } : { must: space.none, may: space.none };
  }
}

export function sliceKey(slice: SliceOrAll): string {
  return slice === 'all' ? 'all' : `${slice.protocol}/${slice.port}`;
}

function excludes(names: readonly string[] | undefined, segment: string | undefined): boolean {
  return names !== undefined && segment !== undefined && !names.includes(segment);
}

function portsKey(ports: readonly NumberRange[]): string {
  if (ports.length === 1 && ports[0]?.first === 0 && ports[0].last === 65535) return '*';
  return ports.map((range) => `${range.first}-${range.last}`).join(',');
}
