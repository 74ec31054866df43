import type { Family } from '../../parsers/model/address.ts';
import type { Crossing, Stage } from '../../parsers/model/device.ts';

/**
 * Whether anything on the path looks at packets of a family. `unfiltered`: no stage has a rule for the family and every
 * default permits. A stage whose list is empty or not defined filters nothing where its default permits.
 */
export type Filtering = 'filtered' | 'unfiltered' | 'unknown';

/** How a crossing filters packets of a family. */
export function filteringOf(crossing: Crossing, family: Family): Filtering {
  const verdicts = stagesFor(crossing, family).map((stage): Filtering => {
    const hasRules = stage.lists.some(
      ({ list }) => (list.family === 'both' || list.family === family) && list.rules.length > 0,
    );
    if (hasRules || stage.otherwise.verdict === 'deny') return 'filtered';
    return stage.otherwise.verdict === 'permit' ? 'unfiltered' : 'unknown';
  });
  const seen = new Set(verdicts);
  if (seen.has('filtered')) return 'filtered';
  return seen.has('unknown') ? 'unknown' : 'unfiltered';
}

/** The stages that packets of the family meet. */
export function stagesFor(crossing: Crossing, family: Family): Stage[] {
  return crossing.steps.flatMap((step) => {
    if (step.kind !== 'stage') return [];
    return step.stage.family === 'both' || step.stage.family === family ? [step.stage] : [];
  });
}
