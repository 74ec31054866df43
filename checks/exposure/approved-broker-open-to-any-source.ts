import { defineCheck } from '../check.ts';
import { isClientService } from '../data/service-roles.ts';
import { serviceTargets } from '../reporting/service-targets.ts';
import { chosenPorts } from './chosen-source-ports.ts';
import { exposureSeverity } from './exposure-severity.ts';

export const approvedBrokerOpenToAnySource = defineCheck({
  id: 'approved-broker-open-to-any-source',
  title: 'An approved broker is reachable by more than its approved clients',
  family: 'exposure',
  severity: 'critical',
  severityNote:
    'Critical when MQTT, AMQP, STOMP or XMPP without TLS is open to at least half of the public addresses; high when it is open ' +
    'to fewer beyond the approval, or with TLS to anyone; medium with TLS to fewer. Related protocols are one step milder, and so is what is ' +
    'only possibly permitted.',
  since: '0.1.0',
  attack: ['T1071.005', 'T1190', 'M1037', 'AN0005'],
  controls: ['nist:SC-7(4)', 'nist:CM-7(1)', 'nist:AC-4', 'cis:13.4', 'pci:1.2.5', 'pci:1.3.1', 'pci:1.4.2'],
  finds:
    'Packets to a broker that the policy approves for the service, from sources on an untrusted network that no approval names as clients. The ' +
    'finding has the exact excess, and beside it what is approved. Brokers of no approval are broker-reachable-from-untrusted; ports between ' +
    'brokers and for administrators, and packets that pass only from chosen source ports, have checks of their own too.',
  why:
    'An approved broker is the one that is known to hold messages worth reading. The approval was given for named clients; the rule lets ' +
    'others try its logins, subscribe to what is left open and attack its software.',
  fix: {
    general: 'Narrow the source of {rule} of {list} to the clients of the approval, or have the approval extended.',
    'cisco-ios':
      'In {list}, replace {rule} by an entry with the object-group of the approved clients as source and the broker as destination.',
    'cisco-asa':
      'In {list}, replace {rule} by an entry with the network object-group of the approved clients as source and the broker (real address since ' +
      '8.3) as destination; then clear conn for what is still open.',
    'juniper-junos':
      'On an SRX narrow the source-address of {rule} in {list} to an address-set of the approved clients; in a firewall filter add their ' +
      'source-prefix-list to the term.',
    'paloalto-panos':
      'In {list}, narrow the source of {rule} to an address group of the approved clients (an external dynamic list where they change), its ' +
      'application to the protocol and its service to application-default.',
  },
  exceptions: 'A public broker: approve it with clients any, and say why.',
  references: ['https://attack.mitre.org/techniques/T1071/005/', 'https://attack.mitre.org/mitigations/M1037/'],
  messages: {
    open:
      '{device}: {crossings} {permits} {services} from {source} to the approved broker {destination} beyond its approved clients, decided by ' +
      '{decidedBy}',
  },
  run(context, report) {
    const { space, approvals, device, catalogue } = context;
    if (approvals.all.length === 0) return;
    const services = catalogue.filter(isClientService);
    context.eachBoundary(['exposure'], (boundary) => {
      const crossed = { direction: boundary.direction, crossing: boundary.evaluated.crossing };
      const chosen = chosenPorts(space, boundary);
      report.permitted(boundary, {
        message: 'open',
        targets: serviceTargets(device, boundary, services),
        narrow: (set, target) =>
          space.subtract(
            space.intersect(set, approvals.toApprovedBrokers(crossed, target)),
            chosen.holes(target.slice),
          ),
        keep: (part, { slice }) => chosen.addsTo(part, slice),
        severity: (facts) => exposureSeverity(catalogue, facts),
      });
    });
  },
});
