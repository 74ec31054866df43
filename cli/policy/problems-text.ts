import type { Layout } from '../reports/layout.ts';
import type { FileProblem as PolicyProblem } from '../yaml/problem.ts';
import { fileProblemsText } from '../yaml/problems-text.ts';

/** What is wrong with a policy, each with its line and a caret below the place. Ends with a line end. */
export function policyProblemsText(problems: readonly PolicyProblem[], layout: Layout): string {
  return fileProblemsText(problems, { what: 'policy', consequence: 'nothing was judged by it' }, layout);
}
