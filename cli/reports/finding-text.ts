import type { ApplicationVerdict, Evidence, Finding, FlowText } from '../../checks/finding.ts';
import type { Layout } from './layout.ts';
import { drawExcerpt, gutterOf } from '../terminal/excerpt.ts';
import { visible } from '../terminal/visible.ts';
import { wrap } from '../terminal/width.ts';
import { evidenceMark } from './evidence-mark.ts';
import { note, severityTone } from './layout.ts';
import { maskSecrets } from '../../checks/reporting/mask-secrets.ts';

/** Shown in full of a finding; `--verbose` and the JSON report have all that the finding has. */
const SHOWN_FLOWS = 6;
const SHOWN_TERMS = 8;
const SHOWN_CROSSINGS = 4;
const SHOWN_SERVICES = 10;
const SHOWN_CONTEXT = 6;

/** One finding, compiler-style: what, where, the deciding line with a caret, then what else there is to know of it. */
export function findingText(finding: Finding, layout: Layout): string[] {
  const { paint, width, verbose } = layout;
  const tone = severityTone(finding.severity);
  const deciding = finding.evidence.filter(({ role }) => role === 'decides');
  const shown = deciding.length > 0 ? deciding : finding.evidence.slice(0, 1);
  const other = finding.evidence.filter((evidence) => !shown.includes(evidence));
  const gutter = gutterOf(shown.map(({ span }) => span.line));
  const doubt = finding.confidence === 'possible' ? ' (possible)' : '';
  const head = `${finding.severity}[${finding.check}]`;
  const [first = '', ...rest] = wrap(`${head} ${visible(finding.message)}${doubt}`, width);
  return [
    paint('bold', paint(tone, head) + first.slice(head.length)),
    ...rest.map((line) => paint('bold', line)),
    ...shown.flatMap((evidence) => evidenceText(evidence, gutter, layout, finding)),
    ...limited(other, verbose ? Infinity : SHOWN_CONTEXT).flatMap((entry) =>
      typeof entry === 'string' ? note('more', entry, gutter, layout) : contextText(entry, gutter, layout),
    ),
    ...finding.conditions.flatMap((condition) => note('depends on', visible(condition), gutter, layout)),
    ...(finding.assumptions ?? []).flatMap((assumption) => note('assumes', visible(assumption), gutter, layout)),
    ...crossingsText(finding, gutter, layout),
    ...servicesText(finding, gutter, layout),
    ...sessionsText(finding, gutter, layout),
    ...flowsText(finding, gutter, layout),
    ...approvedText(finding, gutter, layout),
    ...witnessText(finding, gutter, layout),
    ...note('fix', visible(finding.fix), gutter, layout),
    ...(verbose ? note('fingerprint', finding.fingerprint, gutter, layout) : []),
  ];
}

function evidenceText(evidence: Evidence, gutter: number, { width, paint }: Layout, finding: Finding): string[] {
  const { span } = evidence;
  const text = visible(maskSecrets(evidence.text));
  return [
    `${' '.repeat(gutter)}${paint('accent', '-->')} ${visible(span.source)}:${span.line}:${span.column}`,
    ...drawExcerpt(
      { line: span.line, text, ...evidenceMark(span, text), note: visible(evidence.note) },
      gutter,
      width,
      severityTone(finding.severity),
      paint,
    ),
  ];
}

/** What a line of evidence is called. */
export const EVIDENCE_LABELS: Readonly<Record<Evidence['role'], string>> = {
  decides: 'decides',
  binding: 'bound',
  object: 'object',
  condition: 'condition',
  context: 'see',
};

function contextText({ role, span, text, note: what }: Evidence, gutter: number, layout: Layout): string[] {
  const place = `${span.source}:${span.line}:${span.column}`;
  return note(EVIDENCE_LABELS[role], visible(`${place} ${maskSecrets(text)} (${what})`), gutter, layout);
}

