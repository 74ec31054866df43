import type { Range4, Range6 } from '../model/address.ts';
import type { NumberRange } from '../model/service.ts';
import { addressFamily, range4, range6 } from '../model/address.ts';
import { portNumber } from './names.ts';
import { readPrefix } from './srx-prefix.ts';
import { entries } from './srx-entries.ts';
import { value, type JunosNode } from './tree.ts';

type Range = Range4 | Range6;

/** More single ports than these are not written out one by one. */
const MAX_WRITTEN_OUT = 64n;

/** A value, or the range that it begins (`1000 to 2000`). */
function withEnd(node: JunosNode): readonly [first: string, last: string] {
  return [node.word, value(node, 'to') ?? node.word];
}

/** `203.0.113.5/32`, `203.0.113.5/32 to 203.0.113.9/32`. */
export function readNatAddress(node: JunosNode): Range | undefined {
  const [first, last] = withEnd(node).map(readPrefix);
  if (first === undefined || last === undefined || addressFamily(first) !== addressFamily(last)) return undefined;
  if (first.kind === 'range4' && last.kind === 'range4') return range4(first.first, last.last);
  return first.kind === 'range6' && last.kind === 'range6' ? range6(first.first, last.last) : undefined;
}

/** `8883`, `8000 to 8003`, `8000-8003`. */
export function readNatPort(node: JunosNode): NumberRange | undefined {
  const [low, high] = withEnd(node);
  const words = low === high && low.includes('-') ? low.split('-') : [low, high];
  const [first, last] = words.map(portNumber);
  return first === undefined || last === undefined || words.length !== 2 ? undefined : { first, last };
}

/** Words and nothing else below a node: what a rule's `then` says. */
export function onlyWords(node: JunosNode | undefined): readonly string[] {
  return entries(node).map(({ word }) => word);
}

/** How ports become others, or undefined when they are too many or of another number. */
export function portPairs(
  before: readonly NumberRange[],
  behind: NumberRange,
): readonly (readonly [from: number, to: number])[] | undefined {
  const ports = before.flatMap(({ first, last }) =>
    BigInt(last - first) < MAX_WRITTEN_OUT
      ? Array.from({ length: last - first + 1 }, (_, index) => first + index)
      : [-1],
  );
  if (ports.includes(-1) || ports.length === 0) return undefined;
  if (behind.first === behind.last) return ports.map((port) => [port, behind.first]);
  if (ports.length !== behind.last - behind.first + 1) return undefined;
  return ports.map((port, index) => [port, behind.first + index]);
}
