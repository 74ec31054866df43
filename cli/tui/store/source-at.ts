import type { Span } from '../../../parsers/source.ts';
import type { Model } from './model.ts';
import { LISTED, type SourceScreen } from './screens.ts';

/** The configuration at a line of it. The text may be one of an input's several, or the policy. */
export function sourceAt({ fleet }: Model, source: string, { source: text, line }: Span): SourceScreen {
  const input = fleet.sources.find((each) => each.source === source);
  const isOfInput = input !== undefined && [source, ...(input.combinedWith ?? [])].includes(text);
  return { view: 'source', list: LISTED.list, source: isOfInput ? source : text, text, search: '', goTo: line };
}
