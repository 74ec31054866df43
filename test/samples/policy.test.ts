/** What a policy makes of the samples: what is approved is no finding, and what is not approved is one, to the address. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CHECKS } from '../../checks/index.ts';
import { run } from '../cli/support/fake-io.ts';
import { AuditReport } from '../../cli/reports/json-schema.ts';

const SAMPLE = join(import.meta.dirname, '../../device-samples/juniper-junos/srx-datacentre/running-config.cfg');
const FILES = { 'srx.cfg': readFileSync(SAMPLE, 'utf8') };

const FAMILIES = new Map(CHECKS.map(({ id, family }) => [id, family]));

/** The draft for the sample, with every proposal taken over as it is. */
async function approvingEverything(): Promise<string> {
  const { stdout } = await run(['init', 'srx.cfg', '--output', '-'], { files: FILES });
  return stdout.replaceAll('    reviewed: false\n', '    owner: data centre\n    reason: all of it is needed\n');
}

async function needless(policy: string): Promise<string[]> {
  const files = { ...FILES, 'brokerfence.yaml': policy };
  const { stdout, stderr } = await run(['audit', 'srx.cfg', '--format', 'json'], { files });
  const report = AuditReport.parse(JSON.parse(stdout === '' ? stderr : stdout));
  const findings = report.sources.flatMap(({ devices }) => devices.flatMap((device) => device.findings));
  return findings
    .filter(({ check }) => ['exposure', 'egress'].includes(FAMILIES.get(check) ?? ''))
    .map(({ check, flows }) => {
      const sets = flows.flows.map(({ source, destination, destinationPort }) =>
        [source.join(','), destination.join(','), destinationPort.join(',')].join(' → '),
      );
      return `${check}: ${sets.join('; ')}`;
    });
}

describe('of the data centre firewall', () => {
  test('a policy that approves exactly what is permitted leaves no exposure and no egress to report', async () => {
    const policy = await approvingEverything();
    expect(policy.match(/owner: data centre/g)?.length).toBeGreaterThan(3);
    expect(await needless(policy)).toEqual([]);
  });

  test('one address taken off an approval is exactly what is too much', async () => {
    const policy = await approvingEverything();
    const client = policy.replace(
      'clients: [192.0.2.10-192.0.2.19, 198.51.100.128/26]',
      'clients: [192.0.2.10-192.0.2.18, 198.51.100.128/26]',
    );
    expect(client).not.toBe(policy);
    expect(await needless(client)).toEqual([
      'approved-broker-open-to-any-source: 192.0.2.19 → 10.80.32.21-10.80.32.22 → 5671',
    ]);
    const broker = policy.replace('brokers: [10.80.32.21-10.80.32.22]', 'brokers: [10.80.32.22]');
    expect(broker).not.toBe(policy);
    expect(await needless(broker)).toEqual([
      expect.stringMatching(/^[\w-]+: 192\.0\.2\.10[^ ]* → 10\.80\.32\.21 → 5671$/),
    ]);
  });
});
