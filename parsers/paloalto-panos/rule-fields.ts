import type { Condition, ConditionKind } from '../model/condition.ts';
import type { Action } from '../model/rule.ts';
import type { Span } from '../source.ts';
import type { Names, Scope } from './firewall.ts';
import type { Notes } from './notes.ts';
import { child, entries, isYes, value, type PanNode } from './tree.ts';

/** What rules of one rulebase are read against. */
export interface RuleReading {
  readonly names: Names;
  /** Where names in the rules are looked up, nearest first. */
  readonly scopes: readonly Scope[];
  readonly notes: Notes;
}

/** How a statement of a rule is to be taken. */
type FieldUse =
  /** Read into the model by who asks for it. */
  | 'read'
  /** Cannot change which packets pass. */
  | 'inert'
  /** Narrows the rule by something that the text does not decide, unless it says `any`. */
  | ConditionKind;

/** Statements that rules of every rulebase may have. */
const COMMON_FIELDS: readonly (readonly [string, FieldUse])[] = [
  ['from', 'read'],
  ['to', 'read'],
  ['source', 'read'],
  ['destination', 'read'],
  ['negate-source', 'read'],
  ['negate-destination', 'read'],
  ['disabled', 'read'],
  ['target', 'read'],
  ['action', 'read'],
  ['service', 'read'],
  ['log-setting', 'read'],
  ['description', 'inert'],
  ['tag', 'inert'],
  ['group-tag', 'inert'],
  ['uuid', 'inert'],
  ['source-user', 'identity'],
  ['source-hip', 'identity'],
  ['destination-hip', 'identity'],
  ['hip-profiles', 'identity'],
  ['source-device', 'identity'],
  ['destination-device', 'identity'],
  // The category is known once the session carries a request, like the application: until then the rule may apply
  // (Palo Alto KB kA10g000000POF8CAO: the second lookup is by all criteria, URL category among them). So two rules for one
  // category are not one fact: the one that blocks may be passed over where the one that allows is not.
  ['category', 'runtime-state'],
];

/** Statements of a security rule. */
export const SECURITY_FIELDS: ReadonlyMap<string, FieldUse> = new Map<string, FieldUse>([
  ...COMMON_FIELDS,
  ['application', 'read'],
  ['rule-type', 'read'],
  ['schedule', 'read'],
  ['log-start', 'read'],
  ['log-end', 'read'],
  ['profile-setting', 'read'],
  ['option', 'inert'],
  ['qos', 'inert'],
  ['icmp-unreachable', 'inert'],
  ['disable-inspect', 'inert'],
  ['saas-user-list', 'identity'],
  ['saas-tenant-list', 'identity'],
  ['source-imsi', 'identity'],
  ['source-imei', 'identity'],
  ['source-nw-slice', 'identity'],
]);

/** Statements of an application override rule. */
export const OVERRIDE_FIELDS: ReadonlyMap<string, FieldUse> = new Map<string, FieldUse>([
  ...COMMON_FIELDS.filter(([word]) => word !== 'action' && word !== 'service'),
  ['application', 'read'],
  ['protocol', 'read'],
  ['port', 'read'],
]);

/** Statements of a decryption rule. */
export const DECRYPTION_FIELDS: ReadonlyMap<string, FieldUse> = new Map<string, FieldUse>([
  ...COMMON_FIELDS,
  ['type', 'read'],
  ['profile', 'inert'],
  ['forwarding-profile', 'inert'],
  ['packet-broker-profile', 'inert'],
  ['log-success', 'inert'],
  ['log-fail', 'inert'],
]);

/** What the statements of a rule leave undecided, one condition a statement. Statements not in `fields` are diagnosed. */
export function undecidedFields(
  rule: PanNode,
  fields: ReadonlyMap<string, FieldUse>,
  { notes }: RuleReading,
): readonly Condition[] {
  const found: Condition[] = [];
  for (const field of rule.children) {
    const use = fields.get(field.word);
    if (use === 'read') continue;
    if (use === 'inert') notes.mark(field, 'no-effect');
    else if (use === undefined) found.push(unknownField(rule, field, notes));
    else {
      const words = field.children.map(({ word }) => word);
      if (words.length === 0 || words.includes('any')) continue;
      notes.mark(field, 'conditional');
      const own = use === 'runtime-state' ? ` of rule ${rule.word}` : '';
      found.push({ kind: use, name: `${field.word} ${words.toSorted().join(', ')}${own}`, span: field.span });
    }
  }
  return found;
}

