import type { Device, LogLevel } from '../../parsers/model/device.ts';
import type { RuleLogging } from '../../parsers/model/rule.ts';
import type { Decision } from '../evaluate/evaluation.ts';

type Answer = 'yes' | 'no' | 'unknown';

/** Whether a record of a connection is written, and whether it leaves the device. */
export interface Recorded {
  readonly written: Answer;
  readonly sent: Answer;
}

/** What becomes of connections that all of the decisions let through: one that writes is enough. */
export function recordedBy(device: Device, decisions: readonly Decision[]): Recorded {
  const telling = decisions.filter(tells);
  const all = (telling.length > 0 ? telling : decisions).map((each) => recorded(device, loggingOf(each), 'permit'));
  return { written: best(all.map(({ written }) => written)), sent: best(all.map(({ sent }) => sent)) };
}

const BY_DEFAULT: RuleLogging = { logs: 'default', detail: '' };

/** Of one rule or default. A default of which the model says nothing is not known. */
export function recorded(device: Device, logging: RuleLogging | undefined, verdict: 'permit' | 'deny'): Recorded {
  const takes = device.logging?.takes ?? 7;
  if (logging === undefined) {
    // What a device writes of all that it permits, it writes of these too; denials have messages of their own.
    if (verdict === 'permit' && device.logging !== undefined) return recorded(device, BY_DEFAULT, verdict);
    const answer = takes === 'none' ? 'no' : 'unknown';
    return { written: answer, sent: answer };
  }
  const { sentTo, logs } = logging;
  const level = levelOf(device, logging, verdict);
  // A record without a severity is none of the syslog's.
  const written = reaches(level, logs === 'yes' && logging.level === undefined ? 7 : takes);
  if (sentTo !== undefined) return { written, sent: sentTo.length > 0 ? written : 'no' };
  const sends = device.logging?.sends ?? (hasCollector(device) ? 7 : 'none');
  return { written, sent: written === 'no' ? 'no' : reaches(level, sends) };
}

/** Whether syslog records of the device go anywhere. */
export function hasCollector({ telemetry }: Device): boolean {
  return telemetry.some(({ kind, effective }) => kind === 'syslog' && effective);
}

function best(answers: readonly Answer[]): Answer {
  return answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no';
}

/** Whether the model says what a decision writes: of a rule always, of a default where it is known. */
export function tells(decision: Decision): boolean {
  return loggingOf(decision) !== undefined;
}

function loggingOf(decision: Decision): RuleLogging | undefined {
  return decision.kind === 'rule' ? decision.rule.logging : decision.otherwise.logging;
}

/** Severity of the record; 0, which everything takes, where the platform has none. */
function levelOf({ logging: own }: Device, { logs, level }: RuleLogging, verdict: 'permit' | 'deny'): LogLevel {
  if (logs === 'no') return 'none';
  if (logs === 'yes') return level ?? 0;
  return own === undefined ? 'unknown' : verdict === 'permit' ? own.permits : own.denies;
}

function reaches(level: LogLevel, takes: LogLevel): Answer {
  if (level === 'none' || takes === 'none') return 'no';
  if (level === 'unknown' || takes === 'unknown') return 'unknown';
  return level <= takes ? 'yes' : 'no';
}
