import type { Diagnostic } from '../diagnostics.ts';
import { takeFreeText, type FreeTextProblem } from '../cisco/free-text.ts';
import { HostNames } from '../model/host-names.ts';
import type { FormGroup, PlatformResult } from '../platform.ts';
import type { Source } from '../source.ts';
import type { Line } from '../syntax/lines.ts';
import { FormTable, StatementReader, type Mode } from '../syntax/statements.ts';
import { convert } from './convert.ts';
import { GENERAL_GROUPS, GENERAL_STATEMENTS } from './read-general.ts';
import { INTERFACE_GROUPS, INTERFACE_STATEMENTS } from './read-interfaces.ts';
import { LIST_GROUPS, LIST_STATEMENTS } from './read-lists.ts';
import { NAT_STATEMENTS } from './read-nat.ts';
import { OBJECT_GROUPS, OBJECT_INERT, OBJECT_STATEMENTS } from './read-objects.ts';
import { QOS_GROUPS, QOS_STATEMENTS } from './read-qos.ts';
import { ROUTING_GROUPS, ROUTING_STATEMENTS } from './read-routing.ts';
import { TELEMETRY_GROUPS, TELEMETRY_STATEMENTS } from './read-telemetry.ts';
import { VLAN_MAP_GROUPS, VLAN_MAP_STATEMENTS } from './read-vlan-maps.ts';
import { ZONE_GROUPS, ZONE_STATEMENTS } from './read-zones.ts';
import { emptyText, type IosText } from './text.ts';
import { TOP_WORDS } from './words.ts';

const TOP_FORMS: FormTable<IosText> = new FormTable([
  ...LIST_STATEMENTS,
  ...OBJECT_STATEMENTS,
  ...OBJECT_INERT,
  ...INTERFACE_STATEMENTS,
  ...ZONE_STATEMENTS,
  ...NAT_STATEMENTS,
  ...ROUTING_STATEMENTS,
  ...QOS_STATEMENTS,
  ...VLAN_MAP_STATEMENTS,
  ...TELEMETRY_STATEMENTS,
  ...GENERAL_STATEMENTS,
  ...TOP_WORDS,
]);

const TOP_MODE: Mode<IosText> = { name: 'top level', forms: TOP_FORMS };

/** The statement tables by the mode they are valid in. */
export const FORM_GROUPS: readonly FormGroup[] = [
  { mode: TOP_MODE.name, forms: TOP_FORMS.forms },
  ...LIST_GROUPS,
  ...OBJECT_GROUPS,
  ...INTERFACE_GROUPS,
  ...ZONE_GROUPS,
  ...ROUTING_GROUPS,
  ...QOS_GROUPS,
  ...VLAN_MAP_GROUPS,
  ...TELEMETRY_GROUPS,
  ...GENERAL_GROUPS,
];

/** Reads one IOS or IOS-XE text into one device. Never throws on input. */
export function read(source: Source, lines: readonly Line[], hosts = new HostNames()): PlatformResult {
  const { statements, taken, problems } = takeFreeText(lines, 'ios');
  const text = emptyText(
    source,
    hosts,
    lines[0],
    (context) => new StatementReader(source.name, 'ios', TOP_MODE, context, statements),
  );
  const { reader } = text;
  for (const line of taken) {
    reader.mark(line, 'no-effect');
    if (/^(?:Building configuration|Current configuration|Using \d+ out of)/.test(line.text)) text.beginSeen = true;
  }
  for (const problem of problems) report(problem, text);
  for (const line of statements) {
    reader.read(line);
    if (line.text === 'end') text.endSeen = true;
  }
  reader.finish();
  const device = convert(text);
  const complete = text.endSeen ? 'yes' : text.beginSeen ? 'no' : 'unknown';
  const diagnostics: Diagnostic[] = reader.collected();
  return { devices: [device], diagnostics, lineStates: reader.lineStates, complete };
}

function report({ kind, line, what }: FreeTextProblem, text: IosText): void {
  const span = text.reader.span(line);
  if (kind === 'unterminated') {
    const message = `the end of \`${what}\` is missing`;
    const consequence = 'what follows is read as configuration; if it is text, verdicts are wrong';
    text.reader.diagnose('ios/unterminated-text', 'error', span, message, consequence);
  } else {
    const message = `the device refused a command here: \`${what}\``;
    text.reader.diagnose(
      'ios/refused-command',
      'warning',
      span,
      message,
      'the capture may lack a part of the configuration',
    );
  }
}
