import type { JunosNode } from './tree.ts';
import { entries } from './srx-entries.ts';
import { descendants } from './tree.ts';

/** Statements by which a schedule comes again and again. */
const RECURRING: ReadonlySet<string> = new Set([
  'daily',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
]);

/**
 * Schedules by name, with the minute after which each holds never again: its last `stop-date YYYY-MM-DD.hh:mm`. Undefined for
 * one that comes again, that has a start without a stop, or whose dates leave out the year (which then is the current one).
 */
export function readSchedulers(scope: JunosNode): ReadonlyMap<string, string | undefined> {
  return new Map(entries(scope, 'schedulers', 'scheduler').map((scheduler) => [scheduler.word, endOf(scheduler)]));
}

function endOf(scheduler: JunosNode): string | undefined {
  if (entries(scheduler).some(({ word }) => RECURRING.has(word))) return undefined;
  let starts = 0;
  const stops: string[] = [];
  for (const { word, parent } of descendants(scheduler)) {
    if (!/^\d/.test(word)) continue;
    if (parent?.word === 'start-date') starts += 1;
    if (parent?.word !== 'stop-date') continue;
    const found = /^(?<day>\d{4}-\d{2}-\d{2})(?:\.(?<time>\d{2}:\d{2}))?/.exec(word)?.groups;
    if (found === undefined) return undefined;
    const { day = '', time } = found;
    stops.push(time === undefined ? day : `${day}T${time}`);
  }
  return stops.length >= starts ? stops.toSorted().at(-1) : undefined;
}
