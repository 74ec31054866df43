const MOST_SHOWN = 5;
const MOST_LISTED = 12;

/** Known names that are spelled like the wanted one, nearest first; all of them when there are few. */
function nearMatches(wanted: string, known: readonly string[]): string[] {
  const names = [...new Set(known)];
  const ranked = names
    .map((name) => ({ name, distance: editDistance(wanted.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  const near = ranked.filter(
    ({ name, distance }) =>
      distance <= Math.max(2, Math.floor(wanted.length / 3)) ||
      (wanted.length > 2 && name.toLowerCase().includes(wanted.toLowerCase())),
  );
  const chosen = near.length > 0 || names.length > MOST_SHOWN ? near : ranked;
  return chosen.slice(0, MOST_SHOWN).map(({ name }) => name);
}

/** A sentence about a name that nothing has: `no segment "outsid"; did you mean "outside"?` */
export function unknownName(what: string, wanted: string, known: readonly string[]): string {
  const near = nearMatches(wanted, known);
  if (known.length === 0) return `no ${what} "${wanted}": there is none`;
  if (near.length === 0) {
    const more = known.length > MOST_LISTED ? `, and ${known.length - MOST_LISTED} more` : '';
    return `no ${what} "${wanted}"; there are ${known.slice(0, MOST_LISTED).join(', ')}${more}`;
  }
  return `no ${what} "${wanted}"; did you mean ${near.map((name) => `"${name}"`).join(' or ')}?`;
}

/** Levenshtein distance: letters to insert, remove or replace. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replace = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replace, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
