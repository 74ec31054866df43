/** Runs tests with vitest, shows what the runner writes, and sums up. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isSuccess, summarise } from './test-summary.ts';

const root = resolve(import.meta.dirname, '../..');

/**
 * Runs the tests of a configuration, prints what the runner writes and then one line `N passed, N failed`.
 *
 * @returns the exit code.
 */
export async function runTests(config: string, args: readonly string[]): Promise<0 | 1> {
  const folder = mkdtempSync(join(tmpdir(), 'brokerfence-tests-'));
  const reportFile = join(folder, 'report.json');
  const runner = spawn(
    process.execPath,
    [
      join(root, 'node_modules/.bin/vitest'),
      'run',
      '--config',
      join(root, config),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reportFile}`,
      ...args,
    ],
    { cwd: root, stdio: 'inherit' },
  );
  const exitCode = await new Promise<number | null>((done) => {
    runner.on('error', () => done(1));
    runner.on('close', (code) => done(code));
  });
  const summary = summarise(read(reportFile), exitCode);
  rmSync(folder, { recursive: true });
  for (const problem of summary.problems) process.stdout.write(`${problem}\n`);
  process.stdout.write(`${summary.passed} passed, ${summary.failed} failed\n`);
  return isSuccess(summary) ? 0 : 1;
}

function read(reportFile: string): unknown {
  try {
    return JSON.parse(readFileSync(reportFile, 'utf8'));
  } catch {
    return undefined;
  }
}
