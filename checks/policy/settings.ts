import type { Check } from '../check.ts';
import type { Service } from '../data/services.ts';
import { SEVERITIES, type Finding, type Severity } from '../finding.ts';
import { fits } from './pattern.ts';
import type { CheckSetting, Day, Policy, Waiver } from './policy.ts';

/** What the policy says of a check; the last entry counts. */
export function settingOf({ checks }: Policy, id: string): CheckSetting['setting'] {
  return checks.findLast(({ check }) => check === id)?.setting ?? 'on';
}

/** The catalogue with the user's services, which replace those of the same name and transport. */
export function withOwnServices(catalogue: readonly Service[], { services }: Policy): readonly Service[] {
  if (services.length === 0) return catalogue;
  const own = new Set(services.map(({ name, protocol }) => `${name}/${protocol}`));
  return [...catalogue.filter(({ name, protocol }) => !own.has(`${name}/${protocol}`)), ...services];
}

/**
 * Findings as the policy wants them: severities shifted, accepted ones marked. Nothing is left out, so that a report shows
 * what was accepted, by whom and until when.
 */
export function applySettings(
  findings: readonly Finding[],
  policy: Policy,
  today: Day | undefined,
  checks: readonly Check[],
): Finding[] {
  const worst = new Map(checks.map(({ id, severity }) => [id, severity]));
  return findings.map((finding) => waivedBy(shifted(finding, policy, worst.get(finding.check)), policy, today));
}

/** A severity set for a check is that of its worst form; milder forms stay as many steps below as they were. */
function shifted(finding: Finding, policy: Policy, worst: Severity | undefined): Finding {
  const setting = settingOf(policy, finding.check);
  if (setting === 'on' || setting === 'off') return finding;
  const steps = SEVERITIES.indexOf(setting) - SEVERITIES.indexOf(worst ?? finding.severity);
  return { ...finding, severity: atIndex(SEVERITIES.indexOf(finding.severity) + steps) };
}

function atIndex(index: number): Severity {
  return SEVERITIES[Math.min(SEVERITIES.length - 1, Math.max(0, index))] ?? 'info';
}

function waivedBy(finding: Finding, { waivers }: Policy, today: Day | undefined): Finding {
  const waiver = waivers.find((each) => !isOver(each, today) && accepts(each, finding));
  if (waiver === undefined) return finding;
  const { reason, owner, expires, place } = waiver;
  return { ...finding, waived: { reason, owner, place, ...(expires === undefined ? {} : { expires }) } };
}

/** Whether a waiver ended before the day. */
export function isOver({ expires }: Pick<Waiver, 'expires'>, today: Day | undefined): boolean {
  return expires !== undefined && today !== undefined && expires < today;
}

/** Whether every field that the waiver gives fits the finding. */
function accepts(waiver: Waiver, finding: Finding): boolean {
  const { fingerprint, check, device, rule } = waiver;
  if (fingerprint === undefined && check === undefined && device === undefined && rule === undefined) return false;
  return (
    (fingerprint === undefined || fingerprint === finding.fingerprint) &&
    (check === undefined || check === finding.check) &&
    (device === undefined || fits(finding.device, device)) &&
    (rule === undefined || finding.rules.some((name) => fits(name, rule)))
  );
}
