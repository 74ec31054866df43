/** How fast the terminal UI answers: a key among 100,000 findings, and the first frame of 1,000 configurations. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Finding } from '../../checks/finding.ts';
import { FindingRow } from '../../cli/tui/store/fleet.ts';
import type { Model } from '../../cli/tui/store/model.ts';
import { beginning } from '../../cli/tui/store/model.ts';
import { compiled, PtyProgram } from '../cli/tui/support/pty.ts';
import { Keys, ScreenOutput } from '../cli/tui/support/screen-streams.ts';
import { VirtualScreen } from '../cli/tui/support/virtual-screen.ts';
import { table } from './table.ts';

const FINDINGS = 100_000;
const CONFIGURATIONS = Number(process.env['BENCH_CONFIGURATIONS'] ?? 1000);
const PRESSES = 100;
const SAMPLES = fileURLToPath(new URL('../../device-samples', import.meta.url));

export async function benchTui(): Promise<void> {
  process.env['NODE_ENV'] = 'production';
  const program = compiled();
  try {
    await benchKeys(program.main);
    if (CONFIGURATIONS > 0) await benchFirstFrame(program.main);
  } finally {
    program.remove();
  }
}

/** From the byte of the key to the changed screen of a headless xterm of 160 by 50. */
async function benchKeys(main: string): Promise<void> {
  const module = (name: string) => import(pathToFileURL(join(main, '../tui', name)).href);
  const [{ App }, { Store }, { colourTheme }] = await Promise.all([
    module('app.js'),
    module('store/store.js'),
    module('theme.js'),
  ]);
  const [{ render }, { createElement }] = await Promise.all([import('ink'), import('react')]);
  const screen = new VirtualScreen(160, 50);
  const keys = new Keys();
  const output = new ScreenOutput(screen);
  const app = render(createElement(App, { store: new Store(modelOf(FINDINGS), () => {}), theme: colourTheme }), {
    stdout: output,
    stdin: keys,
    interactive: true,
    alternateScreen: true,
    incrementalRendering: true,
    exitOnCtrlC: false,
    patchConsole: false,
    maxFps: 250,
  });
  await app.waitUntilRenderFlush();
  // Nothing else keeps the process going between two keys.
  const going = setInterval(() => {}, 1000);
  const rows: string[][] = [];
  for (const [name, key] of [
    ['one row down', 'j'],
    ['a page down', '\u0004'],
    ['to the end and back', 'G'],
    ['sorted by the next column', 's'],
    ['a letter of a filter', 'm'],
  ] as const) {
    if (key === 'm') keys.write('/');
    await app.waitUntilRenderFlush();
    const times: number[] = [];
    for (let press = 0; press < PRESSES; press += 1) {
      const shown = key === 'G' && press % 2 === 1 ? 'g' : key === 'm' && press % 2 === 1 ? '\u007f' : key;
      const begin = performance.now();
      const written = output.written();
      keys.write(shown);
      await written;
      await app.waitUntilRenderFlush();
      await screen.drawn();
      times.push(performance.now() - begin);
    }
    times.sort((a, b) => a - b);
    rows.push([name, ms(times[PRESSES >> 1]), ms(times[Math.floor(PRESSES * 0.95)]), ms(times.at(-1))]);
  }
  clearInterval(going);
  app.unmount();
  console.log(
    `A key among ${FINDINGS.toLocaleString('en')} findings, drawn into a headless terminal of 160 × 50 (${PRESSES} presses each)\n`,
  );
  print(['key', 'median', '95 of 100', 'worst'], rows);
}

function ms(value: number | undefined): string {
  return `${(value ?? 0).toFixed(1)} ms`;
}

function modelOf(count: number): Model {
  const size = { columns: 160, rows: 50 };
  const model = beginning(size, {
    today: '2026-11-22',
    policyFile: undefined,
    platform: undefined,
    baseline: undefined,
  });
  const findings = Array.from({ length: count }, (_, index) => findingRow(index));
  const fleet = { ...model.fleet, status: { kind: 'done' } as const, findings };
  return {
    ...model,
    fleet,
    screens: [{ view: 'findings', list: { cursor: 0, top: 0 }, filter: '', sort: 'severity' }],
  };
}

