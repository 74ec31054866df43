import type { Device } from '../../parsers/model/device.ts';
import { defineCheck } from '../check.ts';
import { limited, quoted } from '../reporting/evidence.ts';
import { crossedBoundaries } from './crossed.ts';
import { hasCollector } from './records.ts';

export const noRemoteSyslog = defineCheck({
  id: 'no-remote-syslog',
  title: 'Records stay on the device',
  family: 'visibility',
  severity: 'medium',
  severityNote:
    'Medium; low where records are sent, but not those of permitted connections. Only possible when the text shows that its end is missing.',
  since: '0.1.0',
  attack: ['DET0002', 'AN0005'],
  controls: ['nist:SI-4', 'nist:SI-4(4)'],
  finds:
    'Devices with a crossing to or from an untrusted segment that send their records nowhere: no syslog server or manager in the text, or one that ' +
    'something it needs is missing for (logging enable and a level of logging trap on ASA, no logging on of IOS, a log forwarding profile that some rule ' +
    'uses on PAN-OS). On Cisco platforms also collectors that get a severity above which records of connections stand. One finding for each device.',
  why:
    'A log on the device is overwritten within hours and belongs to whoever takes the device over. Detection across devices, as DET0002 describes it, ' +
    'needs the records in one place.',
  fix: {
    general: 'Send the records of rules to a collector that the device cannot change.',
    'cisco-ios': 'Enter logging host ADDRESS and logging trap informational: records of rules have severity 6.',
    'cisco-asa':
      'Enter logging enable, logging host NAMEIF ADDRESS and logging trap informational: built connections have severity 6, denials 4.',
    'juniper-junos':
      'Configure system syslog host ADDRESS, and on an SRX security log mode stream with security log stream NAME host ADDRESS.',
    'paloalto-panos':
      'Define a syslog server profile (or manage the firewall from Panorama), a log forwarding profile that sends traffic logs to it, and set that on the ' +
      'rules at the boundary.',
  },
  exceptions: 'Devices whose records a local agent collects.',
  references: ['https://attack.mitre.org/detectionstrategies/DET0002/', 'https://csrc.nist.gov/pubs/sp/800/92/final'],
  messages: {
    none: '{device}: records are sent to no collector',
    idle: '{device}: records have a collector ({target}) and are not sent to it',
    short:
      '{device}: collectors get records up to severity {sends}, and records of permitted connections have {permits}',
  },
  run(context, report) {
    const { device, text } = context;
    const { place, confidence, conditions } = crossedBoundaries(context);
    if (place === undefined) return;
    const collectors = device.telemetry.filter(({ kind }) => kind === 'syslog');
    const quotes = limited(collectors.map(({ span, target }) => quoted(text, 'decides', span, `collector ${target}`)));
    const [first, ...more] = quotes;
    if (!hasCollector(device)) {
      report.lines({
        message: first === undefined ? 'none' : 'idle',
        severity: 'medium',
        confidence,
        conditions,
        evidence: first === undefined ? [place] : [first, ...more],
        data: { target: collectors[0]?.target ?? '' },
      });
      return;
    }
    const short = tooShort(device);
    if (short === undefined) return;
    const level =
      device.logging?.span === undefined ? [] : [quoted(text, 'context', device.logging.span, 'sets severities')];
    report.lines({
      message: 'short',
      severity: 'low',
      confidence,
      conditions,
      evidence: [first ?? place, ...more, ...level],
      data: short,
    });
  },
});

/** Severities of what is sent and of what connections are written with, where the one leaves the other out. */
function tooShort({ logging, ruleLists }: Device): { readonly sends: string; readonly permits: string } | undefined {
  if (logging === undefined || typeof logging.sends !== 'number') return undefined;
  const ofRules = ruleLists.flatMap(({ rules }) =>
    rules.flatMap((rule) =>
      rule.enabled && rule.action.kind === 'permit' && rule.logging.logs === 'yes' && rule.logging.sentTo === undefined
        ? [rule.logging.level ?? 0]
        : [],
    ),
  );
  const all = [...ofRules, ...(typeof logging.permits === 'number' ? [logging.permits] : [])];
  const { sends } = logging;
  if (all.length === 0 || all.some((level) => level <= sends)) return undefined;
  return { sends: `${sends}`, permits: `${Math.min(...all)}` };
}
