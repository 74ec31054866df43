import { END_LEVEL } from './levels.ts';
import { PacketSpaceFull } from './packet-space.ts';

/** Node numbers below this are ends of diagrams, not tests. 0 is the empty set, 1 the full set. */
export const FIRST_NODE = 8;

const START_CAPACITY = 1 << 10;

/**
 * The shared store of decision-diagram nodes. A node is four words: level, child for bit 0, child for bit 1, next node
 * with the same hash. Equal nodes are one node, so equal sets are equal numbers.
 */
export class NodeTable {
  /** Four words a node. Replaced when it grows: read the field again after anything that may add nodes. */
  protected words: Int32Array;
  private buckets: Int32Array;
  private bucketMask: number;
  private capacity: number;
  private size = FIRST_NODE;
  private readonly maxNodes: number;

  constructor(maxNodes: number) {
    this.maxNodes = Math.max(maxNodes, FIRST_NODE);
    this.capacity = Math.min(START_CAPACITY, this.maxNodes);
    this.words = new Int32Array(4 * this.capacity);
    this.buckets = new Int32Array(START_CAPACITY);
    this.bucketMask = START_CAPACITY - 1;
    for (let end = 0; end < FIRST_NODE; end++) this.words[4 * end] = END_LEVEL;
  }

  get nodeCount(): number {
    return this.size;
  }

  get nodeBytes(): number {
    return this.words.byteLength + this.buckets.byteLength;
  }

  level(node: number): number {
    return this.words[4 * node] as number;
  }

  low(node: number): number {
    return this.words[4 * node + 1] as number;
  }

  high(node: number): number {
    return this.words[4 * node + 2] as number;
  }

  /** The node that tests `level`; both children must lie below it. */
  node(level: number, low: number, high: number): number {
    if (low === high) return low;
    const hash = mix(level, low, high);
    const words = this.words;
    let found = this.buckets[hash & this.bucketMask] as number;
    while (found !== 0) {
      const at = 4 * found;
      if (words[at + 1] === low && words[at + 2] === high && words[at] === level) return found;
      found = words[at + 3] as number;
    }
    return this.add(hash, level, low, high);
  }

  private add(hash: number, level: number, low: number, high: number): number {
    if (this.size === this.capacity) this.grow();
    const node = this.size++;
    const words = this.words;
    const at = 4 * node;
    const slot = hash & this.bucketMask;
    words[at] = level;
    words[at + 1] = low;
    words[at + 2] = high;
    words[at + 3] = this.buckets[slot] as number;
    this.buckets[slot] = node;
    return node;
  }

  private grow(): void {
    if (this.capacity >= this.maxNodes) {
      throw new PacketSpaceFull(`the packet sets need more than ${this.maxNodes} decision-diagram nodes`);
    }
    const capacity = Math.min(2 * this.capacity, this.maxNodes);
    const words = new Int32Array(4 * capacity);
    words.set(this.words);
    this.words = words;
    this.capacity = capacity;
    if (capacity > 2 * this.buckets.length) this.spread(4 * this.buckets.length);
    this.grown(capacity);
  }

  /** Sorts the nodes into new buckets: a power of two. */
  private spread(count: number): void {
    const words = this.words;
    const buckets = new Int32Array(count);
    for (let node = FIRST_NODE; node < this.size; node++) {
      const at = 4 * node;
      const slot = mix(words[at] as number, words[at + 1] as number, words[at + 2] as number) & (count - 1);
      words[at + 3] = buckets[slot] as number;
      buckets[slot] = node;
    }
    this.buckets = buckets;
    this.bucketMask = count - 1;
  }

  /** Called after the table has grown, for those that size themselves by it. */
  protected grown(_capacity: number): void {}
}

/** Spreads three words over 32 bits; the low bits are the ones used. */
export function mix(a: number, b: number, c: number): number {
  const hash = Math.imul(a, 0x27d4eb2f) ^ Math.imul(b, 0x9e3779b1) ^ Math.imul(c, 0x85ebca6b);
  return hash ^ (hash >>> 15) ^ (hash >>> 7);
}
