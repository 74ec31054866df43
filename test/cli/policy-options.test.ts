/** Auditing by a policy file, from the command line to the exit code. */
import { describe, expect, test } from 'vitest';
import { run, type Outcome } from './support/fake-io.ts';

const CONFIG = `ASA Version 9.12(4)
hostname fw
interface GigabitEthernet0/0
 nameif outside
 security-level 0
 ip address 203.0.113.2 255.255.255.0
interface GigabitEthernet0/1
 nameif inside
 security-level 100
 ip address 10.0.0.1 255.255.255.0
route outside 0.0.0.0 0.0.0.0 203.0.113.1
access-list IN extended permit tcp 10.0.0.0 255.255.255.0 host 198.51.100.7 eq 8883 log
access-list IN extended deny ip any any log
access-group IN in interface inside
access-list OUT extended deny ip any any log
access-group OUT in interface outside
logging enable
logging host inside 10.0.0.9
: end
`;

const APPROVAL = `approvals:
  - name: telemetry
    services: [mqtts]
    clients: [10.0.0.0/24]
    brokers: [198.51.100.7]
    owner: plant
    reason: sensor data
`;

const CHECK = 'pubsub-egress-unapproved';

async function audit(policy: string | undefined, args: readonly string[] = [], today?: string): Promise<Outcome> {
  const files = { 'fw.cfg': CONFIG, ...(policy === undefined ? {} : { 'brokerfence.yaml': policy }) };
  return run(['audit', 'fw.cfg', ...args], { files, ...(today === undefined ? {} : { today }) });
}

describe('a policy', () => {
  test('that says two things of a segment is no answer to rely on', async () => {
    const { exitCode, stdout } = await audit(
      'version: 1\nsegments:\n  - { device: "f*", segment: outside, role: untrusted }\n  - { device: "*w", segment: outside, role: internal }\n',
    );
    expect(exitCode).toBe(3);
    expect(stdout.replaceAll('\n  ', ' ')).toContain(
      'not trusted: fw.cfg: segment outside of fw is set untrusted (brokerfence.yaml:3) and internal (brokerfence.yaml:4)',
    );
  });

  test('approves what it names, so that it is no finding', async () => {
    expect((await audit(undefined)).stdout).toContain(`[${CHECK}]`);
    const { stdout } = await audit(`version: 1\n${APPROVAL}`);
    expect(stdout).not.toContain(`[${CHECK}]`);
    expect(stdout).not.toContain('[approval-exceeded]');
  });

  test('is found beside what is run, named, or not wanted', async () => {
    expect((await audit(`version: 1\n${APPROVAL}`, ['--no-policy'])).stdout).toContain(`[${CHECK}]`);
    const files = { 'fw.cfg': CONFIG, 'site/own.yaml': `version: 1\n${APPROVAL}` };
    const named = await run(['audit', 'fw.cfg', '--policy', 'site/own.yaml'], { files });
    expect(named.stdout).not.toContain(`[${CHECK}]`);
    const json = await run(['audit', 'fw.cfg', '--policy', 'site/own.yaml', '--format', 'json'], { files });
    expect(JSON.parse(json.stdout)).toMatchObject({ policy: { file: 'site/own.yaml' } });
  });

  test('that is wrong ends the run as wrong usage, with its place', async () => {
    const { exitCode, stdout, stderr } = await audit(`version: 1\n${APPROVAL.replace('owner', 'owned')}`);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('--> brokerfence.yaml:7:5');
    expect(stderr).toContain('did you mean "owner"?');
    const missing = await audit(undefined, ['--policy', 'gone.yaml']);
    expect(missing.exitCode).toBe(2);
    expect(missing.stderr).toContain('gone.yaml');
  });

  test('expires', async () => {
    const policy = `version: 1\n${APPROVAL}    expires: 2026-06-30\n`;
    expect((await audit(policy, [], '2026-06-30')).stdout).not.toContain(`[${CHECK}]`);
    expect((await audit(policy, [], '2026-07-01')).stdout).toContain(`[${CHECK}]`);
  });

  test('says which of its roles fit nothing', async () => {
    const policy = 'version: 1\nsegments:\n  - { segment: outsde, role: untrusted }\n';
    expect((await audit(policy)).stdout.replaceAll(/\s+/g, ' ')).toContain(
      'policy brokerfence.yaml: no segment of this run is "outsde" of a device "*" (brokerfence.yaml:3)',
    );
  });
});

describe('an accepted finding', () => {
  const waiver = `version: 1\nwaivers:\n  - { check: ${CHECK}, reason: a known site, owner: net }\n`;

  test('is shown, counted apart and no reason to fail', async () => {
    const { stdout } = await audit(waiver);
    const flat = stdout.replaceAll(/\s+/g, ' ');
    expect(flat).toContain(`accepted medium[${CHECK}] fw: inside → outside permits mqtts`);
    expect(flat).toContain('(a known site, net, brokerfence.yaml:3)');
    expect(flat).toContain('1 finding accepted by the policy');
    const json = await audit(waiver, ['--format', 'json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ totals: { waived: 1 } });
    const only = `${waiver}checks:\n`;
    const others = JSON.parse(json.stdout) as {
      sources: { devices: { findings: { check: string; waived?: object }[] }[] }[];
    };
    const left = others.sources[0]?.devices[0]?.findings.filter((finding) => finding.waived === undefined) ?? [];
    const off = [...new Set(left.map(({ check }) => check))].map((check) => `  ${check}: off\n`).join('');
    expect((await audit(off === '' ? waiver : `${only}${off}`)).exitCode).toBe(0);
    expect((await audit(undefined)).exitCode).toBe(1);
  });

  test('is one again when the waiver has expired', async () => {
    const policy = waiver.replace('owner: net', 'owner: net, expires: 2026-01-31');
    const { stdout } = await audit(policy);
    expect(stdout).not.toContain('accepted medium');
    expect(stdout).toContain(`medium[${CHECK}]`);
  });
});
