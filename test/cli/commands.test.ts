import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { jsonSchema } from '../../cli/reports/schemas.ts';
import { ARISTA, CLOSED_ASA, CLOSED_IOS, EXPOSED_ASA, FORTIGATE } from './support/configs.ts';
import { run } from './support/fake-io.ts';

const EXPOSURE = 'broker-reachable-from-untrusted';

describe('audit', () => {
  test('prints findings with the deciding line, and fails', async () => {
    const { exitCode, stdout, stderr } = await run(['audit', 'edge.cfg'], { files: { 'edge.cfg': EXPOSED_ASA } });
    expect(exitCode).toBe(1);
    expect(stderr).toBe('');
    await expect(stdout).toMatchFileSnapshot('golden/audit-edge.txt');
  });

  test('of what is shut finds nothing and says how much was understood', async () => {
    const files = { 'a.cfg': CLOSED_ASA, 'b.cfg': CLOSED_IOS };
    const { exitCode, stdout } = await run(['audit', 'a.cfg', 'b.cfg', '--fail-on', 'high'], { files });
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain(EXPOSURE);
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/finding.* in 2 devices; 100\.0% of \d+ lines understood$/);
  });

  test.each([
    ['critical', 'info', 1],
    ['none', 'info', 0],
  ])('with --fail-on %s', async (failOn, _mildest, exitCode) => {
    const outcome = await run(['audit', 'edge.cfg', '--fail-on', failOn], { files: { 'edge.cfg': EXPOSED_ASA } });
    expect(outcome.exitCode).toBe(exitCode);
  });

  test('prints JSON that follows the schema', async () => {
    const files = { 'd/edge.cfg': EXPOSED_ASA, 'd/branch.cfg': CLOSED_IOS, 'd/empty.cfg': '', 'd/README.md': '# x' };
    const { exitCode, stdout } = await run(['audit', 'd', '--format', 'json'], { files });
    expect(exitCode).toBe(3);
    const document: unknown = JSON.parse(stdout);
    const validate = new Ajv2020({ strict: true, allErrors: true }).compile(JSON.parse(jsonSchema('audit')));
    validate(document);
    expect(validate.errors).toBeNull();
    expect(document).toMatchObject({
      sources: [{ source: 'd/branch.cfg' }, { source: 'd/edge.cfg' }],
      failures: [{ name: 'd/empty.cfg', reason: 'empty' }],
      skipped: [{ name: 'd/README.md' }],
    });
  });

  test('prints the same bytes every time', async () => {
    const files = { 'd/edge.cfg': EXPOSED_ASA, 'd/branch.cfg': CLOSED_IOS };
    const first = await run(['audit', 'd', '--format', 'json'], { files });
    const second = await run(['audit', 'd', '--format', 'json'], { files });
    expect(second.stdout).toBe(first.stdout);
  });

  test('reads standard input', async () => {
    const { exitCode, stdout } = await run(['audit', '-'], { stdin: EXPOSED_ASA });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('--> <stdin>:');
  });

  test('writes the report to a file, and nothing to standard output', async () => {
    const files = { 'edge.cfg': EXPOSED_ASA };
    const { exitCode, stdout, written } = await run(['audit', 'edge.cfg', '--output', 'report.txt'], { files });
    expect(exitCode).toBe(1);
    expect(stdout).toBe('');
    expect(written.get('report.txt')).toContain(EXPOSURE);
  });

  test('a report that cannot be written is wrong usage', async () => {
    const files = { 'edge.cfg': EXPOSED_ASA };
    const { exitCode, stderr } = await run(['audit', 'edge.cfg', '--output', 'none/report.txt'], { files });
    expect([exitCode, stderr]).toEqual([2, 'brokerfence: none/report.txt cannot be written: ENOENT\n']);
  });

  test('takes the word of the user for the trust of a segment', async () => {
    const argv = ['audit', 'edge.cfg', '--internal', 'edge-1:outside', '--internal', 'dmz'];
    const { stdout } = await run(argv, { files: { 'edge.cfg': EXPOSED_ASA } });
    expect(stdout).not.toContain(EXPOSURE);
  });
});

