import { defineCheck } from '../check.ts';
import { serviceTargets } from '../reporting/service-targets.ts';
import { egressSeverity } from './egress-severity.ts';
import { messagingOut } from './messaging-out.ts';

export const pubsubEgressUnapproved = defineCheck({
  id: 'pubsub-egress-unapproved',
  title: 'Publish/subscribe traffic may leave without approval',
  family: 'egress',
  severity: 'high',
  severityNote:
    'High when MQTT, AMQP, STOMP or XMPP may go to at least half of the public addresses, medium to fewer. Related protocols: medium and ' +
    'low. What is only possibly permitted is one step milder.',
  since: '0.1.0',
  attack: ['T1071.005', 'M1037', 'AN0005', 'DET0002'],
  controls: ['nist:SC-7', 'nist:SC-7(4)', 'nist:CM-7(1)', 'nist:AC-4', 'cis:13.4', 'pci:1.2.5', 'pci:1.3.2'],
  finds:
    'First packets to a port of the service catalogue that the filters let pass from an internal, DMZ or management segment to an untrusted ' +
    'one, without those that are approved. Without approvals everything permitted counts as unapproved. Left to checks of their own: ports ' +
    'between brokers and for administrators that a rule names, and packets that pass only from chosen source ports.',
  why:
    'Command and control over a public broker looks like telemetry: an implant subscribes to a topic and publishes results (ATT&CK ' +
    'T1071.005). Few hosts need a broker on the internet, and those few have known destinations.',
  fix: {
    general:
      'Name the clients and brokers that need the service, permit those pairs, and deny the ports to everywhere else ahead of {rule} of {list}.',
    'cisco-ios':
      'In {list}, enter permits for the approved client and broker object-groups and a deny for the ports with lower sequence ' +
      'numbers than {rule}. Where no list is bound, bind one inbound on the internal interface or outbound on the untrusted one.',
    'cisco-asa':
      'Bind an access list inbound on the internal interface if there is none (access-group … in interface …), permit the approved ' +
      'client and broker object-groups in it, and put a deny for the ports ahead of {rule} of {list}.',
    'juniper-junos':
      'Permit the approved clients and brokers with an application of their own ahead of {rule} of {list}, then deny the ports with log ' +
      'session-init (insert … before …); in a firewall filter do the same with terms.',
    'paloalto-panos':
      'Above {rule} of {list}, permit the approved clients and brokers with the application of the protocol and service ' +
      'application-default, then deny mqtt, amqp, rabbitmq, jabber, unknown-tcp and unknown-udp, and beside it a service group with the ' +
      'ports and application any, which stops first packets too; log both at session end.',
  },
  exceptions:
    'Cloud IoT platforms, push services (5223 is shared with Apple push notification) and federation partners, each with its clients, ' +
    'destinations, owner and reason on record.',
  references: [
    'https://attack.mitre.org/techniques/T1071/005/',
    'https://attack.mitre.org/mitigations/M1037/',
    'https://attack.mitre.org/detectionstrategies/DET0002/',
  ],
  messages: {
    unapproved:
      '{device}: {crossings} {permits} {services} from {source} to {destination} without approval, decided by {decidedBy}',
  },
  run(context, report) {
    const { device, catalogue } = context;
    context.eachBoundary(['egress'], (boundary) => {
      report.permitted(boundary, {
        message: 'unapproved',
        targets: serviceTargets(device, boundary, catalogue),
        approvals: 'none',
        ...messagingOut(context, boundary),
        severity: (facts) => egressSeverity(catalogue, facts),
      });
    });
  },
});
