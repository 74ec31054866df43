import type { LineState } from '../../../parsers/diagnostics.ts';
import { count, grouped, percent } from '../../reports/layout.ts';
import { visible } from '../../terminal/visible.ts';
import { displayWidth, wrap } from '../../terminal/width.ts';
import type { Filter } from '../filter.ts';
import type { Line } from '../line.ts';
import type { Fleet } from '../store/fleet.ts';
import type { Model, Remote } from '../store/model.ts';

/** The filter above a list: what is filtered for, what is wrong with it, or that there is one to be had. */
export function filterLine(text: string, filter: Filter): Line {
  if (filter.kind === 'wrong') return [['danger', `filter not applied: ${filter.message}`]];
  if (text === '') return [['faint', '/ filters']];
  return [
    ['accent', 'filter: '],
    ['strong', visible(text)],
    ['faint', '  (esc takes it away)'],
  ];
}

/** What stands in the place of rows when there are none. */
export function emptyLines({ fleet }: Model, what: string, filter: string, width: number): Line[] {
  const { status } = fleet;
  if (status.kind === 'refused') return dangerLines(status.message, width);
  if (filter !== '' && fleet.findings.length > 0) return [[['faint', `no ${what} fit the filter; esc takes it away`]]];
  if (status.kind === 'reading') return [[['faint', readingText(fleet)]]];
  return [[['plain', `no ${what}; ${understoodText(fleet)}`]]];
}

function dangerLines(message: string, width: number): Line[] {
  return message.split('\n').flatMap((text) => {
    const safe = visible(text);
    // Excerpts are indented, which wrapping would not keep.
    const lines = displayWidth(safe) <= width ? [safe] : wrap(safe, width);
    return lines.map((line): Line => [['danger', line]]);
  });
}

export function readingText({ status }: Fleet): string {
  if (status.kind !== 'reading') return '';
  if (status.inputs === 0) return 'looking for configurations …';
  return `reading ${grouped(status.done)} of ${count(status.inputs, 'input')}: ${visible(status.item)} …`;
}

/** `99.2% of 6,903 lines understood`: stands beside every number that says that little was found. */
export function understoodText({ sources }: Fleet): string {
  const { lines, understood } = understoodLines(sources.map(({ coverage }) => coverage));
  if (sources.length === 0) return 'no configuration was read';
  return `${percent(understood, lines)} of ${count(lines, 'line')} understood`;
}

interface Covered {
  readonly lines: number;
  readonly states: Readonly<Record<LineState, number>>;
}

export function understoodLines(covered: readonly Covered[]): { readonly lines: number; readonly understood: number } {
  const lines = covered.reduce((sum, each) => sum + each.lines, 0);
  const missing = covered.reduce((sum, { states }) => sum + states.unsupported + states.unrecognised, 0);
  return { lines, understood: lines - missing };
}

/** What stands in the place of something that was asked for and is not there. */
export function remoteLines(remote: Remote<unknown> | undefined, what: string, width: number): Line[] {
  if (remote?.kind !== 'failed') return [[['faint', `reading ${what} …`]]];
  return dangerLines(remote.message, width);
}
