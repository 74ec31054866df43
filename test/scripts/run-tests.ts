/** Runs all tests but those that need servers of the machine, and ends with one line `N passed, N failed`. */
import { runTests } from './run-vitest.ts';

process.exitCode = await runTests('test/vitest.config.ts', process.argv.slice(2));
