import { defineCheck } from '../check.ts';
import { isClientService } from '../data/service-roles.ts';
import { serviceTargets } from '../reporting/service-targets.ts';
import { chosenPorts } from './chosen-source-ports.ts';
import { exposureSeverity } from './exposure-severity.ts';

export const brokerReachableFromUntrusted = defineCheck({
  id: 'broker-reachable-from-untrusted',
  title: 'A broker port is reachable from an untrusted network',
  family: 'exposure',
  severity: 'critical',
  severityNote:
    'Critical when MQTT, AMQP, STOMP or XMPP without TLS is open to at least half of the public addresses; high when it is open ' +
    'to fewer, or with TLS to anyone; medium with TLS to fewer. Related protocols are one step milder, and so is what is only ' +
    'possibly permitted.',
  since: '0.1.0',
  attack: ['T1071.005', 'T1190', 'M1037', 'AN0005'],
  controls: ['nist:SC-7', 'nist:AC-4', 'nist:CM-7', 'cis:13.4', 'pci:1.3.1', 'pci:1.4.2'],
  finds:
    'First packets (TCP SYN, first UDP datagram) to a port of the service catalogue that the filters let pass from an untrusted ' +
    'segment to an internal, DMZ or management one. Sets are exact, as the filters have them: source addresses are not reduced ' +
    'to those that can be routed back, because UDP needs no answer and spoofing is for the filter to stop. A rule that only lets packets to the ' +
    'addresses of the device itself pass is left out: they cross nothing. What other checks report is left to them: ports between brokers and ' +
    'for administrators, packets to approved brokers, and packets that pass only from chosen source ports.',
  why:
    'A broker relays between everyone who reaches it. Whoever connects from outside can probe for anonymous access, read every ' +
    'topic, inject messages into plants and applications, use the broker as a command channel, or attack the broker itself.',
  fix: {
    general:
      'Permit the service only from the addresses of known peers, or move the broker behind a VPN or an authenticating proxy in a ' +
      'DMZ; deny the ports from everywhere else ahead of {rule} of {list}.',
    'cisco-ios':
      'In {list}, replace {rule} by entries that permit the port only from known peers (object-group network), or enter a deny for the ' +
      'port with a lower sequence number. Where no list is bound, bind one inbound on the untrusted interface (ip access-group ' +
      '… in, ipv6 traffic-filter … in).',
    'cisco-asa':
      'In {list}, narrow {rule} to a network object-group of known peers and to the broker as destination (real address since 8.3), or ' +
      'insert a deny with `line` ahead of it; then review with show access-list.',
    'juniper-junos':
      'On an SRX narrow {rule} of {list} to an address-set of known peers and to the broker (its address behind destination NAT), or insert a ' +
      'deny policy before it; in a firewall filter add source-prefix-list to the term or discard the port in an earlier one.',
    'paloalto-panos':
      'In {list}, narrow {rule} to an address group of known peers and to the broker (the address before NAT, the zone behind it), with the ' +
      'application of the protocol and service application-default; or put a deny with the service object and application any above it, for ' +
      'a deny by application alone stops no first packet.',
  },
  exceptions:
    'A public broker that is meant to be one: TLS, client authentication and topic authorisation on the broker, and its address as the ' +
    'only destination.',
  references: [
    'https://attack.mitre.org/techniques/T1071/005/',
    'https://attack.mitre.org/mitigations/M1037/',
    'https://docs.oasis-open.org/mqtt/mqtt/v5.0/mqtt-v5.0.html#_Toc3901261',
  ],
  messages: {
    reachable: '{device}: {crossings} {permits} {services} from {source} to {destination}, decided by {decidedBy}',
  },
  run(context, report) {
    const { space, approvals, device, catalogue } = context;
    const services = catalogue.filter(isClientService);
    context.eachBoundary(['exposure'], (boundary) => {
      const crossed = { direction: boundary.direction, crossing: boundary.evaluated.crossing };
      const chosen = chosenPorts(space, boundary);
      report.permitted(boundary, {
        message: 'reachable',
        targets: serviceTargets(device, boundary, services),
        narrow: (set, target) =>
          space.subtract(space.subtract(set, chosen.holes(target.slice)), approvals.toApprovedBrokers(crossed, target)),
        keep: (part, { slice }) => chosen.addsTo(part, slice),
        severity: (facts) => exposureSeverity(catalogue, facts),
      });
    });
  },
});
