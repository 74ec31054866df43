import type { Condition } from '../model/condition.ts';
import type { LineState } from '../diagnostics.ts';
import type { Names, Scope } from './firewall.ts';
import type { Notes } from './notes.ts';
import { entries, type PanNode } from './tree.ts';
import { HostNames } from '../model/host-names.ts';
import { AddressNames } from './address-names.ts';
import { ApplicationNames } from './application-names.ts';
import { NameLookup } from './name-lookup.ts';
import { ServiceNames } from './service-names.ts';

/** Lists of objects, and the state of those that no rule uses. */
const LISTS: readonly (readonly [list: string, state: LineState])[] = [
  ['address', 'modelled'],
  ['address-group', 'modelled'],
  ['external-list', 'modelled'],
  ['region', 'modelled'],
  ['service', 'modelled'],
  ['service-group', 'modelled'],
  ['application', 'modelled'],
  ['application-group', 'modelled'],
  ['application-filter', 'modelled'],
  ['schedule', 'modelled'],
  // A tag has no meaning of its own: filters of dynamic groups read the names of tags off the objects.
  ['tag', 'no-effect'],
  ['application-tag', 'no-effect'],
];

/**
 * Names as rules with these scopes see them, nearest first. Nothing is read before it is asked for, and everything once, so
 * that large lists of which few entries are used cost nothing.
 */
export function createNames(scopes: readonly Scope[], notes: Notes, hosts = new HostNames()): Names {
  const lookup = new NameLookup(scopes);
  for (const { node } of scopes)
    for (const [list, state] of LISTS) {
      const entry = node.get(list);
      if (entry !== undefined && entry.state === undefined) notes.mark(entry, state);
    }
  const addresses = new AddressNames(lookup, notes, hosts);
  const services = new ServiceNames(lookup, notes);
  const applications = new ApplicationNames(lookup, notes);
  return {
    addresses: (members, negate) => addresses.list(members, negate),
    services: (members) => services.list(members),
    applications: (members) => applications.list(members),
    defaultPorts: (application) => applications.defaultPorts(application),
    schedule: (name) => schedule(name, lookup, notes),
    find: (kind, name) => lookup.find(name, [kind])?.node,
  };
}

/** Whether a schedule is running now is for the clock of the device to say. */
function schedule(name: PanNode, lookup: NameLookup, notes: Notes): Condition {
  const { word, span } = name;
  const found = lookup.find(word, ['schedule']);
  if (found !== undefined) {
    notes.mark(found.node, 'conditional');
    const ends = endOf(found.node);
    return { kind: 'time-range', name: word, span: found.node.span, ...(ends === undefined ? {} : { ends }) };
  }
  notes.mark(name, 'conditional');
  notes.diagnose(
    'panos/undefined-reference',
    'warning',
    span,
    `no schedule \`${word}\` is in the text`,
    'rules that use it are possible, not definite',
  );
  return { kind: 'undefined-reference', name: word, span };
}

/** The last end of `schedule-type non-recurring 2025/01/01@08:00-2025/12/31@17:00`; undefined for one that comes again. */
function endOf(node: PanNode): string | undefined {
  const ends = entries(node, 'schedule-type', 'non-recurring').map(({ word }) => {
    const found = /-(?<year>\d{4})\/(?<month>\d{2})\/(?<day>\d{2})@(?<time>\d{2}:\d{2})$/.exec(word)?.groups;
    return found && `${found['year']}-${found['month']}-${found['day']}T${found['time']}`;
  });
  const known = ends.filter((end) => end !== undefined);
  return known.length === ends.length ? known.toSorted().at(-1) : undefined;
}
