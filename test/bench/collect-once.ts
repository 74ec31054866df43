/**
 * Collects from one device under many names, in a process of its own: `collect-once.ts brokerfence|bare PORT HOSTKEY DEVICES
 * CONCURRENCY`. `bare` is what ssh2 takes for the same session with nothing done to what comes.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import type { Endpoint } from '../../cli/sources/ssh/endpoint.ts';
import { Fleet } from '../../cli/collect/fleet.ts';
import { CaptureDirectory } from '../../cli/collect/keep-files.ts';
import { processWorld } from '../../cli/collect/process-world.ts';
import { secretSource } from '../../cli/sources/ssh/secret-source.ts';
import { report } from './child.ts';

const [mode = '', portText = '', hostKeyLine = '', devicesText = '', concurrencyText = ''] = process.argv.slice(2);
const [port, devices, concurrency] = [Number(portText), Number(devicesText), Number(concurrencyText)];
const COMMANDS = ['enable', 'bench', 'terminal length 0', 'terminal width 0', 'show privilege', 'show running-config'];
const TENTHS = 10;

/** Resident megabytes each time that a tenth of the devices is done. */
const memory: number[] = [];
let done = 0;
function count(): void {
  done += 1;
  if (done % (devices / TENTHS) === 0) memory.push(Math.round(process.memoryUsage.rss() / 2 ** 20));
}

async function withBrokerfence(): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'brokerfence-bench-'));
  const world = processWorld();
  const names = await world.files.open(directory);
  const captures = new CaptureDirectory(directory, names, world.files, false);
  const fleet = new Fleet(
    Array.from({ length: devices }, (_, index) => endpoint(`fw${index}`)),
    {
      collectEndpoint: world.collectEndpoint,
      access: {
        acceptNew: false,
        hitCounts: false,
        secrets: secretSource({ env: { BROKERFENCE_ENABLE: 'bench' }, run: world.run }),
        hostKeys: { judge: () => ({ kind: 'known' }), recordedTypes: () => [], accept: () => undefined },
      },
      concurrency,
      retries: 0,
      signal: new AbortController().signal,
      clock: world.clock,
      onEvent: (event) => {
        if (event.kind === 'finished') count();
      },
      keep: (of, ended) => captures.keep(of, ended),
    },
  );
  const results = await fleet.collectAll();
  rmSync(directory, { recursive: true });
  const failed = results.find(({ outcome }) => outcome.kind === 'failed');
  if (failed !== undefined) throw new Error(JSON.stringify(failed.outcome));
  return results.reduce((sum, { kept }) => sum + kept.files.reduce((all, { bytes }) => all + bytes, 0), 0);
}

function endpoint(name: string): Endpoint {
  return {
    name,
    host: '127.0.0.1',
    port,
    user: 'auditor',
    hostKeyName: hostKeyLine,
    knownHostsFiles: [],
    identityFiles: [],
    identitiesOnly: false,
    algorithms: {},
    legacy: false,
    platform: 'cisco-ios',
    jumps: [],
    deadlineSeconds: 600,
  };
}

async function bare(): Promise<number> {
  let next = 0;
  let bytes = 0;
  const worker = async (): Promise<void> => {
    while (next < devices) {
      next += 1;
      bytes += await bareSession();
      count();
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return bytes;
}

/** Types everything at once and counts what comes. */
function bareSession(): Promise<number> {
  return new Promise((resolve, reject) => {
    let bytes = 0;
    const client = new ssh2.Client();
    client.on('error', reject);
    client.on('ready', () => {
      client.shell((error, channel) => {
        if (error !== undefined) {
          reject(error);
          return;
        }
        channel.on('data', (piece: Buffer) => (bytes += piece.length));
        channel.on('close', () => {
          client.end();
          resolve(bytes);
        });
        channel.write(`${[...COMMANDS, 'exit'].join('\n')}\n`);
      });
    });
    client.connect({ host: '127.0.0.1', port, username: 'auditor' });
  });
}

const startedMs = performance.now();
const bytes = mode === 'bare' ? await bare() : await withBrokerfence();
const seconds = (performance.now() - startedMs) / 1000;
const tenths = Object.fromEntries(memory.map((megabytes, index) => [`rss${index + 1}`, megabytes]));
report({ seconds, bytes, cpuSeconds: process.cpuUsage().user / 1e6, ...tenths });
process.exit(0);
