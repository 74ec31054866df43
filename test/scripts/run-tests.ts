/** Runs all tests, shows what the runner writes, and ends with one line `N passed, N failed`. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isSuccess, summarise } from './test-summary.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'brokerfence-tests-'));
const reportFile = join(folder, 'report.json');
const runner = spawn(
  process.execPath,
  [
    join(root, 'node_modules/.bin/vitest'),
    'run',
    '--config',
    join(root, 'test/vitest.config.ts'),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportFile}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
);

function readReport(): unknown {
  try {
    return JSON.parse(readFileSync(reportFile, 'utf8'));
  } catch {
    return undefined;
  }
}

const exitCode = await new Promise<number | null>((done) => {
  runner.on('error', () => done(1));
  runner.on('close', (code) => done(code));
});
const summary = summarise(readReport(), exitCode);
rmSync(folder, { recursive: true });
for (const problem of summary.problems) process.stdout.write(`${problem}\n`);
process.stdout.write(`${summary.passed} passed, ${summary.failed} failed\n`);
process.exitCode = isSuccess(summary) ? 0 : 1;
