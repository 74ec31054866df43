/** Every reason for which a device is not collected, with a server that gives it. */
import { describe, expect, test } from 'vitest';
import type { Collected, FailureClass } from '../../../cli/sources/ssh/collect-endpoint.ts';
import { socketFailure } from '../../../cli/sources/ssh/connection-failure.ts';
import type { Endpoint } from '../../../cli/sources/ssh/endpoint.ts';
import type { HostKeys, HostKeyVerdict } from '../../../cli/sources/ssh/known-hosts.ts';
import { recordedDialogue } from '../../support/fake-device/dialogue.ts';
import { startClosingServer, startSilentServer, type FakeDeviceOptions } from '../../support/fake-device/server.ts';
import {
  closedAfterwards,
  collect,
  device,
  endpointAt,
  hopTo,
  secretsOf,
  TRUSTING,
  type CollectWishes,
} from './collecting.ts';

const IOS = recordedDialogue('cisco-ios');

/** What a failure must say: reason, whether it may be tried again, and words of the message. */
function failed(reason: FailureClass, mayRetry: boolean, message: RegExp): object {
  return { kind: 'failed', reason, mayRetry, message: expect.stringMatching(message) };
}

async function from(
  options: FakeDeviceOptions,
  endpoint: Partial<Endpoint> = {},
  wishes: CollectWishes = {},
): Promise<Collected> {
  const { port } = await device(options);
  return collect(endpointAt(port, { platform: 'cisco-ios', ...endpoint }), wishes);
}

function partialText(result: Collected): string {
  return result.kind === 'failed' ? result.partial.map(({ text }) => text).join('') : '';
}

describe('the network', () => {
  test('does not know the name', { timeout: 30_000 }, async () => {
    const result = await collect(endpointAt(22, { host: 'no-such-host.invalid', deadlineSeconds: 20 }));
    expect(result).toMatchObject(failed('unresolved', true, /no-such-host\.invalid port 22/));
  });

  test('refuses the connection', async () => {
    const { port, close } = await startSilentServer('');
    await close();
    expect(await collect(endpointAt(port))).toMatchObject(failed('refused', true, /refuses connections/));
  });

  test.each([
    ['EHOSTUNREACH', 'unreachable'],
    ['ENETUNREACH', 'unreachable'],
    ['ETIMEDOUT', 'timeout'],
    ['ECONNRESET', 'lost'],
  ])('says %s', (code, reason) => {
    expect(socketFailure(Object.assign(new Error(code), { code }), 'fw1 port 22')).toMatchObject({ reason });
  });

  test('answers nothing', async () => {
    const { port } = closedAfterwards(await startSilentServer(''));
    const result = await collect(endpointAt(port, { deadlineSeconds: 0.2 }));
    expect(result).toMatchObject(failed('timeout', true, /not done within 0\.2 s: connecting$/));
  });

  test('lets the jump host reach nothing', async () => {
    const closed = await startSilentServer('');
    await closed.close();
    const jump = await device({});
    const result = await collect(endpointAt(closed.port, { jumps: [hopTo(jump.port)] }));
    expect(result).toMatchObject(
      failed('unreachable', true, /at the jump host 127\.0\.0\.1 port \d+: .*cannot open a connection/),
    );
  });

  test('breaks in the middle of a configuration', async () => {
    const dropIn = { command: 'show running-config', after: 3000 };
    const result = await from({ dialogue: IOS, dropIn });
    expect(result).toMatchObject(failed('lost', true, /closed the connection while `show running-config`/));
    expect(partialText(result)).toContain('Building configuration');
    expect(partialText(result).length).toBeGreaterThan(2000);
  });

  test('stalls in the middle of a configuration', async () => {
    const stallIn = { command: 'show running-config', after: 3000 };
    const result = await from({ dialogue: IOS, stallIn }, { deadlineSeconds: 1 });
    expect(result).toMatchObject(failed('timeout', true, /not done within 1 s: show running-config/));
    expect(partialText(result)).toContain('Building configuration');
  });
});

