import type { Rule, RuleList } from '../../parsers/model/rule.ts';
import { defineCheck, type CheckContext } from '../check.ts';
import { conditionsOf } from '../evaluate/explain.ts';
import type { Evidence } from '../finding.ts';
import { limited, ruleQuote } from '../reporting/evidence.ts';

/** A rule that uses a name. */
interface Use {
  readonly list: RuleList;
  readonly rule: Rule;
}

export const unresolvedObject = defineCheck({
  id: 'unresolved-object',
  title: 'Rules use a name that the text does not define',
  family: 'integrity',
  severity: 'medium',
  severityNote:
    'Medium where a rule list that filters through-traffic uses the name, low elsewhere. Only possible when the text shows that its end is missing.',
  since: '0.1.0',
  attack: ['M1037'],
  controls: ['nist:CM-6', 'nist:CM-6(1)', 'cis:4.2', 'pci:1.2.8'],
  finds:
    'Objects, groups, services, applications, schedules and lists that an enabled rule names and the text does not define, or defines without members. One ' +
    'finding for each name, with the rules that use it. Names of content that is fetched at run time (feeds, host names) are no such names.',
  why:
    'What such a rule matches is not in the text: the verdicts that rest on it are possible and not definite. Either the capture lacks a part (pushed ' +
    'policy, a second file), or the name is misspelt and the rule does something else than its author thinks.',
  fix: {
    general: 'Define the name, correct it, or audit the part of the configuration that defines it as well.',
    'cisco-ios':
      'Enter the object-group, class-map, access list or time-range, or correct the name in the rules; show running-config of the whole device shows what exists.',
    'cisco-asa':
      'Enter the object or object-group, or correct the name in the rules; the device refuses references to nothing, so the text may be cut: audit show ' +
      'running-config all.',
    'juniper-junos':
      'Define the name in the address book, the applications or the prefix-lists that the rule uses; a device does not commit such a reference, so audit the whole ' +
      'configuration (show configuration | display inheritance).',
    'paloalto-panos':
      'Define the name, or audit what Panorama pushed beside the firewall (show config pushed-shared-policy and the device group above), where shared objects stand.',
  },
  exceptions: 'Predefined names of a newer release than this program knows.',
  references: [],
  messages: {
    undefined: '{device}: {name} has no definition, or no members, in the text and is used by {uses}',
  },
  run(context, report) {
    const { device, coverage, text } = context;
    const cut = coverage.complete === 'no';
    for (const [name, uses] of usesByName(context)) {
      const filters = uses.some(({ list }) =>
        device.bindings.some((binding) => binding.list === list.name && binding.plane === 'transit'),
      );
      const [place, ...more]: readonly Evidence[] = limited(
        uses.map((use) => ruleQuote(text, 'decides', use, `uses ${name}`)),
      );
      if (place === undefined) continue;
      report.lines({
        message: 'undefined',
        severity: filters ? 'medium' : 'low',
        confidence: cut ? 'possible' : 'definite',
        evidence: [place, ...more],
        conditions: cut ? [`${name} is not defined in the part of the text that is missing`] : [],
        rules: uses.map(({ list, rule }) => `${list.name}: ${rule.id}`),
        data: { name, uses: counted(uses) },
      });
    }
  },
});

/** In the order in which the names are used first. */
function usesByName({ device }: CheckContext): ReadonlyMap<string, readonly Use[]> {
  const found = new Map<string, Use[]>();
  for (const list of device.ruleLists) {
    for (const rule of list.rules) {
      for (const name of rule.enabled ? undefinedNames(rule) : []) {
        const uses = found.get(name);
        if (uses === undefined) found.set(name, [{ list, rule }]);
        else uses.push({ list, rule });
      }
    }
  }
  return found;
}

/** Every reader puts a condition on a rule whose match it could not work out for want of a definition. */
function undefinedNames(rule: Rule): ReadonlySet<string> {
  const conditions = [...conditionsOf(rule), ...(rule.applications?.others ?? [])];
  const inConditions = conditions.flatMap(({ kind, name }) => (kind === 'undefined-reference' ? [name] : []));
  return new Set(inConditions);
}

function counted(uses: readonly Use[]): string {
  const lists = [...new Set(uses.map(({ list }) => `${list.kind} ${list.name}`))];
  const rules = uses.length === 1 ? `rule ${uses[0]?.rule.id ?? ''}` : `${uses.length} rules`;
  const [first = ''] = lists;
  return `${rules} of ${first}${lists.length > 1 ? ` and ${lists.length - 1} more lists` : ''}`;
}
