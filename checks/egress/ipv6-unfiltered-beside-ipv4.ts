import { filteringOf } from '../boundaries/filtering.ts';
import { defineCheck } from '../check.ts';

export const ipv6UnfilteredBesideIpv4 = defineCheck({
  id: 'ipv6-unfiltered-beside-ipv4',
  title: 'IPv6 passes unfiltered where IPv4 is filtered',
  family: 'egress',
  severity: 'critical',
  severityNote:
    'Critical from an untrusted network, high towards one; one step milder where a fact of the path is undecided.',
  since: '0.1.0',
  attack: ['T1071.005', 'M1037'],
  controls: ['nist:SC-7', 'nist:SC-7(5)', 'nist:AC-4', 'cis:13.4', 'pci:1.4.1'],
  finds:
    'Boundary crossings, in either direction, whose two sides both carry IPv4 and IPv6 and whose filters look at IPv4 only: some stage has ' +
    'rules for IPv4 or denies it by default, while for IPv6 no stage has a rule and every default permits.',
  why:
    'Every host with an IPv6 address is reachable, or reaches out, as if the firewall were not there. Operating systems prefer IPv6 where ' +
    'both work, so the filtered path is the one that is not used.',
  fix: {
    general:
      'Give the crossing from {from} to {to} an IPv6 filter with the same policy as the IPv4 one, or take IPv6 off the interfaces.',
    'cisco-ios':
      'Write an ipv6 access-list with the policy of the IPv4 list and bind it with ipv6 traffic-filter NAME in|out on the same ' +
      'interfaces; keep neighbour discovery and ICMPv6 errors permitted (RFC 4890).',
    'cisco-asa':
      'From 9.0 on write the IPv6 rules into the list that is bound already (any means both families there); before 9.0 bind an ipv6 ' +
      'access-list to the same interface.',
    'juniper-junos':
      'Apply a family inet6 filter beside the family inet one on the same unit; on an SRX set security forwarding-options family inet6 mode ' +
      'flow-based, so that zones and policies apply to IPv6.',
    'paloalto-panos':
      'Write rules for IPv6 as for IPv4 (address any in a rule means both families) and keep IPv6 firewalling on (deviceconfig setting session ' +
      'ipv6-firewalling yes): without it rules do not look at IPv6.',
  },
  exceptions: 'None known; a link that needs no IPv6 filter needs no IPv6.',
  references: ['https://www.rfc-editor.org/rfc/rfc9099', 'https://www.rfc-editor.org/rfc/rfc4890'],
  messages: {
    unfiltered:
      '{device}: {crossings} filters IPv4 but lets all IPv6 pass: {services} from {source} to {destination} ({decidedBy})',
  },
  run(context, report) {
    context.eachBoundary(['exposure', 'egress'], (boundary) => {
      const { crossing } = boundary.evaluated;
      if (!boundary.families.includes(4) || !boundary.families.includes(6)) return;
      if (filteringOf(crossing, 4) !== 'filtered' || filteringOf(crossing, 6) !== 'unfiltered') return;
      const undecided = crossing.conditions.length > 0;
      report.path(boundary, {
        message: 'unfiltered',
        severity: boundary.direction === 'exposure' ? (undecided ? 'high' : 'critical') : undecided ? 'medium' : 'high',
        confidence: undecided ? 'possible' : 'definite',
        families: [6],
      });
    });
  },
});
