import type { AuditEvent } from './audit-events.ts';
import type { Answer, Question } from './questions.ts';

/** What works in the background: it audits everything once when asked to, and answers questions meanwhile. */
export interface Engine {
  /** Begins an audit, or begins it anew; events of an earlier one come no more. */
  audit(emit: (event: AuditEvent) => void): void;
  /** Never rejects: what goes wrong is an answer. */
  ask(question: Question): Promise<Answer>;
  /** Judges by this policy file from now on. */
  usePolicy(file: string): void;
  /** Questions from now on are answered from the files as they are now. */
  forget(): void;
  close(): Promise<void>;
}
