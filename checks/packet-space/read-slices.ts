import { SLICE_LEVELS } from './levels.ts';
import type { OutcomeOperations } from './outcome-operations.ts';
import type { OutcomeReading } from './packet-space.ts';
import { isEnd } from './set-operations.ts';

/**
 * One reading of an outcome diagram for many slices. Its nodes are listed once, children before parents, so that a slice
 * is one pass over the list; walking the diagram for each slice took longer than combining the rules.
 */
export function readSlices(
  sets: OutcomeOperations,
  outcome: number,
  reading: OutcomeReading,
  slices: readonly number[],
): number[] {
  const nodes = new NodeList(sets, outcome);
  const levels = Int32Array.from(nodes.inner, (node) => sets.level(node));
  const lows = Int32Array.from(nodes.inner, (node) => nodes.place(sets.low(node)));
  const highs = Int32Array.from(nodes.inner, (node) => nodes.place(sets.high(node)));
  const results = new Int32Array(nodes.size);
  const root = nodes.place(outcome);
  const known = new Map<string, number>();
  return slices.map((slice) => {
    const ends = [...nodes.outer.keys()].map((node) => sets.read(node, reading, slice));
    // Slices in which every end means the same have the same result.
    const key = ends.join('');
    const before = known.get(key);
    if (before !== undefined) return before;
    results.set(ends, levels.length);
    for (let place = 0; place < levels.length; place++) {
      const low = results[lows[place] as number] as number;
      const high = results[highs[place] as number] as number;
      results[place] = sets.node(levels[place] as number, low, high);
    }
    const result = results[root] as number;
    known.set(key, result);
    return result;
  });
}

/** The nodes of a diagram, each with a place. */
class NodeList {
  /** Nodes that test header fields, by number: a node is always younger than its children. Their places come first. */
  readonly inner: Int32Array;
  /** Ends and nodes that test the slice, with their places, which come last and in this order. */
  readonly outer = new Map<number, number>();
  /** One bit for each node number: whether it is in `inner`. */
  private readonly bits: Int32Array;
  /** How many inner nodes have numbers below those of each word of bits. */
  private readonly before: Int32Array;

  constructor(sets: OutcomeOperations, root: number) {
    this.bits = new Int32Array((root >>> 5) + 1);
    const outer = new Set<number>();
    const open = [root];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (isEnd(node) || sets.level(node) >= SLICE_LEVELS.top) {
        outer.add(node);
        continue;
      }
      const word = this.bits[node >>> 5] as number;
      const bit = 1 << (node & 31);
      if ((word & bit) !== 0) continue;
      this.bits[node >>> 5] = word | bit;
      open.push(sets.high(node), sets.low(node));
    }
    this.before = new Int32Array(this.bits.length);
    let count = 0;
    for (const [index, word] of this.bits.entries()) {
      this.before[index] = count;
      count += ones(word);
    }
    this.inner = new Int32Array(count);
    for (const [index, word] of this.bits.entries()) {
      let place = this.before[index] as number;
      for (let left = word; left !== 0; left &= left - 1)
        this.inner[place++] = 32 * index + 31 - Math.clz32(left & -left);
    }
    for (const node of outer) this.outer.set(node, count++);
  }

  get size(): number {
    return this.inner.length + this.outer.size;
  }

  place(node: number): number {
    const outer = this.outer.get(node);
    if (outer !== undefined) return outer;
    const below = (this.bits[node >>> 5] as number) & ((1 << (node & 31)) - 1);
    return (this.before[node >>> 5] as number) + ones(below);
  }
}

/** Bits that are set in a word of 32. */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
