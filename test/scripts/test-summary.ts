/** What the JSON report of a test run amounts to. */
import { z } from 'zod';

const report = z.object({
  success: z.boolean(),
  numPassedTests: z.number().int().nonnegative(),
  numFailedTests: z.number().int().nonnegative(),
  numPendingTests: z.number().int().nonnegative(),
  numTodoTests: z.number().int().nonnegative(),
  testResults: z.array(
    z.object({ name: z.string(), status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

export interface TestSummary {
  readonly passed: number;
  /** Failed tests; a file that could not be run, and a run that ended badly for no visible reason, count as one each. */
  readonly failed: number;
  /** Why the run is no success beside failed tests. */
  readonly problems: readonly string[];
}

/**
 * @param json the parsed report; undefined when the run left none.
 * @param exitCode of the test runner; null when a signal ended it.
 */
export function summarise(json: unknown, exitCode: number | null): TestSummary {
  const parsed = report.safeParse(json);
  if (!parsed.success) return { passed: 0, failed: 1, problems: ['the test run left no readable report'] };
  const { success, numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = parsed.data;
  const broken = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  );
  const problems = broken.map(({ name }) => `could not run ${name}`);
  if (numPassedTests + numFailedTests === 0) problems.push('no tests ran');
  if (numPendingTests + numTodoTests > 0) problems.push(`${numPendingTests + numTodoTests} tests were left out`);
  let failed = numFailedTests + broken.length;
  if (failed === 0 && (exitCode !== 0 || !success)) {
    problems.push(`the test run ended with ${exitCode === null ? 'a signal' : `exit code ${exitCode}`}`);
    failed = 1;
  }
  return { passed: numPassedTests, failed, problems };
}

/** Whether the run is a success. */
export function isSuccess({ passed, failed, problems }: TestSummary): boolean {
  return passed > 0 && failed === 0 && problems.length === 0;
}
