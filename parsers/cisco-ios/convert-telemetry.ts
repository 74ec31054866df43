import type { DeviceLogging, Telemetry } from '../model/device.ts';
import type { IosText } from './text.ts';

/** Where records of traffic go: syslog hosts, flow exporters, intrusion prevention, capture ports. */
export function convertTelemetry(text: IosText): Telemetry[] {
  const isLogging = text.loggingOff === undefined;
  const fixed = text.telemetry.map((one): Telemetry => {
    if (one.kind === 'syslog') return { ...one, effective: isLogging };
    if (one.kind !== 'intrusion-prevention') return one;
    return { ...one, effective: text.utd.everywhere, ...(text.utd.protects ? {} : { passive: true }) };
  });
  return [...fixed, ...flowExport(text), ...intrusionPrevention(text)];
}

/**
 * Rules write what they say, at severity 6; a permit of the zone firewall writes its sessions where its parameter map has
 * `audit-trail on` (%FW-6-SESS_AUDIT_TRAIL), which is off as shipped. Collectors get severity 6 unless `logging trap` says less.
 */
export function convertLogging(text: IosText): DeviceLogging {
  const isOn = text.loggingOff === undefined;
  const isSent = isOn && text.telemetry.some(({ kind }) => kind === 'syslog');
  return {
    takes: isOn ? 7 : 'none',
    sends: isSent ? text.trapLevel : 'none',
    permits: 'none',
    denies: 'none',
    ...(text.loggingOff === undefined ? {} : { span: text.reader.span(text.loggingOff) }),
  };
}

function flowExport(text: IosText): Telemetry[] {
  return [...text.exporters].map(([name, { target, line }]) => {
    const covers = [...text.interfaces.values()].filter(({ watched }) =>
      watched.some(({ words }) => (name === '' ? watchesFlows(words) : isMonitoredBy(text, words, name))),
    );
    return {
      kind: 'flow-export',
      target,
      covers: covers.map((target) => target.name),
      effective: covers.length > 0,
      span: text.reader.span(line),
    };
  });
}

/** Traditional NetFlow: `ip flow ingress`, `ip flow egress`, `ip route-cache flow`. */
function watchesFlows(words: readonly string[]): boolean {
  return words[2] === 'ingress' || words[2] === 'egress' || words[2] === 'flow';
}

/** `ip flow monitor M input`, where monitor M has the exporter. */
function isMonitoredBy(text: IosText, words: readonly string[], exporter: string): boolean {
  return (
    words[1] === 'flow' && words[2] === 'monitor' && text.monitors.get(words[3] ?? '')?.includes(exporter) === true
  );
}

function intrusionPrevention(text: IosText): Telemetry[] {
  return [...text.interfaces.values()].flatMap(({ name, watched }) =>
    watched
      .filter(({ words }) => words[1] === 'ips' || words[0] === 'utd')
      .map((statement) => ({
        kind: 'intrusion-prevention',
        target: statement.words.join(' '),
        covers: [name],
        effective: true,
        // The Snort engine detects unless it is told to protect.
        ...(statement.words[0] === 'utd' && !text.utd.protects ? { passive: true as const } : {}),
        span: text.reader.span(statement.line),
      })),
  );
}
