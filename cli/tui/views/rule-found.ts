import type { FindingRow } from '../store/fleet.ts';
import type { Style } from '../theme.ts';
import { SEVERITIES } from '../../../checks/finding.ts';

/** `H 3`: three findings name it, the worst of them is high. What the policy accepts is in brackets. */
export function foundText(found: readonly FindingRow[]): string {
  const open = found.filter(({ finding }) => finding.waived === undefined);
  const worst = worstOf(open);
  if (worst === undefined) return found.length === 0 ? '' : `(${found.length})`;
  return `${worst.charAt(0).toUpperCase()} ${open.length}`;
}

function worstOf(found: readonly FindingRow[]): (typeof SEVERITIES)[number] | undefined {
  return SEVERITIES.find((severity) => found.some(({ finding }) => finding.severity === severity));
}

/** How that is set off; `otherwise` where it is nothing bad. */
export function foundStyle(found: readonly FindingRow[], otherwise: Style): Style {
  const worst = worstOf(found.filter(({ finding }) => finding.waived === undefined));
  if (worst === undefined) return otherwise;
  return worst === 'critical' || worst === 'high' ? 'danger' : worst === 'medium' ? 'warning' : otherwise;
}
