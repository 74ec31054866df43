import type { DeviceReport, PermittedFlow, SegmentTrust } from '../../checks/device-report.ts';
import type { FlowText } from '../../checks/finding.ts';
import type { Layout } from './layout.ts';
import type { Run, SourceResult } from './run.ts';
import { drawTable } from '../terminal/table.ts';
import { visible } from '../terminal/visible.ts';
import { wrap } from '../terminal/width.ts';
import { paragraphs } from './audit-text.ts';
import { applicationsText, flowText, limited } from './finding-text.ts';
import { count, percent } from './layout.ts';
import { maskSecrets } from '../../checks/reporting/mask-secrets.ts';
import { diagnosticsText, skippedText, sourcesText, troubleText } from './understanding-text.ts';

const SHOWN_FLOWS = 12;

/** Every permitted pub/sub flow, crossing by crossing, with the trust of the segments that gives them a direction. */
export function flowsText(run: Run, layout: Layout): string {
  return paragraphs([
    ...run.sources.flatMap((source) => source.devices.flatMap((device) => deviceBlocks(device, layout))),
    run.sources.flatMap(({ diagnostics }) => diagnosticsText(diagnostics, layout)),
    sourcesText(run.sources, layout),
    [...troubleText(run.failures, run.shortfalls, layout), ...skippedText(run.skipped, layout)],
    lastLine(run, layout),
  ]);
}

function deviceBlocks(device: DeviceReport, layout: Layout): string[][] {
  const title = `${device.device} (${device.platform}${device.version === undefined ? '' : ` ${device.version}`})`;
  const crossings = Map.groupBy(device.flows, ({ crossing }) => `${crossing.from} → ${crossing.to}`);
  return [
    [layout.paint('bold', visible(title)), ...segmentsText(device.segments, layout)],
    ...[...crossings].map(([name, flows]) => crossingText(name, flows, layout)),
    ...(device.flows.length === 0
      ? [['  no flow of a publish/subscribe service is permitted between its segments']]
      : []),
    device.unjudged.flatMap(({ crossing, reason }) =>
      hanging(`not judged: ${crossing.from} → ${crossing.to}: ${reason}`, 2, layout),
    ),
  ];
}

function segmentsText(segments: readonly SegmentTrust[], { width }: Layout): string[] {
  const columns = [{ title: 'segment' }, { title: 'trust' }, { title: 'because', flexible: { minWidth: 12 } }];
  const rows = segments.map(({ segment, trust, reasons, transit }) => [
    visible(segment),
    transit === 'yes' ? trust : `${trust} (${transit === 'none' ? 'no transit' : 'dormant'})`,
    visible(reasons.join('; ')),
  ]);
  return drawTable(columns, rows, width - 2).map((line) => `  ${line}`);
}

function crossingText(name: string, flows: readonly PermittedFlow[], layout: Layout): string[] {
  const direction = flows[0]?.direction ?? 'unjudged';
  return [
    `  ${layout.paint('bold', visible(name))} (${direction})`,
    ...[...Map.groupBy(flows, alike).values()].flatMap((group) => permittedText(group, layout)),
  ];
}

/** Services with the same packets, decided by the same lines, are shown together. */
function alike({ confidence, approved, conditions, flows, decidedBy, applications }: PermittedFlow): string {
  const packets = flows.flows.map(({ family, source, destination, sourcePort }) => [
    family,
    source,
    destination,
    sourcePort,
  ]);
  return JSON.stringify([confidence, approved, conditions, packets, flows.truncated, decidedBy, applications]);
}

function permittedText(group: readonly PermittedFlow[], layout: Layout): string[] {
  const [first] = group;
  if (first === undefined) return [];
  const { verbose } = layout;
  const approval = APPROVALS[first.approved];
  const services = group.map(serviceText).join(', ');
  const shown = limited(first.flows.flows, verbose ? Infinity : SHOWN_FLOWS);
  return [
    ...hanging(`${first.confidence}, ${approval}: ${services}`, 4, layout),
    ...shown.flatMap((each) => hanging(typeof each === 'string' ? each : addressesText(each, verbose), 6, layout)),
    ...(first.flows.truncated ? ['      and more; the set is larger than shown'] : []),
    ...sessionsText(first, layout),
    ...first.conditions.flatMap((condition) => hanging(`depends on ${condition}`, 6, layout)),
    ...first.decidedBy.flatMap(({ span, text, note: what }) =>
      hanging(`by ${span.source}:${span.line}:${span.column} ${maskSecrets(text)} (${what})`, 6, layout),
    ),
  ];
}

function serviceText({ service, protocol, port, forwardedTo }: PermittedFlow): string {
  return `${service} ${protocol}/${port}${forwardedTo === undefined ? '' : ` (forwarded to ${forwardedTo})`}`;
}

function sessionsText({ reach, applications }: PermittedFlow, layout: Layout): string[] {
  if (reach === undefined || applications === undefined) return [];
  const only = reach === 'first-packets' ? 'only first packets pass; ' : '';
  return hanging(`${only}sessions: ${applicationsText(applications)}`, 6, layout);
}

const APPROVALS = { yes: 'approved', partly: 'partly approved', no: 'not approved' } as const;

/** The packets but for the service, which is said above. */
function addressesText(flow: FlowText, everything: boolean): string {
  return flowText({ ...flow, destinationPort: ['any'] }, everything);
}

function hanging(text: string, indent: number, { width }: Layout): string[] {
  return wrap(visible(text), Math.max(24, width - indent - 2)).map(
    (line, index) => ' '.repeat(index === 0 ? indent : indent + 2) + line,
  );
}

function lastLine({ sources, totals }: Run, { width }: Layout): string[] {
  const flows = sources.flatMap(({ devices }: SourceResult) => devices.flatMap((device) => device.flows));
  const unknown = totals.lineStates.unsupported + totals.lineStates.unrecognised;
  const parts = [
    `${count(flows.length, 'permitted flow')} of publish/subscribe services in ${count(totals.devices, 'device')}`,
    sources.length === 0
      ? 'no line of a configuration was read'
      : `${percent(totals.lines - unknown, totals.lines)} of ${count(totals.lines, 'line')} understood`,
    ...(totals.failures === 0 ? [] : [`${count(totals.failures, 'input')} not read`]),
  ];
  return wrap(parts.join('; '), width);
}
