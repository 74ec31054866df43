import { defineCheck } from '../check.ts';
import { quoted } from '../reporting/evidence.ts';

export const approvalExpired = defineCheck({
  id: 'approval-expired',
  title: 'An approval has expired',
  family: 'least-privilege',
  severity: 'medium',
  severityNote: 'Always medium: what it approved counts as not approved again.',
  since: '0.1.0',
  attack: ['T1071.005', 'M1037'],
  controls: ['nist:SC-7(4)', 'nist:CM-7(1)', 'cis:13.4', 'pci:1.2.5', 'pci:1.2.7'],
  finds:
    'Approvals of the policy whose last day (expires) lies before the day of the audit. They approve nothing any more: what is still permitted ' +
    'of them is reported as needless by the checks on exposure and egress. Proposals (reviewed: false) approve nothing at any time and are ' +
    'left out. Without a day of the audit nothing is reported.',
  why:
    'An end date is the promise that someone looks again. Where nobody does, either access outlives its need or traffic that is needed is ' +
    'reported as needless, and both make the policy worth less.',
  fix: {
    general:
      'Ask {owner} whether {approval} is still needed: if so, set a new expires and say so in the ticket, else delete it and the rules that ' +
      'permit it.',
  },
  exceptions: 'None: an approval that is needed for good has no end date.',
  references: ['https://attack.mitre.org/mitigations/M1037/'],
  messages: {
    expired: 'approval {approval} of {owner} expired on {expires}',
  },
  runFleet({ policy, today, text }, report) {
    for (const { name, owner, expires, reviewed, place } of policy.approvals) {
      if (!reviewed || expires === undefined || today === undefined || expires >= today) continue;
      report.lines({
        message: 'expired',
        severity: 'medium',
        confidence: 'definite',
        evidence: [quoted(text, 'decides', place, `approval ${name} ended on ${expires}`)],
        data: { approval: name, owner, expires },
      });
    }
  },
});
