const FIRST_MS = 1000;
const LONGEST_MS = 30_000;

/**
 * How long to wait after a failed attempt (from 1): twice as long each time, of which a random half is taken off, so that
 * devices that failed together do not come back together.
 */
export function backoffMs(attempt: number, random: () => number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return Math.round(longest / 2 + (longest / 2) * random());
}