describe('bad input', () => {
  const good = { 'good.cfg': CLOSED_ASA };

  test.each([
    ['an empty file', { 'x.cfg': '' }, 'not audited: x.cfg: is empty'],
    ['a binary file', { 'x.cfg': new Uint8Array([1, 0, 2]) }, 'not audited: x.cfg: is binary data'],
    [
      'a file without permission',
      { 'x.cfg': { error: 'EACCES' } },
      'not audited: x.cfg: cannot be read: permission denied',
    ],
    ['a missing file', {}, 'not audited: x.cfg: does not exist'],
    ['a truncated file', { 'x.cfg': CLOSED_IOS.slice(0, 300) }, 'not trusted: x.cfg: ends before its end mark'],
    ['a config of another vendor', { 'x.cfg': FORTIGATE }, 'not audited: x.cfg: this is'],
    [
      'a config of a known other vendor',
      { 'x.cfg': ARISTA },
      'not audited: x.cfg: this is a configuration of Arista EOS',
    ],
    ['prose', { 'x.cfg': 'Dear all,\nthe firewall is fine.\n' }, 'not audited: x.cfg: this is no configuration'],
    ['a loop of links', { 'x.cfg': { link: 'x.cfg' } }, 'not audited: x.cfg: is a link that leads back to itself'],
  ])('%s is named, ends with 3, and stops nothing else', async (_name, files, message) => {
    const { exitCode, stdout, stderr } = await run(['audit', 'x.cfg', 'good.cfg'], { files: { ...good, ...files } });
    expect(exitCode).toBe(3);
    expect(stdout.replaceAll('\n  ', ' ')).toContain(message);
    expect(stdout).toContain('good.cfg (cisco-asa: edge-2)');
    expect(stderr).toContain('exit code 3');
  });

  test('a directory without a configuration is no pass', async () => {
    const { exitCode, stdout, stderr } = await run(['audit', 'd'], {
      files: { 'd/README.md': '# x', 'd/notes': 'none' },
    });
    expect(exitCode).toBe(3);
    expect(stdout).toContain('0 findings in 0 devices; no line of a configuration was read');
    expect(stderr).toBe('brokerfence: no configuration was found: exit code 3\n');
  });

  test('a directory that loops ends with 3; its files are audited', async () => {
    const files = { 'd/good.cfg': CLOSED_ASA, 'd/loop': { link: 'd' } };
    const { exitCode, stdout } = await run(['audit', 'd'], { files });
    expect(exitCode).toBe(3);
    expect(stdout).toContain('not audited: d/loop: is a link to a directory that contains it');
    expect(stdout).toContain('d/good.cfg (cisco-asa: edge-2)');
  });

  test('a file above the limit is not read', async () => {
    const files = { 'x.cfg': `${CLOSED_ASA}${'!\n'.repeat(600_000)}` };
    const { exitCode, stdout } = await run(['audit', 'x.cfg', '--max-file-size', '1'], { files });
    expect(exitCode).toBe(3);
    expect(stdout).toContain('not audited: x.cfg: is larger than 1 MiB (--max-file-size)');
  });

  test('a file that would not fit into memory is not read', async () => {
    const files = { 'good.cfg': CLOSED_ASA, 'x.cfg': `${CLOSED_ASA}${'!\n'.repeat(600_000)}` };
    const { exitCode, stdout } = await run(['audit', 'x.cfg', 'good.cfg'], { files, heapLimitBytes: 45 * 2 ** 20 });
    expect(exitCode).toBe(3);
    expect(stdout.replaceAll('\n  ', ' ')).toContain(
      'x.cfg: is larger than 1 MiB, the most for which 45 MiB of memory surely suffice',
    );
    expect(stdout).toContain('good.cfg (cisco-asa: edge-2)');
  });

  test('a platform that the user names is used for what cannot be told', async () => {
    const files = { 'x.acl': 'ip access-list extended A\n permit tcp any any eq 1883\n' };
    const { stdout } = await run(['flows', 'x.acl', '--platform', 'cisco-ios'], { files });
    expect(stdout).toContain('x.acl (cisco-ios:');
  });

  test('more lines not understood than allowed end with 3, findings or not', async () => {
    const files = { 'x.cfg': EXPOSED_ASA.replace('hostname', 'frobnicate the widget\nhostname') };
    const strict = await run(['audit', 'x.cfg', '--max-unknown', '0'], { files });
    expect(strict.exitCode).toBe(3);
    expect(strict.stdout.replaceAll('\n  ', ' ')).toContain(
      'not trusted: x.cfg: 1 of 23 lines were not understood, more than 0%',
    );
    expect(strict.stderr).toContain('there are findings at or above low as well: exit code 3');
    const lenient = await run(['audit', 'x.cfg', '--max-unknown', '10'], { files });
    expect(lenient.exitCode).toBe(1);
  });
});

