import type { RuleHits } from '../model/rule.ts';
import type { Span } from '../source.ts';

/** The counter at the end of a line of `show access-lists`; an entry that has matched nothing is shown without one. */
export function countOf(span: Span, line: string): RuleHits {
  const found = /\((?<count>\d+) (?:estimate )?match(?:es)?\)/.exec(line)?.groups?.['count'];
  return { count: Number(found ?? 0), span };
}

/** What an entry says, the same as it is configured and shown: `permit 10.0.0.0, wildcard bits 0.0.0.255` is shown. */
export function entryText(words: readonly string[]): string {
  return words.join(' ').replaceAll(', wildcard bits ', ' ');
}
