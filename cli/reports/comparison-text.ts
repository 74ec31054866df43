import type { DeviceChanges, FlowChange } from '../../checks/compare/device-changes.ts';
import type { ComparedFinding, FindingsComparison } from '../../checks/compare/compare-findings.ts';
import type { Finding } from '../../checks/finding.ts';
import type { Comparison, ComparedSide, DeviceComparison } from '../compare/comparison.ts';
import type { Layout } from './layout.ts';
import { maskSecrets } from '../../checks/reporting/mask-secrets.ts';
import type { Tone } from '../terminal/paint.ts';
import { visible } from '../terminal/visible.ts';
import { wrap } from '../terminal/width.ts';
import { paragraphs } from './audit-text.ts';
import { endpoint, flowText, limited } from './finding-text.ts';
import { count, percent, severityTone } from './layout.ts';
import { skippedText, troubleText } from './understanding-text.ts';

const SHOWN_FLOWS = 6;
const SHOWN_CROSSINGS = 4;
const SHOWN_PORTS = 12;
const SHOWN_DECIDERS = 3;

/** What changed, for people: flows that open and close, findings, what could not be compared, and how much was understood. */
export function comparisonText(comparison: Comparison, layout: Layout): string {
  const { before, after, devices, policy, notes } = comparison;
  const changed = devices.filter(hasChanges);
  return paragraphs([
    [...hanging(`before: ${before.label}`, 0, layout), ...hanging(`after:  ${after.label}`, 0, layout)],
    ...changed.flatMap((device) => deviceBlocks(device, layout)),
    ...(policy === undefined ? [] : [findingsBlock(policy, 'policy', layout)]),
    unchangedText(devices, layout),
    notes.flatMap((note) => hanging(`note: ${note}`, 0, layout)),
    [...sideTrouble('before', before, layout), ...sideTrouble('after', after, layout)],
    lastLine(comparison, layout),
  ]);
}

function hasChanges({ before, after, flows, findings }: DeviceComparison): boolean {
  if (before === undefined || after === undefined || before.device !== after.device) return true;
  if (findings.new.length + findings.fixed.length + findings.changed.length > 0) return true;
  if (flows.kind !== 'compared') return false;
  const { changes, oneSided, notJudged, notes } = flows.changes;
  return changes.length + oneSided.length + notJudged.length + notes.length > 0;
}

function deviceBlocks(device: DeviceComparison, layout: Layout): string[][] {
  const { flows, findings } = device;
  const title = layout.paint('bold', visible(titleOf(device)));
  const changes = flows.kind === 'compared' ? flows.changes : undefined;
  const groups = Map.groupBy(changes?.changes ?? [], ({ crossings }) => JSON.stringify(crossings));
  return [
    [title, ...(flows.kind === 'not-compared' ? hanging(flows.reason, 2, layout) : [])],
    ...[...groups.values()].map((group) => crossingText(group, layout)),
    changes === undefined ? [] : besideText(changes, layout),
    findingsBlock(findings, '', layout),
  ];
}

/** `edge-1 (edge.cfg)`, `edge-2, was edge-1 (edge.cfg)`, `edge-3, added (edge3.cfg)`. */
function titleOf({ before, after }: DeviceComparison): string {
  if (after === undefined) return before === undefined ? '' : `${before.device}, removed (${before.source})`;
  if (before === undefined) return `${after.device}, added (${after.source})`;
  const was = before.device === after.device ? '' : `, was ${before.device}`;
  const from = before.source === after.source ? after.source : `${before.source} → ${after.source}`;
  return `${after.device}${was} (${from})`;
}

function crossingText(group: readonly FlowChange[], layout: Layout): string[] {
  const [first] = group;
  if (first === undefined) return [];
  const all = first.crossings.map(({ from, to }) => `${from} → ${to}`);
  const names = limited(all, layout.verbose ? Infinity : SHOWN_CROSSINGS).join(', ');
  return [
    ...hanging(`${names} (${first.direction})`, 2, layout, 'bold'),
    ...[...Map.groupBy(group, alike).values()].flatMap((changes) => changeText(changes, layout)),
  ];
}

/** Services whose packets changed in the same way, by the same lines, are shown together. */
function alike(change: FlowChange): string {
  const { change: kind, confidence, reach, service, approved, conditions, decidedBy, turnedAway, flows } = change;
  const packets = flows.flows.map(({ family, source, destination, sourcePort }) => [
    family,
    source,
    destination,
    sourcePort,
  ]);
  const other = service === undefined ? change.protocol : '';
  const by = [decidedBy.map(({ span }) => span), turnedAway];
  return JSON.stringify([kind, confidence, reach, other, approved, conditions, by, packets, flows.truncated]);
}

