/** The command `collect`, with devices that speak SSH in this process. */
import { statSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CollectRecord } from '../../../cli/reports/collect-record.ts';
import { CollectDocument } from '../../../cli/reports/collect-schema.ts';
import { jsonSchema } from '../../../cli/reports/schemas.ts';
import { FakeNetwork, type PlayedDevice } from './fake-network.ts';

const into = (directory: string): string[] => ['collect', '--inventory', 'devices.yaml', '--output-dir', directory];
const COLLECT = into('configs');
const SRX_COUNTERS = `Logical system: root-logical-system
Index   From zone        To zone           Name           Policy count  Action
1       internet         brokers           plants-mqtts   0             Permit
2       internet         brokers           partners-amqps 12            Permit

Number of policy: 2
`;
const FLEET: readonly PlayedDevice[] = [
  { name: 'ios', plays: 'cisco-ios', platform: 'cisco-ios' },
  { name: 'asa', plays: 'cisco-asa', platform: 'cisco-asa' },
  { name: 'multi', plays: 'cisco-asa-contexts', platform: 'cisco-asa' },
  {
    name: 'srx',
    plays: 'juniper-junos',
    platform: 'juniper-junos',
    answers: { 'show security policies hit-count | no-more': SRX_COUNTERS },
  },
  { name: 'pa', plays: 'paloalto-panos' },
];
/** Platforms whose played counters show a rule about messaging that is not in use. */
const COUNTED = ['asa+hit-counts.txt', 'ios+hit-counts.txt', 'srx+hit-counts.txt'];
const FILES = [
  'asa+hit-counts.txt',
  'asa.cfg',
  'collect.json',
  'ios+hit-counts.txt',
  'ios.cfg',
  'multi@admin+hit-counts.txt',
  'multi@admin.cfg',
  'multi@dmz+hit-counts.txt',
  'multi@dmz.cfg',
  'multi@plant+hit-counts.txt',
  'multi@plant.cfg',
  'pa+hit-counts+vsys1.txt',
  'pa+pushed-policy+vsys1.xml',
  'pa+pushed-template.xml',
  'pa.xml',
  'srx+hit-counts.txt',
  'srx.cfg',
];

function recordIn(text: string): CollectRecord {
  return CollectDocument.parse(JSON.parse(text));
}

/** A record without what differs from run to run. */
function lasting(record: CollectRecord): unknown {
  return JSON.parse(JSON.stringify(record), (key, value: unknown) =>
    key === 'seconds' || key === 'change' ? undefined : value,
  );
}

/** What an audit finds, by fingerprint; the names of inputs are part of none. */
function fingerprints(json: string): string[] {
  return [...json.matchAll(/"fingerprint": "(?<value>[0-9a-f]+)"/gu)]
    .map(({ groups }) => groups?.['value'] ?? '')
    .sort();
}

/** A report without its line ends. */
function unwrapped(text: string): string {
  return text.replaceAll(/\s+/gu, ' ');
}

