import type { Boundary } from '../boundaries/boundary.ts';
import { defineCheck, type CheckContext } from '../check.ts';
import { isManagementService } from '../data/service-roles.ts';
import { serviceTargets } from '../reporting/service-targets.ts';
import { leavingToOthers } from './left-to-others.ts';

export const brokerManagementPortExposed = defineCheck({
  id: 'broker-management-port-exposed',
  title: 'A management port of a broker is open across a boundary',
  family: 'exposure',
  severity: 'high',
  severityNote:
    'From an untrusted network: high to at least half of the public addresses, medium to fewer. Towards one: medium to at least half of ' +
    'them, low to fewer. Between own networks of different trust: low. One step milder where it is only possibly permitted. TLS makes it no ' +
    'milder, for the login is what guards the port.',
  since: '0.1.0',
  attack: ['T1190', 'T1071.005', 'M1037', 'M1030'],
  controls: ['nist:SC-7', 'nist:AC-4', 'nist:CM-7', 'cis:12.2', 'cis:13.4', 'pci:1.2.5', 'pci:1.4.2'],
  finds:
    'First packets to ports that brokers are administered or watched through, permitted over a crossing of any direction without approval: the ' +
    'management interface of RabbitMQ (15672, 15671), NATS monitoring (8222), Redis Sentinel (26379), and services of the policy with the ' +
    'role management. Outbound and between own networks only rules count that name the ports (a range of more than 1,000 ports names none): ' +
    'what leaves wholesale with everything else is pubsub-egress-unapproved. Packets that pass only from chosen source ports are ' +
    'source-port-hole. Crossings from a management segment into another own one are left out: that is where administrators sit.',
  why:
    'Behind these ports lie users, permissions, queues and topics. The management interface of RabbitMQ publishes and reads messages over ' +
    'plain HTTP, which also makes it a way out that no filter for messaging ports sees.',
  fix: {
    general: 'Deny the ports in {list} ahead of {rule}, and permit them from the hosts of administrators only.',
    'cisco-ios':
      'In {list}, enter a permit from the object-group of administrators and a deny for the ports with lower sequence numbers than {rule}.',
    'cisco-asa':
      'In {list}, insert a permit from the network object-group of administrators and a deny with a service object-group of the ports with ' +
      '`line` ahead of {rule}.',
    'juniper-junos':
      'On an SRX insert a policy from the address-set of administrators and one that denies the ports before {rule} of {list}; in a firewall ' +
      'filter do the same with terms.',
    'paloalto-panos':
      'Above {rule} of {list}, permit the ports from a user group or address group of administrators, then deny them with a service group and ' +
      'application any.',
  },
  exceptions:
    'Administrators of a managed broker service outside, named in an approval with the address of the service.',
  references: [
    'https://www.rabbitmq.com/docs/management',
    'https://docs.nats.io/running-a-nats-service/nats_admin/monitoring',
    'https://attack.mitre.org/mitigations/M1030/',
  ],
  messages: {
    exposed:
      '{device}: {crossings} {permits} {services}, management of brokers, from {source} to {destination}, decided by {decidedBy}',
  },
  run(context, report) {
    const { space, device, catalogue } = context;
    const services = catalogue.filter(isManagementService);
    context.eachBoundary(['exposure', 'egress', 'lateral'], (all) => {
      const boundary = all.direction === 'lateral' ? withoutAdministrators(context, all) : all;
      if (boundary === undefined) return;
      report.permitted(boundary, {
        message: 'exposed',
        targets: serviceTargets(device, boundary, services),
        ...leavingToOthers(space, boundary),
        severity: ({ anySource, anyDestination }) => {
          if (boundary.direction === 'exposure') return anySource ? 'high' : 'medium';
          return boundary.direction === 'egress' && anyDestination ? 'medium' : 'low';
        },
      });
    });
  },
});

/** The boundary without crossings from a management segment; undefined where none is left. */
function withoutAdministrators({ trust }: CheckContext, boundary: Boundary): Boundary | undefined {
  const isLeft = ({ from }: { readonly from: string }): boolean => trust.get(from)?.trust !== 'management';
  const [first, ...others] = boundary.crossings.filter(isLeft);
  if (first === undefined) return undefined;
  return { ...boundary, crossings: [first, ...others], taken: (sets) => boundary.taken(sets).filter(isLeft) };
}