const TONES: Readonly<Record<FlowChange['change'], Tone>> = {
  opened: 'warning',
  closed: 'good',
  undecided: 'accent',
};

const APPROVALS = { yes: 'approved', partly: 'partly approved', no: 'not approved' } as const;

function changeText(group: readonly FlowChange[], layout: Layout): string[] {
  const [first] = group;
  if (first === undefined) return [];
  const { change, confidence, reach, approved, flows, conditions, service } = first;
  const how =
    change === 'undecided' ? 'may have changed' : `${change} ${confidence === 'definite' ? 'surely' : 'possibly'}`;
  const far = reach === undefined ? '' : reach === 'session' ? ', sessions' : ', first packets';
  const what = group.map((each) => whatText(each, layout)).join(', ');
  const isService = service !== undefined;
  const shown = limited(flows.flows, layout.verbose ? Infinity : SHOWN_FLOWS);
  return [
    ...hanging(`${how}${far}, ${APPROVALS[approved]}: ${what}`, 4, layout, TONES[change]),
    ...shown.flatMap((flow) => {
      if (typeof flow === 'string') return hanging(flow, 6, layout);
      return hanging(flowText(isService ? { ...flow, destinationPort: ['any'] } : flow, layout.verbose), 6, layout);
    }),
    ...(flows.truncated ? hanging('and more; the set is larger than shown', 6, layout) : []),
    ...conditions.before.flatMap((text) => hanging(`before, depended on ${text}`, 6, layout)),
    ...conditions.after.flatMap((text) => hanging(`after, depends on ${text}`, 6, layout)),
    ...deciderText(first, layout),
    ...exampleText(first, layout),
  ];
}

function whatText({ service, protocol, ports, forwardedTo }: FlowChange, { verbose }: Layout): string {
  const forwarded = forwardedTo === undefined ? '' : ` (to ${forwardedTo})`;
  if (service !== undefined) return `${service} ${protocol}/${ports.join()}${forwarded}`;
  const shown = limited(ports, verbose ? Infinity : SHOWN_PORTS).join(', ');
  return `other ports, ${protocol} ${shown}`;
}

/** What permits the packets on its side, and what turns them away on the other. */
function deciderText({ change, decidedBy, turnedAway }: FlowChange, layout: Layout): string[] {
  const [here, there] = change === 'closed' ? ['before', 'after'] : ['after', 'before'];
  const lines = limited(decidedBy, layout.verbose ? Infinity : SHOWN_DECIDERS).map((each) => {
    if (typeof each === 'string') return each;
    const { span, text, note } = each;
    return `${span.source}:${span.line}:${span.column} ${maskSecrets(text)} (${note})`;
  });
  const permits = lines.length === 0 ? ['no filter on the path'] : lines;
  return [
    ...permits.flatMap((line) => hanging(`${here}, by ${line}`, 6, layout)),
    ...(turnedAway === undefined ? [] : hanging(`${there}, ${turnedAwayText(turnedAway)}`, 6, layout)),
  ];
}

function turnedAwayText({ text, span }: NonNullable<FlowChange['turnedAway']>): string {
  return span === undefined ? text : `${text} (${span.source}:${span.line}:${span.column})`;
}

function exampleText({ witness }: FlowChange, layout: Layout): string[] {
  if (witness === undefined) return [];
  const { protocol, source, sourcePort, destination, destinationPort } = witness;
  const text = `example ${protocol} ${endpoint(source, sourcePort)} → ${endpoint(destination, destinationPort)}`;
  return hanging(text, 6, layout);
}

/** Crossings of one side, what was not compared, notes: by reason, not one by one. */
function besideText({ oneSided, notJudged, notes }: DeviceChanges, layout: Layout): string[] {
  const names = (crossings: readonly { readonly from: string; readonly to: string }[]): string =>
    limited(
      crossings.map(({ from, to }) => `${from} → ${to}`),
      layout.verbose ? Infinity : SHOWN_CROSSINGS,
    ).join(', ');
  const single = Map.groupBy(oneSided, ({ missing, reason }) => `no way ${missing}, ${reason}`);
  const left = Map.groupBy(notJudged, ({ reason }) => `not compared, ${reason}`);
  return [
    ...[...single, ...left].flatMap(([text, all]) =>
      hanging(`${text}: ${names(all.map(({ crossing }) => crossing))}`, 2, layout),
    ),
    ...notes.flatMap((note) => hanging(`note: ${note}`, 2, layout)),
  ];
}

