import { defineCheck } from '../check.ts';
import type { Evidence } from '../finding.ts';
import { limited, quoted, ruleQuote } from '../reporting/evidence.ts';
import { listed } from '../reporting/finding-words.ts';
import { judgedRules } from './rule-need.ts';
import { groupsBy, listedRules, ruleData, ruleName, rulesText, servicesOf } from './rule-words.ts';

export const pubsubRuleRedundant = defineCheck({
  id: 'pubsub-rule-redundant',
  title: 'A rule about messaging changes nothing',
  family: 'least-privilege',
  severity: 'low',
  severityNote: 'Low for a permit, because a broader one behind it stands open; info for a deny.',
  since: '0.1.0',
  attack: ['T1071.005', 'M1037'],
  controls: ['nist:CM-7(1)', 'nist:SC-7(4)', 'cis:13.4', 'pci:1.2.5', 'pci:1.2.7'],
  finds:
    'Rules of bound lists that name a port of the service catalogue (alone or in a range of at most 1,000) or a messaging application, and ' +
    'without which every packet of these services, and of the other ports that the rule names, would fare the same on every crossing: later ' +
    'rules, or for a permit the default, do as it does. A rule that writes a log, or asks for inspection, where its followers do not is needed. A ' +
    'deny counts only where its followers are about messaging too: one written out ahead of a general deny is good practice. Where the ' +
    'follower is itself shadowed, pubsub-rule-shadowed says so and this check does not.',
  why:
    'A narrow permit for a broker reads as if access were narrow, while a broader one below permits the same and more. Reviews that go by the ' +
    'narrow rule, its owner and its ticket miss what is really open.',
  fix: {
    general: 'Where {rule} of {list} says what is needed, narrow or delete {followers}; else delete {rule}.',
    'cisco-ios':
      'Where {rule} says what is needed, enter narrower entries for {followers} of {list} and delete it (no SEQUENCE); else delete {rule}.',
    'cisco-asa':
      'Where {rule} says what is needed, replace {followers} of {list} by narrower entries; else delete {rule} with no access-list. show access-list ' +
      '{list} tells by hit counts what the broader one is used for.',
    'juniper-junos':
      'Where {rule} says what is needed, narrow {followers} (match application, address) or delete it; else delete {rule}. show security ' +
      'policies hit-count tells what the broader one is used for.',
    'paloalto-panos':
      'Where {rule} says what is needed, narrow {followers} in {list} (application, service, addresses); else delete {rule}. Policy Optimizer and ' +
      'show rule-hit-count tell what the broader one is used for.',
  },
  exceptions:
    'Rules that are there for their counters, and a narrow rule that was added ahead of the removal of a broad one.',
  references: ['https://attack.mitre.org/mitigations/M1037/', 'https://csrc.nist.gov/pubs/sp/800/41/r1/final'],
  messages: {
    redundant:
      '{device}: {rules} of {kind} {list} about {services} {verb} nothing that {followers} would not {action} without it',
  },
  run(context, report) {
    const all = judgedRules(context);
    const named = new Map(all.map((each) => [ruleName(each), each]));
    const redundant = all.flatMap((each) => {
      const followers = listedRules(each.others);
      const judged = new Set(followers.map((other) => named.get(ruleName(other))?.state));
      const isTold = judged.has('shadowed') || judged.has('ended');
      const isGeneral = each.rule.action.kind === 'deny' && judged.has(undefined);
      return each.state !== 'redundant' || isTold || isGeneral ? [] : [{ ...each, followers }];
    });
    type Redundant = (typeof redundant)[number];
    const coarse = ({ rule }: Redundant): unknown => rule.action.kind;
    const fine = (each: Redundant): unknown => [coarse(each), each.followers.map(ruleName)];
    for (const group of groupsBy(redundant, fine, coarse)) {
      const [{ rule, list }] = group;
      const others = group.flatMap((each) => each.others);
      const followers = listedRules(others);
      const action = rule.action.kind === 'deny' ? 'deny' : 'permit';
      const defaults = others.flatMap((other) => ('rule' in other ? [] : [other]));
      const [place, ...more]: readonly Evidence[] = [
        ...limited(group.map((each) => ruleQuote(context.text, 'decides', each, 'changes nothing'))),
        ...limited(followers.map((each) => ruleQuote(context.text, 'context', each, `would ${action}`))),
        ...limited(
          defaults.flatMap(({ span, reason }) =>
            span === undefined ? [] : [quoted(context.text, 'context', span, reason)],
          ),
        ),
      ];
      if (place === undefined) continue;
      const reasons = listed([...new Set(defaults.map(({ reason }) => reason))], 2);
      report.lines({
        message: 'redundant',
        severity: action === 'permit' ? 'low' : 'info',
        confidence: 'definite',
        evidence: [place, ...more],
        services: servicesOf(group),
        rules: group.map(ruleName),
        data: {
          ...ruleData(group),
          action,
          verb: group.length > 1 ? action : action === 'permit' ? 'permits' : 'denies',
          followers: [
            ...(followers.length === 0 ? [] : [rulesText(followers, list)]),
            ...(reasons === '' ? [] : [`the default (${reasons})`]),
          ].join(' and '),
        },
      });
    }
  },
});
