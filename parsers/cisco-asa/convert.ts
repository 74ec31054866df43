import type { HostNames } from '../model/host-names.ts';
import type { Condition } from '../model/condition.ts';
import type { Device } from '../model/device.ts';
import type { AsaTree, Notes } from './tree.ts';
import { nameifOf } from './tree.ts';
import { AceReader } from './ace.ts';
import { condition, Literals } from './addresses.ts';
import { convertAccessLists } from './convert-access-lists.ts';
import { convertBindings } from './convert-bindings.ts';
import { crossingBuilder } from './convert-crossing.ts';
import { Interfaces } from './convert-interfaces.ts';
import { convertNat } from './convert-nat.ts';
import { NetworkObjects } from './convert-objects.ts';
import { convertOldNat } from './convert-old-nat.ts';
import { connectedRoutes, convertStaticRoutes } from './convert-routes.ts';
import { ServiceObjects } from './convert-services.ts';
import { convertLogging } from './convert-logging.ts';
import { convertTelemetry } from './convert-telemetry.ts';
import { convertEstablished, convertPerUser } from './early-lists.ts';
import { semanticsOf } from './version.ts';

/** The tree of one configuration as a device of the model. */
export function convertDevice(source: string, name: string, tree: AsaTree, notes: Notes, hosts: HostNames): Device {
  const semantics = semanticsOf(tree.software, {
    oldTranslation: tree.oldNat.length > 0,
    ip6Lists: tree.ip6AccessLists.size > 0,
    oldInterfaces: [...tree.interfaces.values()].some(({ nameif }) => (nameif?.words.length ?? 0) > 2),
  });
  const literals = new Literals(tree.names);
  const routes = convertStaticRoutes(tree, notes, literals);
  const interfaces = new Interfaces(tree, notes, literals, semantics, routes);
  const networks = new NetworkObjects(tree, notes, literals, semantics.unified, interfaces.ownAddresses, hosts);
  const services = new ServiceObjects(tree, notes);
  networks.resolveAll();
  services.resolveAll();
  const family = semantics.unified ? 'both' : 4;
  const aces = new AceReader(source, tree, notes, networks, services);
  const ruleLists = convertAccessLists({ source, tree, notes, aces, literals, family });
  const attachments = convertBindings(tree, notes, ruleLists, family);
  const translations = [...convertOldNat(tree, notes, networks, ruleLists), ...convertNat(tree, notes, networks)];
  warnOfConduits(tree, notes);
  warnOfTunnels(tree, notes);
  const { software } = tree;
  const version = software?.printed;
  return {
    name,
    platform: 'cisco-asa',
    ...(version === undefined ? {} : { version }),
    // Its rules carry the ids of a policy that is kept and deployed elsewhere (`rule-id`, remarks `ACCESS POLICY: …`).
    ...(software?.product === 'ftd' ? { managedBy: 'the management center or the device manager' } : {}),
    source,
    segments: interfaces.all.map(({ segment }) => segment),
    ruleLists,
    bindings: attachments.all.map(({ binding }) => binding),
    translations,
    routes: [...routes.routes, ...connectedRoutes(interfaces.all)],
    telemetry: convertTelemetry(tree, ruleLists, notes),
    logging: convertLogging(tree, notes),
    addressView: semantics.realAddresses ? 'real' : 'arriving',
    crossing: crossingBuilder({
      tree,
      notes,
      semantics,
      segments: interfaces.all,
      attachments,
      translations,
      early: convertEstablished(tree, notes),
      perUser: convertPerUser(tree, notes, attachments.all),
      loginFrom: loginConditions(tree, notes),
    }),
  };
}

/** `aaa authentication match LIST NAMEIF`, `aaa authentication include SERVICE NAMEIF …`: by nameif. */
function loginConditions(tree: AsaTree, notes: Notes): ReadonlyMap<string, Condition> {
  const found = new Map<string, Condition>();
  for (const statement of tree.cutThrough) {
    const word = statement.words[4];
    const nameif = word === undefined ? undefined : nameifOf(tree, word);
    if (nameif !== undefined && !found.has(nameif)) {
      found.set(nameif, condition('identity', 'aaa authentication', notes.span(statement.line)));
    }
  }
  return found;
}

function warnOfConduits(tree: AsaTree, notes: Notes): void {
  const [first] = tree.conduits;
  if (first === undefined) return;
  notes.diagnose(
    'asa/conduit',
    'error',
    notes.span(first.line),
    '`conduit` and `outbound` of PIX 6 decide what passes and are not read',
    'no verdict of this device can be trusted; convert the rules to access lists first',
  );
}

/** `sysopt connection permit-vpn` is on and not printed: what comes out of a tunnel meets no interface list. */
function warnOfTunnels(tree: AsaTree, notes: Notes): void {
  const [first] = tree.vpnEntries;
  if (first === undefined || tree.vpnFiltered) return;
  notes.diagnose(
    'asa/vpn-bypasses-access-lists',
    'note',
    notes.span(first.line),
    'a VPN ends here, and packets out of its tunnels pass by the interface access lists',
    'connections that arrive through a tunnel are not judged',
  );
}
