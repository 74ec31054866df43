import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a benchmark in a process of its own found out. */
export interface Measured {
  readonly values: Readonly<Record<string, number>>;
  /** Highest resident memory of that process. */
  readonly peakMegabytes: number;
}

/**
 * Runs a script of this folder in a fresh process, so that its memory and its compiled code are its own.
 *
 * @returns undefined when it takes longer than `limitSeconds` or fails.
 */
export function measureInChild(script: string, args: readonly string[], limitSeconds: number): Measured | undefined {
  const path = fileURLToPath(new URL(script, import.meta.url));
  try {
    const output = execFileSync(process.execPath, ['--max-old-space-size=4096', path, ...args], {
      encoding: 'utf8',
      timeout: limitSeconds * 1000,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return JSON.parse(output) as Measured;
  } catch {
    return undefined;
  }
}

/** Prints what a script found out, for `measureInChild`. */
export function report(values: Readonly<Record<string, number>>): void {
  const measured: Measured = { values, peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024) };
  process.stdout.write(JSON.stringify(measured));
}
