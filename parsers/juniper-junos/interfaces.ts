import type { Family } from '../model/address.ts';
import type { InterfaceAddress, NetworkInterface } from '../model/device.ts';
import type { Span } from '../source.ts';
import { parseIp4, parseIp6 } from '../model/parse-address.ts';
import type { Notes } from './notes.ts';
import { child, entries, value, type JunosNode } from './tree.ts';
import { isWildcard } from './wildcards.ts';

/** Filters of one direction on an interface: one, or a list that is tried as one. */
export interface FilterUse {
  /** The family it is applied to: `inet`, `inet6`, `any`, `ethernet-switching`. */
  readonly family: string;
  readonly direction: 'input' | 'output';
  readonly names: readonly JunosNode[];
}

/** A logical interface: `ge-0/0/0.0`. */
export interface Unit {
  readonly name: string;
  readonly physical: string;
  readonly network: NetworkInterface;
  /** Families that it carries packets of. */
  readonly families: readonly Family[];
  /** It belongs to a VLAN or bridge, not to a network. */
  readonly isLayer2: boolean;
  /** Routing instance, or `default`. */
  readonly instance: string;
  readonly filters: readonly FilterUse[];
  /** Numbers of `filter group`. */
  readonly groups: readonly string[];
  /** What makes the address come from outside: `family inet dhcp`. */
  readonly dynamic: JunosNode | undefined;
  readonly description: JunosNode | undefined;
  /** `sampling input`, `sampling output`. */
  readonly sampling: readonly JunosNode[];
  readonly span: Span;
}

/** Words directly below `interfaces` that are no interfaces. */
const NO_INTERFACES: ReadonlySet<string> = new Set([
  'traceoptions',
  'interface-range',
  'interface-set',
  'stacked-interface-set',
]);

const DYNAMIC: readonly string[] = ['dhcp', 'dhcp-client', 'dhcpv6-client', 'negotiate-address', 'autoconf'];

/** Interfaces that reach the routing engine only and forward nothing. */
const MANAGEMENT = /^(?:fxp\d+|em\d+|me\d+|vme|re\d+:mgmt-\d+|mgmt\d*|jsrv|bme\d+)$/;

/** Interfaces of a system's own software, without a network behind them. */
const INTERNAL = /^(?:lo\d+|dsc|pimd|pime|mtun|gre|ipip|tap|lsi|rbeb|esi|pip\d+|cbp\d+|vtep|null\d*)$/;

/** Every logical interface of a system, in order of appearance. */
export function readUnits(scope: JunosNode, notes: Notes): readonly Unit[] {
  const instances = instancesOf(scope);
  const units: Unit[] = [];
  for (const physical of entries(scope, 'interfaces')) {
    if (NO_INTERFACES.has(physical.word) || isWildcard(physical.word)) continue;
    for (const unit of entries(physical, 'unit')) {
      units.push(readUnit(physical, unit, instances, notes));
    }
  }
  return units;
}

/** Why nothing goes through an interface of this kind; undefined when it does. */
export function withoutTransit({ name, physical, instance }: Unit): string | undefined {
  if (INTERNAL.test(physical)) return `${name} is a virtual interface without a network`;
  if (MANAGEMENT.test(physical)) return `${name} is a management port`;
  if (instance === 'mgmt_junos') return `${name} is in the management instance`;
  return undefined;
}

/** Routing instances by the interfaces in them. A missing unit is 0. */
function instancesOf(scope: JunosNode): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const instance of entries(scope, 'routing-instances')) {
    for (const { word } of entries(instance, 'interface'))
      found.set(word.includes('.') ? word : `${word}.0`, instance.word);
  }
  return found;
}

function readUnit(physical: JunosNode, unit: JunosNode, instances: ReadonlyMap<string, string>, notes: Notes): Unit {
  const name = `${physical.word}.${unit.word}`;
  const { span } = notes.statement(unit);
  const families = entries(unit, 'family');
  const carried = (['inet', 'inet6'] as const)
    .filter((word) => families.some((family) => family.word === word))
    .map((word): Family => (word === 'inet' ? 4 : 6));
  const isLayer2 = families.some(({ word }) => ['ethernet-switching', 'bridge', 'vpls', 'ccc', 'tcc'].includes(word));
  const ipFamilies = families.filter(({ word }) => word === 'inet' || word === 'inet6');
  const dynamic = ipFamilies.flatMap((family) => DYNAMIC.flatMap((word) => child(family, word) ?? []))[0];
  const description = (child(unit, 'description') ?? child(physical, 'description'))?.children[0];
  const isOff = [physical, unit].some((node) => node.get('disable') !== undefined);
  const network: NetworkInterface = {
    name,
    ...(description !== undefined && { description: description.word }),
    addresses: ipFamilies.flatMap((family) => entries(family, 'address').flatMap((node) => readAddress(node, notes))),
    families: carried,
    dynamicAddress: dynamic !== undefined,
    enabled: !isOff,
    span,
  };
  return {
    name,
    physical: physical.word,
    network,
    families: carried,
    isLayer2: isLayer2 && carried.length === 0,
    instance: instances.get(name) ?? 'default',
    filters: families.flatMap(readFilters),
    groups: families.flatMap((family) => entries(family, 'filter', 'group').map(({ word }) => word)),
    dynamic,
    description,
    sampling: families.flatMap((family) => entries(family, 'sampling')),
    span,
  };
}

function readFilters(family: JunosNode): FilterUse[] {
  const filter = child(family, 'filter');
  return (['input', 'output'] as const).flatMap((direction): FilterUse[] => {
    const one = value(filter, direction) === undefined ? [] : entries(filter, direction).slice(0, 1);
    const list = entries(filter, `${direction}-list`);
    const names = [...one, ...list];
    return names.length === 0 ? [] : [{ family: family.word, direction, names }];
  });
}

function readAddress(node: JunosNode, notes: Notes): InterfaceAddress[] {
  const [base = '', length] = node.word.split('/');
  const ip6 = parseIp6(base);
  const address = ip6 ?? parseIp4(base);
  const prefixLength = Number(length ?? (ip6 === undefined ? 32 : 128));
  if (address !== undefined && prefixLength <= (ip6 === undefined ? 32 : 128)) {
    return [{ family: ip6 === undefined ? 4 : 6, address, prefixLength, span: node.span }];
  }
  notes.mark(node, 'unrecognised');
  notes.diagnose(
    'junos/bad-address',
    'warning',
    node.span,
    'the address of an interface is not understood',
    'which networks and default routes lie behind the interface is not known',
  );
  return [];
}