function crossingsText({ crossings }: Finding, gutter: number, layout: Layout): string[] {
  if (crossings.length === 0) return [];
  const names = crossings.map(({ from, to }) => `${from} → ${to}`);
  const text = limited(names, layout.verbose ? Infinity : SHOWN_CROSSINGS).join(', ');
  return note('crossings', visible(text), gutter, layout);
}

function servicesText({ services }: Finding, gutter: number, layout: Layout): string[] {
  if (services.length === 0) return [];
  return note('services', limited(services, layout.verbose ? Infinity : SHOWN_SERVICES).join(', '), gutter, layout);
}

function sessionsText({ applications }: Finding, gutter: number, layout: Layout): string[] {
  if (applications === undefined || applications.length === 0) return [];
  return note('sessions', visible(applicationsText(applications)), gutter, layout);
}

const SESSION_VERDICTS = {
  permit: 'permitted',
  deny: 'denied',
  unknown: 'undecided',
  partly: 'partly permitted',
} as const;

/** `mqtt permitted; ssl, web-browsing denied`: what becomes of sessions once they are recognised. */
export function applicationsText(applications: readonly ApplicationVerdict[]): string {
  const groups = Map.groupBy(applications, ({ verdict }) => verdict);
  return [...groups]
    .map(([verdict, group]) => `${group.map(({ application }) => application).join(', ')} ${SESSION_VERDICTS[verdict]}`)
    .join('; ');
}

function flowsText({ flows }: Finding, gutter: number, layout: Layout): string[] {
  const shown = limited(flows.flows, layout.verbose ? Infinity : SHOWN_FLOWS);
  const lines = shown.flatMap((flow) =>
    note('packets', typeof flow === 'string' ? flow : visible(flowText(flow, layout.verbose)), gutter, layout),
  );
  return flows.truncated
    ? [...lines, ...note('packets', 'and more; the set is larger than shown', gutter, layout)]
    : lines;
}

function approvedText({ approved }: Finding, gutter: number, layout: Layout): string[] {
  const shown = limited(approved?.flows ?? [], layout.verbose ? Infinity : SHOWN_FLOWS);
  return shown.flatMap((flow) =>
    note('approved', typeof flow === 'string' ? flow : visible(flowText(flow, layout.verbose)), gutter, layout),
  );
}

/** `tcp 10.0.0.0/8 → any to port 1883, 8883`. Where no address shows that IPv6 is meant, it is said. */
export function flowText(flow: FlowText, everything: boolean, way = VERBOSE): string {
  const most = everything ? Infinity : SHOWN_TERMS;
  const list = (terms: readonly string[]): string => limited(terms, most, way).join(', ');
  const sourcePort = isAny(flow.sourcePort) ? '' : ` from port ${list(flow.sourcePort)}`;
  const destinationPort = isAny(flow.destinationPort) ? '' : ` to port ${list(flow.destinationPort)}`;
  const family = flow.family === 6 && isAny(flow.source) && isAny(flow.destination) ? ' IPv6' : '';
  return `${flow.protocol} ${list(flow.source)}${family}${sourcePort} → ${list(flow.destination)}${family}${destinationPort}`;
}

function isAny(terms: readonly string[]): boolean {
  return terms.length === 0 || (terms.length === 1 && terms[0] === 'any');
}

function witnessText({ witness }: Finding, gutter: number, layout: Layout): string[] {
  if (witness === undefined) return [];
  const { protocol, source, sourcePort, destination, destinationPort, application } = witness;
  const what = application === undefined ? '' : ` (a session of ${application})`;
  const text = `${protocol} ${endpoint(source, sourcePort)} → ${endpoint(destination, destinationPort)}${what}`;
  return note('example', text, gutter, layout);
}

/** `192.0.2.1:1883`, `[2001:db8::1]:1883`. */
export function endpoint(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** The way to see all of something in a report. */
const VERBOSE = ' (--verbose)';

/** The first items, and how many are left out; `way`: how they are to be had. */
export function limited<T>(items: readonly T[], most: number, way = VERBOSE): (T | string)[] {
  return items.length <= most ? [...items] : [...items.slice(0, most), `${items.length - most} more${way}`];
}
