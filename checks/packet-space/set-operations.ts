import { FIRST_NODE, mix, NodeTable } from './node-table.ts';

export const EMPTY = 0;
export const FULL = 1;

const UNION = 1;
const INTERSECT = 2;
const SUBTRACT = 3;
const INTERSECTS = 4;
const SUBSET = 5;
const CONTINUE_WITH = 6;

const START_CACHE = 1 << 10;
const LARGEST_CACHE = 1 << 21;

/** How many results to remember beside so many nodes: a power of two. */
export function cacheEntries(nodes: number): number {
  return Math.min(LARGEST_CACHE, 1 << (31 - Math.clz32(nodes)));
}

/**
 * Boolean algebra over diagrams. Results are remembered in direct-mapped caches that overwrite: a lost entry costs time,
 * never correctness.
 */
export class SetOperations extends NodeTable {
  /** First operand, second operand, operation, result. Operation 0 marks a free entry. */
  private pairs = new Int32Array(4 * START_CACHE);
  private pairMask = START_CACHE - 1;
  /** The three operands of `unionOutside` and its result. First operand 0 (never stored) marks a free entry. */
  private triples = new Int32Array(4 * START_CACHE);
  private tripleMask = START_CACHE - 1;

  get cacheBytes(): number {
    return this.pairs.byteLength + this.triples.byteLength;
  }

  protected override grown(capacity: number): void {
    const entries = cacheEntries(capacity);
    if (entries <= this.pairMask + 1) return;
    this.pairs = new Int32Array(4 * entries);
    this.pairMask = entries - 1;
    this.triples = new Int32Array(4 * entries);
    this.tripleMask = entries - 1;
  }

  union(a: number, b: number): number {
    if (a === b || b === EMPTY) return a;
    if (a === EMPTY) return b;
    if (a === FULL || b === FULL) return FULL;
    if (a > b) return this.unionOrdered(b, a);
    return this.unionOrdered(a, b);
  }

  private unionOrdered(a: number, b: number): number {
    const known = this.recall(UNION, a, b);
    if (known >= 0) return known;
    const words = this.words;
    const levelA = words[4 * a] as number;
    const levelB = words[4 * b] as number;
    const level = levelA < levelB ? levelA : levelB;
    let lowA = a;
    let highA = a;
    let lowB = b;
    let highB = b;
    if (levelA === level) {
      lowA = words[4 * a + 1] as number;
      highA = words[4 * a + 2] as number;
    }
    if (levelB === level) {
      lowB = words[4 * b + 1] as number;
      highB = words[4 * b + 2] as number;
    }
    const low = this.union(lowA, lowB);
    return this.remember(UNION, a, b, this.node(level, low, this.union(highA, highB)));
  }

  intersect(a: number, b: number): number {
    if (a === b || b === FULL) return a;
    if (a === FULL) return b;
    if (a === EMPTY || b === EMPTY) return EMPTY;
    if (a > b) return this.intersectOrdered(b, a);
    return this.intersectOrdered(a, b);
  }

  private intersectOrdered(a: number, b: number): number {
    const known = this.recall(INTERSECT, a, b);
    if (known >= 0) return known;
    const words = this.words;
    const levelA = words[4 * a] as number;
    const levelB = words[4 * b] as number;
    const level = levelA < levelB ? levelA : levelB;
    let lowA = a;
    let highA = a;
    let lowB = b;
    let highB = b;
    if (levelA === level) {
      lowA = words[4 * a + 1] as number;
      highA = words[4 * a + 2] as number;
    }
    if (levelB === level) {
      lowB = words[4 * b + 1] as number;
      highB = words[4 * b + 2] as number;
    }
    const low = this.intersect(lowA, lowB);
    return this.remember(INTERSECT, a, b, this.node(level, low, this.intersect(highA, highB)));
  }

  subtract(a: number, b: number): number {
    if (a === EMPTY || b === FULL || a === b) return EMPTY;
    if (b === EMPTY) return a;
    const known = this.recall(SUBTRACT, a, b);
    if (known >= 0) return known;
    const words = this.words;
    const levelA = words[4 * a] as number;
    const levelB = words[4 * b] as number;
    const level = levelA < levelB ? levelA : levelB;
    let lowA = a;
    let highA = a;
    let lowB = b;
    let highB = b;
    if (levelA === level) {
      lowA = words[4 * a + 1] as number;
      highA = words[4 * a + 2] as number;
    }
    if (levelB === level) {
      lowB = words[4 * b + 1] as number;
      highB = words[4 * b + 2] as number;
    }
    const low = this.subtract(lowA, lowB);
    return this.remember(SUBTRACT, a, b, this.node(level, low, this.subtract(highA, highB)));
  }

