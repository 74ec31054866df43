import { describe, expect, test } from 'vitest';
import { isSuccess, summarise } from './test-summary.ts';

const clean = {
  success: true,
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ name: 'a.test.ts', status: 'passed', assertionResults: [{ status: 'passed' }] }],
};

describe('a test run is a success', () => {
  test('when all its tests passed', () => {
    const summary = summarise(clean, 0);
    expect(summary).toEqual({ passed: 3, failed: 0, problems: [] });
    expect(isSuccess(summary)).toBe(true);
  });

  test.each([
    ['a test failed', { ...clean, success: false, numFailedTests: 1 }, 1, 1],
    ['no test ran', { ...clean, numPassedTests: 0, testResults: [] }, 0, 0],
    ['a test was left out', { ...clean, numPendingTests: 1 }, 0, 0],
    ['a test is only planned', { ...clean, numTodoTests: 1 }, 0, 0],
    ['the runner failed although no test did', clean, 1, 1],
    ['the runner was ended by a signal', clean, null, 1],
    ['the report says so', { ...clean, success: false }, 0, 1],
    ['there is no report', undefined, 0, 1],
    [
      'a file could not be run',
      { ...clean, success: false, testResults: [{ name: 'b.test.ts', status: 'failed', assertionResults: [] }] },
      1,
      1,
    ],
  ])('but not when %s', (_, json, exitCode, failed) => {
    const summary = summarise(json, exitCode);
    expect(summary.failed).toBe(failed);
    expect(isSuccess(summary)).toBe(false);
  });
});
