import type { AddressSet, Family } from '../../parsers/model/address.ts';
import { formatAddressSet } from '../../parsers/model/format.ts';
import { printServices } from '../../parsers/model/print-match.ts';
import type { ApplicationMatch, Tri } from '../../parsers/model/rule.ts';
import type { ServiceSet } from '../../parsers/model/service.ts';
import { listed } from '../reporting/finding-words.ts';

/** One field of a rule, short enough for a column. */
export interface FieldText {
  /** `10.1.0.0/16, 10.2.0.5 and 4 more`, `any`, `none`; `may be …` where the text does not decide it. */
  readonly short: string;
  /** Terms that `short` stands for. */
  readonly terms: number;
}

const SHOWN_TERMS = 2;

/** Objects are shared by many rules: their terms are put into words once. */
const addressTerms = new WeakMap<AddressSet, readonly string[]>();
const serviceTerms = new WeakMap<ServiceSet, readonly string[]>();

/**
 * Every term of an address field, merged and sorted: the text that `short` is cut from.
 *
 * @param family of the list: where packets of one family alone reach it, all addresses of that family are `any`.
 */
export function addressTexts(field: Tri<AddressSet>, family: Family | 'both'): readonly string[] {
  const whole = family === 'both' ? undefined : family === 4 ? '0.0.0.0/0' : '::/0';
  return bothValues(field, (set) =>
    remembered(addressTerms, set, formatAddressSet).map((text) => (text === whole ? 'any' : text)),
  );
}

/** As `addressTexts` for services: `tcp to 1883`, `udp from 53 to 1024-65535`, `ip`. */
export function serviceTexts(field: Tri<ServiceSet>): readonly string[] {
  return bothValues(field, (set) => remembered(serviceTerms, set, (terms) => printServices(terms).split(' | ')));
}

/** Applications by name, sorted; empty where the rule asks for all. */
export function applicationTexts({ names, others }: ApplicationMatch): readonly string[] {
  const named = names === 'any' ? [] : [...names].sort();
  return [...named, ...others.map(({ name }) => `may be ${name}`)];
}

export function addressField(field: Tri<AddressSet>, family: Family | 'both'): FieldText {
  return shortened(addressTexts(field, family));
}

export function serviceField(field: Tri<ServiceSet>): FieldText {
  return shortened(serviceTexts(field));
}

export function applicationField(match: ApplicationMatch): FieldText {
  return match.names === 'any' ? ANY : shortened(applicationTexts(match));
}

/** Names of segments; absent means all of them. */
export function segmentField(names: readonly string[] | undefined): FieldText {
  return names === undefined ? ANY : shortened(names);
}

const ANY: FieldText = { short: 'any', terms: 1 };

function shortened(terms: readonly string[]): FieldText {
  return { short: terms.length === 0 ? 'none' : listed(terms, SHOWN_TERMS), terms: terms.length };
}

/** What surely matches, then what else may, marked as such. */
function bothValues<T>({ must, may }: Tri<T>, texts: (value: T) => readonly string[]): readonly string[] {
  const possible = texts(may);
  if (must === may) return possible;
  const sure = texts(must).filter((text) => text !== 'none');
  const known = new Set(sure);
  return [...sure, ...possible.filter((text) => !known.has(text)).map((text) => `may be ${text}`)];
}

function remembered<K extends object>(
  known: WeakMap<K, readonly string[]>,
  key: K,
  make: (key: K) => readonly string[],
): readonly string[] {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make(key);
  known.set(key, made);
  return made;
}
