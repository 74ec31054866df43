import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { jsonSchema } from '../../cli/reports/schemas.ts';
import { ansiPaint, plainPaint } from '../../cli/terminal/paint.ts';
import { displayWidth } from '../../cli/terminal/width.ts';
import { matrixText } from '../../cli/reports/matrix-text.ts';
import type { Run } from '../../cli/reports/run.ts';
import { totalsOf } from '../../cli/totals.ts';
import type { CoverageMatrix, MatrixRow } from '../../checks/matrix/coverage-matrix.ts';
import { sumsOf } from '../../checks/matrix/sums.ts';
import { CLOSED_ASA, CLOSED_IOS, EXPOSED_ASA } from './support/configs.ts';
import { exampleRun } from './support/example-run.ts';
import { run } from './support/fake-io.ts';

const layout = { width: 80, paint: plainPaint, verbose: false };

const span = { source: 'edge.cfg', line: 88, column: 1, endColumn: 20 };
const RULE = { kind: 'rule', name: 'OUTSIDE-IN: 30', span } as const;
const DEFAULT = { kind: 'default', name: 'implicit deny at the end of access list OUTSIDE-IN' } as const;
const ASSUMED = 'time range NIGHT is not active (brokerfence.yaml:12)';
const shut = { state: 'blocked', decidedBy: [DEFAULT], truncated: false, because: [] } as const;

const ROWS: readonly MatrixRow[] = [
  {
    direction: 'exposure',
    crossings: [
      { from: 'outside', to: 'dmz' },
      { from: 'GigabitEthernet0/0/0.1200', to: 'GigabitEthernet0/0/1.1300' },
    ],
    cells: [
      { ...shut, family: 'mqtt', services: ['mqtts'] },
      { ...shut, family: 'mqtt', services: ['mqtt'], state: 'open', decidedBy: [RULE], truncated: true },
      {
        ...shut,
        family: 'amqp',
        services: ['amqp', 'amqps'],
        state: 'excess',
        decidedBy: [RULE],
        reach: 'first-packets',
      },
      { ...shut, family: 'stomp', services: ['stomp'] },
      { ...shut, family: 'kin', services: ['nats', 'kafka'] },
    ],
  },
  {
    direction: 'egress',
    crossings: Array.from({ length: 9 }, (_, index) => ({ from: `vlan${index}`, to: 'outside' })),
    cells: [
      {
        ...shut,
        family: 'mqtt',
        services: ['mqtt', 'mqtts'],
        state: 'approved',
        decidedBy: [RULE],
        assumptions: [ASSUMED],
      },
      { ...shut, family: 'amqp', services: ['amqp', 'amqps'] },
      {
        ...shut,
        family: 'stomp',
        services: ['stomp'],
        state: 'unknown',
        decidedBy: [RULE],
        because: ['time range OFFICE is active or not (edge.cfg:7)'],
      },
      { ...shut, family: 'kin', services: ['nats', 'kafka'] },
    ],
  },
];

/** The example run with a matrix for its only device. */
function matrixRun(rows: readonly MatrixRow[], devices = 1): Run {
  const example = exampleRun();
  const matrix: CoverageMatrix = { rows, sums: sumsOf(rows, 3) };
  const sources = example.sources.map((source) => ({
    ...source,
    devices: source.devices.flatMap((device) => Array.from({ length: devices }, () => ({ ...device, matrix }))),
  }));
  return { ...example, sources, totals: totalsOf(sources, [], example.failures.length, example.shortfalls.length) };
}

