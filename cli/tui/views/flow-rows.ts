import type { PermittedFlow } from '../../../checks/device-report.ts';
import type { DeviceFlows } from '../engine/questions.ts';
import type { Subject } from '../store/screens.ts';
import { filtered, readFilter, type Filter } from '../filter.ts';
import { keepLast } from '../memo.ts';

export interface FlowRow {
  readonly device: string;
  readonly flow: PermittedFlow;
}

export const FLOW_FIELDS = ['service', 'device', 'from', 'to', 'direction', 'approved', 'port', 'confidence'];

const DIRECTIONS: readonly PermittedFlow['direction'][] = ['exposure', 'egress', 'unjudged', 'lateral'];
const APPROVED: readonly PermittedFlow['approved'][] = ['no', 'partly', 'yes'];

/** Flows that fit a filter: into the network first, then out of it; what is not approved first. */
export const flowRows = keepLast((devices: readonly DeviceFlows[], filter: string): readonly FlowRow[] => {
  const rows = devices.flatMap(({ device, flows }) => flows.map((flow): FlowRow => ({ device, flow })));
  const fitting = filtered(rows, readFlowFilter(filter), ({ device, flow }) => {
    const { service, crossing, direction, approved, port, confidence } = flow;
    const fields = {
      service: [service],
      device: [device],
      from: [crossing.from],
      to: [crossing.to],
      direction: [direction],
      approved: [approved],
      port: [String(port)],
      confidence: [confidence],
    };
    return { text: Object.values(fields).flat().join(' ').toLowerCase(), fields };
  });
  return fitting.toSorted(
    (a, b) =>
      APPROVED.indexOf(a.flow.approved) - APPROVED.indexOf(b.flow.approved) ||
      DIRECTIONS.indexOf(a.flow.direction) - DIRECTIONS.indexOf(b.flow.direction),
  );
});

export function readFlowFilter(filter: string): Filter {
  return readFilter(filter, FLOW_FIELDS);
}

/** Where other views begin when one goes there from a flow: with its first packets, where they are single addresses. */
export function flowSubject({ device, flow }: FlowRow, source: string): Subject {
  const { crossing, protocol, port, flows, decidedBy } = flow;
  const [first] = flows.flows;
  const span = decidedBy.find(({ role }) => role === 'decides')?.span;
  return {
    source,
    device,
    from: crossing.from,
    to: crossing.to,
    ...(span === undefined ? {} : { line: span.line, text: span.source }),
    packet: {
      from: crossing.from,
      to: crossing.to,
      protocol,
      source: oneAddress(first?.source),
      destination: oneAddress(first?.destination),
      destinationPort: String(port),
    },
  };
}

/** The first address of a set in text: of `10.1.0.0/16` 10.1.0.0, of `10.1.2.3-10.1.2.9` 10.1.2.3; none of `any`. */
function oneAddress(set: readonly string[] | undefined): string {
  const [first = 'any'] = set ?? [];
  return first === 'any' ? '' : first.replace(/[/-].*$/u, '');
}
