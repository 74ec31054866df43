import { array, assert, oneof, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Coverage } from '../../parsers/diagnostics.ts';
import type { Device } from '../../parsers/model/device.ts';
import type { ParseResult } from '../../parsers/index.ts';
import { auditDevice } from '../../checks/audit-device.ts';
import { createEvaluation } from '../../checks/evaluate/evaluate.ts';
import type { TraceVerdict } from '../../checks/evaluate/evaluation.ts';
import type { Finding, Witness } from '../../checks/finding.ts';
import type { Check } from '../../checks/check.ts';
import { brokerClusterPortExposed } from '../../checks/exposure/broker-cluster-port-exposed.ts';
import { brokerManagementPortExposed } from '../../checks/exposure/broker-management-port-exposed.ts';
import { brokerReachableFromUntrusted } from '../../checks/exposure/broker-reachable-from-untrusted.ts';
import { sourcePortHole } from '../../checks/exposure/source-port-hole.ts';
import { CHECKS, SERVICES } from '../../checks/index.ts';
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';
import type { Packet } from '../../checks/packet-space/packet.ts';
import { sourceText } from '../../checks/reporting/source-text.ts';
import { parseIp4, parseIp6 } from '../../parsers/model/parse-address.ts';
import { decidedStageStep, deviceOf, stageStep } from '../support/arbitrary-device.ts';

/** Every packet of a service that is let in is a finding of one of these. */
const EXPOSURE: readonly Check[] = [
  brokerReachableFromUntrusted,
  brokerClusterPortExposed,
  brokerManagementPortExposed,
  sourcePortHole,
];

function report(device: Device, checks = CHECKS) {
  const coverage: Coverage = {
    source: device.source,
    lines: 0,
    complete: 'yes',
    states: { modelled: 0, 'no-effect': 0, conditional: 0, unsupported: 0, unrecognised: 0 },
  };
  const parsed: ParseResult = {
    detection: { reasons: [] },
    devices: [device],
    diagnostics: [],
    coverage,
    texts: [{ coverage, lineStates: [] }],
    ruleCounts: [],
    assumed: [],
  };
  return auditDevice(device, {
    parsed,
    texts: [{ text: sourceText({ name: device.source, text: '' }), lineStates: [] }],
    trust: { untrusted: ['one'], internal: ['two'], internalNetworks: [] },
    checks,
    catalogue: SERVICES,
    ownsLine: () => true,
  });
}

function packetOf({ protocol, source, destination, sourcePort, destinationPort }: Witness): Packet {
  const four = parseIp4(source);
  const read = (text: string): bigint => BigInt(parseIp4(text) ?? parseIp6(text) ?? -1n);
  return {
    family: four === undefined ? 6 : 4,
    source: read(source),
    destination: read(destination),
    protocol: protocol === 'tcp' ? 6 : 17,
    sourcePort,
    destinationPort,
  };
}

function verdictOf(device: Device, { crossings: [crossing], witness }: Finding): TraceVerdict | undefined {
  const evaluation = createEvaluation(device, createPacketSpace());
  if (crossing === undefined || witness === undefined) return undefined;
  const evaluated = evaluation.crossing(crossing.from, crossing.to);
  return 'none' in evaluated ? undefined : evaluation.trace(evaluated, packetOf(witness)).verdict;
}

const TRAFFIC = new Set(CHECKS.flatMap(({ id, family }) => (['exposure', 'egress'].includes(family) ? [id] : [])));

const steps = oneof(
  array(decidedStageStep, { minLength: 1, maxLength: 2 }),
  array(stageStep, { minLength: 1, maxLength: 2 }),
);

describe('findings of any device', () => {
  it('name exactly the services that the crossing lets through, surely or possibly', () => {
    assert(
      property(steps, (path) => {
        const device = deviceOf(path);
        const { findings: found, flows } = report(device, EXPOSURE);
        const evaluated = createEvaluation(device, createPacketSpace());
        const crossing = evaluated.crossing('one', 'two');
        if ('none' in crossing) throw new Error('no crossing');
        for (const { name, protocol, port } of SERVICES) {
          const { definite, possible } = crossing.permitted({ protocol: protocol === 'tcp' ? 6 : 17, port });
          const named = found.filter(
            ({ services, crossings: [over] }) => over?.from === 'one' && services.includes(name),
          );
          expect(named.length > 0).toBe(!evaluated.space.isEmpty(possible));
          expect(named.some(({ confidence }) => confidence === 'definite')).toBe(!evaluated.space.isEmpty(definite));
          const rows = flows.filter((flow) => flow.service === name && flow.direction === 'exposure');
          expect(rows.length > 0).toBe(!evaluated.space.isEmpty(possible));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('have a witness that a trace answers alike', () => {
    let witnesses = 0;
    assert(
      property(steps, (path) => {
        const device = deviceOf(path);
        // The witness of a finding about records or inspection shows the traffic, not the verdict.
        const traffic = report(device).findings.filter(({ check }) => TRAFFIC.has(check));
        for (const finding of traffic) {
          if (finding.crossings.length === 0) continue;
          expect(finding.witness, finding.message).toBeDefined();
          expect(verdictOf(device, finding)).toBe(finding.confidence === 'definite' ? 'permit' : 'unknown');
          witnesses += 1;
        }
      }),
      { numRuns: 40 },
    );
    expect(witnesses).toBeGreaterThan(0);
  });

  it('have fingerprints of their own and conditions where they are only possible', () => {
    assert(
      property(steps, (path) => {
        const { findings } = report(deviceOf(path));
        expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(findings.length);
        for (const { confidence, conditions, crossings, message } of findings) {
          if (crossings.length > 0) expect(conditions.length > 0, message).toBe(confidence === 'possible');
        }
      }),
      { numRuns: 40 },
    );
  });
});
