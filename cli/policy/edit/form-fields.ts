import { visible } from '../../terminal/visible.ts';
import { readDay } from '../written-values.ts';

/* What is wrong with what a person writes into the fields of an approval or a waiver; undefined: nothing. */

/** Beyond this a line is no reason any more but a document, which belongs elsewhere. */
const LONGEST = 500;

export function validateReason(text: string): string | undefined {
  return requiredLine(text, 'a reason is missing: say what it is needed or accepted for');
}

export function validateOwner(text: string): string | undefined {
  return requiredLine(text, 'an owner is missing: say who answers for it');
}

/** @param taken names of the approvals that there are. */
export function validateName(text: string, taken: readonly string[]): string | undefined {
  const wrong = requiredLine(text, 'a name is missing: findings show it');
  if (wrong !== undefined) return wrong;
  return taken.includes(text.trim())
    ? `there is an approval "${text.trim()}" already; give this one another name`
    : undefined;
}

/** Empty is right: such an entry does not expire. @param today the day in UTC, `2026-11-22`; an entry that ends on it is still in force. */
export function validateExpires(text: string, today: string): string | undefined {
  const day = text.trim();
  if (day === '') return undefined;
  const reading = readDay(day);
  if (reading.kind === 'wrong') return reading.message;
  return reading.value < today ? `${day} has passed; today is ${today}` : undefined;
}

/** What a value that is written on one line must not hold, as the end of a sentence. */
export function lineProblem(text: string): string | undefined {
  if (/[\n\r\u0085\u2028\u2029]/u.test(text)) return 'must be on one line';
  if (visible(text) !== text || text.includes('\ufeff') || !text.isWellFormed()) {
    return 'holds a tab or a character that does not show';
  }
  return undefined;
}

function requiredLine(text: string, missing: string): string | undefined {
  const line = text.trim();
  if (line === '') return missing;
  const wrong = lineProblem(line);
  if (wrong !== undefined) return `this ${wrong}`;
  return line.length > LONGEST ? `this has ${line.length} characters; at most ${LONGEST} are taken` : undefined;
}
