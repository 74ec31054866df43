import type { Trust } from '../device-report.ts';

/**
 * - `exposure`: from an untrusted network, or a partner's, into one of ours.
 * - `egress`: out of one of ours into an untrusted network.
 * - `lateral`: between two of ours of different trust.
 */
export type Direction = 'exposure' | 'egress' | 'lateral';

/** In the order in which crossings are judged when there are too many. */
export const DIRECTIONS: readonly Direction[] = ['exposure', 'egress', 'lateral'];

/** The direction of a crossing between two segments; undefined where it is no boundary or a side is not known. */
export function directionOf(from: Trust, to: Trust): Direction | undefined {
  if (from === 'unknown' || to === 'unknown' || from === to) return undefined;
  if (isOutside(from)) return isOutside(to) ? undefined : 'exposure';
  return isOutside(to) ? 'egress' : 'lateral';
}

/** Networks that are not ours. */
function isOutside(trust: Trust): boolean {
  return trust === 'untrusted' || trust === 'partner';
}
