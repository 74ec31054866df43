import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { EXPOSED_ASA } from './support/configs.ts';

/* The program as its own process: what a fake world cannot show. */

const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'brokerfence-process-'));
writeFileSync(join(directory, 'edge.cfg'), EXPOSED_ASA);
afterAll(() => rmSync(directory, { recursive: true }));

function shell(command: string, input?: string) {
  const script = command.replaceAll('brokerfence', `"${process.execPath}" "${MAIN}"`);
  const options = { cwd: directory, encoding: 'utf8', ...(input === undefined ? {} : { input }) } as const;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script], options);
  return { status, stdout, stderr };
}

describe('the process', () => {
  test('ends with the exit code of the command', () => {
    expect(shell('brokerfence audit edge.cfg').status).toBe(1);
    expect(shell('brokerfence audit').status).toBe(2);
    expect(shell('brokerfence audit gone.cfg').status).toBe(3);
    expect(shell('brokerfence schema').status).toBe(0);
  });

  test('takes a reader that goes away quietly, and keeps its exit code', () => {
    const { stderr } = shell('(brokerfence audit edge.cfg; echo "ended with $?" >&2) | true');
    expect(stderr).toBe('ended with 1\n');
  });

  test('reads standard input to its end', () => {
    const { status, stdout } = shell('brokerfence audit -', EXPOSED_ASA);
    expect(status).toBe(1);
    expect(stdout).toContain('<stdin>:');
  });

  test('prints a long report whole into a pipe', () => {
    const rows = 'outside,dmz,tcp,198.51.100.5,10.20.30.10,1883,permit\n'.repeat(5000);
    writeFileSync(join(directory, 'rows.csv'), `from,to,protocol,source,destination,destination_port,expect\n${rows}`);
    const { status, stdout } = shell('brokerfence trace edge.cfg --batch rows.csv | cat');
    expect(status).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(5001);
  });

  test('prints no colour into a pipe', () => {
    expect(shell('brokerfence audit edge.cfg').stdout).not.toContain('\u001b');
    expect(shell('brokerfence audit edge.cfg --color').stdout).toContain('\u001b[');
  });

  test('knows its version', () => {
    const version: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;
    expect(shell('brokerfence --version').stdout).toBe(`${String(version)}\n`);
  });
});
