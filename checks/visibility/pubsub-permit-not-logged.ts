import type { PermittedPart } from '../boundaries/permitted-parts.ts';
import { permittedParts } from '../boundaries/permitted-parts.ts';
import { seesCrossing } from '../boundaries/telemetry-cover.ts';
import { defineCheck, type CheckContext } from '../check.ts';
import { ruleDecisions } from '../reporting/decision.ts';
import { gathered } from '../reporting/gathered.ts';
import { hasCollector, recordedBy, tells } from './records.ts';

type Kind = 'silent' | 'unsure' | 'kept';

export const pubsubPermitNotLogged = defineCheck({
  id: 'pubsub-permit-not-logged',
  title: 'Permitted publish/subscribe connections leave no record',
  family: 'visibility',
  severity: 'low',
  severityNote:
    'Low; info where flow records of the crossing are exported, where it is only possible, and where records are written but stay on the ' +
    'device while other rules send theirs away.',
  since: '0.1.0',
  attack: ['DET0002', 'AN0005', 'T1071.005'],
  controls: ['nist:SI-4', 'nist:SI-4(4)', 'cis:13.6'],
  finds:
    'Rules that let publish/subscribe services pass from or to an untrusted segment and write no record of it, approved or not. One ' +
    'finding for each rule list. What counts as a record: on IOS the keyword log, and audit-trail of an inspect action; on ASA a log keyword, or ' +
    'the messages about built connections (302013 and 302015, severity 6), where logging is enabled and some place takes that severity; on Junos log ' +
    'or syslog of a filter term and log session-init or session-close of a policy; on PAN-OS log at session start or end. Paths that no rule ' +
    'decides are left out unless the platform writes about them: egress-unfiltered and broker-reachable-from-untrusted name those.',
  why:
    'Detection of command and control over brokers (ATT&CK AN0005) looks for unusual ports, rates and broker addresses. It needs a record of each ' +
    'connection; a permit that writes nothing is where the search ends.',
  fix: {
    general: 'Have {rule} of {list} log the connections it permits, and send the records to a collector.',
    'cisco-ios':
      'Add log to {rule} of {list} (log-input also names the interface), or inspect with a parameter-map that has audit-trail on; where that ' +
      'costs too much, export flow records with Flexible NetFlow instead.',
    'cisco-asa':
      'Enter logging enable and logging trap informational (logging buffered for a local copy), so that 302013 and 302015 are written, and keep ' +
      'them switched on (no logging message removes them); or add log to {rule} of {list}.',
    'juniper-junos':
      'Add then log session-close (session-init too for long sessions) to {rule} of {list}; in a firewall filter add then syslog.',
    'paloalto-panos':
      'Set log at session end on {rule} of {list} and choose a log forwarding profile that sends traffic logs to Panorama or syslog.',
  },
  exceptions: 'Devices behind or before another one that records the same connections.',
  references: [
    'https://attack.mitre.org/detectionstrategies/DET0002/',
    'https://www.cisco.com/c/en/us/support/docs/security/adaptive-security-appliance-asa-software/116149-qanda-ASA-00.html',
  ],
  messages: {
    silent: '{device}: {crossings}: {services} pass without a record, decided by {decidedBy}{flows}',
    unsure: '{device}: {crossings}: {services} may pass without a record, decided by {decidedBy}{flows}',
    kept: '{device}: {crossings}: records of {services} stay on the device, decided by {decidedBy}{flows}',
  },
  run(context, report) {
    const groups = new Map<string, { kind: Kind; parts: PermittedPart[] }>();
    context.eachBoundary(['exposure', 'egress'], (boundary) => {
      for (const part of permittedParts(context, boundary)) {
        const kind = kindOf(context, part);
        if (kind === undefined) continue;
        const [first] = ruleDecisions(part.decisions);
        const key = JSON.stringify([kind, first?.list.kind, first?.list.name]);
        const group = groups.get(key) ?? { kind, parts: [] };
        group.parts.push(part);
        groups.set(key, group);
      }
    });
    for (const { kind, parts } of groups.values()) {
      const exported = parts.every((part) => isExported(context, part));
      const common = gathered(context, parts, kind === 'kept' ? 'permits and sends no record' : 'permits');
      const possible = kind === 'unsure' || !parts.some(({ sure }) => sure);
      report.lines({
        ...common,
        message: kind === 'silent' && possible ? 'unsure' : kind,
        severity: possible || exported || kind === 'kept' ? 'info' : 'low',
        confidence: possible ? 'possible' : 'definite',
        conditions: possible ? ['whether the connections pass, or are recorded, is not in the text'] : [],
        data: { ...common.data, flows: exported ? '; flow records of them are exported' : '' },
      });
    }
  },
});

/** What is wrong with the records of a part; undefined where nothing is. */
function kindOf({ device }: CheckContext, { decisions }: PermittedPart): Kind | undefined {
  if (!decisions.some(tells)) return undefined;
  const { written, sent } = recordedBy(device, decisions);
  if (written === 'no') return 'silent';
  if (written === 'unknown') return 'unsure';
  const isForwardedByRules = decisions.some((each) => each.kind === 'rule' && each.rule.logging.sentTo !== undefined);
  return sent === 'no' && isForwardedByRules && hasCollector(device) ? 'kept' : undefined;
}

function isExported({ device }: CheckContext, { crossings }: PermittedPart): boolean {
  const exports = device.telemetry.filter(({ kind, effective }) => kind === 'flow-export' && effective);
  return crossings.every((crossing) => exports.some((one) => seesCrossing(device, one, crossing)));
}
