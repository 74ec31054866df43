import type { ComparedFinding } from '../../../checks/compare/compare-findings.ts';
import type { FlowChange } from '../../../checks/compare/device-changes.ts';
import type { Comparison, DeviceComparison } from '../../compare/comparison.ts';
import { filtered, readFilter, type Filter } from '../filter.ts';
import { keepLast } from '../memo.ts';

/** One thing that changed. `device`: it came or went; `note`: something about the comparison itself. */
export type ChangeRow =
  | { readonly kind: 'device'; readonly word: string; readonly device: string; readonly text: string }
  | { readonly kind: 'note'; readonly word: string; readonly device: string; readonly text: string }
  | {
      readonly kind: 'flow';
      readonly word: string;
      readonly device: string;
      readonly text: string;
      readonly source: string;
      readonly flow: FlowChange;
    }
  | {
      readonly kind: 'finding';
      readonly word: 'new' | 'fixed' | 'changed';
      readonly device: string;
      readonly text: string;
      /** The input of the later side; absent where the device is gone. */
      readonly source: string | undefined;
      readonly finding: ComparedFinding;
      readonly differs: readonly string[];
    };

export const CHANGE_FIELDS = ['change', 'device', 'service', 'severity', 'approved'];

const WORDS = { opened: 'opened', closed: 'closed', undecided: 'unsure' } as const;
/** What an engineer has to look at before a change is let through comes first. */
const ORDER = ['note', 'opened', 'new', 'unsure', 'changed', 'added', 'removed', 'closed', 'fixed'];

export const changeRows = keepLast((comparison: Comparison, filter: string): readonly ChangeRow[] => {
  const rows = [
    ...sideNotes(comparison),
    ...comparison.devices.flatMap(deviceRows),
    ...findingRows('policy', undefined, comparison.policy),
  ];
  const fitting = filtered(rows, readChangeFilter(filter), (row) => ({
    text: `${row.word} ${row.device} ${row.text}`.toLowerCase(),
    fields: {
      change: [row.word],
      device: [row.device],
      service: row.kind === 'flow' ? [row.flow.service ?? 'other'] : row.kind === 'finding' ? row.finding.services : [],
      severity: row.kind === 'finding' ? [row.finding.severity] : [],
      approved: row.kind === 'flow' ? [row.flow.approved] : [],
    },
  }));
  return fitting.toSorted((a, b) => ORDER.indexOf(a.word) - ORDER.indexOf(b.word));
});

export function readChangeFilter(filter: string): Filter {
  return readFilter(filter, CHANGE_FIELDS);
}

function sideNotes({ before, after, notes }: Comparison): ChangeRow[] {
  const failed = [...before.failures, ...after.failures].map(({ name, message }) => `${name}: ${message}`);
  return [...notes, ...failed].map((text) => ({ kind: 'note', word: 'note', device: '', text }));
}

function deviceRows({ before, after, flows, findings }: DeviceComparison): ChangeRow[] {
  const device = (after ?? before)?.device ?? '';
  const source = after?.source;
  const came: ChangeRow[] =
    before !== undefined && after !== undefined
      ? []
      : [
          {
            kind: 'device',
            word: before === undefined ? 'added' : 'removed',
            device,
            text: `the device, in ${(after ?? before)?.source ?? ''}`,
          },
        ];
  return [
    ...came,
    ...flowRows(device, source ?? before?.source ?? '', flows),
    ...findingRows(device, source, findings),
  ];
}

function flowRows(device: string, source: string, flows: DeviceComparison['flows']): ChangeRow[] {
  if (flows.kind === 'same-text') return [];
  if (flows.kind === 'not-compared')
    return [{ kind: 'note', word: 'note', device, text: `flows are not compared: ${flows.reason}` }];
  const { changes, notJudged, notes } = flows.changes;
  const left = notJudged.map(({ crossing, reason }) => `${crossing.from} → ${crossing.to} is not compared: ${reason}`);
  return [
    ...[...left, ...notes].map((text): ChangeRow => ({ kind: 'note', word: 'note', device, text })),
    ...changes.map((flow): ChangeRow => ({
      kind: 'flow',
      word: WORDS[flow.change],
      device,
      source,
      flow,
      text: flowChangeText(flow),
    })),
  ];
}

function flowChangeText({ crossings, service, protocol, ports, confidence, direction, approved }: FlowChange): string {
  const [crossing] = crossings;
  const more = crossings.length > 1 ? ` (+${crossings.length - 1})` : '';
  const what =
    service === undefined
      ? `other ${protocol} ${ports.slice(0, 4).join(', ')}`
      : `${service} (${protocol}/${ports.join(', ')})`;
  const doubt = confidence === 'possible' ? ', possibly' : '';
  const accepted = approved === 'no' ? '' : `, approved: ${approved}`;
  return `${what} ${direction} ${crossing?.from ?? ''} → ${crossing?.to ?? ''}${more}${doubt}${accepted}`;
}

function findingRows(
  device: string,
  source: string | undefined,
  findings: DeviceComparison['findings'] | undefined,
): ChangeRow[] {
  if (findings === undefined) return [];
  const row = (
    word: 'new' | 'fixed' | 'changed',
    finding: ComparedFinding,
    differs: readonly string[] = [],
  ): ChangeRow => {
    const how = differs.length === 0 ? '' : ` (${differs.join(', ')})`;
    return {
      kind: 'finding',
      word,
      device,
      source,
      finding,
      differs,
      text: `${finding.severity} ${finding.check}${how}: ${finding.message}`,
    };
  };
  return [
    ...findings.new.map((finding) => row('new', finding)),
    ...findings.changed.map(({ after, differs }) => row('changed', after, differs)),
    ...findings.fixed.map((finding) => row('fixed', finding)),
  ];
}
