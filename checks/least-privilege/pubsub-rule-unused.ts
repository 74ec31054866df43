import type { RuleList } from '../../parsers/model/rule.ts';
import { defineCheck } from '../check.ts';
import type { Evidence } from '../finding.ts';
import { limited, quoted, ruleQuote } from '../reporting/evidence.ts';
import { isApplied, pubsubRules } from './pubsub-rules.ts';
import { groupsBy, ruleData, ruleName, servicesOf } from './rule-words.ts';

export const pubsubRuleUnused = defineCheck({
  id: 'pubsub-rule-unused',
  title: 'A permit for messaging has counted nothing',
  family: 'least-privilege',
  severity: 'low',
  severityNote:
    'Low; info where no rule of the list has counted anything, because then the counters are new or count nothing here.',
  since: '0.1.0',
  attack: ['T1071.005', 'M1037'],
  controls: ['nist:CM-7(1)', 'nist:SC-7(4)', 'cis:13.4', 'pci:1.2.5', 'pci:1.2.7'],
  finds:
    'Permits of applied lists that name a port of the service catalogue (alone or in a range of at most 1,000) or a messaging application, and ' +
    'of which the captures say that they matched nothing. Counters are read beside the configuration: show access-list of ASA and show ' +
    'access-lists of IOS (also as texts of their own), show security policies hit-count of Junos, show rule-hit-count of PAN-OS. Not read are ' +
    'counters of Junos firewall filters, of IOS class maps, and those that Panorama gathers. Denies are left out: that nobody tried is no ' +
    'reason to permit. One finding for each list.',
  why:
    'A permit that nobody uses is reachability without need: the broker moved, the project ended, or the rule never fitted. What nobody ' +
    'uses nobody misses, until an intruder finds it.',
  fix: {
    general: 'Ask the owner of {rule} of {list}; watch its counter over a full business period, then delete it.',
    'cisco-ios':
      'Watch show access-lists {list} over a full business period (clear access-list counters begins anew), then delete {rule} with no ' +
      'SEQUENCE. Switches that filter in hardware count few packets or none there.',
    'cisco-asa':
      'Watch show access-list {list} over a full business period on the active unit (clear access-list {list} counters begins anew), then ' +
      'delete {rule} with no access-list {list} ….',
    'juniper-junos':
      'Watch show security policies hit-count over a full business period (clear security policies hit-count begins anew), then deactivate ' +
      'and later delete policy {id}.',
    'paloalto-panos':
      'Watch show rule-hit-count over a full business period on each member of the pair, which count apart, then disable and later delete ' +
      'rule {id}.',
  },
  exceptions:
    'Emergency and yearly traffic. A counter begins anew with a reload or when it is cleared, and the standby member of a pair counts nothing: ' +
    'zero is a reason to ask, not proof.',
  references: ['https://attack.mitre.org/mitigations/M1037/', 'https://csrc.nist.gov/pubs/sp/800/41/r1/final'],
  messages: {
    unused: '{device}: {rules} of {kind} {list} about {services} {have} counted nothing{since}',
    silent:
      '{device}: {rules} of {kind} {list} about {services} {have} counted nothing{since}, and neither has any other rule of the list',
  },
  run(context, report) {
    const { device, catalogue, text } = context;
    const unused = pubsubRules(device, catalogue).flatMap((named) => {
      const { list, rule } = named;
      const isZero = rule.action.kind === 'permit' && rule.hits?.count === 0;
      return isZero && isApplied(device, list) ? [{ ...named, hits: rule.hits }] : [];
    });
    for (const group of groupsBy(unused, () => undefined)) {
      const [{ list }] = group;
      const counts = !isSilent(list);
      const dates = [...new Set(group.map(({ hits }) => hits.since))];
      const [since] = dates.length === 1 ? dates : [];
      const [place, ...more]: readonly Evidence[] = [
        ...limited(group.map((each) => ruleQuote(text, 'decides', each, 'has counted nothing'))),
        ...limited(group.map(({ hits }) => quoted(text, 'context', hits.span, 'its counter'))),
      ];
      if (place === undefined) continue;
      report.lines({
        message: counts ? 'unused' : 'silent',
        severity: counts ? 'low' : 'info',
        // How long it has counted is not in most captures, and the other member of a pair may have counted.
        confidence: counts && since !== undefined ? 'definite' : 'possible',
        evidence: [place, ...more],
        conditions:
          counts && since !== undefined
            ? []
            : ['whether the counters ran on this device, and for long enough: a reload or a clearing begins them anew'],
        services: servicesOf(group),
        rules: group.map(ruleName),
        data: {
          ...ruleData(group),
          have: group.length === 1 ? 'has' : 'have',
          since: since === undefined ? '' : ` since ${since}`,
        },
      });
    }
  },
});

/** Whether no rule of the list has counted anything. */
function isSilent({ rules }: RuleList): boolean {
  return rules.every(({ hits }) => (hits?.count ?? 0) === 0);
}
