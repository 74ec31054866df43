/*
 * Patterns as ssh_config(5), "PATTERNS", has them: `*` for any characters, `?` for exactly one, nothing else is special.
 */

/** Whether a text is what a pattern stands for. */
export function matchesPattern(text: string, pattern: string): boolean {
  // Where the last star was tried, so that only the nearest one is ever gone back to: no pattern takes exponential time.
  let star = -1;
  let resume = 0;
  let at = 0;
  let next = 0;
  while (at < text.length) {
    if (pattern[next] === '*') {
      star = next;
      resume = at;
      next += 1;
    } else if (next < pattern.length && (pattern[next] === '?' || pattern[next] === text[at])) {
      at += 1;
      next += 1;
    } else if (star >= 0) {
      resume += 1;
      at = resume;
      next = star + 1;
    } else return false;
  }
  while (pattern[next] === '*') next += 1;
  return next === pattern.length;
}

/** Longer ones make ssh give the list up, whatever fitted before (match.c, match_pattern_list). */
const MOST_CHARACTERS = 1022;

/** Whether one of the patterns fits and none that begins with `!` does. */
export function matchesPatternList(text: string, patterns: readonly string[]): boolean {
  let isMatched = false;
  for (const pattern of patterns) {
    if (pattern.replace(/^!/u, '').length > MOST_CHARACTERS) return false;
    if (pattern.startsWith('!')) {
      if (matchesPattern(text, pattern.slice(1))) return false;
    } else if (!isMatched) isMatched = matchesPattern(text, pattern);
  }
  return isMatched;
}

/** In small letters those of ASCII, as names of hosts are compared: no other letter becomes one of them. */
export function lowerCase(text: string): string {
  return text.replaceAll(/[A-Z]+/gu, (letters) => letters.toLowerCase());
}
