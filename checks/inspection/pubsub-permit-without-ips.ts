import type { PermittedPart } from '../boundaries/permitted-parts.ts';
import { permittedParts } from '../boundaries/permitted-parts.ts';
import { defineCheck, type CheckContext } from '../check.ts';
import type { Severity } from '../finding.ts';
import { gathered } from '../reporting/gathered.ts';
import { milder } from '../reporting/severity.ts';
import { canInspect, inspected, mayStay, type Inspected } from './inspected.ts';

type Lack = Exclude<Inspected, 'blocks'>;

const DOES: Readonly<Record<Lack, string>> = {
  nothing: 'permits, and nothing looks for attacks',
  alerts: 'permits, and attacks are only recorded',
  unknown: 'permits, with inspection that is not in the text',
};

export const pubsubPermitWithoutIps = defineCheck({
  id: 'pubsub-permit-without-ips',
  title: 'Nothing stops attacks in permitted publish/subscribe traffic',
  family: 'inspection',
  severity: 'medium',
  severityNote:
    'Medium for traffic from untrusted networks, low for traffic to them; one step milder where attacks are recorded but not stopped, where the text has ' +
    'no intrusion prevention at all, and where it is only possible.',
  since: '0.1.0',
  attack: ['M1031', 'T1071.005'],
  controls: ['nist:SI-4', 'nist:SI-4(4)', 'cis:13.8'],
  finds:
    'Publish/subscribe services that pass from or to an untrusted segment with no intrusion prevention that blocks: on PAN-OS a vulnerability or anti-spyware ' +
    'profile of the deciding rule whose strongest action blocks; on SRX idp or idp-policy of the policy; on ASA ips or sfr in a service-policy that covers ' +
    'a side of the crossing, not as a copy only; on IOS ip ips or utd with threat protection on an interface. One finding for each direction and device. ' +
    'Sessions that App-ID ends are left out. On FTD the intrusion policy of a rule is known to the manager only.',
  why:
    'ATT&CK M1031 answers T1071.005 with signatures of specific malware at network boundaries. A broker port that is open on purpose is also one where ' +
    'attacks on the broker arrive.',
  fix: {
    general: 'Have intrusion prevention inspect what {rule} of {list} permits, and block what it is sure of.',
    'cisco-ios':
      'On IOS-XE enable the Snort engine (utd engine standard with threat-inspection and threat protection, utd enable on the interface); else have a ' +
      'device on the path inspect.',
    'cisco-asa':
      'Send the traffic through the FirePOWER module: in the policy map of the service-policy class class-default with sfr fail-open (without monitor-only), ' +
      'or replace the device by one that inspects.',
    'juniper-junos':
      'Add then permit application-services idp-policy NAME to {rule} of {list}, with rules in rulebase-ips whose action is recommended or drop-connection.',
    'paloalto-panos':
      'Set a security profile group with vulnerability and anti-spyware profiles (strict, or own ones with reset-both for high and critical) on {rule} of {list}.',
  },
  exceptions:
    'Another device on the path inspects the same traffic; TLS that nobody opens gains little from signatures.',
  references: ['https://attack.mitre.org/mitigations/M1031/', 'https://attack.mitre.org/techniques/T1071/005/'],
  messages: {
    nothing: '{device}: {crossings}: nothing looks for attacks in {services}, permitted by {decidedBy}',
    alerts: '{device}: {crossings}: attacks in {services} are recorded and not stopped, permitted by {decidedBy}',
    unknown:
      '{device}: {crossings}: whether attacks in {services} are stopped is not in the text, permitted by {decidedBy}',
  },
  run(context, report) {
    const groups = new Map<string, { lack: Lack; possible: boolean; parts: PermittedPart[] }>();
    context.eachBoundary(['exposure', 'egress'], (boundary) => {
      for (const part of permittedParts(context, boundary)) {
        const lack = inspected(context.device, part);
        if (lack === 'blocks' || !mayStay(context, part)) continue;
        const possible = lack === 'unknown' || !part.sure;
        const key = `${boundary.direction} ${lack} ${possible}`;
        const group = groups.get(key) ?? { lack, possible, parts: [] };
        group.parts.push(part);
        groups.set(key, group);
      }
    });
    for (const { lack, possible, parts } of groups.values()) {
      report.lines({
        ...gathered(context, parts, DOES[lack]),
        message: lack,
        severity: severityOf(context, parts, lack, possible),
        confidence: possible ? 'possible' : 'definite',
        conditions: possible
          ? [lack === 'unknown' ? 'what inspects the traffic lets attacks pass' : 'the traffic passes']
          : [],
      });
    }
  },
});

function severityOf(
  { device }: CheckContext,
  parts: readonly PermittedPart[],
  lack: Lack,
  possible: boolean,
): Severity {
  const worst = parts.some(({ boundary }) => boundary.direction === 'exposure') ? 'medium' : 'low';
  const isMild = lack === 'alerts' || possible || !canInspect(device);
  return isMild ? milder(worst) : worst;
}
