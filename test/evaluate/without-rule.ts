import type { Stage, Step } from '../../parsers/model/device.ts';
import type { RuleList } from '../../parsers/model/rule.ts';

/** The stage with one rule of one of its lists switched off. */
export function without(stage: Stage, list: RuleList, at: number): Step {
  const off = { ...list, rules: list.rules.map((rule, index) => (index === at ? { ...rule, enabled: false } : rule)) };
  const lists = stage.lists.map((each) => (each.list === list ? { ...each, list: off } : each));
  return { kind: 'stage', stage: { ...stage, lists } };
}
