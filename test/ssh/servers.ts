/** Real servers on 127.0.0.1, with keys and settings of their own, for as long as a test runs. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SSH_KEYGEN, SSHD, VTYSH, ZEBRA } from './requirements.ts';

const LOGIN_SHELL = join(import.meta.dirname, 'login-shell.ts');
const STARTS_WITHIN_MS = 15_000;

/** A directory with a key pair to log in with, and what runs there. */
export class Servers {
  readonly directory = mkdtempSync(join(tmpdir(), 'brokerfence-sshd-'));
  readonly identityFile = join(this.directory, 'key');
  /** A key that no server takes. */
  readonly strangerFile = join(this.directory, 'key-of-a-stranger');
  readonly user = userInfo().username;
  readonly #children: ChildProcess[] = [];
  #count = 0;

  constructor() {
    // The daemon of FRRouting runs as another user.
    chmodSync(this.directory, 0o755);
    this.#newKey(this.identityFile);
    this.#newKey(this.strangerFile);
    // sshd gives its rights up in this directory, which the system makes at its start.
    mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  }

  /**
   * Starts an OpenSSH server that runs a command in place of a shell, another one on each of its ports.
   *
   * @param more lines of sshd_config.
   */
  async sshd(commands: readonly string[], more: readonly string[] = [], keyType = 'ed25519'): Promise<Sshd> {
    this.#count += 1;
    const hostKey = join(this.directory, `host-key-${this.#count}`);
    this.#newKey(hostKey, keyType);
    const ports = await freePorts(commands.length);
    const settings = [
      ...ports.map((port) => `ListenAddress 127.0.0.1:${port}`),
      `HostKey ${hostKey}`,
      `PidFile none`,
      `AuthorizedKeysFile ${this.identityFile}.pub`,
      'AuthenticationMethods publickey',
      // Keys stand in a directory below /tmp, that others may write to.
      'StrictModes no',
      'UsePAM no',
      'PermitRootLogin yes',
      'MaxStartups 100',
      ...more,
      ...ports.flatMap((port, index) => [`Match LocalPort ${port}`, `  ForceCommand ${commands[index] ?? ''}`]),
    ];
    const config = join(this.directory, `sshd-config-${this.#count}`);
    writeFileSync(config, `${settings.join('\n')}\n`);
    await this.#start(SSHD, ['-D', '-e', '-f', config], ports);
    const [type = '', key = ''] = readFileSync(`${hostKey}.pub`, 'utf8').split(' ');
    return { ports, hostKeyLine: `${type} ${key}`, fingerprint: fingerprintOf(`${hostKey}.pub`) };
  }

  /** Starts the routing daemon of FRRouting, and gives the command that is its command line. */
  async frrouting(configuration: string): Promise<string> {
    const directory = join(this.directory, 'frr');
    mkdirSync(directory);
    writeFileSync(join(directory, 'zebra.conf'), configuration);
    writeFileSync(join(directory, 'vtysh.conf'), 'no service integrated-vtysh-config\n');
    const [uid, gid] = ['-u', '-g'].map((option) =>
      Number(execFileSync('/usr/bin/id', [option, 'frr'], { encoding: 'utf8' })),
    );
    for (const path of [directory, join(directory, 'zebra.conf'), join(directory, 'vtysh.conf')]) {
      chownSync(path, uid ?? 0, gid ?? 0);
    }
    const files = ['-z', join(directory, 'zserv.api'), '-i', join(directory, 'zebra.pid')];
    const own = ['--vty_socket', directory, '-f', join(directory, 'zebra.conf'), ...files];
    // Its command line is a socket, not a port.
    this.#children.push(
      spawn(ZEBRA, [...own, '-A', '127.0.0.1', '-P', '0'], { stdio: ['ignore', 'ignore', 'inherit'] }),
    );
    const command = `${VTYSH} --vty_socket ${directory} --config_dir ${directory}`;
    await eventually(() =>
      execFileSync(VTYSH, [...command.split(' ').slice(1), '-c', 'show version'], { stdio: 'pipe', timeout: 5000 }),
    );
    return command;
  }

  close(): void {
    for (const child of this.#children) child.kill('SIGTERM');
    rmSync(this.directory, { recursive: true, force: true });
  }

  #newKey(path: string, type = 'ed25519'): void {
    execFileSync(SSH_KEYGEN, ['-q', '-t', type, '-N', '', '-C', 'test', '-f', path]);
  }

  async #start(program: string, args: readonly string[], ports: readonly number[]): Promise<void> {
    const said: Buffer[] = [];
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.on('data', (piece: Buffer) => said.push(piece));
    this.#children.push(child);
    await eventually(async () => {
      if (child.exitCode !== null) throw new Error(`${program} ended:\n${Buffer.concat(said).toString('utf8')}`);
      for (const port of ports) await answers(port);
    });
  }
}

export interface Sshd {
  readonly ports: readonly number[];
  /** As it stands in known_hosts: type and base64. */
  readonly hostKeyLine: string;
  /** `SHA256:…`, as ssh-keygen prints it. */
  readonly fingerprint: string;
}

/** The command line of a device that is played. */
export function playedShell(dialogue: string): string {
  return `${process.execPath} ${LOGIN_SHELL} ${dialogue}`;
}

function fingerprintOf(publicKey: string): string {
  return execFileSync(SSH_KEYGEN, ['-l', '-f', publicKey], { encoding: 'utf8' }).split(' ')[1] ?? '';
}

async function freePorts(count: number): Promise<number[]> {
  // All at once, so that none is given twice.
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => {
            const address = server.address();
            resolve(typeof address === 'object' && address !== null ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function answers(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}

/** Tries until it succeeds: a server that was started has no other way to say that it is ready. */
async function eventually(attempt: () => unknown): Promise<void> {
  const until = performance.now() + STARTS_WITHIN_MS;
  for (;;) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (performance.now() > until) throw error;
      await sleep(50);
    }
  }
}
