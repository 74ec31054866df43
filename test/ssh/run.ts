/** Runs the tests against real servers, or says what is missing for that. Ends with one line `N passed, N failed`. */
import { runTests } from '../scripts/run-vitest.ts';
import { missingRequirements } from './requirements.ts';

const missing = missingRequirements();
if (missing.length > 0) {
  for (const sentence of missing) process.stdout.write(`${sentence}\n`);
  process.stdout.write('0 passed, 1 failed\n');
  process.exitCode = 1;
} else process.exitCode = await runTests('test/ssh/vitest.config.ts', process.argv.slice(2));
