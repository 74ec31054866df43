import { filteringOf } from '../boundaries/filtering.ts';
import { defineCheck } from '../check.ts';

export const egressUnfiltered = defineCheck({
  id: 'egress-unfiltered',
  title: 'Nothing filters what leaves',
  family: 'egress',
  severity: 'high',
  severityNote:
    'High; medium where an undecided fact (a route between VRFs, a default that is not known) may still filter.',
  since: '0.1.0',
  attack: ['T1071.005', 'T1071', 'M1037'],
  controls: ['nist:SC-7(5)', 'nist:SC-7', 'nist:AC-4', 'cis:13.4', 'pci:1.3.2', 'pci:1.4.1'],
  finds:
    'Crossings from an internal, DMZ or management segment to an untrusted one on which, for IPv4 or IPv6, no stage has a rule and every ' +
    'default permits. A list that is bound but empty or not defined is no filter where the platform then permits.',
  why:
    'Filtering outbound traffic is what ATT&CK M1037 asks for first. Without it any host can reach any broker on any port, and no log ' +
    'of the device will ever show an attempt that failed.',
  fix: {
    general:
      'Put a filter on the way from {from} to {to} that permits what is needed and denies the rest, for IPv4 and IPv6.',
    'cisco-ios':
      'Bind an access list inbound on {from} or outbound on {to} (ip access-group NAME in|out; ipv6 traffic-filter NAME in|out), or put ' +
      'both interfaces into zones and inspect only what is needed.',
    'cisco-asa':
      'Bind an access list inbound on {from} (access-group NAME in interface {from}): it replaces the implicit permit towards lower ' +
      'security levels, so list what is needed before binding it.',
    'juniper-junos':
      'Apply a firewall filter to the unit (family inet filter input NAME; family inet6 too) with a term for each service that is needed; a ' +
      'filter discards what no term names, so list what is needed before applying it.',
    'paloalto-panos':
      'Replace the rule or the changed default that lets everything from {from} to {to} pass by rules for the applications in use with service ' +
      'application-default, and leave interzone-default at deny, with logging.',
  },
  exceptions: 'A device behind another one that filters the same traffic; say so in a waiver that names it.',
  references: ['https://attack.mitre.org/mitigations/M1037/', 'https://www.rfc-editor.org/rfc/rfc4890'],
  messages: {
    unfiltered:
      '{device}: {crossings} has no filter for {family}: {services} pass from {source} to {destination} ({decidedBy})',
  },
  run(context, report) {
    context.eachBoundary(['egress'], (boundary) => {
      const { crossing } = boundary.evaluated;
      for (const certainty of ['unfiltered', 'unknown'] as const) {
        const families = boundary.families.filter((family) => filteringOf(crossing, family) === certainty);
        if (families.length === 0) continue;
        report.path(boundary, {
          message: 'unfiltered',
          severity: certainty === 'unfiltered' && crossing.conditions.length === 0 ? 'high' : 'medium',
          confidence: certainty === 'unfiltered' ? 'definite' : 'possible',
          families,
          data: { family: families.map((family) => `IPv${family}`).join(' and ') },
        });
      }
    });
  },
});
