const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * When `absolute [start TIME DAY MONTH YEAR] end TIME DAY MONTH YEAR` is over, as `2025-12-31T17:00`; undefined where it
 * has no end, or none that can be read. (IOS security command reference and ASA command reference, `absolute`.)
 */
export function endOfAbsolute(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => word.toLowerCase() === 'end');
  if (at < 0) return undefined;
  const [time = '', day = '', month = '', year = ''] = words.slice(at + 1);
  const clock = /^(?<hour>\d{1,2}):(?<minute>\d{2})$/.exec(time)?.groups;
  const number = MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  if (clock === undefined || !/^\d{1,2}$/.test(day) || !/^\d{4}$/.test(year) || number === 0) return undefined;
  const two = (text: string): string => text.padStart(2, '0');
  return `${year}-${two(String(number))}-${two(day)}T${two(clock['hour'] ?? '')}:${clock['minute'] ?? ''}`;
}

/** A time range as far as it matters whether it is over. */
export interface TimeRange {
  /** The ends of its absolute periods; undefined for one that goes on. */
  readonly absolutes: (string | undefined)[];
}

/** When the range is over for good. */
export function endOf({ absolutes }: TimeRange): string | undefined {
  let last: string | undefined;
  for (const end of absolutes) {
    if (end === undefined) return undefined;
    if (last === undefined || end > last) last = end;
  }
  return last;
}