const SEVERITIES: readonly Finding['severity'][] = ['critical', 'high', 'medium', 'low', 'info'];
const SERVICES = ['mqtt', 'amqp', 'stomp', 'xmpp-client'];

function findingRow(index: number): FindingRow {
  const service = SERVICES[index % 4] ?? 'mqtt';
  const device = `fw-${index % 997}`;
  const finding: Finding = {
    check: index % 3 === 0 ? 'broker-reachable-from-untrusted' : 'pubsub-egress-unapproved',
    severity: SEVERITIES[(index * 7) % 5] ?? 'low',
    confidence: index % 5 === 0 ? 'possible' : 'definite',
    device,
    crossings: [{ from: `zone-${index % 31}`, to: 'outside' }],
    rules: [`ACL-${index % 211}: ${index}`],
    services: [service],
    message: `${device}: zone-${index % 31} → outside permits ${service} from any to any, decided by rule ${index}`,
    evidence: [],
    flows: { flows: [], truncated: false },
    conditions: [],
    fix: 'Narrow the rule.',
    fingerprint: index.toString(16).padStart(16, '0'),
  };
  return new FindingRow(`${device}.cfg`, finding);
}

/** The samples again and again under other host names, read by the whole program in a pseudo terminal. */
async function benchFirstFrame(main: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'brokerfence-bench-'));
  try {
    const bytes = manySamples(join(folder, 'configs'));
    const begin = performance.now();
    const tui = new PtyProgram([main, 'tui', 'configs', '--no-policy'], { columns: 160, rows: 50, cwd: folder });
    await tui.shows('overview');
    const firstMs = performance.now() - begin;
    await tui.shows(/[1-9]\d* device/u);
    const someMs = performance.now() - begin;
    const peak = { mebibytes: 0 };
    const timer = setInterval(() => (peak.mebibytes = Math.max(peak.mebibytes, residentMebibytes(tui.pid))), 200);
    await tui.until(
      (text) => text.includes('all inputs read') || text.includes('not to trust'),
      'the end of the reading',
      600_000,
    );
    clearInterval(timer);
    const allMs = performance.now() - begin;
    tui.press('q');
    await tui.ended();
    const size = `${CONFIGURATIONS.toLocaleString('en')} configurations, ${(bytes / 1e6).toFixed(1)} MB`;
    console.log(`\nThe whole program in a pseudo terminal over ${size}\n`);
    print(
      ['', 'after the start'],
      [
        ['first frame', ms(firstMs)],
        ['first results', ms(someMs)],
        ['all results', `${(allMs / 1000).toFixed(1)} s`],
        ['peak of resident memory', `${peak.mebibytes} MiB`],
      ],
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function manySamples(target: string): number {
  mkdirSync(target);
  const files = readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /running-config\.\w+$|\.conf$/u.test(name),
  );
  let bytes = 0;
  for (let index = 0; index < CONFIGURATIONS; index += 1) {
    const name = files[index % files.length] ?? '';
    const path = join(SAMPLES, name);
    bytes += statSync(path).size;
    const extension = name.endsWith('.xml') ? 'xml' : 'cfg';
    const text = readFileSync(path, 'utf8').replace(/^hostname .*$/mu, `hostname device-${index}`);
    const folder = join(target, `device-${index}`);
    mkdirSync(folder);
    writeFileSync(join(folder, `running-config.${extension}`), text);
  }
  return bytes;
}

/** Of a process, from the kernel's table (proc(5)). */
function residentMebibytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Math.round(Number(/VmRSS:\s+(\d+)/u.exec(status)?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}

function print(header: readonly string[], rows: readonly (readonly string[])[]): void {
  console.log(table(header, rows));
}
