import type { Condition } from '../model/condition.ts';
import type { MatchExpression, Rule, RuleList } from '../model/rule.ts';

/** Two zones of one virtual system that a connection is looked up with. */
export interface ZonePair {
  readonly from: string;
  readonly to: string;
}

/**
 * Rule lists as the connections between two zones meet them: only the rules that fit the zones, without naming them. For
 * connections through two virtual systems, which are looked up with other zones in each of them. Asked twice, it gives the
 * same lists, so that crossings that are alike are seen to be.
 */
export class RestrictedLists {
  private readonly known = new Map<string, Map<RuleList, RuleList>>();

  /** @param pairs several where the text does not tell which of them it is. */
  list(list: RuleList, pairs: readonly ZonePair[]): RuleList {
    const key = JSON.stringify(pairs.map(({ from, to }) => [from, to]));
    let lists = this.known.get(key);
    if (lists === undefined) this.known.set(key, (lists = new Map()));
    const known = lists.get(list);
    if (known !== undefined) return known;
    const rules = list.rules.flatMap((rule): Rule[] => {
      const fitting = pairs.filter((pair) => fits(rule, pair));
      if (fitting.length === 0) return [];
      return [this.rule(rule, pairs, fitting.length === pairs.length ? undefined : doubt(rule, fitting))];
    });
    const made = { ...list, rules };
    lists.set(list, made);
    return made;
  }

  private rule(rule: Rule, pairs: readonly ZonePair[], doubt: Condition | undefined): Rule {
    const { from: _, to: __, between: ___, ...rest } = rule;
    const { also, applications } = rule;
    const told = applications?.told;
    return {
      ...rest,
      conditions: doubt === undefined ? rule.conditions : [...rule.conditions, doubt],
      ...(also !== undefined && { also: this.expression(also, pairs) }),
      ...(applications !== undefined &&
        told !== undefined && {
          applications: {
            ...applications,
            told: { all: this.list(told.all, pairs), ours: this.list(told.ours, pairs) },
          },
        }),
    };
  }

  private expression(expression: MatchExpression, pairs: readonly ZonePair[]): MatchExpression {
    switch (expression.kind) {
      case 'all':
      case 'any':
        return { kind: expression.kind, of: expression.of.map((part) => this.expression(part, pairs)) };
      case 'not':
        return { kind: 'not', of: this.expression(expression.of, pairs) };
      case 'permitted-by':
        return { ...expression, list: this.list(expression.list, pairs) };
      case 'match':
      case 'undecided':
        return expression;
    }
  }
}

function fits({ from, to, between }: Rule, pair: ZonePair): boolean {
  if (from?.includes(pair.from) === false || to?.includes(pair.to) === false) return false;
  return between === undefined || (between === 'same-segment') === (pair.from === pair.to);
}

function doubt(rule: Rule, fitting: readonly ZonePair[]): Condition {
  const pairs = fitting.map(({ from, to }) => `${from} to ${to}`);
  return { kind: 'vendor-unverified', name: `looked up as ${pairs.join(' or ')}`, span: rule.span };
}
