import { seesCrossing } from '../boundaries/telemetry-cover.ts';
import { defineCheck, type CheckContext } from '../check.ts';
import type { CrossingName } from '../finding.ts';
import { limited, quoted } from '../reporting/evidence.ts';
import { crossedBoundaries } from './crossed.ts';

export const noFlowExport = defineCheck({
  id: 'no-flow-export',
  title: 'No flow records of the boundary are exported',
  family: 'visibility',
  severity: 'low',
  severityNote:
    'Low; info where only some crossings are not covered. Only possible when the text shows that its end is missing.',
  since: '0.1.0',
  attack: ['DET0002', 'AN0005'],
  controls: ['nist:SI-4', 'nist:SI-4(4)', 'cis:13.6'],
  finds:
    'Devices with a crossing to or from an untrusted segment whose text exports no flow records (NetFlow, IPFIX, sFlow, NSEL) of it. An exporter ' +
    'counts where an interface or a policy uses it; a crossing is covered when one of its sides is. One finding for each device.',
  why:
    'Flow records show which host talks to which broker, how often and how much: what ATT&CK AN0005 is built on (DC0085). Unlike rule logs they also show ' +
    'sessions that an unexpected rule let through.',
  fix: {
    general: 'Export flow records of the interfaces at the boundary to a collector, in both directions.',
    'cisco-ios':
      'Define flow exporter, flow monitor with it, and bind ip flow monitor NAME input (ipv6 flow monitor too) to the interfaces at the boundary.',
    'cisco-asa':
      'Enter flow-export destination NAMEIF ADDRESS PORT, and in the policy map of the global service-policy class class-default with flow-export event-type ' +
      'all destination ADDRESS.',
    'juniper-junos':
      'Configure forwarding-options sampling instance NAME with family inet output flow-server (inline-jflow), and sampling input on the units at the ' +
      'boundary.',
    'paloalto-panos':
      'Define a NetFlow server profile and choose it on the interfaces at the boundary (netflow-profile).',
  },
  exceptions: 'Networks where a probe or another device at the same boundary exports the records.',
  references: ['https://attack.mitre.org/detectionstrategies/DET0002/', 'https://www.rfc-editor.org/rfc/rfc7011'],
  messages: {
    none: '{device}: no flow records are exported',
    idle: '{device}: flow records have a collector ({target}) and nothing is exported to it',
    elsewhere: '{device}: flow records are exported, and not of {crossings}',
  },
  run(context, report) {
    const { device, text } = context;
    const { crossings, place, confidence, conditions } = crossedBoundaries(context);
    if (place === undefined) return;
    const exporters = device.telemetry.filter(({ kind }) => kind === 'flow-export');
    const working = exporters.filter(({ effective }) => effective);
    const common = { confidence, conditions } as const;
    if (working.length > 0) {
      const open = notCovered(context, crossings);
      if (open.length === 0) return;
      const [first, ...more] = limited(
        working.map(({ span }) => quoted(text, 'decides', span, 'covers other segments')),
      );
      report.lines({
        ...common,
        message: 'elsewhere',
        severity: open.length === crossings.length ? 'low' : 'info',
        evidence: first === undefined ? [place] : [first, ...more],
        crossings: open,
        data: {},
      });
      return;
    }
    const [first, ...more] = limited(
      exporters.map(({ span }) => quoted(text, 'decides', span, 'no interface or policy uses it')),
    );
    report.lines({
      ...common,
      message: first === undefined ? 'none' : 'idle',
      severity: 'low',
      evidence: first === undefined ? [place] : [first, ...more],
      data: { target: exporters[0]?.target ?? '' },
    });
  },
});

function notCovered({ device }: CheckContext, crossings: readonly CrossingName[]): CrossingName[] {
  const exporters = device.telemetry.filter(({ kind, effective }) => kind === 'flow-export' && effective);
  return crossings.filter((crossing) => !exporters.some((one) => seesCrossing(device, one, crossing)));
}
