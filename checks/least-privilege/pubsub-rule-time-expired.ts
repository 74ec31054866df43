import { defineCheck } from '../check.ts';
import type { Evidence } from '../finding.ts';
import { limited, quoted, ruleQuote } from '../reporting/evidence.ts';
import { listed } from '../reporting/finding-words.ts';
import { isApplied, pubsubRules } from './pubsub-rules.ts';
import { groupsBy, ruleData, ruleName, servicesOf } from './rule-words.ts';

export const pubsubRuleTimeExpired = defineCheck({
  id: 'pubsub-rule-time-expired',
  title: 'A rule about messaging has run out of time',
  family: 'least-privilege',
  severity: 'medium',
  severityNote: 'Medium for a deny, which protects no longer; low for a permit, which is a leftover.',
  since: '0.1.0',
  attack: ['T1071.005', 'M1037'],
  controls: ['nist:CM-7(1)', 'nist:SC-7(4)', 'cis:13.4', 'pci:1.2.5', 'pci:1.2.7'],
  finds:
    'Rules of applied lists that name a port of the service catalogue (alone or in a range of at most 1,000) or a messaging application, and ' +
    'whose time range or schedule ended before the day of the audit. Only ends that the text gives with a year count; ranges that come ' +
    'again, and an end on the day of the audit, do not. Without a day of the audit nothing is reported. One finding for each list and action.',
  why:
    'Access that was granted for a time is proof that someone thought of its end. The rule that stays behind is one edit of its time range away ' +
    'from being access again, and a deny that has run out lets through what it was written against.',
  fix: {
    general: 'Delete {rule} of {list}, or give {range} a new end that somebody has approved.',
    'cisco-ios':
      'Delete {rule} of {list} (no SEQUENCE), then no time-range {range}; or enter absolute end with a new date in it.',
    'cisco-asa':
      'Delete {rule} with no access-list {list} …, then no time-range {range}; or enter absolute end with a new date in it.',
    'juniper-junos': 'Delete policy {id} and scheduler {range}, or set schedulers scheduler {range} … stop-date anew.',
    'paloalto-panos':
      'Delete rule {id} and schedule {range}, or set schedule {range} schedule-type non-recurring anew.',
  },
  exceptions:
    'Rules for a season that are given new dates each time; an approval with its own end is easier to review.',
  references: ['https://attack.mitre.org/mitigations/M1037/'],
  messages: {
    expired: '{device}: {rules} of {kind} {list} about {services} {verb} nothing since {ends}, when {range} ended',
  },
  run(context, report) {
    // Also where the policy assumes that the range is active: what has ended comes back for no assumption.
    const { written: device, catalogue, today, text } = context;
    if (today === undefined) return;
    const over = pubsubRules(device, catalogue).flatMap((named) => {
      const ended = named.rule.conditions.find(({ ends }) => ends !== undefined && ends.slice(0, 10) < today);
      return ended?.ends === undefined || !isApplied(device, named.list)
        ? []
        : [{ ...named, range: ended, ends: ended.ends }];
    });
    for (const group of groupsBy(over, ({ rule }) => rule.action.kind)) {
      const [{ rule, ends }] = group;
      const action = rule.action.kind === 'deny' ? 'deny' : 'permit';
      const [place, ...more]: readonly Evidence[] = [
        ...limited(group.map((each) => ruleQuote(text, 'decides', each, `matches nothing since ${each.ends}`))),
        ...limited(
          group.map((each) => quoted(text, 'condition', each.range.span, `${each.range.name} ended ${each.ends}`)),
        ),
      ];
      if (place === undefined) continue;
      report.lines({
        message: 'expired',
        severity: action === 'deny' ? 'medium' : 'low',
        confidence: 'definite',
        evidence: [place, ...more],
        services: servicesOf(group),
        rules: group.map(ruleName),
        data: {
          ...ruleData(group),
          verb: group.length > 1 ? action : action === 'deny' ? 'denies' : 'permits',
          range: listed([...new Set(group.map((each) => each.range.name))], 3),
          ends: ends.replace('T', ' '),
        },
      });
    }
  },
});