function unknownField(rule: PanNode, field: PanNode, notes: Notes): Condition {
  notes.mark(field, 'unrecognised');
  notes.diagnose(
    'panos/unknown-rule-field',
    'warning',
    field.span,
    `\`${field.word}\` is not known in a rule`,
    'rules that say it are judged as possible, not definite',
  );
  return { kind: 'not-understood', name: `${field.word} of ${rule.word}`, span: field.span };
}

/**
 * Members of a list of a rule. None: the statement is missing, which is diagnosed and means any. PAN-OS writes `any`
 * itself, so a missing one is a sign of an edited or converted text.
 */
export function members(rule: PanNode, field: string, { notes }: RuleReading): readonly PanNode[] {
  const found = entries(rule, field);
  if (found.length === 0) {
    notes.diagnose(
      'panos/missing-rule-field',
      'warning',
      rule.span,
      `a rule does not say \`${field}\``,
      'it is read as `any`, which may be more than was meant',
    );
    return found;
  }
  const any = found.find(({ word }) => word === 'any');
  if (any === undefined || found.length === 1) return found;
  notes.diagnose(
    'panos/any-beside-names',
    'note',
    any.span,
    `rule \`${rule.word}\` names \`any\` beside others in \`${field}\``,
    '`any` counts: the others narrow nothing',
  );
  return [any];
}

/** The zones that a rule names in `from` or `to`; undefined for any. */
export function zones(rule: PanNode, field: 'from' | 'to', reading: RuleReading): readonly PanNode[] | undefined {
  const found = members(rule, field, reading);
  return found.length === 0 || found[0]?.word === 'any' ? undefined : found;
}

/** `{ from, to }` as a rule of the model has them: names, absent for any. */
export function zoneLimits(
  from: readonly PanNode[] | undefined,
  to: readonly PanNode[] | undefined,
): { from?: readonly string[]; to?: readonly string[] } {
  return {
    ...(from === undefined ? {} : { from: from.map(({ word }) => word) }),
    ...(to === undefined ? {} : { to: to.map(({ word }) => word) }),
  };
}

/** Both sides of a rule, negated where it says so. */
export function sides(
  rule: PanNode,
  reading: RuleReading,
): Record<'source' | 'destination', ReturnType<Names['addresses']>> {
  const side = (field: 'source' | 'destination') =>
    reading.names.addresses(members(rule, field, reading), isYes(rule, `negate-${field}`));
  return { source: side('source'), destination: side('destination') };
}

/** An action that no list of known words has: the rule may permit and it may deny. */
export function unknownAction(rule: PanNode, { notes }: RuleReading): Action {
  const word = value(rule, 'action');
  const place: Span = child(rule, 'action')?.span ?? rule.span;
  notes.diagnose(
    'panos/unknown-action',
    'warning',
    place,
    word === undefined ? `rule \`${rule.word}\` has no action` : `\`${word}\` is not a known action`,
    'the rule may permit and it may deny what it matches',
  );
  return { kind: 'unknown', word: word ?? 'no action' };
}

/** Statements that make up a rule's line, in this order. */
const LINE_FIELDS: readonly string[] = [
  'from',
  'to',
  'source',
  'destination',
  'source-user',
  'category',
  'application',
  'protocol',
  'port',
  'service',
  'schedule',
  'type',
  'action',
];

/** One line that says what a rule says, the same whichever form it was written in. */
export function ruleText(rule: PanNode): string {
  const parts = [`${rule.word}:`];
  for (const field of LINE_FIELDS) {
    const words = entries(rule, field).map(({ word }) => (word === '' || /\s/.test(word) ? `"${word}"` : word));
    if (words.length === 0) continue;
    parts.push(field);
    if (isYes(rule, `negate-${field}`)) parts.push('not');
    parts.push(words.length === 1 ? words.join('') : `[ ${words.join(' ')} ]`);
  }
  return parts.join(' ');
}

/** Names rules of one list: the rule's own name, with a number behind it where the text has it again. */
export class RuleIds {
  private readonly seen = new Map<string, number>();
  private readonly notes: Notes;

  constructor(notes: Notes) {
    this.notes = notes;
  }

  next(rule: PanNode): string {
    const times = (this.seen.get(rule.word) ?? 0) + 1;
    this.seen.set(rule.word, times);
    if (times === 1) return rule.word;
    this.notes.diagnose(
      'panos/duplicate-rule',
      'note',
      rule.span,
      `rule \`${rule.word}\` is there more than once`,
      'a device would not commit it; all of them are judged, in order',
    );
    return `${rule.word} (${times})`;
  }
}
