/** Approvals and waivers of what the sample devices permit: each does what it says and nothing else. */
import { expect, test } from 'vitest';
import type { DeviceReport, PermittedFlow } from '../../../checks/device-report.ts';
import type { Finding } from '../../../checks/finding.ts';
import { auditSource, CHECKS, SERVICES } from '../../../checks/index.ts';
import type { Approval, Policy } from '../../../checks/policy/policy.ts';
import { applySettings } from '../../../checks/policy/settings.ts';
import { approvalForFinding, approvalForFlow, type ApprovalDraft } from '../../../cli/policy/edit/approval-for.ts';
import { waiverFor } from '../../../cli/policy/edit/waiver-for.ts';
import { readAddress } from '../../../cli/policy/written-values.ts';
import { addressFamily, type AddressTerm } from '../../../parsers/model/address.ts';
import { formatAddressTerm } from '../../../parsers/model/format.ts';
import type { Device } from '../../../parsers/model/device.ts';
import { parse } from '../../../parsers/index.ts';
import { readSamples } from '../../samples/sample.ts';
import { policyOf } from '../policy/policies.ts';
import { approving, edited, waiving } from './editing.ts';

const WORDS = { name: 'approved here', reason: 'needed', owner: 'messaging team', expires: '2027-03-31' };
const BEFORE = '# Nothing is approved yet.\nversion: 1\n';

/** Of each sample as many are tried, taken evenly over all. */
const TRIED_FLOWS = 10;
const TRIED_FINDINGS = 6;

const samples = readSamples().map(({ name, file, config, expected }) => {
  const source = { name: `${name}/${file}`, text: config };
  const parsed = parse(source);
  const trust = { ...(expected.trust ?? { internal: [], untrusted: [] }), internalNetworks: [] };
  const audit = (only: 'flows' | 'findings', policy?: Policy): readonly DeviceReport[] =>
    auditSource(parsed, source, { trust, only, today: '2026-11-22', ...(policy === undefined ? {} : { policy }) })
      .devices;
  return { name, audit, devices: parsed.devices };
});

function evenly<T>(items: readonly T[], count: number): T[] {
  const step = Math.max(1, items.length / count);
  return Array.from({ length: Math.min(count, items.length) }, (_, index) => items[Math.floor(index * step)]).filter(
    (item) => item !== undefined,
  );
}

function approved(draft: Extract<ApprovalDraft, { kind: 'draft' }>): Policy {
  return policyOf(edited(approving(BEFORE, draft)));
}

/** A flow apart from what may change when something is approved. */
function keyOf(device: string, flow: PermittedFlow): string {
  return JSON.stringify([device, { ...flow, approved: '' }]);
}

/** Addresses that brokers are reached by: their own, and those that are translated into them. */
function reached(brokers: readonly AddressTerm[], device: Device | undefined): AddressTerm[] {
  const translated = (device?.translations ?? []).flatMap((each) =>
    each.kind === 'static-destination' && touches(brokers, [formatAddressTerm(each.to)]) ? [each.from] : [],
  );
  return [...brokers, ...translated];
}

/** Whether an address is in one of the terms, worked out here again. */
function touches(terms: readonly AddressTerm[], texts: readonly string[]): boolean {
  return texts.some((text) => {
    if (text === 'any' || text.includes(' ')) return true;
    const reading = readAddress(text);
    if (reading.kind === 'wrong' || !('first' in reading.value)) throw new Error(text);
    const { first, last } = reading.value;
    const family = addressFamily(reading.value);
    return terms.some(
      (term) =>
        addressFamily(term) === family &&
        'first' in term &&
        BigInt(term.first) <= BigInt(last) &&
        BigInt(first) <= BigInt(term.last),
    );
  });
}

function speaksOf(approval: Approval, device: string, flow: PermittedFlow, devices: readonly Device[]): boolean {
  const isNamed =
    approval.services.includes(flow.service) ||
    approval.ports.some(
      ({ protocol, ports }) => protocol === flow.protocol && ports.some((range) => range.first === flow.port),
    );
  return (
    approval.devices[0] === device &&
    approval.direction === flow.direction &&
    isNamed &&
    flow.flows.flows.some(({ source, destination }) => {
      const { clients, brokers } = approval;
      const at = reached(
        brokers.include,
        devices.find(({ name }) => name === device),
      );
      return touches(clients.include, source) && touches(at, destination);
    })
  );
}

