import type { Condition } from '../../parsers/model/condition.ts';
import type { Stage } from '../../parsers/model/device.ts';
import type { Rule } from '../../parsers/model/rule.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';
import { branchesOf, type Branch, type Leg } from './path.ts';
import type { RuleNode, RuleTrees } from './rule-tree.ts';
import type { Shapes } from './shapes.ts';
import type { Slice } from './slice.ts';
import { stageTrees } from './stage-outcome.ts';
import { OPEN_WORLD } from './world.ts';

/** More pieces than these are not told apart. */
const MAX_PIECES = 500;

/** A set split by keys. */
type Pieces = Map<string, PacketSet>;

/** Stands behind each open rule of a key; names in it are escaped and hold none. */
const NEXT = '\n';

const PERMIT = 'permit';
const DENY = 'deny';

/**
 * `set` split by the open questions that its packets meet, in order, and the verdict of each. A key holds all that the fate of
 * its packets depends on, so the same key on two paths is the same fate in every outcome, given that a condition of one kind
 * and name is the same fact on both. Undefined: more than `MAX_PIECES` pieces.
 */
export function fatesOf(
  space: PacketSpace,
  rules: RuleTrees,
  legs: readonly Leg[],
  conditions: readonly Condition[],
  slice: Slice,
  set: PacketSet,
  shapes: Shapes,
): ReadonlyMap<string, PacketSet> | undefined {
  try {
    const pieces = new Fates(space, rules, legs, shapes).from(0, slice, set);
    const path = shapes.facts(conditions);
    return new Map([...pieces].map(([key, piece]) => [`${path} ${key}`, piece]));
  } catch (error) {
    if (error instanceof TooManyPieces) return undefined;
    throw error;
  }
}

class TooManyPieces extends Error {}

class Fates {
  private readonly space: PacketSpace;
  private readonly rules: RuleTrees;
  private readonly legs: readonly Leg[];
  private readonly shapes: Shapes;

  constructor(space: PacketSpace, rules: RuleTrees, legs: readonly Leg[], shapes: Shapes) {
    this.space = space;
    this.rules = rules;
    this.legs = legs;
    this.shapes = shapes;
  }

  /** Fates of packets as they arrive at a leg. */
  from(index: number, slice: Branch['next'], set: PacketSet): Pieces {
    const { space } = this;
    const leg = this.legs[index];
    if (leg === undefined || space.isEmpty(set)) return new Map(space.isEmpty(set) ? [] : [[PERMIT, set]]);
    if (leg.kind === 'translations') return this.translated(leg, index, slice, set);
    const both: Pieces = new Map();
    for (const [here, arriving] of this.inStage(leg.stage, slice, set)) {
      if (here === DENY) this.add(both, DENY, arriving);
      else {
        for (const [rest, piece] of this.from(index + 1, slice, arriving)) this.add(both, inOrder(here, rest), piece);
      }
    }
    return both;
  }

  private inStage(stage: Stage, slice: Branch['next'], set: PacketSet): Pieces {
    const { space } = this;
    const done: Pieces = new Map();
    const applies = stage.family === 'both' ? set : space.intersect(set, space.family(stage.family));
    this.add(done, PERMIT, space.subtract(set, applies));
    let open: Pieces = new Map([['', applies]]);
    for (const tree of stageTrees(space, this.rules, stage, slice).trees) {
      if (tree !== undefined) open = this.through(tree, open, done);
    }
    const { verdict, reason } = stage.otherwise;
    const end = verdict === 'unknown' ? `default ${JSON.stringify(reason)}` : verdict;
    for (const [before, piece] of open) this.add(done, decided(before, end), piece);
    return done;
  }

  /** What the rules of a node leave over, by the open rules met so far; what they surely take goes to `done`. */
  private through(node: RuleNode, open: Pieces, done: Pieces): Pieces {
    const { space } = this;
    const left: Pieces = new Map();
    const split = new Map<string, PacketSet>();
    for (const [before, piece] of open) {
      const touched = space.intersects(piece, node.permits) || space.intersects(piece, node.denies);
      if (touched) split.set(before, piece);
      else this.add(left, before, piece);
    }
    if (split.size === 0) return left;
    if (this.isDecided(node)) {
      for (const [before, piece] of split) {
        this.add(done, decided(before, PERMIT), space.intersect(piece, node.permits));
        this.add(done, decided(before, DENY), space.intersect(piece, node.denies));
        this.add(left, before, space.subtract(piece, node.matches));
      }
      return left;
    }
    if (node.leaf !== undefined) {
      this.throughRule(node.leaf, split, left, done);
      return left;
    }
    if (node.left === undefined || node.right === undefined) return left;
    for (const [before, piece] of this.through(node.right, this.through(node.left, split, done), done)) {
      this.add(left, before, piece);
    }
    return left;
  }

