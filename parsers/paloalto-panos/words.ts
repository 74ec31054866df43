import { KnownPlace, statements, type StatementTable } from './statements.ts';
import { NETWORK } from './words-network.ts';
import { DEFAULT_RULES, RULES } from './words-rules.ts';
import { SYSTEM } from './words-system.ts';

const ITSELF = 'is about the device itself, not about what it forwards';
const MANAGER = 'is about the manager itself, not about what firewalls forward';

/** Words at the top of a configuration. */
const TOPMOST: StatementTable = {
  mode: 'top level',
  statements: [
    ...statements(
      'modelled',
      '',
      `version
serial
deviceconfig system hostname
deviceconfig system panorama
deviceconfig system panorama-server
deviceconfig system panorama-server-2
deviceconfig setting multi-vsys
deviceconfig setting advance-routing
deviceconfig setting management ancestor-objects-take-precedence`,
    ),
    ...statements(
      'conditional',
      'changes which of several matching rules with `ip-wildcard` addresses counts',
      'deviceconfig setting session wildcard-topdown-match-mode',
    ),
    ...statements(
      'no-effect',
      'sessions are judged by their first packet',
      `deviceconfig setting (session|tcp|ctd|application|vpn|wildfire|ssl-decrypt|logging|zip|jumbo-frame|nat|dhcp-syslog-server|custom-logo|iot|autofocus)`,
    ),
    ...statements(
      'no-effect',
      ITSELF,
      'deviceconfig\nmgt-config\ndetail-version\nopenconfig\nplugins\nglobal-protect-settings',
    ),
    ...statements(
      'no-effect',
      MANAGER,
      `panorama
log-collector
log-collector-group
wildfire-appliance
wildfire-appliance-cluster
cloud-services
devices
template * (description|settings|id|user-group-source)
template-stack * (description|settings|id|user-group-source)
device-group * (description|reference-templates|id|master-device|authorization-code|to-sw-version|devices-software)
readonly (max-internal-id|panorama|shared)
readonly devices * (template|template-stack|vsys|platform|deviceconfig|log-collector-group|system-config|log-collector|max-internal-id)
readonly devices * device-group * (id|address|address-group|service|service-group|application|application-group|application-filter|tag|rulebase|pre-rulebase|post-rulebase|profiles|profile-group|external-list)
readonly (device-group|template|template-stack) * id`,
    ),
    ...statements(
      'modelled',
      '',
      `readonly devices * device-group * parent-dg
readonly device-group * parent-dg
device-group * devices
device-group * parent-dg
template * variable
template * config
template-stack * (templates|devices|variable|config)`,
    ),
    ...statements('no-effect', 'a list of what is predefined', 'predefined'),
    ...statements('modelled', '', 'vsys * (display-name|import)'),
  ],
};

/** Every table, for the platform's page. */
export const WORDS: readonly StatementTable[] = [TOPMOST, SYSTEM, RULES, DEFAULT_RULES, NETWORK];

/** Where a tree's root is in the tables. */
export const TOP: KnownPlace = topPlace();

function topPlace(): KnownPlace {
  const top = new KnownPlace(TOPMOST.statements);
  const network = new KnownPlace(NETWORK.statements);
  const rulebase = new KnownPlace(RULES.statements);
  rulebase.link('default-security-rules', new KnownPlace(DEFAULT_RULES.statements));
  const systemWith = (own: string): KnownPlace => {
    const before = TOPMOST.statements
      .filter(({ path }) => own !== '' && path.startsWith(own))
      .map((each) => ({ ...each, path: each.path.slice(own.length) }));
    const place = new KnownPlace([...before, ...SYSTEM.statements]);
    place.link('(rulebase|pre-rulebase|post-rulebase)', rulebase);
    return place;
  };
  const system = systemWith('vsys * ');
  top.link('network', network);
  network.link('shared-gateway *', systemWith(''));
  top.link('vsys *', system);
  top.link('shared', system);
  top.link('device-group *', systemWith('device-group * '));
  top.link('panorama vsys *', system);
  top.link('policy panorama', system);
  top.link('policy panorama vsys *', system);
  top.link('policy shared', system);
  // A template holds what a firewall does.
  top.link('(template|template-stack) * config', top);
  top.link('config', top);
  top.link('template-stack * devices * config', top);
  const devices = new KnownPlace();
  devices.link('*', top);
  // `devices` in a template stands for the firewall; at the top it is left out, or holds a manager's list of its firewalls.
  top.link('devices', devices);
  return top;
}
