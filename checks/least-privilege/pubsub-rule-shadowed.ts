import type { Rule } from '../../parsers/model/rule.ts';
import { defineCheck } from '../check.ts';
import type { ListedRule } from '../evaluate/rule-effect.ts';
import type { Evidence } from '../finding.ts';
import { limited, ruleQuote } from '../reporting/evidence.ts';
import { judgedRules } from './rule-need.ts';
import { groupsBy, listedRules, ruleData, ruleName, rulesText, servicesOf } from './rule-words.ts';

const CAN = { shadowed: 'can decide no packet', ended: 'can decide no session' } as const;

export const pubsubRuleShadowed = defineCheck({
  id: 'pubsub-rule-shadowed',
  title: 'A rule about messaging never comes to its turn',
  family: 'least-privilege',
  severity: 'medium',
  severityNote:
    'Medium for a deny behind rules that permit, low for a permit behind rules that deny, info where the earlier rules do the same.',
  since: '0.1.0',
  attack: ['T1071.005', 'M1037'],
  controls: ['nist:CM-7(1)', 'nist:SC-7(4)', 'nist:CM-6', 'cis:13.4', 'pci:1.2.5', 'pci:1.2.7'],
  finds:
    'Rules of bound lists that name a port of the service catalogue (alone or in a range of at most 1,000) or a messaging application, and ' +
    'that can decide no packet of those services on any crossing, because earlier rules surely take all of them. Exact over several ' +
    'covering rules, and between the zones that each rule names. Where applications are recognised, a rule that names some is judged by ' +
    'their sessions. Rules that may take packets, and may not, cover nothing. One finding for rules with the same covering rules.',
  why:
    'The rule looks as if it did something. A deny that never comes to its turn is protection that someone counts on and that is not there; ' +
    'a permit that never does hides which rule really lets the traffic pass.',
  fix: {
    general:
      'Decide which of the rules is meant: move {rule} of {list} ahead of {covering}, narrow that, or delete {rule}.',
    'cisco-ios':
      'Show the order with show access-lists {list}. Enter {rule} again with a sequence number below {covering}, or delete it (no SEQUENCE ' +
      'below ip access-list extended {list}).',
    'cisco-asa':
      'Show the order with show access-list {list}. Enter {rule} again ahead of {covering} (access-list {list} line N extended …), or delete it ' +
      'with no access-list {list} ….',
    'juniper-junos':
      'Move it (insert policy {id} before policy …, in a filter insert term {id} before term …), or delete it. show security ' +
      'shadow-policies lists such policies for a pair of zones.',
    'paloalto-panos':
      'Move it up (move rulebase security rules {id} before …) ahead of {covering}, or delete it. A commit warns of rules that shadow others.',
  },
  exceptions:
    'Rules that are kept to say what is meant, behind a broader one that is there for a time: a waiver with an end says so.',
  references: ['https://attack.mitre.org/mitigations/M1037/', 'https://csrc.nist.gov/pubs/sp/800/41/r1/final'],
  messages: {
    shadowed: '{device}: {rules} of {kind} {list} about {services} {can}: {covering} {decide} first, {how}',
  },
  run(context, report) {
    const shadowed = judgedRules(context).flatMap(({ state, ...each }) => {
      if (state !== 'shadowed' && state !== 'ended') return [];
      const covering = listedRules(each.others);
      return [
        {
          ...each,
          state,
          covering,
          isSame: covering.every((other) => other.rule.action.kind === each.rule.action.kind),
        },
      ];
    });
    type Shadowed = (typeof shadowed)[number];
    const coarse = ({ state, rule, isSame }: Shadowed): unknown => [state, rule.action.kind, isSame];
    const fine = (each: Shadowed): unknown => [coarse(each), each.covering.map(ruleName)];
    for (const group of groupsBy(shadowed, fine, coarse)) {
      const [{ rule, list, state, isSame }] = group;
      const covering = listedRules(group.flatMap(({ others }) => others));
      const can = CAN[state];
      const [place, ...more]: readonly Evidence[] = [
        ...limited(group.map((each) => ruleQuote(context.text, 'decides', each, can))),
        ...limited(covering.map((each) => ruleQuote(context.text, 'context', each, 'takes what it matches'))),
      ];
      if (place === undefined) continue;
      report.lines({
        message: 'shadowed',
        severity: isSame ? 'info' : rule.action.kind === 'deny' ? 'medium' : 'low',
        confidence: 'definite',
        evidence: [place, ...more],
        services: servicesOf(group),
        rules: group.map(ruleName),
        data: {
          ...ruleData(group),
          can,
          covering: rulesText(covering, list),
          decide: covering.length === 1 ? 'decides' : 'decide',
          how: howOf(rule, covering),
        },
      });
    }
  },
});

function howOf({ action }: Rule, covering: readonly ListedRule[]): string {
  const alike = covering.filter(({ rule }) => rule.action.kind === action.kind);
  if (alike.length === covering.length) return 'the same way';
  return alike.length === 0 ? 'the other way' : 'in part the other way';
}
