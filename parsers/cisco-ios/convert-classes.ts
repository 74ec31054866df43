import { ANY_ADDRESS } from '../model/address.ts';
import type { Condition } from '../model/condition.ts';
import {
  exactly,
  type Action,
  type MatchExpression,
  type PacketMatch,
  type Rule,
  type RuleList,
  type RuleLogging,
} from '../model/rule.ts';
import { ANY_SERVICE, type ServiceSet } from '../model/service.ts';
import type { Statement } from '../syntax/statements.ts';
import { protocolMatch } from './protocol-ports.ts';
import type { IosText, TextClass, TextClassMap, TextPolicyMap } from './text.ts';

const EVERYTHING: PacketMatch = {
  source: exactly(ANY_ADDRESS),
  destination: exactly(ANY_ADDRESS),
  service: exactly(ANY_SERVICE),
};

/** Policy maps of the zone firewall as rule lists: a rule for each class, in order. */
export function convertPolicies(text: IosText, lists: ReadonlyMap<string, RuleList>): ReadonlyMap<string, RuleList> {
  const policies = new Map<string, RuleList>();
  for (const policy of text.policyMaps.values()) policies.set(policy.name, convertPolicy(text, lists, policy));
  return policies;
}

function convertPolicy(text: IosText, lists: ReadonlyMap<string, RuleList>, policy: TextPolicyMap): RuleList {
  // The device keeps class-default last, wherever it was typed.
  const isDefault = ({ name }: TextClass): boolean => name === 'class-default';
  const ordered = [...policy.classes.filter((one) => !isDefault(one)), ...policy.classes.filter(isDefault)];
  const rules = ordered.flatMap((one, index) => convertClass(text, lists, one, `#${index + 1}`));
  const span = text.reader.span(policy.line);
  return { name: policy.name, kind: 'policy-map type inspect', family: 'both', rules, span };
}

function convertClass(text: IosText, lists: ReadonlyMap<string, RuleList>, one: TextClass, id: string): Rule[] {
  const action = actionOf(text, one);
  if (action === undefined) return [];
  const logging = loggingOf(text, action);
  const rule: Rule = {
    id,
    name: one.name,
    text: one.line.text,
    span: text.reader.span(one.line),
    action,
    match: EVERYTHING,
    conditions: [],
    enabled: true,
    logging,
    objects: objectsOf(text, one.name),
  };
  return [one.name === 'class-default' ? rule : { ...rule, also: classMatch(text, lists, one.name, one.line, []) }];
}

/** `drop log`, and `inspect [MAP]` where the parameter map has `audit-trail on`; without one the map `default` counts. */
function loggingOf({ auditTrails }: IosText, { kind, word }: Action): RuleLogging {
  const [verb, map = 'default'] = word.split(' ');
  if (word.split(' ').includes('log')) return { logs: 'yes', detail: word, level: 6 };
  if (verb === 'inspect' && auditTrails.has(map)) {
    return { logs: 'yes', detail: 'audit-trail on', level: 6 };
  }
  return { logs: kind === 'permit' ? 'default' : 'no', detail: '' };
}

function objectsOf(text: IosText, name: string): Rule['objects'] {
  const map = text.classMaps.get(name);
  return map === undefined ? [] : [{ name, kind: 'other', span: text.reader.span(map.line) }];
}

/** Undefined for class-default without an action, which drops as the end of the policy does. */
function actionOf(text: IosText, one: TextClass): Action | undefined {
  const words = one.actions[0]?.words;
  const word = words?.join(' ') ?? '';
  const first = words?.[0];
  if (first === 'inspect' || first === 'pass') return { kind: 'permit', word };
  if (first === 'drop') return { kind: 'deny', word };
  if (one.name === 'class-default') return undefined;
  const message = `class ${one.name} has no action`;
  const consequence = 'what it matches may pass and may be dropped';
  text.reader.diagnose('ios/class-without-action', 'warning', text.reader.span(one.line), message, consequence);
  return { kind: 'unknown', word: 'no action' };
}

function undecided(kind: Condition['kind'], name: string, line: Statement['line'], text: IosText): MatchExpression {
  return { kind: 'undecided', condition: { kind, name, span: text.reader.span(line) } };
}

