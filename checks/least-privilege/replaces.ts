import type { StageDefault } from '../../parsers/model/device.ts';
import type { Rule } from '../../parsers/model/rule.ts';
import type { ListedRule } from '../evaluate/rule-effect.ts';

/** Whether packets fare as well with the other: same verdict, no less written of them, no less looked into them. */
export function replaces(other: ListedRule | StageDefault, rule: Rule): boolean {
  const verdict = 'rule' in other ? other.rule.action.kind : other.verdict;
  // A denial that is written out before the end of the list is there to be counted and seen.
  if (verdict !== rule.action.kind || (verdict === 'deny' && !('rule' in other))) return false;
  const { logging, inspection = [] } = 'rule' in other ? other.rule : other;
  if (WRITES[rule.logging.logs] > WRITES[logging?.logs ?? 'no']) return false;
  return (rule.inspection ?? [])
    .filter(({ effect }) => effect !== 'nothing')
    .every(({ kind, name }) => inspection.some((each) => each.kind === kind && each.name === name));
}

const WRITES = { no: 0, default: 1, yes: 2 } as const;
