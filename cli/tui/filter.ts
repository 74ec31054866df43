import { SEVERITIES } from '../../checks/finding.ts';
import { unknownName } from '../trace/near-matches.ts';

/** What a filter looks at. */
export interface Searchable {
  /** All text of a row, in small letters. */
  readonly text: string;
  readonly fields: Readonly<Record<string, readonly string[]>>;
}

export interface Term {
  /** As it was typed, in small letters; fields are told apart by it. */
  readonly written: string;
  readonly not: boolean;
  /** Of a term that is no field: what stands in the text of a row, or does not. */
  readonly word?: string;
  readonly matches: (row: Searchable) => boolean;
}

export type Filter =
  | { readonly kind: 'filter'; readonly terms: readonly Term[] }
  | { readonly kind: 'wrong'; readonly message: string };

/**
 * A filter as it is typed: words that must all stand in a row, `!word` for words that must not, and `field:value` for a field, with
 * `*` for anything; `field:"value"` is exactly that value. `"two words"` is one word. `severity:medium+` takes worse ones as well. Upper and lower case are alike.
 */
export function readFilter(text: string, fields: readonly string[]): Filter {
  const terms: Term[] = [];
  for (const [token] of text.matchAll(TOKEN)) {
    const written = token.toLowerCase();
    const not = token.startsWith('!');
    const word = not ? token.slice(1) : token;
    const named = NAMED.exec(word);
    const name = named?.[1]?.toLowerCase() ?? '';
    if (name === '' || IPV6.test(word)) {
      const wanted = unquoted(word).toLowerCase();
      if (wanted !== '') terms.push({ written, not, word: wanted, matches: (row) => row.text.includes(wanted) });
      continue;
    }
    if (!fields.includes(name)) return { kind: 'wrong', message: unknownName('field', name, fields) };
    const accepts = accepting(name, (named?.[2] ?? '').toLowerCase());
    if (typeof accepts === 'string') return { kind: 'wrong', message: accepts };
    terms.push({
      written,
      not,
      matches: (row) => (row.fields[name] ?? []).some((each) => accepts(each.toLowerCase())),
    });
  }
  return { kind: 'filter', terms };
}

/** What stands between blanks; blanks in double quotes do not count. A quote that is not closed ends with the text. */
const TOKEN = /(?:[^\s"]|"[^"]*(?:"|$))+/gu;
const NAMED = /^([A-Za-z][A-Za-z-]*):(.*)$/su;
/** An address such as `fe80::1` is a word, not a field. */
const IPV6 = /^[0-9A-Fa-f]{1,4}:(?:[0-9A-Fa-f]*:)+[0-9A-Fa-f:./]*$/u;

/** `field:"value"`, for a filter that is made for the user. Quotes cannot be written: anything may stand in their place. */
export function fieldTerm(field: string, value: string): string {
  return value.includes('"') ? `${field}:"${value.replaceAll('"', '*')}"*` : `${field}:"${value}"`;
}

const EXACT = /^"[^"]+"$/u;

function unquoted(text: string): string {
  return text.replaceAll('"', '');
}

/** Fields that a value must fit as a whole: `hits:0` does not mean 10. */
const WHOLE: ReadonlySet<string> = new Set(['hits']);

function accepting(name: string, written: string): ((text: string) => boolean) | string {
  const value = unquoted(written);
  if (EXACT.test(written)) return (text) => text === value;
  if (name === 'severity' && value !== '') return acceptingSeverity(value);
  if (WHOLE.has(name)) return (text) => text === value;
  if (!value.includes('*')) return (text) => text.includes(value);
  const pattern = new RegExp(`^${value.split('*').map(escaped).join('.*')}$`, 'u');
  return (text) => pattern.test(text);
}

function acceptingSeverity(value: string): ((text: string) => boolean) | string {
  const andWorse = value.endsWith('+');
  const wanted = andWorse ? value.slice(0, -1) : value;
  const at = SEVERITIES.findIndex((severity) => severity.startsWith(wanted));
  if (at < 0) return unknownName('severity', wanted, SEVERITIES);
  const accepted: readonly string[] = andWorse ? SEVERITIES.slice(0, at + 1) : SEVERITIES.slice(at, at + 1);
  return (text) => accepted.includes(text);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.|?+()[\]{}]/gu, '\\$&');
}

/** The rows that fit; all of them where the filter is empty or wrong, so that a slip never looks like an empty list. */
export function filtered<T>(rows: readonly T[], filter: Filter, searchable: (row: T) => Searchable): readonly T[] {
  if (filter.kind === 'wrong' || filter.terms.length === 0) return rows;
  const { terms } = filter;
  return rows.filter((row) => {
    const looked = searchable(row);
    return terms.every(({ not, matches }) => matches(looked) !== not);
  });
}