function classMatch(
  text: IosText,
  lists: ReadonlyMap<string, RuleList>,
  name: string,
  usedAt: Statement['line'],
  path: readonly string[],
): MatchExpression {
  const map = text.classMaps.get(name);
  if (map === undefined) {
    missing(text, 'class-map', name, usedAt);
    return undecided('undefined-reference', name, usedAt, text);
  }
  if (path.includes(name)) {
    const message = `class map ${name} contains itself`;
    text.reader.diagnose(
      'ios/class-map-cycle',
      'warning',
      text.reader.span(map.line),
      message,
      'what it matches is not known',
    );
    return undecided('not-understood', name, map.line, text);
  }
  // What a class without a match matches is not documented.
  if (map.matches.length === 0) return undecided('vendor-unverified', name, map.line, text);
  const of = map.matches.map((statement) => oneMatch(text, lists, map, statement, path));
  const [only] = of;
  return of.length === 1 && only !== undefined ? only : { kind: map.all ? 'all' : 'any', of };
}

function missing(text: IosText, what: string, name: string, line: Statement['line']): void {
  const message = `${what} ${name} is not defined`;
  const consequence = 'a class that uses it may match anything; what the policy decides is possible, not definite';
  text.reader.diagnose('ios/undefined-reference', 'warning', text.reader.span(line), message, consequence);
}

function oneMatch(
  text: IosText,
  lists: ReadonlyMap<string, RuleList>,
  map: TextClassMap,
  statement: Statement,
  path: readonly string[],
): MatchExpression {
  const [, ...words] = statement.words;
  if (words[0] === 'not') {
    const inner = { ...statement, words: ['match', ...words.slice(1)] };
    return { kind: 'not', of: oneMatch(text, lists, map, inner, path) };
  }
  const [kind = '', first = '', second] = words;
  switch (kind) {
    case 'access-group':
      return accessGroup(text, lists, first === 'name' ? (second ?? '') : first, statement);
    case 'class-map':
      return classMatch(text, lists, first, statement.line, [...path, map.name]);
    case 'protocol':
      return protocol(text, first, statement);
    case 'user-group':
    case 'security-group':
      text.reader.mark(statement.line, 'conditional');
      return undecided('identity', words.slice(1).join(' '), statement.line, text);
    default: {
      text.reader.mark(statement.line, 'unrecognised');
      const message = `\`match ${kind}\` is not understood in a class of the zone firewall`;
      const consequence = 'the class may match anything';
      text.reader.diagnose('ios/not-understood', 'warning', text.reader.span(statement.line), message, consequence);
      return undecided('not-understood', kind, statement.line, text);
    }
  }
}

/** Members are what the list permits; its denies and its end only say "not in the class" (Security Manager 4.4, ch. 21). */
function accessGroup(
  text: IosText,
  lists: ReadonlyMap<string, RuleList>,
  name: string,
  { line }: Statement,
): MatchExpression {
  const list = lists.get(name);
  if (list === undefined) {
    missing(text, 'access list', name, line);
    return undecided('undefined-reference', name, line, text);
  }
  if (list.rules.length === 0) return undecided('vendor-unverified', name, line, text);
  return { kind: 'permitted-by', list, span: text.reader.span(line) };
}

function protocol(text: IosText, name: string, { line }: Statement): MatchExpression {
  const found = protocolMatch(name, text);
  const span = text.reader.span(line);
  if (found === undefined) {
    text.reader.mark(line, 'conditional');
    const message = `\`match protocol ${name}\`: the ports of this name are not known`;
    text.reader.diagnose('ios/unknown-protocol-name', 'warning', span, message, 'the class may match anything');
    return undecided('application', name, line, text);
  }
  const { must, may } = found;
  const isExact = must.length === may.length;
  const conditions: Condition[] = isExact ? [] : [{ kind: 'header', name: `ip port-map ${name} list`, span }];
  const service = isExact ? exactly<ServiceSet>(may) : { must, may, conditions };
  return { kind: 'match', match: { ...EVERYTHING, service }, span, text: line.text };
}