function text(rows: readonly MatrixRow[], change: Partial<typeof layout> = {}, devices = 1): string {
  const blocks = matrixText(matrixRun(rows, devices), { ...layout, ...change });
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

describe('the matrix as text', () => {
  test('has a line for each crossing and a column for each family', async () => {
    await expect(text(ROWS)).toMatchFileSnapshot('golden/matrix.txt');
  });

  test('says of each service what decides it when asked to', async () => {
    await expect(text(ROWS, { verbose: true })).toMatchFileSnapshot('golden/matrix-verbose.txt');
  });

  test('has one letter for each state on a narrow terminal', async () => {
    await expect(text(ROWS, { width: 56 })).toMatchFileSnapshot('golden/matrix-narrow.txt');
  });

  test.each([56, 72, 80, 120])('fits %d columns', (width) => {
    for (const verbose of [false, true]) {
      const wide = text(ROWS, { width, verbose }, 2)
        .split('\n')
        .filter((line) => displayWidth(line) > width);
      expect(wide).toEqual([]);
    }
  });

  test('says the same without colour as with it', () => {
    const coloured = text(ROWS, { paint: ansiPaint });
    // eslint-disable-next-line no-control-regex -- that is what colour is made of
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(text(ROWS));
  });

  test('never calls a device covered that has no judged crossing', () => {
    expect(text([], { width: 100 })).toContain(
      'edge-1: no boundary crossing was judged; 3 crossings of unknown trust not judged',
    );
    expect(text([])).not.toContain('%');
  });

  test('adds devices up and says which inputs are not among them', () => {
    const lines = text(ROWS, {}, 2).replaceAll('\n  ', ' ');
    expect(lines).toContain(
      'all 2 devices: every core service is blocked or approved on 0 of 22 boundary crossings (0.0%;',
    );
    expect(lines).toContain('1 input not audited: in none of these numbers');
    expect(lines).toMatch(/^mqtt +4 +36 +- +4 +-$/mu);
  });

  test('is not there unless it was asked for', () => {
    expect(matrixText(exampleRun(), layout)).toEqual([]);
  });
});

describe('audit --matrix', () => {
  const files = { 'd/edge.cfg': EXPOSED_ASA, 'd/branch.cfg': CLOSED_IOS };

  test('prints the matrix beside the findings', async () => {
    const argv = ['audit', 'd', '--matrix'];
    const { exitCode, stdout } = await run(argv, { files, terminalColumns: 80 });
    expect(exitCode).toBe(1);
    const from = stdout.indexOf('M1037');
    expect(stdout.slice(0, from)).toContain('broker-reachable-from-untrusted');
    const plain = (await run([...argv, '--no-color'], { files, terminalColumns: 80 })).stdout;
    const until = plain.indexOf('\n\ndevice ');
    await expect(`${plain.slice(plain.indexOf('M1037'), until)}\n`).toMatchFileSnapshot('golden/matrix-fleet.txt');
  });

  test('prints JSON that follows the schema, with sums that add up', async () => {
    const { stdout } = await run(['audit', 'd', '--matrix', '--format', 'json'], { files });
    const document: unknown = JSON.parse(stdout);
    const validate = new Ajv2020({ strict: true, allErrors: true }).compile(JSON.parse(jsonSchema('audit')));
    validate(document);
    expect(validate.errors).toBeNull();
    expect(document).toMatchObject({
      sources: [
        { devices: [{ device: 'branch-1', matrix: { sums: { crossings: 2, covered: 2 } } }] },
        { devices: [{ device: 'edge-1', matrix: { sums: { crossings: 2, covered: 1 } } }] },
      ],
      totals: { matrix: { crossings: 4, covered: 3, unjudged: 0 } },
    });
  });

  test('changes neither findings nor exit code', async () => {
    const argv = ['audit', 'd', '--format', 'json'];
    const [without, with_] = [await run(argv, { files }), await run([...argv, '--matrix'], { files })];
    const stripped = JSON.stringify(
      JSON.parse(with_.stdout),
      (key, value: unknown) => (key === 'matrix' ? undefined : value),
      2,
    );
    expect([with_.exitCode, `${stripped}\n`]).toEqual([without.exitCode, without.stdout]);
  });

  test('calls nothing covered in a text that is cut off, nor above --max-unknown', async () => {
    const cut = { 'x.cfg': CLOSED_IOS.replace('end\n', '') };
    const short = await run(['audit', 'x.cfg', '--matrix'], { files: cut });
    expect(short.exitCode).toBe(3);
    expect(short.stdout).toContain(
      'branch-1: every core service is blocked or approved on 0 of 2 boundary crossings (0.0%;',
    );
    const odd = { 'x.cfg': CLOSED_ASA.replace('hostname', 'frobnicate the widget\nhostname') };
    const strict = await run(['audit', 'x.cfg', '--matrix', '--max-unknown', '0'], { files: odd });
    expect(strict.stdout).toContain(
      'edge-2: every core service is blocked or approved on 0 of 2 boundary crossings (0.0%;',
    );
    const lenient = await run(['audit', 'x.cfg', '--matrix', '--max-unknown', '10'], { files: odd });
    expect(lenient.stdout).toContain(
      'edge-2: every core service is blocked or approved on 2 of 2 boundary crossings (100.0%;',
    );
  });
});