describe('wrong usage', () => {
  const files = { 'edge.cfg': EXPOSED_ASA };

  test.each([
    [[], 'Name a command'],
    [['aduit', 'edge.cfg'], 'Did you mean audit?'],
    [['audit'], 'name a path to audit, or devices with --inventory FILE'],
    [['audit', 'edge.cfg', '--formt', 'json'], 'Unknown argument: formt'],
    [['audit', 'edge.cfg', '--format', 'pdf'], 'Given: "pdf"'],
    [['audit', 'edge.cfg', '--fail-on', 'bad'], 'Given: "bad"'],
    [['audit', 'edge.cfg', '--format', 'json', '--format', 'text'], '--format is given more than once'],
    [['audit', 'edge.cfg', '--max-unknown', 'much'], '--max-unknown is a number from 0 to 100'],
    [['audit', 'edge.cfg', '--max-file-size', '0'], '--max-file-size is a number'],
    [['audit', 'edge.cfg', '--internal-network', '10.0.0.1/8'], '--internal-network "10.0.0.1/8" is not a network'],
    [['audit', 'edge.cfg', '--untrusted', 'outsid'], 'no segment "outsid"; did you mean "outside"?'],
    [['audit', 'edge.cfg', '--untrusted'], 'Not enough arguments following: untrusted'],
    [['audit', 'edge.cfg', '--output'], 'Not enough arguments following: output'],
    [
      ['trace', 'edge.cfg', '--source', '1.1.1.1', '--destination', '1.1.1.1', '--destination-port', '1'],
      'neither both segments',
    ],
    [['explain', 'broker-reachable'], 'no check "broker-reachable"; did you mean "broker-reachable-from-untrusted"?'],
    [['schema', 'xml'], 'Given: "xml"'],
  ])('%j', async (argv, message) => {
    const { exitCode, stdout, stderr } = await run(argv, { files });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^brokerfence: /);
    expect([exitCode, stdout]).toEqual([2, '']);
  });
});

describe('flows', () => {
  test('prints every permitted flow and how segments are judged', async () => {
    const { exitCode, stdout } = await run(['flows', 'edge.cfg'], { files: { 'edge.cfg': EXPOSED_ASA } });
    expect(exitCode).toBe(0);
    await expect(stdout).toMatchFileSnapshot('golden/flows-edge.txt');
  });

  test('prints JSON that follows the schema', async () => {
    const { exitCode, stdout } = await run(['flows', 'edge.cfg', '--format', 'json'], {
      files: { 'edge.cfg': EXPOSED_ASA },
    });
    expect(exitCode).toBe(0);
    const validate = new Ajv2020({ strict: true }).compile(JSON.parse(jsonSchema('flows')));
    validate(JSON.parse(stdout));
    expect(validate.errors).toBeNull();
  });
});

