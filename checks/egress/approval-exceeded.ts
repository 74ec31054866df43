import { defineCheck } from '../check.ts';
import { serviceTargets } from '../reporting/service-targets.ts';
import { milder } from '../reporting/severity.ts';
import { egressSeverity } from './egress-severity.ts';
import { messagingOut } from './messaging-out.ts';

export const approvalExceeded = defineCheck({
  id: 'approval-exceeded',
  title: 'A rule lets more leave than is approved',
  family: 'egress',
  severity: 'medium',
  severityNote:
    'Medium when MQTT, AMQP, STOMP or XMPP may go beyond the approval to at least half of the public addresses, low to fewer. Related ' +
    'protocols: low and info. What is only possibly permitted is one step milder.',
  since: '0.1.0',
  attack: ['T1071.005', 'M1037', 'AN0005'],
  controls: ['nist:SC-7(4)', 'nist:SC-7', 'nist:CM-7(1)', 'cis:13.4', 'pci:1.2.5', 'pci:1.3.2'],
  finds:
    'Rules that let an approved use of messaging leave and more beside it: other clients, other destinations, or other services. The finding ' +
    'has the exact excess, permitted minus approved, and beside it what is approved. Left to checks of their own, which show what is approved ' +
    'beside it too: ports between brokers and for administrators that a rule names, and packets that pass only from chosen source ' +
    'ports.',
  why:
    'An exception is granted for named clients and brokers. The rule that was written for it and is wider keeps the door open for ' +
    'everyone else, and looks justified in every review.',
  fix: {
    general:
      'Narrow {rule} of {list} to the clients, brokers and ports of the approval, or have the approval extended.',
    'cisco-ios':
      'In {list}, replace {rule} by an entry with the object-groups of the approved clients and brokers and the port of the service.',
    'cisco-asa':
      'In {list}, replace {rule} by an entry with the object-groups of the approved clients and brokers and a service object; then clear conn for what is still open.',
    'juniper-junos':
      'Narrow the match of {rule} in {list} to the address-sets of the approved clients and brokers and an application for the port.',
    'paloalto-panos':
      'Narrow source and destination of {rule} in {list} to the approved address groups, its application to the protocol, and its service to ' +
      'application-default.',
  },
  exceptions: 'None: what is needed beyond the approval is for the approval to say.',
  references: ['https://attack.mitre.org/techniques/T1071/005/', 'https://attack.mitre.org/mitigations/M1037/'],
  messages: {
    exceeded:
      '{device}: {crossings} {permits} {services} from {source} to {destination} beyond what is approved, decided by {decidedBy}',
  },
  run(context, report) {
    const { device, catalogue } = context;
    context.eachBoundary(['egress'], (boundary) => {
      report.permitted(boundary, {
        message: 'exceeded',
        targets: serviceTargets(device, boundary, catalogue),
        approvals: 'partly',
        ...messagingOut(context, boundary),
        severity: (facts) => milder(egressSeverity(catalogue, facts)),
      });
    });
  },
});
