import type { Target } from './mapping.ts';

/** The rule that is appended for rows about services. */
const PROBE = 'CORPUS-PROBE';

/**
 * The interface by which a packet leaves where a row only says by which it enters: the one whose network holds its destination,
 * behind translation. The other files with such rows have two interfaces.
 */
const LEAVES_BY: ReadonlyMap<string, string> = new Map([
  ['panorama-rulebase-mixed-namespace', 'ethernet1/4'],
  ['rulebase-tracing', 'ethernet1/4'],
  ['security-rules-original-flow', 'ethernet1/2.1'],
]);

/**
 * What a row about PAN-OS speaks of: two ends, each a zone or an interface, with the virtual system or the firewall in front
 * and what stands for it in brackets behind; the end where a packet enters alone; or a service or service group in a scope.
 *
 * @param file The last part of the configuration's path.
 * @param prose The column `filter_or_zone_pair`.
 */
export function panosTarget(file: string, prose: string): Target | undefined {
  const service = /^(?:service|service-group) (?<name>.+)$/u.exec(prose)?.groups?.['name'];
  if (service !== undefined) return probe(undefined, service);
  const scoped = /^(?<scope>vsys\d+|shared) (?<name>\w+)$/u.exec(prose)?.groups;
  if (scoped !== undefined) {
    // A system without objects of its own sees the shared ones as they are.
    return probe(scoped['scope'] === 'shared' ? 'vsys3' : scoped['scope'], scoped['name'] ?? '');
  }
  const entering = /^z1->z2 rulebase \(entering (?<port>\S+)\)$/u.exec(prose)?.groups?.['port'];
  // `ethernet1/1->ethernet1/2 (z1->z1)`: the zones of both stand behind.
  const ends = (entering ?? prose.replace(/ \([^()]*\)$/u, '')).split('->').map(endOf);
  const [from, to = from === undefined ? undefined : leavesBy(file, from), ...more] = ends;
  return from === undefined || to === undefined || more.length > 0
    ? undefined
    : { kind: 'crossings', pairs: [[from, to]] };
}

/** `vsys2 ethernet1/3`, `fw 00000001 ethernet1/1 (Z1)`, `z3(ethernet1/3)`, `ethernet1/3(no zone)`, `device`. */
function endOf(text: string): string | undefined {
  const name = /^(?:vsys\d+ |fw \d+ )?(?<name>[\w./-]+?) ?(?:\([^()]+\))?$/u.exec(text)?.groups?.['name'];
  return name === 'device' ? 'self' : name;
}

function leavesBy(file: string, entering: string): string {
  const usual = LEAVES_BY.get(file) ?? 'ethernet1/2';
  return entering === usual ? 'ethernet1/1' : usual;
}

/** A rule that permits exactly what the service holds, alone in its list, in a virtual system where there are several. */
function probe(system: string | undefined, service: string): Target {
  const path = `set ${system === undefined ? '' : `vsys ${system} `}rulebase security rules ${PROBE}`;
  const fields = ['from any', 'to any', 'source any', 'destination any', 'application any', `service "${service}"`];
  const appended = [...fields, 'action allow'].map((field) => `${path} ${field}`);
  return { kind: 'list', name: `rules of ${system ?? 'vsys1'}`, appended };
}

/** Files whose rows are about what rules ask of the application. */
const ABOUT_APPLICATIONS = /^(?:app-id|application-override-.*|panorama-rulebase-mixed-namespace)$/u;

const SESSIONS_BY_PORT: ReadonlyMap<string, string> = new Map([
  ['22', 'ssh'],
  ['53', 'dns'],
  ['179', 'bgp'],
]);

/**
 * The application whose sessions a row speaks of beside first packets, where it is about what rules ask of applications: the
 * verdict there is that of the whole session. That is the predefined application which the rule names for that port, else traffic
 * that App-ID knows no application for, so that only rules for `any` and application overrides can let it through.
 */
export function panosApplication(file: string, prose: string, protocol: string, port: string): string | undefined {
  if (file === 'rulebase-tracing' && prose.includes('ethernet1/4')) return SESSIONS_BY_PORT.get(port);
  if (!ABOUT_APPLICATIONS.test(file)) return undefined;
  // The row on a service of its own with a predefined application.
  if (file === 'application-override-service-interaction' && prose.startsWith('z4')) return 'ssh';
  return SESSIONS_BY_PORT.get(port) ?? `unknown-${protocol}`;
}
