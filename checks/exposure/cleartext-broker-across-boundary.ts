import { defineCheck } from '../check.ts';
import { serviceTargets } from '../reporting/service-targets.ts';
import { milder } from '../reporting/severity.ts';

export const cleartextBrokerAcrossBoundary = defineCheck({
  id: 'cleartext-broker-across-boundary',
  title: 'Messaging in clear text may cross a boundary',
  family: 'exposure',
  severity: 'high',
  severityNote:
    'High from an untrusted network, medium towards one and between own networks of different trust. One step milder where only ' +
    'protocols beside MQTT, AMQP, STOMP and XMPP are concerned, and where it is only possibly permitted.',
  since: '0.1.0',
  attack: ['T1071.005', 'M1037'],
  controls: ['nist:SC-8', 'nist:AC-4', 'cis:3.10', 'pci:1.2.6'],
  finds:
    'Services of the catalogue that have no transport security of their own, permitted over a crossing of any direction: exposure, ' +
    'egress, and between internal, DMZ and management segments. Services that negotiate encryption (STARTTLS) and those whose ' +
    'security depends on the installation are not counted.',
  why:
    'User names, passwords and messages can be read and changed by anyone on the path, and a broker login that was read once ' +
    'opens every topic that it may use.',
  fix: {
    general:
      'Offer the service with TLS (mqtts 8883, amqps 5671, stomps 61614), permit that port instead, and deny the clear-text port ' +
      'across the boundary in {list}.',
    'cisco-ios':
      'In {list}, change {rule} to the TLS port of the service and deny the clear-text port ahead of it; a plain permit ip needs an ' +
      'explicit deny with a lower sequence number.',
    'cisco-asa':
      'In {list}, change {rule} to the TLS port of the service and insert a deny of the clear-text port with `line` ahead of broader permits.',
    'juniper-junos':
      'In {list}, change {rule} to an application with the TLS port of the service, and deny the clear-text port in a policy or term before it.',
    'paloalto-panos':
      'In {list}, change {rule} to a service object with the TLS port of the service, and put a deny with a service object for the clear-text ' +
      'port, application any, above it; application-default of mqtt and amqp opens clear-text and TLS ports alike.',
  },
  exceptions: 'A crossing that is itself encrypted, such as an IPsec tunnel or MACsec link between the two sides.',
  references: [
    'https://docs.oasis-open.org/mqtt/mqtt/v5.0/mqtt-v5.0.html#_Toc3901258',
    'https://www.rfc-editor.org/rfc/rfc7590',
  ],
  messages: {
    cleartext:
      '{device}: {crossings} {permits} {services} in clear text from {source} to {destination}, decided by {decidedBy}',
  },
  run(context, report) {
    const cleartext = context.catalogue.filter(({ transportSecurity }) => transportSecurity === 'cleartext');
    const core = new Set(cleartext.flatMap(({ tier, name }) => (tier === 'core' ? [name] : [])));
    context.eachBoundary(['exposure', 'egress', 'lateral'], (boundary) => {
      const worstCase = boundary.direction === 'exposure' ? 'high' : 'medium';
      report.permitted(boundary, {
        message: 'cleartext',
        targets: serviceTargets(context.device, boundary, cleartext),
        severity: ({ targets }) =>
          targets.some(({ service }) => service !== undefined && core.has(service)) ? worstCase : milder(worstCase),
      });
    });
  },
});
