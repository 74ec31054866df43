#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const NEEDED_NODE_MAJOR = 24;

/**
 * Only Node's own modules are loaded before the version is known, so that an old Node gets a sentence and not a syntax
 * error. The `node` package, where it is installed, is used instead: it brings the right version with npm.
 */
async function main(): Promise<number> {
  if (Number.parseInt(process.versions.node, 10) < NEEDED_NODE_MAJOR) return onInstalledNode();
  const [{ runProgram }, { processIo }] = await Promise.all([import('./program.ts'), import('./process-io.ts')]);
  return runProgram(process.argv.slice(2), processIo());
}

function onInstalledNode(): number {
  const path = installedNode();
  if (path === undefined || process.env['BROKERFENCE_NODE'] === path) {
    process.stderr.write(`brokerfence needs Node.js ${NEEDED_NODE_MAJOR} or newer; this is ${process.version}.\n`);
    return 2;
  }
  const { status, signal } = spawnSync(path, process.argv.slice(1), {
    stdio: 'inherit',
    env: { ...process.env, BROKERFENCE_NODE: path },
  });
  if (signal !== null) process.kill(process.pid, signal);
  return status ?? 2;
}

function installedNode(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('node/bin/node');
  } catch {
    return undefined;
  }
}

// Signals keep their default action but while devices are collected: Ctrl-C ends the process at once, also in the middle of a long computation, and
// nothing half-written is left because an output file appears under its name only when it is complete.
process.exitCode = await main();