function findingsBlock(
  { new: added, fixed, changed, unchanged }: FindingsComparison<ComparedFinding, Finding>,
  name: string,
  layout: Layout,
): string[] {
  if (added.length + fixed.length + changed.length === 0) return [];
  const counts = `${added.length} new, ${fixed.length} fixed, ${changed.length} changed, ${unchanged.length} unchanged`;
  return [
    ...hanging(`${name === '' ? '' : `${name} `}findings: ${counts}`, 2, layout, 'bold'),
    ...added.flatMap((finding) => findingLine('new', finding, '', layout)),
    ...fixed.flatMap((finding) => findingLine('fixed', finding, '', layout)),
    ...changed.flatMap(({ before, after, differs }) => {
      const severity = before.severity === after.severity ? '' : `, was ${before.severity}`;
      return findingLine('changed', after, ` [${differs.join(', ')}${severity}]`, layout);
    }),
  ];
}

function findingLine(what: string, finding: ComparedFinding, more: string, layout: Layout): string[] {
  const { severity, check, message, confidence, evidence, waived } = finding;
  const place = (evidence.find(({ role }) => role === 'decides') ?? evidence[0])?.span;
  const where = place === undefined ? '' : ` (${place.source}:${place.line})`;
  const doubt = confidence === 'possible' ? ' (possible)' : '';
  const accepted = waived === undefined ? '' : ' (accepted by the policy)';
  const text = `${what} ${severity}[${check}] ${message}${doubt}${accepted}${where}${more}`;
  return hanging(text, 4, layout, what === 'fixed' ? 'good' : severityTone(severity));
}

function unchangedText(devices: readonly DeviceComparison[], layout: Layout): string[] {
  const names = devices.filter((device) => !hasChanges(device)).map(({ after }) => after?.device ?? '');
  if (names.length === 0) return [];
  const shown = limited(names, layout.verbose ? Infinity : 12).join(', ');
  return hanging(`unchanged: ${shown}`, 0, layout);
}

function sideTrouble(name: string, { failures, shortfalls, skipped }: ComparedSide, layout: Layout): string[] {
  const inputs = failures.map((each) => ({ ...each, name: `${each.name} (${name})`, reason: 'unreadable' as const }));
  const texts = shortfalls.map((each) => ({ ...each, source: `${each.source} (${name})` }));
  return [...troubleText(inputs, texts, layout), ...(layout.verbose ? skippedText(skipped, layout) : [])];
}

/** Never a number of changes without how much of both sides it rests on. */
function lastLine({ before, after, devices, policy }: Comparison, layout: Layout): string[] {
  const compared = devices.flatMap(({ flows }) => (flows.kind === 'compared' ? [flows.changes] : []));
  const changes = compared.flatMap((each) => each.changes);
  const number = (kind: FlowChange['change']): number => changes.filter(({ change }) => change === kind).length;
  const findings = [...devices.map((device) => device.findings), ...(policy === undefined ? [] : [policy])];
  const sum = (of: (each: FindingsComparison<ComparedFinding, Finding>) => readonly unknown[]): number =>
    findings.reduce((total, each) => total + of(each).length, 0);
  const failed = before.failures.length + after.failures.length;
  const short = before.shortfalls.length + after.shortfalls.length;
  const parts = [
    `flows: ${number('opened')} opened, ${number('closed')} closed, ${number('undecided')} undecided`,
    `findings: ${sum((each) => each.new)} new, ${sum((each) => each.fixed)} fixed, ${sum((each) => each.changed)} changed, ` +
      `${sum((each) => each.unchanged)} unchanged`,
    count(devices.length, 'device'),
    ...understood('before', before),
    ...understood('after', after),
    ...(compared.some(({ notJudged }) => notJudged.length > 0) ? ['not every crossing was compared (see above)'] : []),
    ...(failed === 0 ? [] : [`${count(failed, 'input')} not read`]),
    ...(short === 0 ? [] : [`${count(short, 'reason')} not to trust the answer`]),
  ];
  return wrap(visible(parts.join('; ')), layout.width);
}

function understood(name: string, { totals }: ComparedSide): string[] {
  if (totals === undefined) return [];
  if (totals.sources === 0) return [`no line of a configuration was read ${name}`];
  const unknown = totals.lineStates.unsupported + totals.lineStates.unrecognised;
  return [`${percent(totals.lines - unknown, totals.lines)} of ${count(totals.lines, 'line')} understood ${name}`];
}

function hanging(text: string, indent: number, { width, paint }: Layout, tone?: Tone): string[] {
  return wrap(visible(text), Math.max(24, width - indent - 2)).map((line, index) => {
    const drawn = tone === undefined ? line : paint(tone, line);
    return ' '.repeat(index === 0 ? indent : indent + 2) + drawn;
  });
}
