/** Random rules, rule lists, stages and devices over the universe of arbitrary-match.ts. */
import type { Condition, ConditionKind } from '../../parsers/model/condition.ts';
import type { Binding, Device, Segment, Stage, Step } from '../../parsers/model/device.ts';
import type { ActionKind, MatchExpression, Rule, RuleList } from '../../parsers/model/rule.ts';
import * as fc from 'fast-check';
import { conditionsOf, freshSpan, packetMatch, rarely } from './arbitrary-match.ts';

const RULE_CONDITIONS: readonly ConditionKind[] = ['time-range', 'header', 'not-understood', 'runtime-state'];

const family = fc.oneof(
  { weight: 4, arbitrary: fc.constant<'both'>('both') },
  { weight: 1, arbitrary: fc.constantFrom<4 | 6>(4, 6) },
);

const action = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom<ActionKind>('permit', 'deny') },
  { weight: 1, arbitrary: fc.constantFrom<ActionKind>('continue', 'unknown') },
);

const noConditions: fc.Arbitrary<Condition[]> = fc.constant([]);

const restriction = rarely(fc.constantFrom(['one'], ['two'], ['one', 'two']), 12);

function rule(also: fc.Arbitrary<MatchExpression | undefined>): fc.Arbitrary<Rule> {
  return fc
    .record({
      match: packetMatch,
      also,
      action,
      from: restriction,
      to: restriction,
      enabled: fc.integer({ min: 0, max: 9 }).map((value) => value > 0),
      conditions: fc.oneof(
        { weight: 5, arbitrary: noConditions },
        { weight: 1, arbitrary: conditionsOf(RULE_CONDITIONS, 2) },
      ),
    })
    .map(({ match, also, action, from, to, enabled, conditions }): Rule => {
      const span = freshSpan();
      return {
        id: `#${span.line}`,
        text: `rule ${span.line}`,
        span,
        action: { kind: action, word: action },
        match,
        ...(also === undefined ? {} : { also }),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        conditions,
        enabled,
        logging: { logs: 'default', detail: '' },
        objects: [],
      };
    });
}

function listOf(rules: fc.Arbitrary<Rule>, maxLength: number): fc.Arbitrary<RuleList> {
  return fc.record({ family, rules: fc.array(rules, { maxLength }) }).map(({ family, rules }) => {
    const span = freshSpan();
    return { name: `LIST${span.line}`, kind: 'access list', family, rules, span };
  });
}

const plainRule = rule(fc.constant(undefined));

const leaf: fc.Arbitrary<MatchExpression> = fc.oneof(
  {
    weight: 4,
    arbitrary: packetMatch.map((match): MatchExpression => {
      const span = freshSpan();
      return { kind: 'match', match, span, text: `match ${span.line}` };
    }),
  },
  {
    weight: 2,
    arbitrary: listOf(plainRule, 3).map((list): MatchExpression => ({ kind: 'permitted-by', list, span: freshSpan() })),
  },
  {
    weight: 1,
    arbitrary: conditionsOf(RULE_CONDITIONS, 1).map(([condition]): MatchExpression =>
      condition === undefined ? { kind: 'any', of: [] } : { kind: 'undecided', condition },
    ),
  },
);

const expression: fc.Arbitrary<MatchExpression> = fc.oneof(
  { weight: 3, arbitrary: leaf },
  { weight: 1, arbitrary: leaf.map((of): MatchExpression => ({ kind: 'not', of })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom<'all' | 'any'>('all', 'any'), fc.array(leaf, { maxLength: 2 }), leaf)
      .map(([kind, of, last]): MatchExpression => ({ kind, of: [...of, { kind: 'not', of: last }] })),
  },
);

/** A list with every kind of action, condition and match. */
export const ruleList: fc.Arbitrary<RuleList> = listOf(
  rule(fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: expression })),
  6,
);

/** A list that the text decides in full. */
export const decidedList: fc.Arbitrary<RuleList> = listOf(plainRule, 7).map((list) => ({
  ...list,
  rules: list.rules.map(({ from: _from, to: _to, ...rest }) => ({
    ...rest,
    action: { kind: rest.action.kind === 'unknown' ? 'deny' : rest.action.kind, word: rest.action.word },
    conditions: [],
    match: {
      ...rest.match,
      source: { ...rest.match.source, must: rest.match.source.may, conditions: [] },
      destination: { ...rest.match.destination, must: rest.match.destination.may, conditions: [] },
      service: { ...rest.match.service, must: rest.match.service.may, conditions: [] },
    },
  })),
}));

/** A list with a binding for it. */
export function bound(list: RuleList): { list: RuleList; binding: Binding } {
  const { name, family, span } = list;
  return {
    list,
    binding: { list: name, direction: 'in', attachedTo: 'one', family, defined: true, plane: 'transit', span },
  };
}

function stageOf(list: fc.Arbitrary<RuleList>): fc.Arbitrary<Step> {
  return fc
    .record({
      lists: fc.array(list, { minLength: 1, maxLength: 2 }),
      family,
      verdict: fc.constantFrom<('permit' | 'deny' | 'unknown')[]>('permit', 'deny', 'deny', 'unknown'),
    })
    .map(({ lists, family, verdict }) => {
      const stage: Stage = {
        id: `stage-${freshSpan().line}`,
        title: 'a stage',
        family,
        lists: lists.map(bound),
        otherwise: { verdict, reason: `default ${verdict}` },
      };
      return { kind: 'stage', stage };
    });
}

export const stageStep: fc.Arbitrary<Step> = stageOf(ruleList);
export const decidedStageStep: fc.Arbitrary<Step> = stageOf(decidedList);

/** The list and the lists that its rules' expressions name: a device has every list of its text. */
function withNested(list: RuleList): RuleList[] {
  return [list, ...list.rules.flatMap(({ also }) => (also === undefined ? [] : nestedIn(also)))];
}

function nestedIn(expression: MatchExpression): RuleList[] {
  if (expression.kind === 'permitted-by') return withNested(expression.list);
  if (expression.kind === 'not') return nestedIn(expression.of);
  return expression.kind === 'all' || expression.kind === 'any' ? expression.of.flatMap(nestedIn) : [];
}

/** A device of two segments, `one` and `two`, whose crossings all have these steps. */
export function deviceOf(steps: readonly Step[], conditions: readonly Condition[] = []): Device {
  const segment = (name: string): Segment => ({
    name,
    aliases: [],
    kind: 'interface',
    interfaces: [],
    routingContext: 'default',
    transit: 'yes',
    families: [4, 6],
    evidence: [],
    span: freshSpan(),
  });
  return {
    name: 'random',
    platform: 'cisco-ios',
    source: 'random',
    segments: [segment('one'), segment('two')],
    ruleLists: steps.flatMap((step) =>
      step.kind === 'stage' ? step.stage.lists.flatMap(({ list }) => withNested(list)) : [],
    ),
    bindings: [],
    translations: steps.flatMap((step) => (step.kind === 'translation' ? [step.translation] : [])),
    routes: [],
    telemetry: [],
    addressView: 'arriving',
    crossing: (from, to) => ({ from, to, steps, conditions }),
  };
}
