import type { NumberRange } from '../../parsers/model/service.ts';
import type { Boundary } from '../boundaries/boundary.ts';
import { defineCheck, type CheckContext } from '../check.ts';
import { applicationsOf, carriersOf, type Carrier } from '../data/applications.ts';
import type { Target } from '../reporting/flow-text.ts';
import { portsApartFrom } from './alike-ports.ts';

export const pubsubAppOnIrregularPort = defineCheck({
  id: 'pubsub-app-on-irregular-port',
  title: 'A publish/subscribe application may leave on irregular ports',
  family: 'egress',
  severity: 'high',
  severityNote:
    'High when the rule is about MQTT, AMQP, XMPP or traffic that no signature knows and lets it go to at least half of the public ' +
    'addresses; medium to fewer, and for applications that can carry messaging inside (ssl, web-browsing, websocket). One step milder ' +
    'where it is only possibly permitted.',
  since: '0.1.0',
  attack: ['T1071.005', 'T1571', 'M1037'],
  controls: ['nist:SC-7(5)', 'nist:CM-7', 'nist:AC-4', 'cis:13.4', 'pci:1.2.5'],
  finds:
    'On devices that recognise applications: sessions of an application that is, or can carry, a publish/subscribe protocol, let out from an ' +
    'internal, DMZ or management segment to an untrusted one on ports that are neither default ports of that application nor ports of ' +
    'the service catalogue. First packet and recognised session must both pass. Ports that all rules treat alike are judged by one of ' +
    'them, exactly for all; at most the 32 largest such groups of an application are looked at. Protocols without a signature count as ' +
    'unknown-tcp and unknown-udp, those inside TLS as ssl.',
  why:
    'M1037 asks to filter messaging to untrusted resources "over irregular ports". A rule that names an application and leaves the service ' +
    'at any is read as strict and lets an implant reach a broker on whatever port it listens.',
  fix: {
    general: 'Bind {rule} of {list} to the ports of the application.',
    'paloalto-panos':
      'In {list}, set the service of {rule} to application-default, or to a service object with the ports in use; deny unknown-tcp and ' +
      'unknown-udp, and decrypt ssl that has to leave on other ports.',
  },
  exceptions:
    'A broker outside that listens on a port of its own: permit that port with a service object, to its address only.',
  references: [
    'https://attack.mitre.org/techniques/T1071/005/',
    'https://attack.mitre.org/techniques/T1571/',
    'https://attack.mitre.org/mitigations/M1037/',
  ],
  messages: {
    irregular:
      '{device}: {crossings} {permits} sessions of {applications} on ports that are not theirs from {source} to {destination}, ' +
      'decided by {decidedBy}',
  },
  run(context, report) {
    const { scheme } = context.device.applications ?? {};
    if (scheme === undefined) return;
    const own = new Set(carriersOf(scheme).flatMap(({ application, isOwn }) => (isOwn ? [application] : [])));
    context.eachBoundary(['egress'], (boundary) => {
      report.permitted(boundary, {
        message: 'irregular',
        targets: carriersOf(scheme).flatMap((carrier) => targetsOf(context, boundary, carrier)),
        severity: ({ targets, anyDestination }) => {
          const isOwn = targets.some(({ application }) => application !== undefined && own.has(application));
          return isOwn && anyDestination ? 'high' : 'medium';
        },
      });
    });
  },
});

/** The irregular ports of an application, as far as its sessions meet rules that tell them apart. */
function targetsOf(context: CheckContext, boundary: Boundary, { application, protocol }: Carrier): Target[] {
  const session = boundary.session(application);
  if (session === undefined) return [];
  const number = protocol === 'tcp' ? 6 : 17;
  const crossings = [boundary.evaluated.crossing, session.crossing];
  return portsApartFrom(crossings, number, regularPorts(context, application, protocol)).map(({ ports, example }) => ({
    application,
    protocol,
    ports,
    slice: { protocol: number, port: example },
  }));
}

/** Default ports of the application, and those of services that are recognised as it. */
function regularPorts(
  { device, catalogue }: CheckContext,
  application: string,
  protocol: 'tcp' | 'udp',
): readonly NumberRange[] {
  const { applications } = device;
  if (applications === undefined) return [];
  const number = protocol === 'tcp' ? 6 : 17;
  const defaults = (applications.defaultPorts(application) ?? []).flatMap(({ protocols, destinationPorts }) =>
    protocols.some(({ first, last }) => first <= number && number <= last) ? destinationPorts : [],
  );
  const services = catalogue.filter(
    (service) => service.protocol === protocol && applicationsOf(service, applications.scheme).includes(application),
  );
  return [...defaults, ...services.map(({ port }) => ({ first: port, last: port }))];
}
