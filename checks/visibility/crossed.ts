import type { CheckContext } from '../check.ts';
import type { Confidence, CrossingName, Evidence } from '../finding.ts';
import { quoted } from '../reporting/evidence.ts';

/** What checks of a whole device say where: the crossings to and from untrusted segments. */
export interface Crossed {
  readonly crossings: readonly CrossingName[];
  /** The untrusted segment that comes first in the text; undefined for a device without such a crossing. */
  readonly place: Evidence | undefined;
  /** What is not in a text that is cut may stand in the missing part. */
  readonly confidence: Confidence;
  readonly conditions: readonly string[];
}

/** Crossings that are judged to and from untrusted segments. */
export function crossedBoundaries(context: CheckContext): Crossed {
  const { device, coverage, text } = context;
  const crossings: CrossingName[] = [];
  const outside = new Set<string>();
  context.eachBoundary(['exposure', 'egress'], (boundary) => {
    for (const { from, to } of boundary.crossings) {
      crossings.push({ from, to });
      outside.add(boundary.direction === 'exposure' ? from : to);
    }
  });
  const [segment] = device.segments
    .filter(({ name }) => outside.has(name))
    .toSorted((a, b) => a.span.line - b.span.line);
  const cut = coverage.complete === 'no';
  return {
    crossings,
    place: segment === undefined ? undefined : quoted(text, 'decides', segment.span, `${segment.name} is untrusted`),
    confidence: cut ? 'possible' : 'definite',
    conditions: cut ? ['it stands not in the part of the text that is missing'] : [],
  };
}
