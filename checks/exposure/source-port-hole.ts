import { formatPortRanges } from '../../parsers/model/format.ts';
import type { Boundary } from '../boundaries/boundary.ts';
import { defineCheck, type PartFacts } from '../check.ts';
import type { Service } from '../data/services.ts';
import { unnamedPorts } from '../egress/alike-ports.ts';
import { egressSeverity } from '../egress/egress-severity.ts';
import type { Severity } from '../finding.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';
import { listed } from '../reporting/finding-words.ts';
import type { Target } from '../reporting/flow-text.ts';
import { serviceTargets } from '../reporting/service-targets.ts';
import { chosenPorts } from './chosen-source-ports.ts';
import { exposureSeverity } from './exposure-severity.ts';

const SHOWN_RANGES = 4;
/** Ranges looked for, so that it can be said how many more there are. */
const MAX_RANGES = 24;

export const sourcePortHole = defineCheck({
  id: 'source-port-hole',
  title: 'A permit for return traffic lets new connections pass',
  family: 'exposure',
  severity: 'critical',
  severityNote:
    'As severe as the same permit from every source port: inbound as broker-reachable-from-untrusted, outbound as pubsub-egress-unapproved. ' +
    'Where no port of the catalogue is open, medium to at least half of the public addresses and low to fewer. One step milder where it is ' +
    'only possibly permitted.',
  since: '0.1.0',
  attack: ['T1071.005', 'T1190', 'M1037'],
  controls: ['nist:SC-7', 'nist:SC-7(5)', 'nist:AC-4', 'cis:13.4', 'pci:1.2.5', 'pci:1.3.1', 'pci:1.3.2'],
  finds:
    'New connections between an untrusted network and one of ours, in either direction, that pass only from a few source ports: to services of ' +
    'the catalogue, and to ports that no rule names (a range of more than 1,000 ports names none of them; at most the 32 largest groups of ' +
    'alike ports of a path are looked at). Few are ranges of at most 1,024 ports that rules give; the ports that systems take by themselves ' +
    'are more. Exact: hosts that may connect from any other port are not counted. An entry with established, tcp-established or an ' +
    'equivalent lets no new connection pass.',
  why:
    'An entry such as permit tcp any eq 443 any is written for the answers of web servers. The filter cannot tell an answer from a first ' +
    'packet, and the sender picks the source port: scanners have an option for it. Such an entry opens every broker behind it.',
  fix: {
    general:
      'Let a stateful filter admit answers, and remove {rule} from {list}; where there is none, admit TCP answers by their flags and UDP answers ' +
      'from named servers to named hosts only.',
    'cisco-ios':
      'In {list}, add established to {rule} if it is TCP; for UDP permit named servers only. Better: inspect outbound traffic in a zone pair, or ' +
      'with reflexive entries, and remove {rule}.',
    'cisco-asa':
      'Remove {rule} from {list}: the firewall admits answers to permitted connections by itself. Inspect the protocol where it opens further ' +
      'connections (inspect ftp).',
    'juniper-junos':
      'In a firewall filter add tcp-established to {rule} of {list}, and for UDP a source-prefix-list of the servers; in a policy of an SRX, ' +
      'which is stateful, remove the source-port from the application and permit the service itself, or remove {rule}.',
    'paloalto-panos':
      'Remove {rule} from {list}, or take the source port out of its service object: the firewall admits answers to permitted sessions by itself.',
  },
  exceptions:
    'Peers that must use one source port, each with its address and one destination port: approve them as what they are.',
  references: [
    'https://www.cisco.com/c/en/us/support/docs/security/ios-firewall/23602-confaccesslists.html',
    'https://nmap.org/book/man-bypass-firewalls-ids.html',
    'https://attack.mitre.org/mitigations/M1037/',
  ],
  messages: {
    hole:
      '{device}: {crossings} {permits} new connections to {services} from {source} to {destination} if they come from source port ' +
      '{sourcePorts}, decided by {decidedBy}',
  },
  run(context, report) {
    const { space, device, catalogue } = context;
    context.eachBoundary(['exposure', 'egress'], (boundary) => {
      const chosen = chosenPorts(space, boundary);
      const all = [...serviceTargets(device, boundary, catalogue), ...unnamedTargets(boundary)];
      report.permitted(boundary, {
        message: 'hole',
        targets: all.filter(({ slice }) => !space.isEmpty(chosen.holes(slice))),
        narrow: (set, { slice }) => space.intersect(set, chosen.holes(slice)),
        data: (sets) => ({ sourcePorts: sourcePortsText(space, sets) }),
        severity: (facts) => severityOf(boundary, catalogue, facts),
      });
    });
  },
});

function unnamedTargets({ evaluated }: Boundary): Target[] {
  return (['tcp', 'udp'] as const).flatMap((protocol) => {
    const number = protocol === 'tcp' ? 6 : 17;
    return unnamedPorts(evaluated.crossing, number).map(({ ports, example }) => ({
      protocol,
      ports,
      slice: { protocol: number, port: example },
    }));
  });
}

function severityOf({ direction }: Boundary, catalogue: readonly Service[], facts: PartFacts): Severity {
  const isExposure = direction === 'exposure';
  const hasService = facts.targets.some(({ service }) => service !== undefined);
  if (hasService) return isExposure ? exposureSeverity(catalogue, facts) : egressSeverity(catalogue, facts);
  const isBroad = isExposure ? facts.anySource : facts.anyDestination;
  return isBroad ? 'medium' : 'low';
}

function sourcePortsText(space: PacketSpace, sets: readonly PacketSet[]): string {
  const all = sets.reduce((union, set) => space.union(union, set), space.none);
  const ports = space.forSome(space.forSome(space.forSome(all, 'source'), 'destination'), 'family');
  const { boxes, truncated } = space.describe(ports, MAX_RANGES);
  return listed(formatPortRanges(boxes.flatMap(({ sourcePorts }) => sourcePorts)), SHOWN_RANGES, truncated);
}
