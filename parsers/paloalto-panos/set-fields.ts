import type { PathPart } from './load-set.ts';

/** Statements of an entry that have one value or a list, behind which scripts go on with the next statement of the entry. */
const FIELDS: ReadonlySet<string> = new Set(
  `from to source destination source-user category application service action rule-type disabled negate-source
negate-destination log-start log-end log-setting description tag group-tag schedule hip-profiles source-hip
destination-hip icmp-unreachable nat-type to-interface profile color comments ip-netmask ip-range ip-wildcard fqdn
members static filter port source-port translated-address translated-port interface ip bi-directional group virus
spyware vulnerability url-filtering file-blocking wildfire-analysis data-filtering display-name risk subcategory
technology disable-server-response-inspection negate`.split(/\s+/),
);

/** Statements that stand in an entry itself only: whatever stands before one ends there. */
const TOPMOST: ReadonlySet<string> = new Set(
  `from to source destination source-user category service action rule-type disabled negate-source negate-destination
log-start log-end log-setting description tag group-tag schedule`.split(/\s+/),
);

/** Further statements that an entry may go on with. */
const GO_ON: ReadonlySet<string> = new Set(
  `profile-setting option target qos source-translation destination-translation dynamic-destination-translation
active-active-device-binding type protocol dynamic default parent-app signature source-port override port`.split(/\s+/),
);

/** Statements that stand beside each other deeper than in the entry itself. */
const BESIDE: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [
    ['port', 'source-port override'],
    ['source-port', 'port override'],
    ['translated-address', 'translated-port bi-directional'],
    ['translated-port', 'translated-address'],
    ['interface', 'ip'],
    ...[
      'virus',
      'spyware',
      'vulnerability',
      'url-filtering',
      'file-blocking',
      'wildfire-analysis',
      'data-filtering',
    ].map((each) => [each, 'virus spyware vulnerability url-filtering file-blocking wildfire-analysis data-filtering']),
  ].map(([word = '', beside = '']) => [word, new Set(beside.split(' '))]),
);

/** Lists whose entries have statements of this kind. */
const LISTS: ReadonlySet<string> = new Set([
  'address',
  'address-group',
  'service',
  'service-group',
  'application',
  'application-group',
  'tag',
]);

/** Rulebases in whose rules these words have a value; in others `from` goes on (`from zone a`). */
const KINDS: ReadonlySet<string> = new Set([
  'security',
  'nat',
  'application-override',
  'decryption',
  'default-security-rules',
]);

/**
 * The paths that a `set` command writes. A script may write several statements of one entry in one line:
 * `rules R1 from a to b action allow` are three.
 */
export function fieldsFrom(path: readonly PathPart[]): readonly (readonly PathPart[])[] {
  const depth = entryDepth(path);
  if (depth === undefined || path.length <= depth + 2) return [path];
  const entry = path.slice(0, depth);
  // `protocol` has a value in application override only; elsewhere it goes on (`protocol tcp port 80`).
  const isOverride = path.some((part, at) => at < depth - 2 && wordOf(part) === 'application-override');
  const paths: PathPart[][] = [];
  let current: PathPart[] = [];
  for (let at = depth; at < path.length; at += 1) {
    const part = path[at];
    const value = path[at + 1];
    if (part === undefined) break;
    const field = wordOf(part);
    if (current.length > 1 && TOPMOST.has(field) && value !== undefined) {
      paths.push([...entry, ...current]);
      current = [];
    }
    current.push(part);
    const behind = wordOf(path[at + 2]);
    if (behind !== '' && !FIELDS.has(behind) && !GO_ON.has(behind)) continue;
    if (value === undefined || !(FIELDS.has(field) || (isOverride && field === 'protocol'))) continue;
    current.push(value);
    paths.push([...entry, ...current]);
    at += 1;
    const next = wordOf(path[at + 1]);
    current = BESIDE.get(field)?.has(next) === true ? current.slice(0, -2) : [];
  }
  return current.length === 0 ? paths : [...paths, [...entry, ...current]];
}

function wordOf(part: PathPart | undefined): string {
  return part !== undefined && 'text' in part ? part.text : '';
}

/** How many words lead to the entry that a path is about; undefined where it is about no entry of a known list. */
function entryDepth(path: readonly PathPart[]): number | undefined {
  const words = path.map(wordOf);
  let at = 0;
  if (words[at] === 'config') at += 1;
  if (words[at] === 'devices') at += 2;
  if (words[at] === 'vsys' || words[at] === 'device-group') at += 2;
  else if (words[at] === 'shared') at += 1;
  else if (words[at] === 'policy' && words[at + 1] === 'panorama') at += 2;
  const word = words[at] ?? '';
  if (/^(?:pre-|post-)?rulebase$/.test(word))
    return KINDS.has(words[at + 1] ?? '') && words[at + 2] === 'rules' ? at + 4 : undefined;
  return LISTS.has(word) ? at + 2 : undefined;
}
