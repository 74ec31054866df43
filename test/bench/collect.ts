import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { measureInChild, type Measured } from './child.ts';
import { table } from './table.ts';

const DEVICES = 500;
const BYTES = 300_000;
const CONCURRENCY = 64;

const Started = z.object({ port: z.number(), hostKeyLine: z.string(), bytes: z.number() });

/** How long a fleet takes on loopback, beside ssh2 alone, and whether memory stays flat. */
export async function benchCollect(): Promise<void> {
  const script = fileURLToPath(new URL('collect-server.ts', import.meta.url));
  const server = spawn(process.execPath, [script, String(BYTES)], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line] = await once(server.stdout.setEncoding('utf8'), 'data');
    const { port, hostKeyLine, bytes } = Started.parse(JSON.parse(String(line)));
    const args = [String(port), hostKeyLine, String(DEVICES), String(CONCURRENCY)];
    const measured = ['bare', 'brokerfence'].map((mode) => ({
      mode,
      result: measureInChild('collect-once.ts', [mode, ...args], 600),
    }));
    const kilobytes = Math.round(bytes / 1000);
    console.log(`${DEVICES} devices of ${kilobytes} kB each over SSH on loopback, ${CONCURRENCY} at once\n`);
    const rows = measured.map(({ mode, result }) => [mode === 'bare' ? 'ssh2 alone' : mode, ...cells(result)]);
    console.log(`${table(['', 'seconds', 'ms a device', 'CPU s', 'peak MB', 'MB by tenths of the devices'], rows)}\n`);
  } finally {
    server.kill();
  }
}

function cells(result: Measured | undefined): string[] {
  if (result === undefined) return ['failed', '', '', '', ''];
  const { seconds = 0, cpuSeconds = 0, ...more } = result.values;
  const memory = Object.entries(more).filter(([name]) => name.startsWith('rss'));
  return [
    seconds.toFixed(1),
    ((seconds * 1000) / DEVICES).toFixed(1),
    cpuSeconds.toFixed(1),
    String(result.peakMegabytes),
    memory.map(([, megabytes]) => megabytes).join(' '),
  ];
}
