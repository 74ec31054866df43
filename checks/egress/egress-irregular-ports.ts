import { single } from '../../parsers/model/service.ts';
import type { Boundary } from '../boundaries/boundary.ts';
import { PRIVATE_NETWORKS } from '../data/reserved-networks.ts';
import { defineCheck, type CheckContext } from '../check.ts';
import type { Target } from '../reporting/flow-text.ts';
import { namedPorts } from './alike-ports.ts';
import { passWholesale } from './wholesale.ts';

/**
 * What most networks let out and nobody calls irregular: SSH, mail, DNS, DHCP, web (with QUIC), NTP, IPsec, DNS over TLS. A port
 * of these that is not needed is no matter of messaging.
 */
const REGULAR = {
  tcp: [22, 25, 53, 80, 443, 465, 587, 853, 993, 995],
  udp: [53, 67, 80, 123, 443, 500, 853, 4500],
} as const;

const NUMBERS = { tcp: 6, udp: 17 } as const;

export const egressIrregularPorts = defineCheck({
  id: 'egress-irregular-ports',
  title: 'Irregular ports are open towards an untrusted network',
  family: 'egress',
  severity: 'medium',
  severityNote:
    'Medium to at least half of the public addresses, low to fewer. One step milder where it is only possibly permitted.',
  since: '0.1.0',
  attack: ['T1071.005', 'M1037', 'M1030', 'T1571'],
  controls: ['nist:CM-7', 'nist:CM-7(1)', 'nist:AC-4', 'cis:13.4', 'pci:1.2.5', 'pci:1.3.2'],
  finds:
    'TCP and UDP ports that a rule names and lets out from an internal, DMZ or management segment to an untrusted one, and that are neither ' +
    'services of the catalogue, nor approved, nor of everyday use: tcp 22, 25, 53, 80, 443, 465, 587, 853, 993, 995 and udp 53, 67, 80, 123, ' +
    '443, 500, 853, 4500. A range of more than 1,000 ports names none of them: what passes on ports that no rule names is egress-default-permit, and ' +
    'is taken off here. Ports that all rules treat alike are judged by one of them, exactly for all; at most the 128 largest such groups ' +
    'of a protocol and path are looked at. Other protocols are not, and rules to private addresses alone (a site behind a tunnel) are left ' +
    'out. On devices that recognise applications, pubsub-app-on-irregular-port judges these ports by the sessions that may ' +
    'use them.',
  why:
    'A broker listens on any port. M1037 asks to filter messaging to untrusted resources "over irregular ports": each of those that is open is a ' +
    'way out for it that a filter of 1883 and 8883 does not see.',
  fix: {
    general:
      'Find out who needs the ports of {rule} of {list}; narrow it to those hosts and their destinations and approve it by port, or remove it.',
    'cisco-ios':
      'In {list}, look at the hits of {rule} (show ip access-lists, log keyword for a time), then narrow its source and destination to ' +
      'object-groups, or remove it.',
    'cisco-asa':
      'In {list}, look at the hit count of {rule} (show access-list), then narrow its source and destination to object-groups, or remove it.',
    'juniper-junos':
      'On an SRX look at show security policies hit-count, then narrow source-address, destination-address and application of {rule} in {list}, ' +
      'or delete it; in a firewall filter put a counter on the term first.',
    'paloalto-panos':
      'In {list}, set the service of {rule} to application-default, or to a service object for the hosts that need the ports. (This check leaves the ' +
      'ports of these devices to pubsub-app-on-irregular-port.)',
  },
  exceptions:
    'Applications of known hosts with known destinations: an approval by port silences the check for exactly those.',
  references: [
    'https://attack.mitre.org/mitigations/M1037/',
    'https://attack.mitre.org/techniques/T1571/',
    'https://csrc.nist.gov/pubs/sp/800/41/r1/final',
  ],
  messages: {
    irregular:
      '{device}: {crossings} {permits} irregular ports ({services}) from {source} to {destination}, decided by {decidedBy}',
  },
  run(context, report) {
    const { space, sessions } = context;
    if (sessions !== undefined) return;
    context.eachBoundary(['egress'], (boundary) => {
      const wholesale = passWholesale(space, boundary);
      const tunnelled = space.addressIn('destination', { include: PRIVATE_NETWORKS, exclude: [] });
      report.permitted(boundary, {
        message: 'irregular',
        targets: (['tcp', 'udp'] as const).flatMap((protocol) => irregular(context, boundary, protocol)),
        narrow: (set, { slice }) => space.subtract(set, wholesale(slice)),
        keep: (part) => !space.isSubset(part, tunnelled),
        severity: ({ anyDestination }) => (anyDestination ? 'medium' : 'low'),
      });
    });
  },
});

/** Irregular ports that rules name, cut where approvals begin and end. */
function irregular({ catalogue, approvals }: CheckContext, { evaluated }: Boundary, protocol: 'tcp' | 'udp'): Target[] {
  const number = NUMBERS[protocol];
  const services = catalogue.flatMap((service) => (service.protocol === protocol ? [service.port] : []));
  const except = [...services, ...REGULAR[protocol]].map(single);
  const approved = approvals.all.flatMap(({ ports }) =>
    ports.flatMap((each) => (each.protocol === protocol ? each.ports : [])),
  );
  return namedPorts(evaluated.crossing, number, except, approved).map(({ ports, example }) => ({
    protocol,
    ports,
    slice: { protocol: number, port: example },
  }));
}