  /** `a ∪ (b \ m)` in one pass. */
  unionOutside(a: number, b: number, m: number): number {
    if (a === FULL || m === FULL || b === EMPTY || b === m || a === b) return a;
    if (m === EMPTY || a === m) return this.union(a, b);
    if (a === EMPTY) return this.subtract(b, m);
    const entry = 4 * (mix(a, b, m) & this.tripleMask);
    const triples = this.triples;
    if (triples[entry] === a && triples[entry + 1] === b && triples[entry + 2] === m)
      return triples[entry + 3] as number;
    const words = this.words;
    const levelA = words[4 * a] as number;
    const levelB = words[4 * b] as number;
    const levelM = words[4 * m] as number;
    let level = levelA < levelB ? levelA : levelB;
    if (levelM < level) level = levelM;
    let lowA = a;
    let highA = a;
    let lowB = b;
    let highB = b;
    let lowM = m;
    let highM = m;
    if (levelA === level) {
      lowA = words[4 * a + 1] as number;
      highA = words[4 * a + 2] as number;
    }
    if (levelB === level) {
      lowB = words[4 * b + 1] as number;
      highB = words[4 * b + 2] as number;
    }
    if (levelM === level) {
      lowM = words[4 * m + 1] as number;
      highM = words[4 * m + 2] as number;
    }
    const low = this.unionOutside(lowA, lowB, lowM);
    const result = this.node(level, low, this.unionOutside(highA, highB, highM));
    // The cache may have been replaced by a larger one meanwhile.
    const place = 4 * (mix(a, b, m) & this.tripleMask);
    this.triples[place] = a;
    this.triples[place + 1] = b;
    this.triples[place + 2] = m;
    this.triples[place + 3] = result;
    return result;
  }

  /** `node` with its full end replaced by `next`, whose tests all lie below those of `node`. */
  continueWith(node: number, next: number): number {
    if (next === FULL || node === EMPTY) return node;
    if (next === EMPTY) return EMPTY;
    if (node === FULL) return next;
    const known = this.recall(CONTINUE_WITH, node, next);
    if (known >= 0) return known;
    const level = this.level(node);
    const high = this.high(node);
    const low = this.continueWith(this.low(node), next);
    return this.remember(CONTINUE_WITH, node, next, this.node(level, low, this.continueWith(high, next)));
  }

  isSubset(a: number, b: number): boolean {
    if (a === EMPTY || b === FULL || a === b) return true;
    if (b === EMPTY || a === FULL) return false;
    const known = this.recall(SUBSET, a, b);
    if (known >= 0) return known === 1;
    const levelA = this.level(a);
    const levelB = this.level(b);
    const level = Math.min(levelA, levelB);
    const holds =
      this.isSubset(levelA === level ? this.low(a) : a, levelB === level ? this.low(b) : b) &&
      this.isSubset(levelA === level ? this.high(a) : a, levelB === level ? this.high(b) : b);
    this.remember(SUBSET, a, b, holds ? 1 : 0);
    return holds;
  }

  intersects(a: number, b: number): boolean {
    if (a === EMPTY || b === EMPTY) return false;
    if (a === FULL || b === FULL || a === b) return true;
    const known = this.recall(INTERSECTS, a, b);
    if (known >= 0) return known === 1;
    const levelA = this.level(a);
    const levelB = this.level(b);
    const level = Math.min(levelA, levelB);
    const holds =
      this.intersects(levelA === level ? this.low(a) : a, levelB === level ? this.low(b) : b) ||
      this.intersects(levelA === level ? this.high(a) : a, levelB === level ? this.high(b) : b);
    this.remember(INTERSECTS, a, b, holds ? 1 : 0);
    return holds;
  }

  /** The union of all, by halves: cheaper than one after the other. */
  unionAll(sets: readonly number[], from = 0, to = sets.length): number {
    if (to - from <= 1) return sets[from] ?? EMPTY;
    const middle = (from + to) >>> 1;
    return this.union(this.unionAll(sets, from, middle), this.unionAll(sets, middle, to));
  }

  protected recall(operation: number, a: number, b: number): number {
    const entry = 4 * (mix(operation, a, b) & this.pairMask);
    const pairs = this.pairs;
    if (pairs[entry] === a && pairs[entry + 1] === b && pairs[entry + 2] === operation)
      return pairs[entry + 3] as number;
    return -1;
  }

  protected remember(operation: number, a: number, b: number, result: number): number {
    const entry = 4 * (mix(operation, a, b) & this.pairMask);
    const pairs = this.pairs;
    pairs[entry] = a;
    pairs[entry + 1] = b;
    pairs[entry + 2] = operation;
    pairs[entry + 3] = result;
    return result;
  }
}

/** Whether a node number is an end of diagrams. */
export function isEnd(node: number): boolean {
  return node < FIRST_NODE;
}
