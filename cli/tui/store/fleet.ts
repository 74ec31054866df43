import type { Finding } from '../../../checks/finding.ts';
import type { FailedInput, Run, SkippedInput, SourceResult } from '../../reports/run.ts';
import type { Searchable } from '../filter.ts';
import type { AuditEvent } from '../engine/audit-events.ts';

/** A finding and the input it was found in; for findings about the policy that is the policy file. */
export class FindingRow implements Searchable {
  /** The same after a reload, as long as the finding is there. */
  readonly id: string;
  readonly source: string;
  readonly finding: Finding;
  /** What filters look at: made once, since they look at all findings at every letter that is typed. */
  readonly text: string;

  constructor(source: string, finding: Finding) {
    const { message, check, device, severity, services, rules, confidence } = finding;
    this.id = findingId(source, finding);
    this.source = source;
    this.finding = finding;
    this.text = [message, check, device, severity, confidence, source, ...services, ...rules].join(' ').toLowerCase();
  }

  get fields(): Searchable['fields'] {
    const { check, device, severity, services, rules, crossings, confidence, waived } = this.finding;
    return {
      severity: [severity],
      service: services,
      device: [device],
      check: [check],
      rule: rules,
      from: crossings.map(({ from }) => from),
      to: crossings.map(({ to }) => to),
      confidence: [confidence],
      source: [this.source],
      waived: [waived === undefined ? 'no' : 'yes'],
    };
  }
}

type FleetStatus =
  | { readonly kind: 'reading'; readonly done: number; readonly inputs: number; readonly item: string }
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly message: string };

/** What is known of all inputs so far. */
export interface Fleet {
  readonly status: FleetStatus;
  readonly sources: readonly SourceResult[];
  readonly failures: readonly FailedInput[];
  readonly skipped: readonly SkippedInput[];
  readonly findings: readonly FindingRow[];
  /** What only the whole run shows: totals, shortfalls, findings about the policy. */
  readonly run?: Omit<Run, 'sources'>;
  readonly remarks: readonly string[];
}

export const EMPTY_FLEET: Fleet = {
  status: { kind: 'reading', done: 0, inputs: 0, item: '' },
  sources: [],
  failures: [],
  skipped: [],
  findings: [],
  remarks: [],
};

/** The fleet after an event of its audit. */
export function withAuditEvent(fleet: Fleet, event: AuditEvent): Fleet {
  switch (event.kind) {
    case 'started':
      return { ...EMPTY_FLEET, status: { kind: 'reading', done: 0, inputs: event.inputs, item: '' } };
    case 'progress': {
      const inputs = fleet.status.kind === 'reading' ? fleet.status.inputs : 0;
      return { ...fleet, status: { kind: 'reading', done: event.done, inputs, item: event.item } };
    }
    case 'results': {
      const audited = event.results.flatMap((each) => (each.kind === 'audited' ? [each.result] : []));
      return {
        ...fleet,
        sources: [...fleet.sources, ...audited],
        failures: [
          ...fleet.failures,
          ...event.results.flatMap((each) => (each.kind === 'failed' ? [each.result] : [])),
        ],
        skipped: [...fleet.skipped, ...event.results.flatMap((each) => (each.kind === 'skipped' ? [each.result] : []))],
        findings: [...fleet.findings, ...audited.flatMap(rowsOf)],
      };
    }
    case 'finished': {
      const { run, remarks } = event;
      const { policy } = run;
      const ofPolicy = policy?.findings.map((finding) => new FindingRow(policy.file, finding)) ?? [];
      const findings = [...fleet.findings, ...ofPolicy];
      return { ...fleet, status: { kind: 'done' }, findings, run, remarks: [...remarks, ...(policy?.notes ?? [])] };
    }
    case 'refused':
      return { ...fleet, status: event };
  }
}

function rowsOf({ source, devices }: SourceResult): FindingRow[] {
  return devices.flatMap(({ findings }) => findings.map((finding) => new FindingRow(source, finding)));
}

/** The same after a reload, as long as the finding is there. */
export function findingId(source: string, { device, fingerprint }: Finding): string {
  return `${source}\n${device}\n${fingerprint}`;
}

/** The names of all inputs that were read, in their order. */
export function sourceNames({ sources }: Fleet): readonly string[] {
  return sources.map(({ source }) => source);
}
