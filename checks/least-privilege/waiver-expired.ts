import { defineCheck } from '../check.ts';
import type { Waiver } from '../policy/policy.ts';
import { isOver } from '../policy/settings.ts';
import { quoted } from '../reporting/evidence.ts';

export const waiverExpired = defineCheck({
  id: 'waiver-expired',
  title: 'A waiver of the policy has expired',
  family: 'least-privilege',
  severity: 'low',
  severityNote: 'Always low: what it accepted is reported again with its own severity.',
  since: '0.1.0',
  attack: ['M1037'],
  controls: ['nist:SC-7(4)', 'nist:CM-7(1)', 'pci:1.2.5', 'pci:1.2.7'],
  finds:
    'Waivers of the policy whose last day (expires) lies before the day of the audit. Findings that they accepted count again. Without a day of ' +
    'the audit nothing is reported.',
  why: 'A risk was accepted until a day. After it somebody has to decide again, or the finding has to go.',
  fix: {
    general: 'Correct what the waiver accepted and delete it, or have {owner} accept it again with a new expires.',
  },
  exceptions: 'None: a waiver whose finding is gone can be deleted at once.',
  references: ['https://csrc.nist.gov/pubs/sp/800/41/r1/final'],
  messages: {
    expired: 'the waiver of {owner} for {what} expired on {expires}',
  },
  runFleet({ policy, today, text }, report) {
    for (const waiver of policy.waivers) {
      const { owner, expires, place } = waiver;
      if (expires === undefined || !isOver(waiver, today)) continue;
      report.lines({
        message: 'expired',
        severity: 'low',
        confidence: 'definite',
        evidence: [quoted(text, 'decides', place, `accepts nothing since ${expires}`)],
        data: { owner, expires, what: whatOf(waiver) },
      });
    }
  },
});

/** `check c of rule r on device d`, as far as the waiver says. */
function whatOf({ fingerprint, check, device, rule }: Waiver): string {
  const finding = check ?? (fingerprint === undefined ? 'all findings' : `finding ${fingerprint}`);
  const by = check !== undefined && fingerprint !== undefined ? ` (${fingerprint})` : '';
  return `${finding}${by}${rule === undefined ? '' : ` of rule ${rule}`}${device === undefined ? '' : ` on ${device}`}`;
}
