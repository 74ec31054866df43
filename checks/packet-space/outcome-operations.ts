import { MAX_SLICES } from './packet-space.ts';
import type { OutcomeReading, RuleVerdict } from './packet-space.ts';
import { SLICE_LEVELS } from './levels.ts';
import { mix } from './node-table.ts';
import { cacheEntries, EMPTY, FULL, SetOperations } from './set-operations.ts';

/**
 * What an ordered run of rules may do with a packet, as bits: leave it to the rules below, permit it, deny it. The ends
 * of an outcome diagram stand for the seven non-empty combinations. End 0 leaves every packet and end 1 permits every
 * packet, so that the diagram of a set is also the outcome diagram of a rule that permits it.
 */
const LEAVES = 1;
const PERMITS = 2;
const DENIES = 4;
const MEANING: readonly number[] = [
  LEAVES,
  PERMITS,
  DENIES,
  LEAVES | PERMITS,
  LEAVES | DENIES,
  PERMITS | DENIES,
  LEAVES | PERMITS | DENIES,
];
const ENDS = MEANING.length;

/** The end for packets that meet one end first and, where that leaves them, the other. */
const IN_ORDER: Int8Array = Int8Array.from({ length: ENDS * ENDS }, (_, pair) => {
  const first = MEANING[Math.floor(pair / ENDS)] ?? LEAVES;
  const second = MEANING[pair % ENDS] ?? LEAVES;
  return MEANING.indexOf((first & LEAVES) === 0 ? first : (first & ~LEAVES) | second);
});

/** Ends whose packets no later rule sees. */
const FINAL: readonly boolean[] = MEANING.map((meaning) => (meaning & LEAVES) === 0);

const MEANING_OF_VERDICT: Readonly<Record<RuleVerdict, number>> = {
  permit: PERMITS,
  deny: DENIES,
  unknown: PERMITS | DENIES,
};

const READINGS: Readonly<Record<OutcomeReading, number>> = { permits: 0, denies: 1, takes: 2 };

/** Operation codes of readings in the shared cache: this, plus four for each slice. */
const FIRST_READING = 16;

/** As `FIRST_READING`, for comparisons of a set with a run. */
const FIRST_COMPARISON = FIRST_READING + 4 * MAX_SLICES;

const START_CACHE = 1 << 10;

/** Ordered runs of rules, each as one diagram with an end for every outcome, for all slices at once. */
export class OutcomeOperations extends SetOperations {
  private sequences = new Int32Array(3 * START_CACHE);
  private sequenceMask = START_CACHE - 1;
  private readonly sliceEnds = new Map<bigint, number[]>();

  override get cacheBytes(): number {
    return super.cacheBytes + this.sequences.byteLength;
  }

  protected override grown(capacity: number): void {
    super.grown(capacity);
    const entries = cacheEntries(capacity);
    if (entries <= this.sequenceMask + 1) return;
    this.sequences = new Int32Array(3 * entries);
    this.sequenceMask = entries - 1;
  }

  /**
   * What stands in place of the full end in the diagram of a rule's match: its outcome in the slices of the mask, and
   * leaving the packet in the others.
   */
  ruleEnd(verdict: RuleVerdict, surely: boolean, slices: bigint | undefined): number {
    const end = MEANING.indexOf(MEANING_OF_VERDICT[verdict] | (surely ? 0 : LEAVES));
    if (slices === undefined) return end;
    let ends = this.sliceEnds.get(slices);
    if (slices < 0n || slices >> BigInt(MAX_SLICES) !== 0n) {
      throw new RangeError(`slices are numbered from 0 to ${MAX_SLICES - 1}`);
    }
    if (ends === undefined) this.sliceEnds.set(slices, (ends = []));
    return (ends[end] ??= this.sliceChoice(slices, end, SLICE_LEVELS.top, 0));
  }

  /** Slices from `first` on that agree in the levels above: `end` where the mask has them, else left to later rules. */
  private sliceChoice(mask: bigint, end: number, level: number, first: number): number {
    const below = SLICE_LEVELS.top + SLICE_LEVELS.bits - level;
    const here = (mask >> BigInt(first)) & ((1n << (1n << BigInt(below))) - 1n);
    if (here === 0n) return EMPTY;
    if (below === 0) return end;
    const low = this.sliceChoice(mask, end, level + 1, first);
    return this.node(level, low, this.sliceChoice(mask, end, level + 1, first + 2 ** (below - 1)));
  }

