import type { Line } from '../syntax/lines.ts';

/** What FTD's remarks say of one rule of the access control policy. */
export interface RuleRemark {
  readonly id: string;
  readonly name: string | undefined;
  /** The verdict is made by Snort, not by this rule. */
  readonly inspected: boolean;
}

export type RuleRemarks = ReadonlyMap<string, RuleRemark>;

export const NO_REMARKS: RuleRemarks = new Map();

const REMARK = /^rule-id (\d+): (?:(L7 RULE|L4 RULE|RULE|DEFAULT ACTION RULE|DEFAULT TUNNEL ACTION RULE)(?:: ?(.*))?)?/;

/**
 * Reads `remark rule-id N: L7 RULE: name`. `L7 RULE` marks a rule with application or URL conditions, which FTD deploys
 * as a permit whatever its action is. The default tunnel rule (`DEFAULT TUNNEL ACTION RULE`, rule-id 9998) has tunnels
 * analysed, which is not the same as allowed.
 */
export function readRuleRemarks(lines: readonly Line[]): RuleRemarks {
  const found = new Map<string, RuleRemark>();
  for (const line of lines) {
    const at = line.text.indexOf(' remark rule-id ');
    if (at < 0) continue;
    const remark = REMARK.exec(line.text.slice(at + 8).trim());
    const [, id = '', mark, name] = remark ?? [];
    if (mark === undefined) continue;
    const inspected =
      mark === 'L7 RULE' || mark.startsWith('DEFAULT TUNNEL') || (name ?? '').startsWith('DEFAULT TUNNEL');
    found.set(id, { id, name: name === undefined || name === '' ? undefined : name, inspected });
  }
  return found;
}

/** The remark of the rule that an entry belongs to. */
export function ruleRemark(remarks: RuleRemarks, words: readonly string[]): RuleRemark | undefined {
  const at = words.lastIndexOf('rule-id');
  const id = at < 0 ? undefined : words[at + 1];
  return id === undefined ? undefined : remarks.get(id);
}
