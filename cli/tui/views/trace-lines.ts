import type { DecisionText, TraceReport } from '../../trace/trace-report.ts';
import { packetLine, pathName } from '../../reports/trace-text.ts';
import { visible } from '../../terminal/visible.ts';
import { wrap } from '../../terminal/width.ts';
import type { Line } from '../line.ts';
import { verdictStyle } from '../theme.ts';
import { labelled, type TextRow } from './finding-text.ts';

/** The answer: the verdict with its line, then every stage and translation on the way. */
export function traceLines(report: TraceReport, width: number): TextRow[] {
  const { verdict, decidedBy, packet, application, firstPacket, steps, notes, device, path } = report;
  const session = application === undefined ? '' : `, a session of ${application}`;
  return [
    said([
      [verdictStyle(verdict), ` ${verdict.toUpperCase()} `],
      ['strong', visible(` ${packetLine(packet)}${session}`)],
    ]),
    ...labelled('path', [`${device}, ${pathName(path)}`], width),
    ...(decidedBy === undefined ? [] : decisionRows('because', decidedBy, width)),
    ...(firstPacket?.decidedBy === undefined ? [] : decisionRows('first packet', firstPacket.decidedBy, width)),
    ...labelled('note', notes, width),
    ...(steps.length === 0 && verdict === 'permit' ? labelled('note', ['no filter stands in this path'], width) : []),
    ...steps.flatMap((step, index): TextRow[] => {
      if (step.kind === 'translation') {
        return [
          said([]),
          said([['strong', `${index + 1}. translation: now ${packetLine(step.after)}`]]),
          ...labelled('by', [`${step.span.source}:${step.span.line} ${step.text}`], width, step.span),
        ];
      }
      return [
        said([]),
        ...wrap(visible(step.title), Math.max(20, width - 14)).map((title, line): TextRow =>
          line === 0
            ? said([
                ['strong', `${index + 1}. `],
                [verdictStyle(step.verdict), step.verdict],
                ['strong', `: ${title}`],
              ])
            : said([['strong', `   ${title}`]]),
        ),
        ...step.decisions.flatMap((decision) => decisionRows(decision.kind, decision, width)),
        ...labelled('depends on', step.conditions, width),
      ];
    }),
  ];
}

function said(line: Line): TextRow {
  return { line };
}

function decisionRows(label: string, { note, span, text, bound, verdict }: DecisionText, width: number): TextRow[] {
  const place = span === undefined ? '' : ` (${span.source}:${span.line})`;
  return [
    ...labelled(label, [`${verdict}: ${note}${place}`], width, span),
    ...(text === undefined
      ? []
      : wrap(visible(text), Math.max(20, width - 13)).map((line): TextRow => {
          const drawn: Line = [
            ['plain', ' '.repeat(13)],
            ['accent', line],
          ];
          return span === undefined ? { line: drawn } : { line: drawn, target: span };
        })),
    ...labelled('bound', bound === undefined ? [] : [bound], width),
  ];
}
