/** Checks of services share the packets that pass among themselves: none is told twice. */
import { array, assert, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Check } from '../../checks/check.ts';
import { approvalExceeded } from '../../checks/egress/approval-exceeded.ts';
import { pubsubEgressUnapproved } from '../../checks/egress/pubsub-egress-unapproved.ts';
import { approvedBrokerOpenToAnySource } from '../../checks/exposure/approved-broker-open-to-any-source.ts';
import { brokerClusterPortExposed } from '../../checks/exposure/broker-cluster-port-exposed.ts';
import { brokerManagementPortExposed } from '../../checks/exposure/broker-management-port-exposed.ts';
import { brokerReachableFromUntrusted } from '../../checks/exposure/broker-reachable-from-untrusted.ts';
import { sourcePortHole } from '../../checks/exposure/source-port-hole.ts';
import type { Policy } from '../../checks/policy/policy.ts';
import { addresses, range4 } from '../../parsers/model/address.ts';
import type { Device } from '../../parsers/model/device.ts';
import { decidedStageStep, deviceOf } from '../support/arbitrary-device.ts';
import { findingsOn } from './one-check.ts';
import { approving, PLACE } from './plain-firewalls.ts';
import { build } from './small-device.ts';

const BASE = 0x0a000000;

const POLICY: Policy = {
  ...approving({
    services: ['mqtt-family'],
    clients: addresses(range4(BASE, BASE + 1)),
    brokers: addresses(range4(BASE + 2, BASE + 3)),
  }),
  segments: [
    { device: '*', segment: 'one', role: 'untrusted', place: PLACE },
    { device: '*', segment: 'two', role: 'internal', place: PLACE },
  ],
};

/** Each flow of each finding, once for each of its services. */
function told(checks: readonly Check[], device: Device): string[] {
  const { parsed } = build({ segments: [] });
  const audited = { ...parsed, devices: [device] };
  return checks.flatMap((check) =>
    findingsOn(check, audited, [{ name: 'random', text: '' }], { policy: POLICY }).flatMap((finding) =>
      finding.services.flatMap((service) =>
        finding.flows.flows.map((flow) => JSON.stringify([service, finding.crossings, flow])),
      ),
    ),
  );
}

const EITHER_WAY = [brokerClusterPortExposed, brokerManagementPortExposed, sourcePortHole];

describe('a packet of a service', () => {
  test.each([
    ['in', [brokerReachableFromUntrusted, approvedBrokerOpenToAnySource, ...EITHER_WAY]],
    ['out', [pubsubEgressUnapproved, approvalExceeded, ...EITHER_WAY]],
  ])('that comes %s is told by one check', (_, checks) => {
    const byCheck = new Map(checks.map(({ id }) => [id, 0]));
    assert(
      property(array(decidedStageStep, { minLength: 1, maxLength: 2 }), (path) => {
        const device = deviceOf(path);
        const all = checks.flatMap((check) => {
          const rows = told([check], device);
          byCheck.set(check.id, (byCheck.get(check.id) ?? 0) + rows.length);
          return rows;
        });
        expect(new Set(all).size).toBe(all.length);
      }),
      { numRuns: 60, seed: 5 },
    );
    // Each of them was put to the test.
    for (const [id, rows] of byCheck) expect(rows, id).toBeGreaterThan(0);
  });
});
