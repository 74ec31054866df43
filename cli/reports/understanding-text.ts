import type { Coverage, DiagnosticSeverity } from '../../parsers/diagnostics.ts';
import type { Tone } from '../terminal/paint.ts';
import type { Layout } from './layout.ts';
import type { FailedInput, ReportedDiagnostic, Shortfall, SkippedInput, SourceResult } from './run.ts';
import { LINE_STATES } from '../../parsers/diagnostics.ts';
import { drawExcerpt, gutterOf } from '../terminal/excerpt.ts';
import { visible } from '../terminal/visible.ts';
import { wrap } from '../terminal/width.ts';
import { evidenceMark } from './evidence-mark.ts';
import { limited } from './finding-text.ts';
import { count, grouped, note, percent } from './layout.ts';

const TONES: Readonly<Record<DiagnosticSeverity, Tone>> = { error: 'danger', warning: 'warning', note: 'accent' };
const SHOWN_SKIPPED = 12;

/** What was not read or not trusted, in the form of a finding; notes only when asked for. */
export function diagnosticsText(diagnostics: readonly ReportedDiagnostic[], layout: Layout): string[] {
  return diagnostics
    .filter(({ severity }) => layout.verbose || severity !== 'note')
    .flatMap((diagnostic) => [...diagnosticText(diagnostic, layout), '']);
}

/** Coverage of every source, and how many notes were kept back. */
export function sourcesText(sources: readonly SourceResult[], layout: Layout): string[] {
  const notes = sources.flatMap(({ diagnostics }) => diagnostics.filter(({ severity }) => severity === 'note'));
  const kept = `${count(notes.length, 'note')} about how texts were read (--verbose shows them)`;
  return [
    ...sources.flatMap((source) => [...coverageText(source, layout), ...ruleCountsText(source, layout)]),
    ...(notes.length === 0 || layout.verbose ? [] : wrap(kept, layout.width)),
  ];
}

function diagnosticText(diagnostic: ReportedDiagnostic, layout: Layout): string[] {
  const { severity, code, span, message, consequence, text, more } = diagnostic;
  const gutter = gutterOf([span.line]);
  const head = `${severity}[${code}]`;
  const [first = '', ...rest] = wrap(`${head} ${visible(message)}`, layout.width);
  const statement = text.trim();
  const excerpt = { line: span.line, text: visible(statement), ...evidenceMark(span, statement) };
  return [
    layout.paint('bold', layout.paint(TONES[severity], head) + first.slice(head.length)),
    ...rest,
    `${' '.repeat(gutter)}${layout.paint('accent', '-->')} ${visible(span.source)}:${span.line}:${span.column}`,
    ...(text === '' ? [] : drawExcerpt(excerpt, gutter, layout.width, TONES[severity], layout.paint)),
    ...note('so', visible(consequence), gutter, layout),
    ...(more === undefined || more === 0 ? [] : note('and', count(more, 'further place'), gutter, layout)),
  ];
}

/** `edge.cfg (cisco-asa: edge-1): 250 modelled + 50 no-effect + … = 312 lines; 98.7% understood`. */
function coverageText({ coverage, combinedWith, platform, devices }: SourceResult, layout: Layout): string[] {
  const name = [coverage.source, ...(combinedWith ?? [])].join(' + ');
  const names = devices.map(({ device }) => device).join(', ') || 'no device';
  const reading = platform === undefined ? '' : ` (${platform}: ${names})`;
  const states = LINE_STATES.map((state) => `${grouped(coverage.states[state])} ${state}`).join(' + ');
  const text = `${name}${reading}: ${states} = ${count(coverage.lines, 'line')}; ${understood(coverage)}`;
  return hanging(text, layout);
}

/** `  rules: 42 security rules written = 42 modelled (3 disabled); 5 NAT rules written = 4 modelled + 1 for no firewall`. */
function ruleCountsText({ ruleCounts }: SourceResult, layout: Layout): string[] {
  if (ruleCounts.length === 0) return [];
  const counts = ruleCounts.map(({ kind, written, modelled, disabled, left }) => {
    const off = disabled === 0 ? '' : ` (${grouped(disabled)} disabled)`;
    const others = left.map(({ count: number, reason }) => ` + ${grouped(number)} ${reason}`).join('');
    return `${grouped(written)} ${kind} written = ${grouped(modelled)} modelled${off}${others}`;
  });
  return hanging(`rules: ${counts.join('; ')}`, layout).map((line) => `  ${line}`);
}

/** `98.7% understood`. Lines in the states `unsupported` and `unrecognised` are not. */
function understood({ lines, states }: Pick<Coverage, 'lines' | 'states'>): string {
  return `${percent(lines - states.unsupported - states.unrecognised, lines)} understood`;
}

/** Inputs that could not be used, and answers that cannot be trusted, with the reason. */
export function troubleText(
  failures: readonly FailedInput[],
  shortfalls: readonly Shortfall[],
  layout: Layout,
): string[] {
  const { paint, width } = layout;
  const line = (label: string, name: string, message: string): string[] => {
    const [first = '', ...rest] = wrap(`${label} ${visible(name)}: ${visible(message)}`, width - 2);
    return [paint('danger', label) + first.slice(label.length), ...rest.map((text) => `  ${text}`)];
  };
  return [
    ...failures.flatMap(({ name, message }) => line('not audited:', name, message)),
    ...shortfalls.flatMap(({ source, message }) => line('not trusted:', source, message)),
  ];
}

/** Files of directories that are no configurations, by what they are instead. */
export function skippedText(skipped: readonly SkippedInput[], layout: Layout): string[] {
  return [...Map.groupBy(skipped, ({ message }) => message)].flatMap(([message, inputs]) => {
    const names = limited(
      inputs.map(({ name }) => name),
      layout.verbose ? Infinity : SHOWN_SKIPPED,
    ).join(', ');
    return hanging(`skipped, ${message}: ${names}`, layout);
  });
}

/** Crossings without a direction or a result, by the reason: what the findings say nothing about. */
export function unjudgedText(sources: readonly SourceResult[], layout: Layout): string[] {
  return sources.flatMap(({ devices }) =>
    devices.flatMap(({ device, unjudged }) =>
      [...Map.groupBy(unjudged, ({ reason }) => reason)].flatMap(([reason, crossings]) => {
        const number = crossings.length === 1 ? '' : ` (${crossings.length} crossings)`;
        return hanging(`not judged: ${device}: ${reason}${number}`, layout);
      }),
    ),
  );
}

/** A paragraph whose further lines are indented. */
export function hanging(text: string, { width }: Layout): string[] {
  return wrap(visible(text), width - 2).map((line, index) => (index === 0 ? line : `  ${line}`));
}
