import type { LineState } from '../diagnostics.ts';
import { HostNames } from '../model/host-names.ts';
import type { Device } from '../model/device.ts';
import type { PlatformResult } from '../platform.ts';
import type { Source } from '../source.ts';
import type { Line } from '../syntax/lines.ts';
import type { Diagnostic } from '../diagnostics.ts';
import type { AsaTree, Reading } from './tree.ts';
import { StatementReader } from '../syntax/statements.ts';
import { takeFreeText } from '../cisco/free-text.ts';
import { splitContexts } from './contexts.ts';
import { convertDevice } from './convert.ts';
import { addEntry, ROOT_MODE } from './forms.ts';
import { emptyTree } from './tree.ts';

/** Reads one source: a device a security context. */
export function readAsa(source: Source, lines: readonly Line[], hosts = new HostNames()): PlatformResult {
  const lineStates: (LineState | undefined)[] = [];
  const diagnostics: Diagnostic[] = [];
  const devices: Device[] = [];
  const parts = splitContexts(lines);
  let host: string | undefined;
  const ends = new Set<PlatformResult['complete']>();
  for (const part of parts) {
    const { tree, reader, complete } = readTree(source.name, part.lines);
    ends.add(complete);
    for (const line of part.separators) reader.mark(line, 'no-effect');
    const own = tree.hostname?.words[1];
    host ??= part.host ?? (part.context === undefined ? own : undefined);
    const name =
      part.context === undefined ? (own ?? source.name) : `${part.host ?? host ?? own ?? source.name}/${part.context}`;
    if (parts.length === 1 || filters(tree)) devices.push(convertDevice(source.name, name, tree, reader, hosts));
    for (let index = 0; index < reader.lineStates.length; index += 1) lineStates[index] ??= reader.lineStates[index];
    for (const diagnostic of reader.collected()) diagnostics.push(diagnostic);
  }
  const complete = ends.has('no') ? 'no' : ends.has('yes') ? 'yes' : 'unknown';
  return { devices, diagnostics, lineStates, complete };
}

/** Whether a configuration has anything that decides about packets; the system space of a multi-context device has not. */
function filters(tree: AsaTree): boolean {
  return tree.accessLists.size > 0 || [...tree.interfaces.values()].some(({ label }) => label !== undefined);
}

function readTree(
  source: string,
  lines: readonly Line[],
): {
  readonly tree: AsaTree;
  readonly reader: StatementReader<Reading>;
  readonly complete: PlatformResult['complete'];
} {
  const tree = emptyTree();
  const { statements, taken, problems } = takeFreeText(lines, 'asa');
  const reading: Reading = {
    tree,
    currentInterface: undefined,
    currentObject: undefined,
    currentGroup: undefined,
    currentPolicyMap: undefined,
    currentTimeRange: undefined,
  };
  const reader = new StatementReader<Reading>(source, 'asa', ROOT_MODE, reading, statements);
  for (const line of taken) reader.mark(line, 'no-effect');
  for (const { kind, line, what } of problems) {
    reader.diagnose(
      kind === 'unterminated' ? 'asa/unterminated-text' : 'asa/refused-command',
      'warning',
      reader.span(line),
      kind === 'unterminated' ? `the end of ${what} is missing` : `the device answered: ${what}`,
      kind === 'unterminated' ? 'what follows is read as statements' : 'the capture may be incomplete',
    );
  }
  for (const line of statements) readLine(reader, tree, line);
  reader.finish();
  const last = lines.at(-1)?.text ?? '';
  const ended = lines.some(({ text }) => text === ': end') || last === '[OK]';
  // `show running-config` begins with `: Saved` and ends with `: end`; texts without either are fragments or archives.
  const begun = lines.some(({ text }) => text === ': Saved');
  return { tree, reader, complete: ended ? 'yes' : begun ? 'no' : 'unknown' };
}

/** Access lists are most of a large configuration: their lines go to their list without a look at the tables. */
function readLine(reader: StatementReader<Reading>, tree: AsaTree, line: Line): void {
  const { text } = line;
  if (!text.startsWith('access-list ')) return reader.read(line);
  const end = text.indexOf(' ', 12);
  const name = end < 0 ? text.slice(12) : text.slice(12, end);
  if (SETTINGS.has(name)) return reader.read(line);
  reader.closeModes();
  // Until it is read as an entry: one that a later line takes away keeps this state.
  reader.mark(line, 'no-effect');
  addEntry(tree.accessLists, name, { line });
}

/** Words behind `access-list` that are no name. */
const SETTINGS: ReadonlySet<string> = new Set(['alert-interval', 'deny-flow-max', 'mode', 'commit']);
