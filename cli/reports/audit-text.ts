import type { Finding } from '../../checks/finding.ts';
import type { Layout } from './layout.ts';
import type { PolicyResult, Run, SourceResult } from './run.ts';
import { SEVERITIES } from '../../checks/finding.ts';
import { findingText } from './finding-text.ts';
import { matrixText } from './matrix-text.ts';
import { readinessText } from './readiness-text.ts';
import { lastLine, summaryTable } from './summary-text.ts';
import { diagnosticsText, hanging, skippedText, sourcesText, troubleText, unjudgedText } from './understanding-text.ts';

/** The audit for people: findings, what was not understood, coverage, inputs that failed, summary; always all of them. */
export function auditText(run: Run, layout: Layout): string {
  return paragraphs([
    run.sources.flatMap((source) => sourceText(source, layout)),
    ...(run.policy === undefined ? [] : [policyText(run.policy, layout)]),
    waivedText(run, layout),
    sourcesText(run.sources, layout),
    unjudgedText(run.sources, layout),
    readinessText(run.sources, layout),
    [...troubleText(run.failures, run.shortfalls, layout), ...skippedText(run.skipped, layout)],
    ...matrixText(run, layout),
    summaryTable(run, layout),
    lastLine(run, layout),
  ]);
}

/** Blocks with one empty line between them; empty blocks fall out. */
export function paragraphs(blocks: readonly (readonly string[])[]): string {
  const texts = blocks.map((lines) => lines.join('\n').replace(/\n+$/, '')).filter((text) => text !== '');
  return `${texts.join('\n\n')}\n`;
}

function sourceText(source: SourceResult, layout: Layout): string[] {
  const all = source.devices.flatMap((device) => device.findings).toSorted(bySeverityThenPlace);
  const findings = all.filter(({ waived }) => layout.verbose || waived === undefined);
  return [
    ...findings.flatMap((finding) => [...findingText(finding, layout), '']),
    ...diagnosticsText(source.diagnostics, layout),
  ];
}

/** Findings about the policy, and what of it fits nothing in this run. */
function policyText({ file, findings, notes }: PolicyResult, layout: Layout): string[] {
  return [
    ...findings.flatMap((finding) => [...findingText(finding, layout), '']),
    ...notes.flatMap((text) => hanging(`policy ${file}: ${text}`, layout)),
  ];
}

/** What the policy accepts, one line each: shown, never dropped. */
function waivedText({ sources, policy }: Run, layout: Layout): string[] {
  const all = [
    ...sources.flatMap(({ devices }) => devices.flatMap((device) => device.findings)),
    ...(policy?.findings ?? []),
  ];
  return all.flatMap(({ severity, check, message, waived }) => {
    if (waived === undefined) return [];
    const { reason, owner, expires, place } = waived;
    const until = expires === undefined ? '' : ` until ${expires}`;
    const by = `${reason}, ${owner}${until}, ${place.source}:${place.line}`;
    return hanging(`accepted ${severity}[${check}] ${message} (${by})`, layout);
  });
}

function bySeverityThenPlace(a: Finding, b: Finding): number {
  const severity = SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
  return severity === 0 ? firstLine(a) - firstLine(b) : severity;
}

function firstLine({ evidence }: Finding): number {
  return evidence.find(({ role }) => role === 'decides')?.span.line ?? evidence[0]?.span.line ?? 0;
}