describe('a collection of every platform', () => {
  let network: FakeNetwork;
  beforeAll(async () => {
    network = await FakeNetwork.of(...FLEET);
  });
  afterAll(() => network.close());

  test('brings whole files and a record of them', async () => {
    const { exitCode, stdout } = await network.run([...COLLECT, '--hit-counts']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('5 of 5 devices collected into 16 files');
    expect(network.list('configs')).toEqual(FILES);
    expect(network.read('configs/ios.cfg')).toMatch(/\nversion 15[^]*\nend\n$/u);
    const text = network.read('configs/collect.json');
    const validate = new Ajv2020({ strict: true }).compile(JSON.parse(jsonSchema('collect')));
    validate(JSON.parse(text));
    expect(validate.errors).toBeNull();
    const record = recordIn(text);
    expect(record.devices.map(({ device, outcome }) => `${device} ${outcome}`)).toEqual(
      FLEET.map(({ name }) => `${name} collected`),
    );
    expect(record.devices[4]).toMatchObject({ platform: 'paloalto-panos', version: '10.1.9', attempts: 1, notes: [] });
  });

  test('done again leaves alone what is the same, and says the same', async () => {
    const before = FILES.filter((name) => name !== 'collect.json').map((name) => `configs/${name}`);
    const mtimes = (): number[] => before.map((name) => statSync(network.path(name)).mtimeMs);
    const [first, firstRecord] = [mtimes(), recordIn(network.read('configs/collect.json'))];
    const { exitCode, stdout } = await network.run([...COLLECT, '--hit-counts', '--format', 'json']);
    expect(exitCode).toBe(0);
    expect(mtimes()).toEqual(first);
    expect(stdout).toBe(network.read('configs/collect.json'));
    expect(lasting(recordIn(stdout))).toEqual(lasting(firstRecord));
    expect(stdout).not.toContain('"changed"');
  });

  test('is audited device by device with the counters and the pushed policy, as are the devices themselves', async () => {
    const files = await network.run(['audit', 'configs', '--format', 'json', '--no-policy']);
    const sources = [...files.stdout.matchAll(/"combinedWith": \[(?<list>[^\]]+)\]/gu)].map(
      ({ groups }) => groups?.['list'],
    );
    expect(sources).toHaveLength(7);
    expect(sources[5]).toContain('configs/pa+pushed-template.xml');
    const before = network.everything();
    const live = await network.run([
      'audit',
      '--inventory',
      'devices.yaml',
      '--hit-counts',
      '--format',
      'json',
      '--no-policy',
    ]);
    expect([files.exitCode, live.exitCode]).toEqual([1, 1]);
    expect(live.stdout).toContain('"source": "ssh://multi/dmz"');
    expect(live.stdout).toContain('ssh://srx (show security policies hit-count | no-more)');
    expect(fingerprints(live.stdout)).toEqual(fingerprints(files.stdout));
    expect(fingerprints(live.stdout).length).toBeGreaterThan(100);
    // Nothing was written.
    expect(network.everything()).toBe(before);
  });

  test('tells of rules that no counter shows in use, of each platform', async () => {
    const { stdout } = await network.run(['audit', 'configs', '--format', 'json', '--no-policy']);
    const counted = [...stdout.matchAll(/"source": "configs\/(?<file>[^"]+hit-counts[^"]*)"/gu)];
    const files = new Set(counted.map(({ groups }) => groups?.['file'] ?? ''));
    expect([...files].sort()).toEqual(COUNTED);
  });

  test('with masked secrets is audited to the same findings', async () => {
    const masked = into('masked');
    const { exitCode, stdout } = await network.run([...masked, '--hit-counts', '--mask-secrets']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('secrets are masked');
    const audit = async (path: string): Promise<string> =>
      (await network.run(['audit', path, '--format', 'json', '--no-policy'])).stdout;
    expect(fingerprints(await audit('masked'))).toEqual(fingerprints(await audit('configs')));
    expect(network.read('configs/ios.cfg')).toContain('$9$');
    expect(network.read('masked/ios.cfg')).not.toContain('$9$');
  });

  test('can be of some devices only', async () => {
    const { stdout } = await network.run([...into('some'), '--device', 'm*', '--device', 'srx']);
    expect(stdout).toContain('2 of 2 devices collected');
    expect((await network.run([...COLLECT, '--device', '!pa', '--list'])).stdout).toContain('4 devices');
    const wrong = await network.run([...COLLECT, '--device', 'oas']);
    expect(wrong.exitCode).toBe(2);
    expect(wrong.stderr).toContain('no device "oas"');
  });

  test('flows are read from devices as well', async () => {
    const { stdout } = await network.run(['flows', '--inventory', 'devices.yaml', '--device', 'ios', '--no-policy']);
    expect(stdout).toContain('br-uppsala-rt1');
  });
});

describe('a plan', () => {
  test('names every command and connects to nothing', async () => {
    const network = await FakeNetwork.of(
      { name: 'asa', plays: 'cisco-asa', platform: 'cisco-asa', entry: ['jump: ssh://ops@bastion.example'] },
      { name: 'pa', plays: 'paloalto-panos' },
    );
    const { exitCode, stdout } = await network.run([...COLLECT, '--plan', '--hit-counts']);
    const list = await network.run(['collect', '--inventory', 'devices.yaml', '--list']);
    await network.close();
    expect([exitCode, list.exitCode]).toEqual([0, 0]);
    expect(stdout).toContain('as auditor; through ops@bastion.example; at most 300 s');
    expect(stdout).toContain('\n      enable\n      terminal pager 0\n');
    expect(stdout).toContain('\n      show access-list\n');
    expect(stdout).toContain('2 devices; nothing was connected to');
    expect(list.stdout).toMatch(/asa\s+127\.0\.0\.1:\d+\s+auditor\s+cisco-asa\s+ops@bastion\.example/u);
    expect([...network.devices.values()].flatMap(({ logins }) => logins)).toEqual([]);
  });
});

describe('a device that fails', () => {
  const networks: FakeNetwork[] = [];
  const networkOf = async (...played: readonly PlayedDevice[]): Promise<FakeNetwork> => {
    const network = await FakeNetwork.of(...played);
    networks.push(network);
    return network;
  };
  afterEach(async () => {
    await Promise.all(networks.splice(0).map((network) => network.close()));
  });

  test('stops no other, keeps what was there before, and what arrived is kept aside', async () => {
    const network = await networkOf(
      {
        name: 'cut',
        plays: 'cisco-ios',
        platform: 'cisco-ios',
        dropIn: { command: 'show running-config', after: 4000 },
      },
      { name: 'ios', plays: 'cisco-ios', platform: 'cisco-ios' },
    );
    await network.run([...COLLECT, '--device', 'ios']);
    network.write('configs/cut.cfg', 'of before\n');
    const { exitCode, stdout, stderr } = await network.run([...COLLECT, '--retries', '0']);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('1 of 2 devices were not collected: exit code 3');
    expect(stdout).toContain('= cut: what arrived is kept in cut.partial, and is never audited');
    expect(stdout).toContain('= cut: still there from an earlier collection: cut.cfg');
    expect(network.read('configs/cut.cfg')).toBe('of before\n');
    expect(network.read('configs/cut.partial').length).toBeGreaterThan(1000);
    const audit = await network.run(['audit', 'configs', '--no-policy']);
    expect(audit.exitCode).toBe(3);
    expect(audit.stdout).toContain('cut.partial');
    expect(unwrapped(audit.stdout)).toContain('was captured in part only and is not read; collect the device again');
  });

  test('makes an audit of devices end with 3', async () => {
    const network = await networkOf(
      { name: 'ios', plays: 'cisco-ios', platform: 'cisco-ios' },
      { name: 'new', plays: 'cisco-ios', platform: 'cisco-ios', isUnknown: true },
    );
    const { exitCode, stdout } = await network.run(['audit', '--inventory', 'devices.yaml', '--no-policy']);
    expect(exitCode).toBe(3);
    expect(stdout).toContain('ssh://new');
    expect(stdout).toContain('--accept-new');
  });

  test('because it sends more than is wanted is told of as for a file', async () => {
    const network = await networkOf({ name: 'ios', plays: 'cisco-ios', platform: 'cisco-ios' });
    const audit = ['audit', '--inventory', 'devices.yaml', '--no-policy', '--max-file-size', '0.001'];
    const { exitCode, stdout } = await network.run(audit);
    expect(exitCode).toBe(3);
    expect(stdout).toContain('ssh://ios');
    expect(stdout).toContain('is larger than 1048 bytes (--max-file-size)');
  });

  test('because its login is refused is no reason to lock the account on others', async () => {
    const played = Array.from({ length: 8 }, (_, index) => ({
      name: `ios${index}`,
      plays: 'cisco-ios',
      platform: 'cisco-ios',
    }));
    const network = await networkOf(...played);
    const env = { BROKERFENCE_PASSWORD: 'wrong' };
    const { exitCode, stdout } = await network.run(COLLECT, { env });
    expect(exitCode).toBe(3);
    const logins = [...network.devices.values()].map(
      (device) => device.logins.filter((way) => way === 'password').length,
    );
    expect(logins).toEqual([1, 1, 1, 0, 0, 0, 0, 0]);
    expect(unwrapped(stdout)).toContain('was refused 3 times in a row, and more could lock the account');
  });

  test('while the user ends the collection leaves a record of what is done', async () => {
    const network = await networkOf(
      { name: 'ios', plays: 'cisco-ios', platform: 'cisco-ios' },
      {
        name: 'slow',
        plays: 'cisco-ios',
        platform: 'cisco-ios',
        stallIn: { command: 'show running-config', after: 9000 },
      },
      { name: 'last', plays: 'cisco-ios', platform: 'cisco-ios' },
    );
    let interrupt = (): void => undefined;
    const slow = network.devices.get('slow');
    const running = network.run([...COLLECT, '--concurrency', '1'], {
      onInterrupt(listener) {
        interrupt = listener;
        return () => undefined;
      },
    });
    await expect.poll(() => slow?.typed.at(-1), { timeout: 20_000 }).toBe('show running-config');
    interrupt();
    const { exitCode, stderr } = await running;
    expect(exitCode).toBe(3);
    expect(stderr).toContain('ending; what is done is kept');
    const record = recordIn(network.read('configs/collect.json'));
    expect(record.interrupted).toBe(true);
    expect(record.devices.map(({ outcome, reason }) => reason ?? outcome)).toEqual([
      'collected',
      'cancelled',
      'cancelled',
    ]);
    expect(network.list('configs')).toContain('ios.cfg');
    await expect.poll(() => slow?.openConnections()).toBe(0);
  });
});

describe('wrong usage', () => {
  test.each([
    [['collect'], 'name devices (admin@fw1) or an inventory'],
    [['collect', 'fw1', '--inventory', 'devices.yaml'], 'not both'],
    [['collect', 'ssh://a:hunter2@fw1'], 'holds a password'],
    [['collect', 'fw1', 'FW1', '--output-dir', 'x'], 'named twice'],
    [['collect', 'fw1'], '--output-dir DIRECTORY'],
    [['collect', 'fw1', '--output-dir', 'x', '--concurrency', '0'], '--concurrency'],
    [['collect', 'fw1', '--output-dir', 'x', '--retries', '1.5'], '--retries'],
    [['collect', 'fw1', '--output-dir', 'x', '--timeout', '-1'], '--timeout'],
    [['collect', 'fw1', '--output-dir', 'x', '--total-timeout', 'soon'], '--total-timeout'],
    [['collect', 'fw1', '--device', 'x'], '--device chooses from an inventory'],
    [['collect', '--inventory', 'gone.yaml'], 'gone.yaml'],
    [['collect', '--inventory', 'broken.yaml'], 'broken.yaml:1'],
    [['audit'], 'name a path to audit, or devices with --inventory FILE'],
    [['audit', 'x', '--device', 'y'], '--device chooses from an --inventory'],
  ])('%j', async (argv, message) => {
    const network = await FakeNetwork.of();
    network.write('broken.yaml', 'version: 2\n');
    const { exitCode, stderr, stdout } = await network.run(argv);
    await network.close();
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('hunter2');
  });

  test('a directory that cannot be made', async () => {
    const network = await FakeNetwork.of();
    network.write('configs', 'a file');
    const { exitCode, stderr } = await network.run(['collect', 'fw1', '--output-dir', 'configs']);
    await network.close();
    expect(exitCode).toBe(2);
    expect(stderr).toContain('configs cannot be written: it is no directory (EEXIST)');
  });
});
