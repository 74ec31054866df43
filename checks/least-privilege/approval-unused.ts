import { defineCheck } from '../check.ts';
import type { DeviceReport } from '../device-report.ts';
import { quoted } from '../reporting/evidence.ts';
import { listed } from '../reporting/finding-words.ts';

export const approvalUnused = defineCheck({
  id: 'approval-unused',
  title: 'An approval is wider than what is permitted',
  family: 'least-privilege',
  severity: 'low',
  severityNote: 'Low where no audited device permits any of it; info where devices permit a part only.',
  since: '0.1.0',
  attack: ['T1071.005', 'M1037'],
  controls: ['nist:SC-7(4)', 'nist:CM-7(1)', 'cis:13.4', 'pci:1.2.5', 'pci:1.2.7'],
  finds:
    'Approvals in force of which no audited device that they speak of permits anything between segments of different trust, and approvals that ' +
    'some permit in part and none in full, on any crossing: they are wider than every rule. An approval that speaks of none of the audited ' +
    'devices is left out. Only possible where crossings of those devices could not be judged.',
  why:
    'An approval that nothing uses approves the rule that somebody adds tomorrow, without anyone asking. It may also be the sign of traffic that ' +
    'is needed and blocked.',
  fix: {
    general:
      'Ask {owner}: narrow {approval} to the clients, brokers and services that are permitted, or delete it if its need is gone. If the traffic ' +
      'is needed, add the rule that permits it.',
  },
  exceptions: 'Approvals given ahead of a change, and those for devices that are not among the audited texts.',
  references: ['https://attack.mitre.org/mitigations/M1037/'],
  messages: {
    unused: 'approval {approval} of {owner} is permitted by none of {devices}',
    wider: 'approval {approval} of {owner} is wider than what {devices} {permit} of it',
  },
  runFleet({ policy, devices, text }, report) {
    for (const { name, owner, place } of policy.approvals) {
      const asked = devices.flatMap((device) => {
        const use = device.approvals.find(({ approval }) => approval === name);
        return use === undefined ? [] : [{ device, permits: use.permits }];
      });
      if (asked.length === 0 || asked.some(({ permits }) => permits === 'all')) continue;
      const partly = asked.filter(({ permits }) => permits === 'part');
      const isWider = partly.length > 0;
      const named = (isWider ? partly : asked).map(({ device }) => device.device);
      const gaps = asked.flatMap(({ device }) => gapsOf(device));
      report.lines({
        message: isWider ? 'wider' : 'unused',
        severity: isWider ? 'info' : 'low',
        confidence: gaps.length > 0 ? 'possible' : 'definite',
        evidence: [quoted(text, 'decides', place, `approval ${name}`)],
        conditions: gaps,
        data: {
          approval: name,
          owner,
          devices: listed(named, 4),
          permit: named.length === 1 ? 'permits' : 'permit',
        },
      });
    }
  },
});

/** Crossings of the device that nobody knows to permit it or not. */
function gapsOf({ device, unjudged }: DeviceReport): string[] {
  const [first, ...more] = unjudged;
  if (first === undefined) return [];
  const { from, to } = first.crossing;
  const rest = more.length === 0 ? '' : ` and ${more.length} more`;
  return [`what ${device} permits on crossings that were not judged (${from} → ${to}${rest})`];
}
