import type { Segment } from '../../parsers/model/device.ts';
import type { SegmentTrust, Trust, UnjudgedCrossing } from '../device-report.ts';

/** Pairs named one by one; beyond it a segment of unknown trust is named once for each direction. */
const MAX_NAMED_PAIRS = 50;
const MAX_NAMED_SEGMENTS = 8;

/**
 * Pairs without a direction and why: a side whose trust is not known, or two sides of the same trust, which are no
 * boundary. A `*` stands for every other segment.
 */
export function unjudgedPairs(
  segments: readonly Segment[],
  trust: ReadonlyMap<string, SegmentTrust>,
): UnjudgedCrossing[] {
  const names = (wanted: Trust): string[] =>
    segments.filter(({ name }) => (trust.get(name)?.trust ?? 'unknown') === wanted).map(({ name }) => name);
  const all = segments.map(({ name }) => name);
  const same = (['untrusted', 'partner', 'internal', 'dmz', 'management', 'ot'] as const).flatMap((kind) =>
    alike(kind, names(kind)),
  );
  return [...unknownPairs(names('unknown'), all), ...same];
}

function unknownPairs(unknown: readonly string[], all: readonly string[]): UnjudgedCrossing[] {
  const pairs: UnjudgedCrossing[] = [];
  for (const from of all) {
    for (const to of all) {
      const sides = [...new Set([from, to])].filter((name) => unknown.includes(name));
      if (from === to || sides.length === 0) continue;
      pairs.push({ crossing: { from, to }, reason: notKnown(sides) });
      if (pairs.length > MAX_NAMED_PAIRS) return unknown.flatMap((name) => everyPairOf(name));
    }
  }
  return pairs;
}

function everyPairOf(name: string): UnjudgedCrossing[] {
  return [
    { crossing: { from: name, to: '*' }, reason: notKnown([name]) },
    { crossing: { from: '*', to: name }, reason: notKnown([name]) },
  ];
}

function notKnown(sides: readonly string[]): string {
  return `the trust of ${sides.join(' and ')} is not known, so the crossing has no direction`;
}

function alike(trust: Trust, names: readonly string[]): UnjudgedCrossing[] {
  if (names.length < 2) return [];
  const more = names.length - MAX_NAMED_SEGMENTS;
  const shown = names.slice(0, MAX_NAMED_SEGMENTS).join(', ') + (more > 0 ? ` and ${more} more` : '');
  const count = names.length * (names.length - 1);
  return [
    {
      crossing: { from: shown, to: shown },
      reason: `both sides are ${trust}: ${count} crossings inside one trust level are not audited`,
    },
  ];
}