describe('trace', () => {
  const files = { 'edge.cfg': EXPOSED_ASA, 'other.cfg': CLOSED_ASA };
  const packet = ['--source', '198.51.100.5', '--destination', '10.20.30.10', '--destination-port', '1883'];

  test.each([
    [['--from', 'outside', '--to', 'dmz'], 'verdict: permit'],
    [['--rule-list', 'OUTSIDE-IN', '--direction', 'in'], 'verdict: permit'],
    [['--from', 'outside', '--to', 'dmz', '--protocol', 'udp'], 'verdict: deny'],
  ])('%j ends with %s and exit code 0', async (place, verdict) => {
    const { exitCode, stdout, stderr } = await run(['trace', 'edge.cfg', ...place, ...packet], { files });
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain(verdict);
    expect(stdout).toMatch(/ \(edge\.cfg:\d+:1\)|implicit/);
  });

  test.each([
    [['--from', 'outsde', '--to', 'dmz', ...packet], 'no segment "outsde"; did you mean "outside"?'],
    [['--rule-list', 'OUTSIDE_IN', ...packet], 'no rule list "OUTSIDE_IN"; did you mean "OUTSIDE-IN"?'],
    [['--rule-list', 'OUTSIDE-IN', '--direction', 'out', ...packet], 'is not bound "out"; it is bound in'],
    [['--device', 'edge', '--rule-list', 'OUTSIDE-IN', ...packet], 'no device "edge"'],
    [['--from', 'outside', '--to', 'dmz', ...packet, '--icmp-type', '8'], 'either a destination port or an ICMP type'],
    [['--from', 'outside', '--to', 'dmz', '--format', 'csv', ...packet], '--format csv goes with --batch'],
  ])('%j is wrong usage', async (argv, message) => {
    const { exitCode, stdout, stderr } = await run(['trace', 'edge.cfg', ...argv], { files });
    expect(stderr).toContain(message);
    expect([exitCode, stdout]).toEqual([2, '']);
  });

  test('asks which device is meant when several were read', async () => {
    const argv = ['trace', 'edge.cfg', 'other.cfg', '--from', 'outside', '--to', 'dmz', ...packet];
    const unclear = await run(argv, { files });
    expect([unclear.exitCode, unclear.stderr]).toEqual([
      2,
      'brokerfence: several devices were read; name one of edge-1, edge-2\n',
    ]);
    const clear = await run([...argv, '--device', 'edge-2'], { files });
    expect(clear.stdout).toContain('verdict: deny');
  });

  test('goes back and forth between devices', async () => {
    const rows = ['edge-1', 'edge-2', 'edge-1'].map(
      (device) => `${device},outside,dmz,tcp,198.51.100.5,10.20.30.10,1883`,
    );
    const csv = ['device,from,to,protocol,source,destination,destination_port', ...rows, ''].join('\n');
    const argv = ['trace', 'edge.cfg', 'other.cfg', '--batch', 'rows.csv'];
    const { stdout } = await run(argv, { files: { ...files, 'rows.csv': csv } });
    const verdicts = stdout
      .split('\n')
      .slice(1, -1)
      .map((line) => line.split(',')[7]);
    expect(verdicts).toEqual(['permit', 'deny', 'permit']);
  });

  test('of nothing that could be read ends with 3', async () => {
    const { exitCode, stderr } = await run(['trace', 'gone.cfg', '--from', 'a', '--to', 'b', ...packet], { files });
    expect([exitCode, stderr]).toEqual([3, 'brokerfence: gone.cfg: does not exist\n']);
  });

  test('ICMP is traced by type and code', async () => {
    const argv = ['trace', 'edge.cfg', '--from', 'outside', '--to', 'dmz', '--protocol', 'icmp'];
    const { stdout } = await run([...argv, '--icmp-type', '3', '--icmp-code', '4', ...packet.slice(0, 4)], { files });
    expect(stdout).toContain('icmp type 3/4 198.51.100.5 → 10.20.30.10');
  });
});

