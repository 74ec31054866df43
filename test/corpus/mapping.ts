import type { Platform } from '../../parsers/model/device.ts';
import { panosTarget } from './mapping-panos.ts';

/**
 * Where the verdict of a row can be asked. The table says it in prose; here is what the prose means.
 *
 * `list`: a rule list of the text. `appended`: statements appended to the text, which define the list to ask: rows
 * about an object group or object have no rule list of their own. `crossings`: each of these has the row's verdict.
 */
export type Target =
  | { readonly kind: 'list'; readonly name: string; readonly appended: readonly string[] }
  | { readonly kind: 'crossings'; readonly pairs: readonly (readonly [from: string, to: string])[] };

/** The list that is appended for rows about objects. */
const PROBE = 'CORPUS-PROBE';

/**
 * What a row of verdicts.tsv speaks of; undefined when its prose is not understood.
 *
 * @param file The last part of the configuration's path.
 * @param prose The column `filter_or_zone_pair`.
 */
export function targetOf(platform: Platform, file: string, prose: string): Target | undefined {
  if (platform === 'paloalto-panos') return panosTarget(file, prose);
  const pair = /^(?<from>[\w/.-]+?)->(?<to>[\w/.-]+)(?: \((?:same interface|same level)\))?$/u.exec(prose)?.groups;
  if (pair !== undefined) {
    // "device" is the router itself.
    const from = pair['from'] === 'device' ? 'self' : (pair['from'] ?? '');
    return { kind: 'crossings', pairs: [[from, pair['to'] ?? '']] };
  }
  if (platform === 'juniper-junos') return junosTarget(prose);
  const inbound = /^in on (?<segment>\S+) \(FILTER_GLOBAL\)$/u.exec(prose)?.groups?.['segment'];
  if (inbound !== undefined) {
    // What comes in on name1 (level 50) goes out on name2 (level 0), and the other way round: the file has two.
    return { kind: 'crossings', pairs: [[inbound, inbound === 'name1' ? 'name2' : 'name1']] };
  }
  const policy = /^policy-map (?:type inspect )?(?<name>\S+)$/u.exec(prose)?.groups?.['name'];
  if (policy !== undefined) return { kind: 'list', name: policy, appended: [] };
  const object = objectProbe(platform, file, prose);
  if (object !== undefined) return { kind: 'list', name: PROBE, appended: object };
  return /^[\w-]+$/u.test(prose) ? { kind: 'list', name: prose, appended: [] } : undefined;
}

/**
 * Rows about Junos: zones with the interface that stands for each, an interface with its list of filters, the members of an
 * address, a filter.
 */
function junosTarget(prose: string): Target | undefined {
  const zones = /^(?<from>[\w-]+)\(\S+\)->(?<to>[\w-]+)\(\S+\)$/u.exec(prose)?.groups;
  if (zones !== undefined) return { kind: 'crossings', pairs: [[zones['from'] ?? '', zones['to'] ?? '']] };
  const listed = /^(?<port>\S+) (?<direction>input|output)-list \[.*\]$/u.exec(prose)?.groups;
  if (listed !== undefined) {
    // The other side is one of the file's interfaces that has no filter in that direction.
    const port = listed['port'] ?? '';
    return {
      kind: 'crossings',
      pairs: [listed['direction'] === 'input' ? [port, 'xe-0/0/0.0'] : ['xe-0/0/2.0', port]],
    };
  }
  const address = /^address (?<name>\S+) .*membership$/u.exec(prose)?.groups?.['name'];
  if (address !== undefined) {
    const policy = `set security policies from-zone ${PROBE} to-zone ${PROBE} policy MEMBER`;
    const match = [`source-address ${address}`, 'destination-address any', 'application any'];
    const appended = [...match.map((each) => `${policy} match ${each}`), `${policy} then permit`];
    return { kind: 'list', name: `from-zone ${PROBE} to-zone ${PROBE}`, appended };
  }
  const filter = /^(?<name>[\w-]+)(?: \(\S+ input\))?$/u.exec(prose)?.groups?.['name'];
  return filter === undefined ? undefined : { kind: 'list', name: filter, appended: [] };
}

/** Statements that permit exactly what the object of the row holds. */
function objectProbe(platform: Platform, file: string, prose: string): readonly string[] | undefined {
  const name = prose.split(' ').at(-1) ?? '';
  const entry = (rest: string): string => `access-list ${PROBE} extended permit ${rest}`;
  if (platform === 'cisco-ios') {
    if (!/^og-(?:tcp|udp|icmp-specific)$/u.test(prose)) return undefined;
    return [`ip access-list extended ${PROBE}`, ` permit object-group ${name} any any`];
  }
  if (/^object service \S+$/u.test(prose)) return [entry(`object ${name} any any`)];
  if (/^(?:object-group(?: service)?|protocol group) \S+$/u.test(prose)) return [entry(`object-group ${name} any any`)];
  if (/^icmp-type group \S+$/u.test(prose)) return [entry(`icmp any any object-group ${name}`)];
  // Groups of ports (`port-object`) stand where the destination port stands, for each protocol.
  if (/^group \S+$/u.test(prose) && file.endsWith('asa-nested-service-object-group')) {
    return [entry(`tcp any any object-group ${name}`), entry(`udp any any object-group ${name}`)];
  }
  return undefined;
}

/** ICMP type and code that the column `note` gives: a type alone means all its codes. */
export function icmpOf(note: string): { readonly type: number; readonly code?: number } | undefined {
  const numbers = /type (?<type>\d+)(?: code (?<code>\d+))?|(?:^|\s)(?<last>\d+)$/u.exec(note)?.groups;
  const type = numbers?.['type'] ?? numbers?.['last'];
  if (type !== undefined) {
    const code = numbers?.['code'];
    return code === undefined ? { type: Number(type) } : { type: Number(type), code: Number(code) };
  }
  if (/\becho-reply\b/u.test(note)) return { type: 0 };
  return /\becho\b/u.test(note) ? { type: 8 } : undefined;
}
