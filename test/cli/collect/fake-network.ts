/** Fake devices that speak SSH, an inventory of them in a directory of its own, and a world to collect in. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { CollectWorld } from '../../../cli/collect/world.ts';
import type { Io } from '../../../cli/io.ts';
import { processWorld } from '../../../cli/collect/process-world.ts';
import { nodePrivateFiles } from '../../../cli/collect/private-files.ts';
import { runProgram } from '../../../cli/program.ts';
import { nodeHostKeyFiles } from '../../../cli/sources/ssh/known-hosts-files.ts';
import { nodeFileSystem } from '../../../cli/sources/file-system.ts';
import { recordedDialogue } from '../../support/fake-device/dialogue.ts';
import { startFakeDevice, type FakeDevice, type FakeDeviceOptions } from '../../support/fake-device/server.ts';
import { fakeIo } from '../support/fake-io.ts';

/** Credentials that must never be seen anywhere. */
export const PASSWORD = 'pa55-of-the-auditor';
export const ENABLE = 'en4ble-of-the-auditor';
const USER = 'auditor';

export interface PlayedDevice extends Partial<Omit<FakeDeviceOptions, 'dialogue'>> {
  readonly name: string;
  /** Name of a recorded dialogue; absent: a jump host. */
  readonly plays?: string;
  /** Absent: found out. */
  readonly platform?: string;
  /** Further lines of its entry in the inventory: `jump: hop`. */
  readonly entry?: readonly string[];
  /** Its host key is not on record. */
  readonly isUnknown?: boolean;
}

interface RunOptions {
  /** By default the password and the enable secret are there. */
  readonly env?: Record<string, string>;
  readonly terminalColumns?: number;
}

export class FakeNetwork {
  readonly directory = mkdtempSync(join(tmpdir(), 'brokerfence-network-'));
  readonly devices = new Map<string, FakeDevice>();

  /** Starts devices and writes `devices.yaml` and `known_hosts`. */
  static async of(...played: readonly PlayedDevice[]): Promise<FakeNetwork> {
    const network = new FakeNetwork();
    const entries: string[] = [];
    const known: string[] = [];
    for (const { name, plays, platform, entry = [], isUnknown = false, ...options } of played) {
      const dialogue = plays === undefined ? {} : { dialogue: recordedDialogue(plays) };
      const device = await startFakeDevice({
        user: USER,
        password: PASSWORD,
        enableSecret: ENABLE,
        ...options,
        ...dialogue,
      });
      network.devices.set(name, device);
      if (!isUnknown) known.push(`[127.0.0.1]:${device.port} ${device.hostKeyLine}`);
      const about = [
        `host: 127.0.0.1`,
        `port: ${device.port}`,
        ...(platform === undefined ? [] : [`platform: ${platform}`]),
      ];
      entries.push(`  - name: ${name}`, ...[...about, ...entry].map((line) => `    ${line}`));
    }
    const head = ['version: 1', `defaults: { user: ${USER}, known-hosts: known_hosts }`, 'devices:'];
    network.write('devices.yaml', [...head, ...entries, ''].join('\n'));
    network.write('known_hosts', [...known, ''].join('\n'));
    return network;
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  write(name: string, text: string): void {
    writeFileSync(this.path(name), text);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  /** Names in a directory, hidden ones too. */
  list(name: string): string[] {
    return readdirSync(this.path(name)).sort();
  }

  /** Everything that stands in the directory, for looking for what must not. */
  everything(): string {
    const names = readdirSync(this.directory, { recursive: true, withFileTypes: true });
    return names
      .filter((each) => each.isFile())
      .map((each) => `${each.name}\n${readFileSync(join(each.parentPath, each.name), 'utf8')}`)
      .join('\n');
  }

  /** Runs the program in the directory. */
  async run(argv: readonly string[], more: Partial<CollectWorld> & RunOptions = {}) {
    const { env = { BROKERFENCE_PASSWORD: PASSWORD, BROKERFENCE_ENABLE: ENABLE }, terminalColumns, ...world } = more;
    const absolute = (path: string): string => resolve(this.directory, path);
    const keys = nodeHostKeyFiles();
    const collecting: CollectWorld = {
      ...processWorld(),
      hostKeyFiles: {
        read: (path) => keys.read(absolute(path)),
        append: (path, line) => keys.append(absolute(path), line),
      },
      files: nodePrivateFiles(absolute),
      prompt: () => undefined,
      home: this.path('home'),
      user: USER,
      ...world,
    };
    const { io, outcome } = fakeIo({ env, collecting, ...(terminalColumns === undefined ? {} : { terminalColumns }) });
    const real: Io = { ...io, files: nodeFileSystem(this.directory) };
    const exitCode = await runProgram(argv, real);
    return { exitCode, ...outcome() };
  }

  async close(): Promise<void> {
    await Promise.all([...this.devices.values()].map((device) => device.close()));
    rmSync(this.directory, { recursive: true });
  }
}
