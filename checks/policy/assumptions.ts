import type { Assumptions, AssumedAddresses } from '../../parsers/model/host-names.ts';
import type { ParseResult } from '../../parsers/index.ts';
import type { Diagnostic } from '../../parsers/diagnostics.ts';
import type { Condition } from '../../parsers/model/condition.ts';
import type { Device } from '../../parsers/model/device.ts';
import { plainName } from '../../parsers/model/host-names.ts';
import { formatAddressSet } from '../../parsers/model/format.ts';
import type { Decide } from '../evaluate/assume.ts';
import { conditionsOf } from '../evaluate/explain.ts';
import type { Assumption } from './policy.ts';

/** Addresses shown of one host name. */
const SHOWN_ADDRESSES = 4;

/** What parsers have to know. Of several entries for a name the last counts. */
export function parserAssumptions(assumptions: readonly Assumption[]): Assumptions {
  const fqdn = new Map<string, AssumedAddresses>();
  for (const each of assumptions) {
    if (each.kind === 'fqdn') fqdn.set(plainName(each.name), { addresses: each.addresses, place: each.place });
  }
  return { fqdn };
}

/** The entry that speaks of a condition; of several the last. */
export function assumptionFor(assumptions: readonly Assumption[], condition: Condition): Assumption | undefined {
  return assumptions.findLast((each) => speaksOf(each, condition));
}

/** Whether a condition is taken to hold; undefined where nothing is said of any. Host names are no matter of yes and no. */
export function decidedBy(assumptions: readonly Assumption[]): Decide | undefined {
  if (assumptions.every(({ kind }) => kind === 'fqdn')) return undefined;
  const known = new Map<string, boolean | undefined>();
  return (condition) => {
    if (condition.kind !== 'time-range' && condition.kind !== 'identity') return undefined;
    const key = `${condition.kind} ${condition.name}`;
    if (!known.has(key)) known.set(key, valueOf(assumptionFor(assumptions, condition)));
    return known.get(key);
  };
}

function valueOf(assumption: Assumption | undefined): boolean | undefined {
  if (assumption === undefined || assumption.kind === 'fqdn') return undefined;
  return assumption.kind === 'time-range' ? assumption.active : assumption.matches;
}

/** As a clause after "assumes": `time range OFFICE is active (brokerfence.yaml:12)`. */
export function assumptionText(assumption: Assumption): string {
  const { name, place } = assumption;
  const where = `(${place.source}:${place.line})`;
  if (assumption.kind === 'time-range') {
    return `time range ${name} is ${assumption.active ? 'active' : 'not active'} ${where}`;
  }
  if (assumption.kind === 'identity') return `who sends ${assumption.matches ? 'is' : 'is not'} ${name} ${where}`;
  const addresses = formatAddressSet(assumption.addresses);
  const rest = addresses.length - SHOWN_ADDRESSES;
  const shown = [...addresses.slice(0, SHOWN_ADDRESSES), ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
  return `host name ${name} is ${shown} ${where}`;
}

/** Entries that name nothing in what was read: call it for one input after the other, with what is left. */
export function unusedAssumptions(
  { devices, assumed }: Pick<ParseResult, 'devices' | 'assumed'>,
  assumptions: readonly Assumption[],
): readonly Assumption[] {
  if (assumptions.length === 0) return assumptions;
  const conditions = devices.flatMap(allConditions);
  return assumptions.filter((each) => {
    if (each.kind === 'fqdn') return !assumed.includes(plainName(each.name));
    return !conditions.some((condition) => speaksOf(each, condition));
  });
}

/** Notes on time ranges and users that were decided, as parsers say it of host names: at the first place of each. */
export function assumedNotes(devices: readonly Device[], assumptions: readonly Assumption[]): Diagnostic[] {
  if (assumptions.every(({ kind }) => kind === 'fqdn')) return [];
  const found = new Map<Assumption, Condition[]>();
  for (const condition of devices.flatMap(allConditions)) {
    const assumption = assumptionFor(assumptions, condition);
    if (assumption === undefined || assumption.kind === 'fqdn') continue;
    const conditions = found.get(assumption);
    if (conditions === undefined) found.set(assumption, [condition]);
    else conditions.push(condition);
  }
  return [...found].flatMap(([assumption, conditions]): Diagnostic[] => {
    const places = new Map(conditions.map(({ span }) => [`${span.source}:${span.line}`, span]));
    const [span] = places.values();
    if (span === undefined) return [];
    const message = `it is assumed that ${assumptionText(assumption)}`;
    const consequence = 'verdicts rest on it';
    const more = places.size > 1 ? { more: places.size - 1 } : {};
    return [{ code: 'source/assumed', severity: 'note', span, message, consequence, ...more }];
  });
}

function allConditions({ ruleLists, translations }: Device): Condition[] {
  return [
    ...ruleLists.flatMap(({ rules }) => rules.flatMap(conditionsOf)),
    ...translations.flatMap(({ conditions }) => conditions),
  ];
}

/**
 * Names of users are compared without regard to case, and with or without the word that tells what they are: `user LAB\kim`
 * is `LAB\kim`.
 */
function speaksOf(assumption: Assumption, { kind, name }: Condition): boolean {
  if (assumption.kind !== kind) return false;
  if (assumption.kind === 'fqdn') return plainName(assumption.name) === plainName(name);
  if (assumption.kind === 'time-range') return assumption.name === name;
  const [wanted, shown] = [assumption.name.toLowerCase(), name.toLowerCase()];
  return shown === wanted || shown.slice(shown.indexOf(' ') + 1) === wanted;
}
