import type { AddressTerm } from '../../parsers/model/address.ts';
import type { Source, Span } from '../../parsers/source.ts';
import type { FileSystem } from '../sources/file-system.ts';
import { MEBIBYTE } from '../sources/size-limit.ts';
import { problemAt, type FileProblem as PolicyProblem } from '../yaml/problem.ts';
import { readText } from '../yaml/read-text.ts';
import { readAddress } from './written-values.ts';

const MAX_LIST_BYTES = 16 * MEBIBYTE;
/** A file that is no such list is wrong in every line. */
const MOST_PROBLEMS = 5;

type BlockListResult =
  | { readonly kind: 'networks'; readonly networks: readonly AddressTerm[] }
  | { readonly kind: 'problems'; readonly problems: readonly PolicyProblem[] }
  /** `message` follows the file's name. */
  | { readonly kind: 'unread'; readonly message: string };

/** A file of addresses: a network, an address or a range a line, the rest of a line from `#` or `;` on is a comment. */
export function readBlockList(path: string, files: FileSystem): BlockListResult {
  const read = readText(path, MAX_LIST_BYTES, files);
  if (read.kind === 'unread') return read;
  const networks: AddressTerm[] = [];
  const problems: PolicyProblem[] = [];
  let left = 0;
  let line = 0;
  for (const text of read.source.text.split(/\r?\n/u)) {
    line += 1;
    const entry = text.replace(/[#;].*$/u, '').trim();
    if (entry === '') continue;
    const reading = readAddress(entry);
    if (reading.kind === 'value') networks.push(reading.value);
    else if (problems.length < MOST_PROBLEMS) problems.push(wrongLine(read.source, line, text, entry, reading.message));
    else left += 1;
  }
  const last = problems.at(-1);
  if (last !== undefined && left > 0) {
    const message = `${last.message}; ${left} further ${left === 1 ? 'line is' : 'lines are'} wrong too`;
    problems[problems.length - 1] = { ...last, message };
  }
  if (problems.length > 0) return { kind: 'problems', problems };
  // A download that failed leaves such a file; it must not be taken for a list of nothing.
  if (networks.length === 0) return { kind: 'unread', message: 'holds no address' };
  return { kind: 'networks', networks };
}

function wrongLine(source: Source, line: number, text: string, entry: string, message: string): PolicyProblem {
  const column = text.indexOf(entry) + 1;
  const span: Span = { source: source.name, line, column, endColumn: column + entry.length };
  return problemAt(source, span, message);
}