  private throughRule(
    { rule, bounds }: NonNullable<RuleNode['leaf']>,
    split: Pieces,
    left: Pieces,
    done: Pieces,
  ): void {
    const { space } = this;
    const { kind } = rule.action;
    const verdict = kind === 'unknown' ? `unread ${JSON.stringify(rule.text)}` : kind;
    const question = this.questionOf(rule);
    for (const [before, piece] of split) {
      this.add(done, decided(before, verdict), space.intersect(piece, bounds.must));
      const maybe = space.subtract(space.intersect(piece, bounds.may), bounds.must);
      this.add(left, `${before}${verdict} if ${question}${NEXT}`, maybe);
      this.add(left, before, space.subtract(piece, bounds.may));
    }
  }

  /** No packet has two fates in it. */
  private isDecided({ permits, denies, matches }: RuleNode): boolean {
    const { space } = this;
    return !space.intersects(permits, denies) && space.union(permits, denies) === matches;
  }

  /**
   * What has to hold for a rule to match packets that it may match. Where a rule rests on one thing only, that is the question
   * for all of them; else which of them is open differs by packet, and the rule as a whole is the question.
   */
  private questionOf({ match, also, conditions }: Rule): string {
    const fields = (['source', 'destination', 'service'] as const).filter(
      (name) => match[name].must !== match[name].may,
    );
    const [field] = fields;
    if (also === undefined && field === undefined) return this.shapes.facts(conditions);
    const isOne = also === undefined && fields.length === 1 && conditions.length === 0;
    if (isOne && field !== undefined && match[field].conditions.length > 0) {
      return `${field} ${this.shapes.facts(match[field].conditions)}`;
    }
    return `${this.shapes.of([match, also ?? [], conditions])}`;
  }

  /** A packet that may go several ways has the fates of all of them in its key. */
  private translated(
    leg: Extract<Leg, { kind: 'translations' }>,
    index: number,
    slice: Branch['next'],
    set: PacketSet,
  ): Pieces {
    const { space } = this;
    let pieces: Pieces = new Map([['', set]]);
    for (const branch of branchesOf(space, OPEN_WORLD, leg.of, slice)) {
      const taken = space.intersect(set, branch.matched);
      if (space.isEmpty(taken)) continue;
      const fates = [...this.from(index + 1, branch.next, branch.forward(taken))];
      for (const [rest, after] of fates.sort(([a], [b]) => (a < b ? -1 : 1))) {
        const here = space.intersect(taken, branch.back(after));
        const way = this.wayOf(branch, after);
        const next: Pieces = new Map();
        for (const [before, piece] of pieces) {
          this.add(
            next,
            before === '' && way === '' ? rest : `${before} way ${way} (${rest})`,
            space.intersect(piece, here),
          );
          this.add(next, before, space.subtract(piece, here));
        }
        pieces = next;
      }
    }
    return pieces;
  }

  /** Empty for what surely happens and turns one packet into one. Else what leaves open where packets go, and those that get there. */
  private wayOf({ translation }: Branch, after: PacketSet): string {
    if (translation === undefined) return '';
    if (translation.kind === 'dynamic-source' || translation.kind === 'unmodelled') {
      return `${this.shapes.of(translation)} to ${after}`;
    }
    return translation.conditions.length === 0 ? '' : `if ${this.shapes.facts(translation.conditions)}`;
  }

  private add(pieces: Pieces, key: string, piece: PacketSet): void {
    if (this.space.isEmpty(piece)) return;
    const known = pieces.get(key);
    pieces.set(key, known === undefined ? piece : this.space.union(known, piece));
    if (pieces.size > MAX_PIECES) throw new TooManyPieces();
  }
}

function inOrder(here: string, rest: string): string {
  if (rest === DENY || here === PERMIT) return rest;
  return rest === PERMIT ? here : `${here} then ${rest}`;
}

/** Open rules before a sure one of the same verdict change nothing. */
function decided(before: string, verdict: string): string {
  const open = before.split(NEXT).slice(0, -1);
  while (open.at(-1)?.startsWith(`${verdict} if `) === true) open.pop();
  return [...open, verdict].join(NEXT);
}
