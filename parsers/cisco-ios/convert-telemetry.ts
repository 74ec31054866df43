import type { Telemetry } from '../model/device.ts';
import type { IosText } from './text.ts';

/** Where records of traffic go: syslog hosts, flow exporters, intrusion prevention, capture ports. */
export function convertTelemetry(text: IosText): Telemetry[] {
  const isLogging = text.loggingOff === undefined;
  const fixed = text.telemetry.map((one) => (one.kind === 'syslog' ? { ...one, effective: isLogging } : one));
  return [...fixed, ...flowExport(text), ...intrusionPrevention(text)];
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
        span: text.reader.span(statement.line),
      })),
  );
}
