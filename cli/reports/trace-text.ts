import type { TraceVerdict } from '../../checks/evaluate/evaluation.ts';
import type { Path } from '../trace/resolve.ts';
import type { DecisionText, PacketText, StepText, TraceReport } from '../trace/trace-report.ts';
import type { Tone } from '../terminal/paint.ts';
import type { Layout } from './layout.ts';
import { drawExcerpt, gutterOf } from '../terminal/excerpt.ts';
import { visible } from '../terminal/visible.ts';
import { paragraphs } from './audit-text.ts';
import { note } from './layout.ts';

const TONES: Readonly<Record<TraceVerdict, Tone>> = { permit: 'good', deny: 'danger', unknown: 'warning' };

/** One packet, stage by stage, then the verdict with the line that settles it. */
export function traceText(report: TraceReport, layout: Layout): string {
  const { device, source, path, packet, application, firstPacket, steps, verdict, decidedBy, notes } = report;
  const session = application === undefined ? '' : `, a session of ${visible(application)}`;
  const gutter = gutterOf(
    steps.flatMap((step) => (step.kind === 'stage' ? step.decisions.flatMap(lineOf) : lineOf(step))),
  );
  return paragraphs([
    [layout.paint('bold', `${packetLine(packet)}${session}`), visible(`${device} (${source}), ${pathName(path)}`)],
    ...steps.map((step, index) => stepText(step, index + 1, gutter, layout)),
    ...(steps.length === 0 && verdict === 'permit' ? [['no filter stands in this path']] : []),
    [
      layout.paint('bold', layout.paint(TONES[verdict], `verdict: ${verdict}`)),
      ...(decidedBy === undefined ? [] : note('because', visible(decidedByLine(decidedBy)), 0, layout)),
      ...(firstPacket === undefined ? [] : note('first packet', visible(firstPacketLine(firstPacket)), 0, layout)),
      ...notes.flatMap((text) => note('note', visible(text), 0, layout)),
    ],
  ]);
}

function lineOf({ span }: { readonly span?: { readonly line: number } }): number[] {
  return span === undefined ? [] : [span.line];
}

/** `tcp 203.0.113.5:49152 → 10.1.2.3:1883`. */
export function packetLine({
  protocol,
  source,
  sourcePort,
  destination,
  destinationPort,
  icmpType,
}: PacketText): string {
  const type = icmpType === undefined ? '' : ` type ${icmpType}`;
  return `${protocol}${type} ${endpoint(source, sourcePort)} → ${endpoint(destination, destinationPort)}`;
}

function endpoint(address: string, port: number | undefined): string {
  if (port === undefined) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** `outside → dmz`, or the list that is looked at alone. */
export function pathName(path: Path): string {
  return path.kind === 'crossing' ? `${path.from} → ${path.to}` : `${path.listKind} ${path.list} alone`;
}

function stepText(step: StepText, number: number, gutter: number, layout: Layout): string[] {
  if (step.kind === 'translation') {
    return [
      `${number}. translation`,
      ...excerpt(step.span, step.text, `now ${packetLine(step.after)}`, 'accent', gutter, layout),
    ];
  }
  const verdict = layout.paint(TONES[step.verdict], step.verdict);
  return [
    `${number}. ${visible(step.title)}: ${verdict}`,
    ...step.decisions.flatMap((decision) => decisionLines(decision, gutter, layout)),
    ...step.conditions.flatMap((condition) => note('depends on', visible(condition), gutter, layout)),
  ];
}

function decisionLines(decision: DecisionText, gutter: number, layout: Layout): string[] {
  const { span, text, bound } = decision;
  const tone = TONES[decision.verdict];
  if (span === undefined || text === undefined) {
    const place = span === undefined ? '' : ` (${span.source}:${span.line}:${span.column})`;
    return note('default', visible(`${decision.note}${place}`), gutter, layout);
  }
  return [
    ...excerpt(span, text, decision.note, tone, gutter, layout),
    ...(bound === undefined ? [] : note('bound', visible(bound), gutter, layout)),
  ];
}

function excerpt(
  span: NonNullable<DecisionText['span']>,
  text: string,
  what: string,
  tone: Tone,
  gutter: number,
  { width, paint }: Layout,
): string[] {
  const shown = { line: span.line, text: visible(text), start: 0, end: text.length, note: visible(what) };
  return [
    `${' '.repeat(gutter)}${paint('accent', '-->')} ${visible(span.source)}:${span.line}:${span.column}`,
    ...drawExcerpt(shown, gutter, width, tone, paint),
  ];
}

function firstPacketLine({ verdict, decidedBy }: NonNullable<TraceReport['firstPacket']>): string {
  return decidedBy === undefined ? verdict : `${verdict}, ${decidedByLine(decidedBy)}`;
}

function decidedByLine({ note: what, span }: DecisionText): string {
  return span === undefined ? what : `${what} (${span.source}:${span.line}:${span.column})`;
}
