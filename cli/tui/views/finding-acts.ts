import type { Span } from '../../../parsers/source.ts';
import type { Finding } from '../../../checks/finding.ts';
import type { Act } from '../keymap.ts';
import type { Wish } from '../store/dialog.ts';
import type { FindingRow } from '../store/fleet.ts';
import type { Model } from '../store/model.ts';
import type { Subject } from '../store/screens.ts';
import type { Step } from '../view.ts';
import { placeOf } from './finding-rows.ts';

/** Where other views begin when one goes there from a finding. */
export function findingSubject(row: FindingRow | undefined): Subject {
  if (row === undefined) return {};
  const { finding, source } = row;
  const { device, crossings, witness, rules } = finding;
  const span = placeOf(row);
  const [crossing] = crossings;
  const list = rules[0]?.split(': ')[0];
  return {
    source,
    device,
    ...(crossing === undefined ? {} : { from: crossing.from, to: crossing.to }),
    ...(span === undefined ? {} : { line: span.line, text: span.source }),
    ...(list === undefined ? {} : { ruleList: list }),
    packet: {
      ...(crossing === undefined ? {} : { from: crossing.from, to: crossing.to }),
      ...(witness === undefined ? {} : packetOf(witness)),
    },
  };
}

/** A witness as the trace form takes it. */
export function packetOf(witness: NonNullable<Finding['witness']>): NonNullable<Subject['packet']> {
  const { protocol, source, sourcePort, destination, destinationPort, application = '' } = witness;
  return {
    protocol,
    source,
    sourcePort: String(sourcePort),
    destination,
    destinationPort: String(destinationPort),
    application,
  };
}

/** The command that gives the finding's example packet to the same device. */
export function traceCommandOf({ source, finding }: FindingRow, model: Model): string | undefined {
  const { witness, crossings, device } = finding;
  const [crossing] = crossings;
  if (witness === undefined || crossing === undefined) return undefined;
  return traceCommand(model, source, { device, from: crossing.from, to: crossing.to, ...packetOf(witness) });
}

const OPTIONS = [
  ['device', '--device'],
  ['from', '--from'],
  ['to', '--to'],
  ['protocol', '--protocol'],
  ['source', '--source'],
  ['sourcePort', '--source-port'],
  ['destination', '--destination'],
  ['destinationPort', '--destination-port'],
  ['application', '--application'],
] as const;

/** `brokerfence trace fw.cfg --from outside …` over all texts of the input, quoted for a POSIX shell. */
export function traceCommand(
  { fleet, policyFile, platform }: Model,
  source: string,
  packet: NonNullable<Subject['packet']>,
): string {
  const others = fleet.sources.find((each) => each.source === source)?.combinedWith ?? [];
  const combine = others.length > 0 ? ['--combine'] : [];
  const read = platform === undefined ? [] : ['--platform', platform];
  const policy = policyFile === undefined ? ['--no-policy'] : ['--policy', policyFile];
  const fields = OPTIONS.flatMap(([name, option]) => {
    const value = packet[name] ?? '';
    return value === '' ? [] : [option, value];
  });
  return ['brokerfence', 'trace', source, ...others, ...combine, ...read, ...policy, ...fields]
    .map(shellWord)
    .join(' ');
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** Why an act can do nothing with a finding. */
export function findingRefusal(act: Act, row: FindingRow, model: Model): string | undefined {
  const { finding } = row;
  if (act === 'copy' && traceCommandOf(row, model) === undefined) return 'this finding has no example packet';
  if (act === 'edit' && placeOf(row) === undefined) return 'this finding has no line';
  if (act === 'waive' && finding.waived !== undefined) {
    const { owner, place } = finding.waived;
    return `${owner} has accepted it already (${place.source}:${place.line})`;
  }
  if (act === 'approve' && finding.flows.flows.length === 0) return 'this finding is not about flows; w waives it';
  return undefined;
}

export function wishFor(act: 'waive' | 'approve', { finding, source }: FindingRow, { fleet }: Model): Wish {
  if (act === 'waive') return { kind: 'waive', finding };
  const devices = fleet.sources.find((each) => each.source === source)?.devices ?? [];
  const segments = devices.find(({ device }) => device === finding.device)?.segments ?? [];
  return { kind: 'approve', finding, segments };
}

export function openEditor(span: Span | undefined): Step<never> {
  return span === undefined ? {} : { effects: [{ kind: 'edit', file: span.source, line: span.line }] };
}