test.for(samples)(
  'of $name, an approved flow is approved, and beside it only what the entry speaks of',
  ({ audit, devices }) => {
    const before = audit('flows');
    const flows = before.flatMap(({ device, flows }) => flows.map((flow) => ({ device, flow })));
    const seen = new Map(
      flows.map((each) => [JSON.stringify([each.device, each.flow.service, each.flow.flows]), each]),
    );
    // Rows that are not one box are the harder ones.
    const many = [...seen.values()].filter(({ flow }) => flow.flows.flows.length > 1 || flow.forwardedTo !== undefined);
    let done = 0;
    for (const { device, flow } of [...evenly([...seen.values()], TRIED_FLOWS), ...evenly(many, TRIED_FLOWS / 2)]) {
      const draft = approvalForFlow(flow, device, WORDS);
      if (draft.kind === 'refused') {
        expect(draft.message).toMatch(/source port|bit patterns|not every client/u);
        continue;
      }
      const policy = approved(draft);
      const [approval] = policy.approvals;
      if (approval === undefined) throw new Error('nothing was approved');
      for (const report of audit('flows', policy)) {
        for (const after of report.flows) {
          const isIt = keyOf(report.device, after) === keyOf(device, flow);
          const isMeant = speaksOf(approval, report.device, after, devices);
          if (isIt) expect(after.approved, draft.about).toBe('yes');
          else if (!isMeant) expect(after.approved, draft.about).toBe('no');
        }
      }
      done += 1;
    }
    expect(done).toBeGreaterThan(2);
  },
);

const FAMILIES = new Map(CHECKS.map(({ id, family }) => [id, family]));

/** A finding as another audit may find it again. */
function shape({ check, device, crossings, rules, confidence, reach, services, flows }: Finding): string {
  return JSON.stringify([check, device, crossings, rules, confidence, reach, services, flows]);
}

test.for(samples)('of $name, a finding whose packets are approved is gone', ({ name, audit }) => {
  const reports = audit('findings');
  const findings = reports.flatMap((report) => report.findings.map((finding) => ({ report, finding })));
  const aboutPackets = findings.filter(({ finding }) =>
    ['exposure', 'egress'].includes(FAMILIES.get(finding.check) ?? ''),
  );
  const drafts = aboutPackets.map(({ report, finding }) => ({
    finding,
    draft: approvalForFinding(finding, report.segments, SERVICES, WORDS),
  }));
  const possible = drafts.flatMap(({ finding, draft }) => (draft.kind === 'draft' ? [{ finding, draft }] : []));
  for (const { finding, draft } of evenly(possible, TRIED_FINDINGS)) {
    const after = audit('findings', approved(draft)).flatMap((report) => report.findings);
    expect(after.map(shape), `${name}: ${draft.about}`).not.toContain(shape(finding));
  }
  expect(possible.length).toBeGreaterThan(1);
  for (const { report, finding } of findings) {
    if (aboutPackets.some((each) => each.finding === finding)) continue;
    const draft = approvalForFinding(finding, report.segments, SERVICES, WORDS);
    expect(draft).toEqual({
      kind: 'refused',
      message: `an approval changes nothing about ${finding.check}; waive the finding instead`,
    });
  }
});

test.for(samples)('of $name, a waiver accepts its finding and no other', ({ audit }) => {
  const findings = audit('findings').flatMap((report) => report.findings);
  for (const finding of findings) {
    const text = edited(waiving(BEFORE, waiverFor(finding, WORDS)));
    const waived = applySettings(findings, policyOf(text), '2026-11-22', CHECKS).filter(
      (each) => each.waived !== undefined,
    );
    expect(waived.map(({ fingerprint }) => fingerprint)).toEqual([finding.fingerprint]);
    expect(waived[0]?.waived).toMatchObject({ reason: 'needed', owner: 'messaging team', expires: '2027-03-31' });
  }
  expect(findings.length).toBeGreaterThan(5);
});
