import { FIELD_LEVELS } from './levels.ts';
import type { FieldLevels } from './levels.ts';
import type { Packet } from './packet.ts';
import { EMPTY, FULL, isEnd } from './set-operations.ts';
import type { SetOperations } from './set-operations.ts';

/** The bit of a packet that a level tests. */
function bitOfPacket(packet: Packet, level: number): boolean {
  if (level >= FIELD_LEVELS['source-port'].top) return numberBit(packet.sourcePort, FIELD_LEVELS['source-port'], level);
  if (level >= FIELD_LEVELS.source.top) return addressBit(packet.source, FIELD_LEVELS.source, level);
  if (level >= FIELD_LEVELS.destination.top) return addressBit(packet.destination, FIELD_LEVELS.destination, level);
  if (level >= FIELD_LEVELS['destination-port'].top) {
    return numberBit(packet.destinationPort, FIELD_LEVELS['destination-port'], level);
  }
  if (level >= FIELD_LEVELS.protocol.top) return numberBit(packet.protocol, FIELD_LEVELS.protocol, level);
  return packet.family === 6;
}

function numberBit(value: number, levels: FieldLevels, level: number): boolean {
  return ((value >>> (levels.top + levels.bits - 1 - level)) & 1) === 1;
}

function addressBit(value: bigint, levels: FieldLevels, level: number): boolean {
  return ((value >> BigInt(levels.top + levels.bits - 1 - level)) & 1n) === 1n;
}

export function containsPacket(sets: SetOperations, set: number, packet: Packet): boolean {
  let node = set;
  while (!isEnd(node)) node = bitOfPacket(packet, sets.level(node)) ? sets.high(node) : sets.low(node);
  return node === FULL;
}

/** The packet of a set that is least when all free bits are 0 and bit 0 is taken wherever it leads somewhere. */
export function leastPacket(sets: SetOperations, set: number): Packet | undefined {
  if (set === EMPTY) return undefined;
  const values = new Map<FieldLevels, bigint>();
  let node = set;
  while (!isEnd(node)) {
    const low = sets.low(node);
    if (low === EMPTY) {
      const level = sets.level(node);
      const levels = levelsOf(level);
      const bit = 1n << BigInt(levels.top + levels.bits - 1 - level);
      values.set(levels, (values.get(levels) ?? 0n) | bit);
      node = sets.high(node);
    } else {
      node = low;
    }
  }
  const value = (levels: FieldLevels): bigint => values.get(levels) ?? 0n;
  return {
    family: value(FIELD_LEVELS.family) === 0n ? 4 : 6,
    source: value(FIELD_LEVELS.source),
    destination: value(FIELD_LEVELS.destination),
    protocol: Number(value(FIELD_LEVELS.protocol)),
    sourcePort: Number(value(FIELD_LEVELS['source-port'])),
    destinationPort: Number(value(FIELD_LEVELS['destination-port'])),
  };
}

function levelsOf(level: number): FieldLevels {
  for (const levels of Object.values(FIELD_LEVELS)) {
    if (level >= levels.top && level < levels.top + levels.bits) return levels;
  }
  throw new RangeError(`no field has level ${level}`);
}

/** The number of packets of a set, with 2³² addresses a side for IPv4. */
export function countPackets(sets: SetOperations, set: number): bigint {
  const known = new Map<number, bigint>();
  /** Assignments of the levels from `level` down that reach the full end from `node`. */
  const below = (node: number, level: number, end: number): bigint => {
    if (node === EMPTY) return 0n;
    const own = isEnd(node) ? end : sets.level(node);
    let assignments = 1n;
    if (!isEnd(node)) {
      const before = known.get(node);
      assignments = before ?? below(sets.low(node), own + 1, end) + below(sets.high(node), own + 1, end);
      if (before === undefined) known.set(node, assignments);
    }
    return assignments << BigInt(own - level);
  };
  const end = FIELD_LEVELS['source-port'].top + FIELD_LEVELS['source-port'].bits;
  const family = sets.level(set) === FIELD_LEVELS.family.top;
  const four = below(family ? sets.low(set) : set, 1, end);
  const six = below(family ? sets.high(set) : set, 1, end);
  // The IPv4 half never tests 2 × 96 levels, which doubled its number each.
  return (four >> 192n) + six;
}
