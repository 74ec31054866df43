import { describe, expect, it } from 'vitest';
import { compareFindings, type ComparedFinding } from '../../../checks/compare/compare-findings.ts';
import { audit, INSIDE, OUTSIDE, type SmallRule } from '../small-device.ts';

function finding(part: Partial<ComparedFinding>): ComparedFinding {
  return {
    check: 'broker-reachable-from-untrusted',
    severity: 'high',
    confidence: 'definite',
    device: 'r1',
    crossings: [{ from: 'outside', to: 'inside' }],
    rules: [],
    services: ['mqtt'],
    message: 'a broker',
    evidence: [],
    flows: { flows: [], truncated: false },
    fingerprint: '0000000000000001',
    ...part,
  };
}

/** Fingerprints by what became of them. */
function inShort(before: readonly ComparedFinding[], after: readonly ComparedFinding[]) {
  const found = compareFindings(before, after);
  const prints = (all: readonly ComparedFinding[]): string[] => all.map(({ fingerprint }) => fingerprint.slice(-1));
  return {
    new: prints(found.new),
    fixed: prints(found.fixed),
    unchanged: prints(found.unchanged),
    changed: found.changed.map((each) => [
      each.before.fingerprint.slice(-1),
      each.after.fingerprint.slice(-1),
      each.differs.join(),
    ]),
  };
}

const two = finding({ fingerprint: '0000000000000002' });
const three = finding({ fingerprint: '0000000000000003' });
const other = finding({ fingerprint: '0000000000000004', check: 'cleartext-broker-across-boundary' });

describe('findings', () => {
  it('are the same by fingerprint, new or fixed', () => {
    expect(inShort([finding({}), other], [finding({})])).toEqual({
      new: [],
      fixed: ['4'],
      unchanged: ['1'],
      changed: [],
    });
    expect(inShort([finding({})], [finding({}), other])).toMatchObject({ new: ['4'], unchanged: ['1'] });
  });

  it('are changed when the same rule lets other packets through', () => {
    const flows = {
      flows: [
        { family: 4, source: ['any'], destination: ['any'], protocol: 'tcp', sourcePort: [], destinationPort: [] },
      ],
      truncated: false,
    } as const;
    expect(inShort([finding({})], [finding({ flows, severity: 'critical' })]).changed).toEqual([
      ['1', '1', 'severity,flows'],
    ]);
  });

  it('are changed when one of a check and its services is left on each side', () => {
    expect(inShort([finding({})], [two])).toMatchObject({ changed: [['1', '2', 'rule']], new: [], fixed: [] });
    const elsewhere = finding({ fingerprint: '0000000000000002', crossings: [{ from: 'outside', to: 'dmz' }] });
    expect(inShort([finding({})], [elsewhere]).changed).toEqual([['1', '2', 'crossings']]);
  });

  it('are new and fixed where it cannot be told which became which', () => {
    expect(inShort([finding({})], [two, three])).toEqual({ new: ['2', '3'], fixed: ['1'], unchanged: [], changed: [] });
  });

  it('are changed when the policy accepts them now', () => {
    const place = { source: 'brokerfence.yaml', line: 1, column: 1, endColumn: 2 };
    const waived = { reason: 'r', owner: 'o', place };
    expect(inShort([finding({})], [finding({ waived })]).changed).toEqual([['1', '1', 'accepted']]);
  });

  it('are the same under another name of the device', () => {
    const renamed = finding({ device: 'r2', fingerprint: '0000000000000009' });
    expect(inShort([finding({})], [renamed])).toMatchObject({ unchanged: ['9'], changed: [] });
  });

  it('of one audit are all unchanged when compared with themselves', () => {
    const rules: readonly SmallRule[] = [{ action: 'permit' }];
    const [report] = audit({ segments: [{ ...OUTSIDE, in: ['IN'] }, INSIDE], lists: { IN: { rules } } }).devices;
    const findings = report?.findings ?? [];
    expect(findings.length).toBeGreaterThan(2);
    expect(compareFindings(findings, findings)).toEqual({ new: [], fixed: [], changed: [], unchanged: findings });
  });
});