describe('the SSH protocol', () => {
  // OpenSSH 9.2 with MaxStartups, and 9.8 with PerSourcePenalties.
  test.each(['Exceeded MaxStartups', 'Not allowed at this time'])('says "%s" in place of a version', async (says) => {
    const { port } = closedAfterwards(await startClosingServer(`${says}\r\n`));
    expect(await collect(endpointAt(port))).toMatchObject(failed('refused', true, new RegExp(`no further.*${says}`)));
  });

  test('is of version 1', async () => {
    const { port } = closedAfterwards(await startSilentServer('SSH-1.5-Cisco-1.25\n'));
    expect(await collect(endpointAt(port))).toMatchObject(
      failed('ssh-version', false, /version 1\.5 .*ip ssh version 2/),
    );
  });

  test('is another one', async () => {
    const { port } = closedAfterwards(await startSilentServer('220 mail.example.net ESMTP\r\n'.repeat(1200)));
    expect(await collect(endpointAt(port))).toMatchObject(
      failed('ssh-version', false, /does not speak SSH: it says "220 mail/),
    );
  });

  test('has only algorithms that are old, and they are named with the option', async () => {
    const algorithms: FakeDeviceOptions['algorithms'] = {
      kex: ['diffie-hellman-group14-sha1'],
      cipher: ['aes128-cbc', '3des-cbc'],
    };
    const result = await from({ dialogue: IOS, algorithms });
    expect(result).toMatchObject(
      failed('algorithms', false, /`legacy: true` in the inventory, or by their names in ~\/.ssh\/config/),
    );
    expect(result).toMatchObject(
      failed('algorithms', false, /for key exchange it offers only diffie-hellman-group14-sha1/),
    );
    expect(result).toMatchObject(failed('algorithms', false, /for the cipher it offers only aes128-cbc, 3des-cbc/));
  });

  test('has only algorithms that are old, which the user allowed', async () => {
    const algorithms: FakeDeviceOptions['algorithms'] = {
      kex: ['diffie-hellman-group14-sha1'],
      cipher: ['aes128-cbc'],
      hmac: ['hmac-sha1'],
    };
    const result = await from({ dialogue: IOS, algorithms }, { legacy: true });
    expect(result).toMatchObject({
      kind: 'collected',
      notes: [expect.stringMatching(/old algorithms: diffie-hellman-group14-sha1, aes128-cbc$/)],
    });
  });
});

describe('the host key', () => {
  const judging = (verdict: HostKeyVerdict): HostKeys => ({ ...TRUSTING, judge: () => verdict });
  const shown = { fingerprint: 'SHA256:abc', keyType: 'ssh-ed25519' };

  test.each([
    [{ kind: 'unknown', ...shown }, 'host-key-unknown', /ssh-ed25519 SHA256:abc.*--accept-new/],
    [{ kind: 'changed', ...shown, place: 'known_hosts:3' }, 'host-key-changed', /HAS CHANGED.*known_hosts:3/],
    [{ kind: 'revoked', ...shown, place: 'known_hosts:4' }, 'host-key-revoked', /IS REVOKED.*known_hosts:4/],
  ] as const)('is refused: %o', async (verdict, reason, message) => {
    const fake = await device({ dialogue: IOS });
    const secrets = secretsOf();
    const result = await collect(endpointAt(fake.port), { hostKeys: judging(verdict), secrets });
    expect(result).toMatchObject(failed(reason, false, message));
    expect(fake.logins).toEqual([]);
    expect(secrets.asked).toEqual([]);
  });

  test.each(['changed', 'revoked'] as const)(
    'is refused when it is %s even where new ones are accepted',
    async (kind) => {
      const accepted: Uint8Array[] = [];
      const hostKeys: HostKeys = {
        ...judging({ kind, ...shown, place: 'known_hosts:3' }),
        accept: (_hop, key) => accepted.push(key),
      };
      const result = await from({ dialogue: IOS }, {}, { hostKeys, acceptNew: true });
      expect(result).toMatchObject({ kind: 'failed', mayRetry: false });
      expect(accepted).toEqual([]);
    },
  );

  test('is accepted when it is unknown and new ones are to be, and that is told', async () => {
    const accepted: string[] = [];
    const fake = await device({ dialogue: IOS });
    const hostKeys: HostKeys = {
      ...judging({ kind: 'unknown', ...shown }),
      accept: (_hop, key) => accepted.push(Buffer.from(key).toString('base64')),
    };
    const result = await collect(endpointAt(fake.port), { hostKeys, acceptNew: true });
    expect(result).toMatchObject({ kind: 'collected', notes: [expect.stringContaining('SHA256:abc')] });
    expect(fake.hostKeyLine).toContain(accepted[0]);
  });

  test('cannot be recorded', async () => {
    const hostKeys: HostKeys = {
      ...judging({ kind: 'unknown', ...shown }),
      accept: () => {
        throw new Error('EACCES: permission denied');
      },
    };
    const result = await from({ dialogue: IOS }, {}, { hostKeys, acceptNew: true });
    expect(result).toMatchObject(failed('host-key-unknown', false, /cannot be recorded: EACCES/));
  });
});

describe('the device', () => {
  test('asks for an enable secret that nobody knows', async () => {
    const secrets = secretsOf({ password: 'Tr0ub4dor-login' });
    const result = await from({ dialogue: IOS }, {}, { secrets });
    expect(result).toMatchObject(failed('no-credential', false, /enable secret: no enable is set/));
  });

  test('refuses the enable secret, which is typed once', async () => {
    const fake = await device({ dialogue: IOS, enableSecret: 'another one' });
    const result = await collect(endpointAt(fake.port, { platform: 'cisco-ios' }));
    expect(result).toMatchObject(failed('enable-refused', false, /enable/));
    expect(fake.enablePasswordsTyped()).toBe(1);
  });

  test('is of no known platform', async () => {
    const answers = { 'show version': 'Some other operating system 1.0\n' };
    const result = await from({ dialogue: IOS, answers }, { platform: 'auto' });
    expect(result).toMatchObject(failed('unknown-platform', false, /prompt "edge-rtr>".*name it in the inventory/));
  });

  test('does not permit the command', async () => {
    const answers = { 'show running-config': 'Command authorization failed.\n' };
    const result = await from({ dialogue: IOS, answers });
    expect(result).toMatchObject(failed('no-permission', false, /`show running-config` was refused/));
  });

  test('leaves out what a lower privilege level may not see', async () => {
    const answers = { 'show privilege': 'Current privilege level is 7\n' };
    const result = await from({ dialogue: IOS, answers });
    expect(result).toMatchObject(failed('no-permission', false, /privilege level 15/));
    expect(partialText(result)).toContain('Building configuration');
  });

  test('leaves out what a login class may not see', async () => {
    const answers = {
      'show configuration | display omit | no-more': 'version 20.4R3;\nsystem {\n    ACCESS-DENIED;\n}\n',
    };
    const result = await from({ dialogue: recordedDialogue('juniper-junos'), answers }, { platform: 'juniper-junos' });
    expect(result).toMatchObject(failed('no-permission', false, /leaves out/));
  });

  test('does not know the command', async () => {
    const answers = { 'show running-config': "            ^\n% Invalid input detected at '^' marker.\n" };
    const result = await from({ dialogue: IOS, answers });
    expect(result).toMatchObject(failed('unexpected-dialogue', false, /is the platform right/));
  });

  test('asks what nobody should answer', async () => {
    const questions: FakeDeviceOptions['questions'] = [['Change your password now [y/n]: ', 'y']];
    const result = await from({ dialogue: IOS, questions }, { deadlineSeconds: 2 });
    expect(result).toMatchObject(failed('unexpected-dialogue', false, /last line is "Change your password now/));
  });

  test.each([
    [
      'cisco-ios',
      'cisco-ios',
      'show running-config',
      'Building configuration...\nhostname r1\n',
      /does not end with `end`/,
    ],
    ['cisco-asa', 'cisco-asa', 'show running-config', 'ASA Version 9.8(4)\nhostname x\n', /does not end with `: end`/],
    ['cisco-iosxr', 'cisco-iosxr', 'show running-config', '!! IOS XR Configuration 6.5.3\n', /does not end with `end`/],
    ['cisco-nxos', 'cisco-nxos', 'show running-config', 'interface Vlan20\n', /its beginning is missing/],
    [
      'juniper-junos',
      'juniper-junos',
      'show configuration | display omit | no-more',
      'version 20.4R3;\nsystem {\n    host-name "}";\n',
      /its braces are not all closed/,
    ],
    [
      'paloalto-panos',
      'paloalto-panos',
      'show config running',
      '<config version="10.1.0">\n <shared>\n',
      /<config> is not closed/,
    ],
  ] as const)('of %s gives a part only', async (name, platform, command, text, message) => {
    const result = await from({ dialogue: recordedDialogue(name), answers: { [command]: text } }, { platform });
    expect(result).toMatchObject(failed('partial', false, message));
    expect(partialText(result).trim()).toBe(text.trim());
  });

  test('leaves a pager between the lines', async () => {
    const answers = { 'show running-config': 'hostname r1\n --More-- \ninterface Gi0\nend\n' };
    const result = await from({ dialogue: IOS, answers });
    expect(result).toMatchObject(failed('partial', false, /pager/));
  });
});

describe('the user', () => {
  test('cancels before anything is done', async () => {
    const fake = await device({ dialogue: IOS });
    const result = await collect(endpointAt(fake.port), { signal: AbortSignal.abort() });
    expect(result).toMatchObject(failed('cancelled', false, /cancelled/));
    expect(fake.logins).toEqual([]);
  });

  test.each(['connecting', 'logging in', 'logged in', 'show running-config'])('cancels at "%s"', async (at) => {
    const fake = await device({ dialogue: IOS });
    const controller = new AbortController();
    const steps: string[] = [];
    const push = steps.push.bind(steps);
    steps.push = (...texts) => {
      if (texts.includes(at)) controller.abort();
      return push(...texts);
    };
    const result = await collect(endpointAt(fake.port, { platform: 'cisco-ios' }), {
      signal: controller.signal,
      steps,
    });
    expect(result).toMatchObject(failed('cancelled', false, /cancelled/));
    await expect.poll(() => fake.openConnections()).toBe(0);
  });
});
