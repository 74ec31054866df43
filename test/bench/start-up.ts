import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { table } from './table.ts';

const RUNS = 11;

/** How much longer `brokerfence --help` takes than a bare Node, medians of alternating runs. */
export function benchStartUp(): void {
  const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
  if (!existsSync(main)) {
    console.log('start-up: dist/cli/main.js is missing, run `npm run build` first\n');
    return;
  }
  const bare: number[] = [];
  const help: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    bare.push(milliseconds(['-e', '0']));
    help.push(milliseconds([main, '--help']));
  }
  const [bareMedian, helpMedian] = [median(bare), median(help)];
  console.log(`start-up, medians of ${RUNS} runs\n`);
  const rows = [
    ['node -e 0', bareMedian.toFixed(0)],
    ['brokerfence --help', helpMedian.toFixed(0)],
    ['difference', (helpMedian - bareMedian).toFixed(0)],
  ];
  console.log(`${table(['command', 'ms'], rows)}\n`);
}

function milliseconds(args: readonly string[]): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, [...args], { stdio: 'ignore' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >>> 1] ?? Number.NaN;
}
