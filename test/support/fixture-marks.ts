/** Expectations that stand in the vendor's comments of a configuration. */
import type { LineState } from '../../parsers/diagnostics.ts';
import { LINE_STATES } from '../../parsers/diagnostics.ts';
import { FixtureError } from './fixture-error.ts';

/** Lines are counted from 1 over all code blocks of the case, one behind the other. */
export type Expectation =
  | { readonly kind: 'finding'; readonly value: string; readonly line: number }
  | { readonly kind: 'diagnostic'; readonly value: string; readonly line: number }
  | { readonly kind: 'state'; readonly value: LineState; readonly line: number };

interface Lifted {
  /** The configuration as the parser gets it, line by line. */
  readonly config: readonly string[];
  readonly expectations: readonly Expectation[];
}

/** A comment is a mark only when its first word is one of these; other comments stay in the configuration. */
const MARK = /^(?<before>.*?)(?<sign>[!#])\s*(?<marks>(?:finding|diagnostic|state):.*)$/u;
const XML_MARK = /^(?<before>.*?)(?<sign><!--)\s*(?<marks>(?:finding|diagnostic|state):.*?)\s*-->\s*$/u;
const ONE_MARK = /^(?<kind>finding|diagnostic|state):\s*(?<value>[\w/-]+)$/u;

/**
 * Takes the marks out of a configuration. A mark behind a statement is about that line and leaves nothing; one on a
 * line of its own is about the next line that has none of its own and leaves an empty comment, so that every statement keeps its line
 * and column.
 *
 * @param sign the vendor's comment character.
 * @param blockLine line of the first line of `lines` in the file, for messages.
 */
export function liftExpectations(lines: readonly string[], sign: '!' | '#', file: string, blockLine: number): Lifted {
  const config: string[] = [];
  const expectations: Expectation[] = [];
  let stacked: Expectation[] = [];
  for (const [index, text] of lines.entries()) {
    const inXml = XML_MARK.exec(text)?.groups;
    const found = inXml ?? MARK.exec(text)?.groups;
    if (found === undefined || (inXml === undefined && found['sign'] !== sign)) {
      expectations.push(...stacked.map((mark) => ({ ...mark, line: index + 1 })));
      stacked = [];
      config.push(text);
      continue;
    }
    const before = found['before'] ?? '';
    const marks = readMarks(found['marks'] ?? '', index + 1, file, blockLine + index);
    if (before.trim() === '') {
      stacked.push(...marks);
      config.push(`${before}${inXml === undefined ? sign : '<!-- -->'}`);
    } else {
      expectations.push(...[...stacked, ...marks].map((mark) => ({ ...mark, line: index + 1 })));
      stacked = [];
      config.push(before.trimEnd());
    }
  }
  if (stacked.length > 0) throw new FixtureError(file, blockLine + lines.length, 'a mark stands above no line');
  return { config, expectations };
}

function readMarks(text: string, line: number, file: string, fileLine: number): Expectation[] {
  return text.split(';').map((part): Expectation => {
    const groups = ONE_MARK.exec(part.trim())?.groups;
    const value = groups?.['value'] ?? '';
    const kind = groups?.['kind'];
    if (kind === 'finding' || kind === 'diagnostic') return { kind, value, line };
    const state = LINE_STATES.find((each) => each === value);
    if (kind === 'state' && state !== undefined) return { kind, value: state, line };
    throw new FixtureError(file, fileLine, `cannot read the mark "${part.trim()}"`);
  });
}
