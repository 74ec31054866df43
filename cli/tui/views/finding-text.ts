import type { Evidence, Finding } from '../../../checks/finding.ts';
import type { Span } from '../../../parsers/source.ts';
import type { Style } from '../theme.ts';
import type { FindingRow } from '../store/fleet.ts';
import { attackReference } from '../../../checks/data/attack.ts';
import { CHECKS } from '../../../checks/index.ts';
import { applicationsText, EVIDENCE_LABELS, findingText, flowText } from '../../reports/finding-text.ts';
import { plainPaint } from '../../terminal/paint.ts';
import { visible } from '../../terminal/visible.ts';
import { displayWidth, wrap } from '../../terminal/width.ts';
import type { Line, Run } from '../line.ts';
import { severityStyle } from '../theme.ts';

/** A line of a text that is read row by row, and where `enter` leads from it. */
export interface TextRow {
  readonly line: Line;
  readonly target?: Span;
}

/** All there is to know of a finding: lines to jump to first, then what passes, why it matters and what to do. */
export function findingLines(finding: Finding, width: number): TextRow[] {
  const { severity, confidence, check, message, evidence, conditions, fix, waived } = finding;
  const definition = CHECKS.find(({ id }) => id === check);
  const doubt = confidence === 'possible' ? ', possible' : '';
  return [
    ...block(`${severity}${doubt}: ${message}`, width, severityStyle(severity)),
    ...(waived === undefined
      ? []
      : labelled(
          'accepted',
          [`${waived.reason}, ${waived.owner}${waived.expires === undefined ? '' : ` until ${waived.expires}`}`],
          width,
          waived.place,
        )),
    ...blank(),
    ...evidence.flatMap((each) => evidenceRows(each, width)),
    ...labelled('depends on', conditions, width),
    ...labelled('assumes', finding.assumptions ?? [], width),
    ...blank(),
    ...labelled('crossings', [finding.crossings.map(({ from, to }) => `${from} → ${to}`).join(', ')], width),
    ...labelled('services', [finding.services.join(', ')], width),
    ...labelled('sessions', [applicationsText(finding.applications ?? [])], width),
    ...labelled(
      'packets',
      finding.flows.flows.map((flow) => flowText(flow, true)),
      width,
    ),
    ...(finding.flows.truncated ? labelled('packets', ['and more; the set is larger than shown'], width) : []),
    ...labelled(
      'approved',
      (finding.approved?.flows ?? []).map((flow) => flowText(flow, true)),
      width,
    ),
    ...labelled('example', witnessTexts(finding), width),
    ...blank(),
    ...labelled('fix', [fix], width),
    ...(definition === undefined ? [] : labelled('why', [definition.why], width)),
    ...(definition === undefined ? [] : labelled('ATT&CK', definition.attack.map(attackText), width)),
    ...labelled('check', [check], width),
    ...labelled('fingerprint', [finding.fingerprint], width),
  ];
}

function blank(): TextRow[] {
  return [{ line: [] }];
}

function block(text: string, width: number, style: Style): TextRow[] {
  return wrap(visible(text), width).map((line) => ({ line: [[style, line]] }));
}

function attackText(id: Parameters<typeof attackReference>[0]): string {
  const { title } = attackReference(id);
  return `${id} ${title}`;
}

const LABEL_WIDTH = 13;

/** `label   text`, wrapped behind the label; nothing where there is no text. */
export function labelled(label: string, texts: readonly string[], width: number, target?: Span): TextRow[] {
  return texts
    .filter((text) => text !== '')
    .flatMap((text, index) =>
      wrap(visible(text), Math.max(20, width - LABEL_WIDTH)).map((line, at): TextRow => {
        const name = index === 0 && at === 0 ? label : '';
        const drawn: Line = [
          ['accent', name.padEnd(LABEL_WIDTH)],
          ['plain', line],
        ];
        return target === undefined ? { line: drawn } : { line: drawn, target };
      }),
    );
}

function evidenceRows({ role, span, text, note }: Evidence, width: number): TextRow[] {
  const place = `${span.source}:${span.line}`;
  const target = span;
  const label: Run = ['accent', EVIDENCE_LABELS[role].padEnd(LABEL_WIDTH)];
  const said = `  ${visible(note)}`;
  const room = Math.max(20, width - LABEL_WIDTH);
  const isShort = displayWidth(`${visible(place)}${said}`) <= room;
  const below = isShort ? [] : wrap(visible(note), room);
  return [
    { line: [label, ['strong', visible(place)], ...(isShort ? [['faint', said] as const] : [])], target },
    ...below.map((line): TextRow => ({ line: [['faint', `${' '.repeat(LABEL_WIDTH)}${line}`]], target })),
    ...wrap(visible(text), Math.max(20, width - LABEL_WIDTH)).map((line): TextRow => {
      return {
        line: [
          ['plain', ' '.repeat(LABEL_WIDTH)],
          ['plain', line],
        ],
        target,
      };
    }),
  ];
}

function witnessTexts({ witness }: Finding): string[] {
  if (witness === undefined) return [];
  const { protocol, source, sourcePort, destination, destinationPort, application } = witness;
  const session = application === undefined ? '' : `, a session of ${application}`;
  return [
    `${protocol} ${source} port ${sourcePort} → ${destination} port ${destinationPort}${session}; t asks what becomes of it`,
  ];
}

/** A finding as the text report has it, for a file. */
export function exportedFinding({ finding }: FindingRow): string {
  return `${findingText(finding, { width: 100, paint: plainPaint, verbose: true }).join('\n')}\n`;
}
