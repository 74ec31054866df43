import { defineCheck } from '../check.ts';
import { isClusterService } from '../data/service-roles.ts';
import type { Service } from '../data/services.ts';
import type { Severity } from '../finding.ts';
import { serviceTargets } from '../reporting/service-targets.ts';
import { milder } from '../reporting/severity.ts';
import { leavingToOthers } from './left-to-others.ts';

export const brokerClusterPortExposed = defineCheck({
  id: 'broker-cluster-port-exposed',
  title: 'A port that brokers use among themselves is open across a boundary',
  family: 'exposure',
  severity: 'critical',
  severityNote:
    'From an untrusted network: critical to at least half of the public addresses, high to fewer. Towards one: medium to at least half of ' +
    'them, low to fewer. Between own networks of different trust: low. One step milder where all of it is TLS, and where it is only possibly ' +
    'permitted.',
  since: '0.1.0',
  attack: ['T1190', 'T1071.005', 'M1037', 'M1030'],
  controls: ['nist:SC-7', 'nist:AC-4', 'nist:CM-7', 'cis:12.2', 'cis:13.4', 'pci:1.2.5', 'pci:1.4.2'],
  finds:
    'First packets to ports between the nodes of a cluster, permitted over a crossing of any direction without approval: the Erlang port ' +
    'mapper and node port of RabbitMQ (4369, 25672), routes between NATS servers (6222), routing between Solace brokers (55556), services ' +
    'of the policy with the role cluster, and OpenWire (61616, 61617), over which ActiveMQ joins brokers to a network. Outbound and between ' +
    'own networks only rules count that name the ports (a range of more than 1,000 ports names none): what leaves wholesale with everything ' +
    'else is pubsub-egress-unapproved. Packets that pass only from chosen source ports are source-port-hole.',
  why:
    'Nodes trust each other. Whoever reaches these ports needs one shared secret, or none, to run code on the broker, to join the cluster and to ' +
    'receive every message: the Erlang cookie is all that guards RabbitMQ, and OpenWire was exploited without a login (CVE-2023-46604).',
  fix: {
    general:
      'Deny the ports in {list} ahead of {rule}. Where nodes stand on both sides, permit the pairs of nodes only, and put them into a tunnel.',
    'cisco-ios':
      'In {list}, enter a deny for the ports with a lower sequence number than {rule}; permit pairs of nodes ahead of it by an object-group.',
    'cisco-asa':
      'In {list}, insert a deny with a service object-group of the ports with `line` ahead of {rule}; permit pairs of nodes before it.',
    'juniper-junos':
      'On an SRX insert a policy with an application-set of the ports that denies before {rule} of {list}; in a firewall filter discard the ' +
      'ports in an earlier term.',
    'paloalto-panos':
      'Above {rule} of {list}, put a deny with a service group of the ports and application any, for a deny by application alone stops no first ' +
      'packet.',
  },
  exceptions:
    'A cluster or a network of brokers that spans sites, and clients of ActiveMQ: pairs of addresses in an approval, best inside a tunnel.',
  references: [
    'https://www.rabbitmq.com/docs/networking',
    'https://nvd.nist.gov/vuln/detail/CVE-2023-46604',
    'https://attack.mitre.org/mitigations/M1030/',
  ],
  messages: {
    exposed:
      '{device}: {crossings} {permits} {services}, ports that brokers use among themselves, from {source} to {destination}, decided by {decidedBy}',
  },
  run(context, report) {
    const { space, device, catalogue } = context;
    const services = catalogue.filter(isClusterService);
    context.eachBoundary(['exposure', 'egress', 'lateral'], (boundary) => {
      report.permitted(boundary, {
        message: 'exposed',
        targets: serviceTargets(device, boundary, services),
        ...leavingToOthers(space, boundary),
        severity: ({ targets, anySource, anyDestination }) => {
          const open = severityOf(boundary.direction, anySource, anyDestination);
          const names = new Set(targets.map(({ service }) => service));
          return services.some((service) => names.has(service.name) && !isTls(service)) ? open : milder(open);
        },
      });
    });
  },
});

function severityOf(
  direction: 'exposure' | 'egress' | 'lateral',
  anySource: boolean,
  anyDestination: boolean,
): Severity {
  if (direction === 'exposure') return anySource ? 'critical' : 'high';
  return direction === 'egress' && anyDestination ? 'medium' : 'low';
}

function isTls({ transportSecurity }: Service): boolean {
  return transportSecurity === 'tls';
}