describe('trace --batch', () => {
  const header = 'from,to,protocol,source,destination,destination_port,expect';
  const right = 'outside,dmz,tcp,198.51.100.5,10.20.30.10,1883,permit';
  const wrong = 'outside,dmz,tcp,198.51.100.5,10.20.30.10,8883,permit';
  const nothing = 'outside,moon,tcp,198.51.100.5,10.20.30.10,8883,deny';
  const batch = (...rows: string[]) => ({ 'edge.cfg': EXPOSED_ASA, 'rows.csv': [header, ...rows, ''].join('\n') });

  test.each([
    [[right], 0, '1 rows traced, 0 not as expected, 0 that name nothing'],
    [[right, wrong], 1, 'rows.csv:3: expected permit, is deny'],
    [[wrong, nothing], 2, 'rows.csv:3: no segment "moon"'],
  ])('%j ends with %d', async (rows, exitCode, message) => {
    const outcome = await run(['trace', 'edge.cfg', '--batch', 'rows.csv'], { files: batch(...rows) });
    expect(outcome.exitCode).toBe(exitCode);
    expect(outcome.stderr).toContain(message);
    expect(outcome.stdout.split('\n')).toHaveLength(rows.length + 2);
    expect(outcome.stdout).toContain(`${header},verdict,decided_by,file,line\n`);
  });

  test('with an input that failed ends with 3, also when rows are wrong', async () => {
    const { exitCode, stderr } = await run(['trace', 'edge.cfg', 'gone.cfg', '--batch', 'rows.csv'], {
      files: batch(wrong),
    });
    expect(exitCode).toBe(3);
    expect(stderr).toContain('gone.cfg: does not exist');
  });

  test('prints JSON that follows the schema', async () => {
    const { stdout } = await run(['trace', 'edge.cfg', '--batch', 'rows.csv', '--format', 'json'], {
      files: batch(right, nothing),
    });
    const validate = new Ajv2020({ strict: true }).compile(JSON.parse(jsonSchema('trace-batch')));
    validate(JSON.parse(stdout));
    expect(validate.errors).toBeNull();
  });

  test.each([
    [['--batch', 'none.csv'], 'none.csv does not exist'],
    [['--batch', 'rows.csv', '--format', 'text'], '--batch prints csv or json'],
    [['--batch', 'rows.csv', '--from', 'outside'], 'packets and places stand in the CSV file'],
    [['--batch', 'edge.cfg'], 'has no column'],
  ])('%j is wrong usage', async (argv, message) => {
    const { exitCode, stderr } = await run(['trace', 'edge.cfg', ...argv], { files: batch(right) });
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });
});

describe('about the program', () => {
  test('the checks are listed and each is explained', async () => {
    const { exitCode, stdout } = await run(['checks'], { terminalColumns: 80 });
    expect(exitCode).toBe(0);
    const ids = stdout
      .split('\n')
      .slice(1, -1)
      .map((line) => line.split(' ')[0] ?? '');
    expect(ids).toContain(EXPOSURE);
    for (const id of ids) {
      const page = await run(['explain', id], { terminalColumns: 80 });
      expect(page.exitCode).toBe(0);
      expect(page.stdout).toMatch(/What to do\n/);
    }
  });

  test('a check may be named without its family', async () => {
    const { stdout } = await run(['explain', 'broker-reachable-from-untrusted']);
    expect(stdout).toContain(EXPOSURE);
  });

  test('help names every command and the exit codes', async () => {
    const { exitCode, stdout } = await run(['--help']);
    expect(exitCode).toBe(0);
    for (const command of ['audit', 'flows', 'trace', 'collect', 'checks', 'explain', 'schema']) {
      expect(stdout).toContain(`brokerfence ${command}`);
    }
    expect(stdout).toContain('Exit codes:');
  });

  test('a command has its own help', async () => {
    const { exitCode, stdout } = await run(['audit', '--help']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('--fail-on');
  });
});