  /** The run of the rules of `first` and then those of `second`. Associative; `EMPTY` is the run of no rules. */
  inOrder(first: number, second: number): number {
    if (first === second || second === EMPTY) return first;
    if (first < ENDS) {
      if (second < ENDS) return IN_ORDER[first * ENDS + second] as number;
      if (first === EMPTY) return second;
      if (FINAL[first] === true) return first;
    }
    const hash = mix(first, second, 0);
    const entry = 3 * (hash & this.sequenceMask);
    const known = this.sequences;
    if (known[entry] === first && known[entry + 1] === second) return known[entry + 2] as number;
    const words = this.words;
    const levelA = words[4 * first] as number;
    const levelB = words[4 * second] as number;
    const level = levelA < levelB ? levelA : levelB;
    let lowA = first;
    let highA = first;
    let lowB = second;
    let highB = second;
    if (levelA === level) {
      lowA = words[4 * first + 1] as number;
      highA = words[4 * first + 2] as number;
    }
    if (levelB === level) {
      lowB = words[4 * second + 1] as number;
      highB = words[4 * second + 2] as number;
    }
    const low = this.inOrder(lowA, lowB);
    const result = this.node(level, low, this.inOrder(highA, highB));
    const place = 3 * (hash & this.sequenceMask);
    const sequences = this.sequences;
    sequences[place] = first;
    sequences[place + 1] = second;
    sequences[place + 2] = result;
    return result;
  }

  /** The packets of a slice that an outcome permits, denies (in some case) or takes (in every case). */
  read(outcome: number, reading: OutcomeReading, slice: number): number {
    if (slice < 0 || slice >= MAX_SLICES) throw new RangeError(`slices are numbered from 0 to ${MAX_SLICES - 1}`);
    return this.readAs(outcome, READINGS[reading], slice, FIRST_READING + 4 * slice + READINGS[reading]);
  }

  private readAs(node: number, reading: number, slice: number, operation: number): number {
    const run = this.inSlice(node, slice);
    if (run < ENDS) return readEnd(run, reading);
    const known = this.recall(operation, run, 0);
    if (known >= 0) return known;
    const level = this.level(run);
    const high = this.high(run);
    const low = this.readAs(this.low(run), reading, slice, operation);
    return this.remember(operation, run, 0, this.node(level, low, this.readAs(high, reading, slice, operation)));
  }

  /** Whether `read` would share a packet with the set. Looks at no more of the run than that takes. */
  meets(set: number, outcome: number, reading: OutcomeReading, slice: number): boolean {
    return this.meetsAs(set, outcome, READINGS[reading], slice);
  }

  private meetsAs(set: number, outcome: number, reading: number, slice: number): boolean {
    if (set === EMPTY) return false;
    const run = this.inSlice(outcome, slice);
    if (run < ENDS) return readEnd(run, reading) === FULL;
    const operation = FIRST_COMPARISON + 4 * slice + reading;
    const known = this.recall(operation, set, run);
    if (known >= 0) return known === 1;
    const level = Math.min(this.level(set), this.level(run));
    const own = this.level(set) === level;
    const tested = this.level(run) === level;
    const [low, high] = [own ? this.low(set) : set, own ? this.high(set) : set];
    const meets =
      this.meetsAs(low, tested ? this.low(run) : run, reading, slice) ||
      this.meetsAs(high, tested ? this.high(run) : run, reading, slice);
    this.remember(operation, set, run, meets ? 1 : 0);
    return meets;
  }

  /** The packets of the set that the run does not surely take. */
  outside(set: number, outcome: number, slice: number): number {
    if (set === EMPTY) return EMPTY;
    const run = this.inSlice(outcome, slice);
    if (run < ENDS) return FINAL[run] === true ? EMPTY : set;
    const operation = FIRST_COMPARISON + 4 * slice + 3;
    const known = this.recall(operation, set, run);
    if (known >= 0) return known;
    const level = Math.min(this.level(set), this.level(run));
    const own = this.level(set) === level;
    const tested = this.level(run) === level;
    const [lowSet, highSet] = [own ? this.low(set) : set, own ? this.high(set) : set];
    const [lowRun, highRun] = [tested ? this.low(run) : run, tested ? this.high(run) : run];
    const low = this.outside(lowSet, lowRun, slice);
    return this.remember(operation, set, run, this.node(level, low, this.outside(highSet, highRun, slice)));
  }

  /** What a run does in a slice once all header fields are tested; itself while they are not. */
  private inSlice(outcome: number, slice: number): number {
    let node = outcome;
    for (let level = this.level(node); node >= ENDS && level >= SLICE_LEVELS.top; level = this.level(node)) {
      const bit = SLICE_LEVELS.top + SLICE_LEVELS.bits - 1 - level;
      node = (slice >>> bit) & 1 ? this.high(node) : this.low(node);
    }
    return node;
  }
}

function readEnd(end: number, reading: number): number {
  if (reading === READINGS.takes) return FINAL[end] === true ? FULL : EMPTY;
  const bit = reading === READINGS.permits ? PERMITS : DENIES;
  return ((MEANING[end] ?? 0) & bit) === 0 ? EMPTY : FULL;
}
