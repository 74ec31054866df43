import type { AddressSet } from '../../parsers/model/address.ts';
import type { MatchExpression, RuleList } from '../../parsers/model/rule.ts';
import type { ServiceSet } from '../../parsers/model/service.ts';
import type { Span } from '../../parsers/source.ts';
import { defineCheck, type CheckContext } from '../check.ts';
import { quoted } from '../reporting/evidence.ts';

export const filterNotApplied = defineCheck({
  id: 'filter-not-applied',
  title: 'A filter is written but applied nowhere',
  family: 'integrity',
  severity: 'low',
  severityNote: 'Low; info where a line that was not read in full names the list and may apply it.',
  since: '0.1.0',
  attack: ['M1037'],
  controls: ['nist:CM-6', 'nist:CM-6(1)', 'cis:4.2', 'pci:1.2.7'],
  finds:
    'Rule lists with the shape of a packet filter (some rule looks at destination, protocol or ports) that no binding, class, NAT statement, ' +
    'route map, line or tunnel of the text uses. Lists that look at source addresses only are left out: they mostly ' +
    'serve other purposes. A text without interfaces cannot tell and is passed over.',
  why:
    'Either protection that someone believes in is missing, or the list is a leftover that the next reader takes for policy. Both are ' +
    'found by the reviews that PCI DSS 1.2.7 asks for.',
  fix: {
    general: 'Apply {list} where it was meant to stand, or delete it.',
    'cisco-ios':
      'Bind it with ip access-group {list} in|out (ipv6 traffic-filter for IPv6) on its interface, or delete it with no ip access-list ' +
      'extended {list}.',
    'cisco-asa':
      'Bind it with access-group {list} in interface NAME, or delete it with clear configure access-list {list}.',
    'juniper-junos':
      'Apply it (filter input {list} under the family of a unit) or delete it (delete firewall family inet filter {list}).',
    'paloalto-panos': 'Delete the rules of {list}, or move them to the rulebase where they were meant to stand.',
  },
  exceptions: 'Lists kept ready for an emergency, and lists that are applied by a AAA server for each user.',
  references: ['https://csrc.nist.gov/pubs/sp/800/41/r1/final'],
  messages: {
    unused: '{device}: {kind} {list} with {rules} is applied nowhere',
    maybe: '{device}: {kind} {list} with {rules} is applied nowhere that was read; line {line} names it',
  },
  run(context, report) {
    const { device, text } = context;
    if (device.bindings.length === 0 && device.segments.every(({ kind }) => kind === 'self')) return;
    const used = usedLists(context);
    for (const list of device.ruleLists) {
      if (used.has(list.name) || (list.usedBy ?? []).length > 0 || !isFilter(list)) continue;
      const mention = lineNaming(context, list);
      const rules = `${list.rules.length} ${list.rules.length === 1 ? 'rule' : 'rules'}`;
      const data = { list: list.name, kind: list.kind, rules };
      const place = quoted(text, 'decides', list.span, `${list.kind} ${list.name}, ${rules}`);
      if (mention === undefined) {
        report.lines({ message: 'unused', severity: 'low', confidence: 'definite', evidence: [place], data });
        continue;
      }
      report.lines({
        message: 'maybe',
        severity: 'info',
        confidence: 'possible',
        evidence: [place, quoted(text, 'context', mention, 'names it')],
        conditions: [`line ${mention.line} does not apply it`],
        data: { ...data, line: `${mention.line}` },
      });
    }
  },
});

/** Names of lists that a binding or another list refers to. */
function usedLists({ device }: CheckContext): Set<string> {
  const used = new Set(device.bindings.map(({ list }) => list));
  for (const list of device.ruleLists) {
    for (const { also, objects } of list.rules) {
      for (const { kind, name } of objects) if (kind === 'list') used.add(name);
      if (also !== undefined) addNested(also, used);
    }
  }
  return used;
}

function addNested(expression: MatchExpression, used: Set<string>): void {
  if (expression.kind === 'all' || expression.kind === 'any') {
    for (const part of expression.of) addNested(part, used);
  } else if (expression.kind === 'not') addNested(expression.of, used);
  else if (expression.kind === 'permitted-by') used.add(expression.list.name);
}

function isFilter(list: RuleList): boolean {
  return list.rules.some(({ match }) => !isEveryAddress(match.destination.may) || !isEveryService(match.service.may));
}

function isEveryAddress({ include, exclude }: AddressSet): boolean {
  return (
    exclude.length === 0 && include.some((term) => 'first' in term && BigInt(term.first) === 0n && isLast(term.last))
  );
}

function isLast(address: number | bigint): boolean {
  return address === 0xffffffff || address === (1n << 128n) - 1n;
}

function isEveryService(service: ServiceSet): boolean {
  return service.some(({ protocols }) => protocols.some(({ first, last }) => first === 0 && last === 255));
}

/** The first line outside of the list that has its name as a word and was not modelled, so that it may apply it. */
function lineNaming({ texts, ownsLine }: CheckContext, { name, rules, span }: RuleList): Span | undefined {
  const own = new Set([span, ...rules.map((rule) => rule.span)].map(({ source, line }) => `${source}:${line}`));
  const states = new Set(['no-effect', 'unsupported', 'unrecognised']);
  for (const { text, lineStates } of texts) {
    for (const [index, state] of lineStates.entries()) {
      const number = index + 1;
      if (state === undefined || !states.has(state) || own.has(`${text.name}:${number}`)) continue;
      if (!ownsLine(text.name, number)) continue;
      const words = (text.line(number) ?? '').trim().split(/\s+/);
      if (words.includes(name) && !isProse(words, name)) return text.spanOf(number);
    }
  }
  return undefined;
}

/** Remarks of the list itself, comments and descriptions apply nothing. */
function isProse(words: readonly string[], name: string): boolean {
  const [first = ''] = words;
  if (first.startsWith('!') || first === 'description' || first === 'remark') return true;
  return words[1] === name && words[2] === 'remark';
}
