import type { Decision, Trace, TraceStep, TraceVerdict } from '../../checks/evaluate/evaluation.ts';
import type { Packet } from '../../checks/packet-space/packet.ts';
import type { Span } from '../../parsers/source.ts';
import type { NoWay, Path, Place } from './resolve.ts';
import { addresses, range4, range6, type AddressSet } from '../../parsers/model/address.ts';
import { formatIp, protocolName } from '../../parsers/model/format.ts';
import { PROTOCOL, PROTOCOLS_WITH_PORTS } from '../../parsers/model/service.ts';
import { conditionText, conditionTexts } from '../../checks/reporting/condition-text.ts';
import { maskSecrets } from '../../checks/reporting/mask-secrets.ts';
import { HIGH_PORTS } from './packet-fields.ts';

/** A packet in words; the fields that its protocol does not have are absent. */
export interface PacketText {
  readonly protocol: string;
  readonly source: string;
  readonly sourcePort?: number;
  readonly destination: string;
  readonly destinationPort?: number;
  /** `8/0`: type and code. */
  readonly icmpType?: string;
}

export interface DecisionText {
  readonly kind: 'rule' | 'default';
  readonly verdict: TraceVerdict;
  /** `access list OUTSIDE-IN rule 30: permit`, or the reason of a default. */
  readonly note: string;
  readonly span?: Span;
  /** The statement as written, secrets masked. */
  readonly text?: string;
  /** What puts the rule list in the path: `in on GigabitEthernet0/0`. */
  readonly bound?: string;
}

export type StepText =
  | {
      readonly kind: 'stage';
      readonly title: string;
      readonly verdict: TraceVerdict;
      readonly decisions: readonly DecisionText[];
      readonly conditions: readonly string[];
    }
  | { readonly kind: 'translation'; readonly text: string; readonly span: Span; readonly after: PacketText };

/** One traced packet as plain data. */
export interface TraceReport {
  readonly device: string;
  readonly source: string;
  readonly path: Path;
  readonly packet: PacketText;
  /** Set where a session of this application was asked about: it needs its first packet to pass, and to stay permitted. */
  readonly application?: string;
  /** What becomes of its first packet alone. */
  readonly firstPacket?: { readonly verdict: TraceVerdict; readonly decidedBy?: DecisionText };
  readonly verdict: TraceVerdict;
  readonly decidedBy?: DecisionText;
  readonly steps: readonly StepText[];
  readonly notes: readonly string[];
}

/**
 * Traces the packet at the place. With `anySourcePort` the answer must hold for every source port from 1024 up; where it
 * does not, the verdict is `unknown` and a note says so.
 */
export function traceAt(place: Place, packet: Packet, anySourcePort: boolean): TraceReport {
  const { evaluation, crossing, path } = place;
  const trace = evaluation.trace(crossing, packet);
  const alike = !anySourcePort || sameForHighPorts(place, trace);
  return {
    device: evaluation.device.name,
    source: evaluation.device.source,
    path,
    packet: packetText(packet),
    verdict: alike ? trace.verdict : 'unknown',
    ...(trace.decidedBy === undefined ? {} : { decidedBy: decisionText(trace.decidedBy) }),
    steps: trace.steps.map(stepText),
    notes: [
      ...(anySourcePort && alike ? ['no source port given: the same for every source port from 1024 to 65535'] : []),
      ...(alike
        ? []
        : [`the verdict depends on the source port; from ${packet.sourcePort} it is ${trace.verdict} (--source-port)`]),
      ...crossing.crossing.conditions.map((condition) => `the path depends on ${conditionText(condition)}`),
    ],
  };
}

/** A packet that no path carries is not let through. */
export function traceNowhere({ device, path, reason }: NoWay, packet: Packet, application: string): TraceReport {
  return {
    ...(application === '' ? {} : { application }),
    device: device.name,
    source: device.source,
    path,
    packet: packetText(packet),
    verdict: 'deny',
    decidedBy: { kind: 'default', verdict: 'deny', note: reason },
    steps: [],
    notes: [],
  };
}

/**
 * The report of a session: as it is recognised, unless its first packet fares worse. `denied` beats `unknown` beats
 * `permit`.
 */
export function ofSession(first: TraceReport, session: TraceReport, application: string): TraceReport {
  const { verdict, decidedBy } = first;
  const firstPacket = { verdict, ...(decidedBy === undefined ? {} : { decidedBy }) };
  const worse = RANK[verdict] > RANK[session.verdict] ? first : session;
  return { ...worse, application, firstPacket };
}

const RANK: Readonly<Record<TraceVerdict, number>> = { permit: 0, unknown: 1, deny: 2 };

/** Sets over real addresses are compared with the packet after its translations, others with the packet as it arrives. */
function sameForHighPorts({ evaluation, crossing }: Place, { packet, steps }: Trace): boolean {
  const { space, device } = evaluation;
  const last = steps.findLast((step) => step.kind === 'translation')?.after;
  const compared = device.addressView === 'real' ? (last ?? packet) : packet;
  const { definite, possible } = crossing.permitted({ protocol: compared.protocol, port: compared.destinationPort });
  const verdicts = new Set<string>();
  const ports = space.flow(only(compared, 'source'), only(compared, 'destination'), [HIGH_PORTS]);
  if (space.intersects(ports, definite)) verdicts.add('permit');
  if (space.intersects(space.subtract(ports, definite), possible)) verdicts.add('unknown');
  if (!space.isSubset(ports, possible)) verdicts.add('deny');
  return verdicts.size === 1;
}

function only({ family, source, destination }: Packet, side: 'source' | 'destination'): AddressSet {
  const value = side === 'source' ? source : destination;
  return addresses(family === 4 ? range4(Number(value), Number(value)) : range6(value, value));
}

function packetText({ family, protocol, source, destination, sourcePort, destinationPort }: Packet): PacketText {
  const isIcmp = protocol === PROTOCOL.icmp || protocol === PROTOCOL.icmp6;
  const hasPorts = PROTOCOLS_WITH_PORTS.includes(protocol);
  return {
    protocol: protocolName(protocol),
    source: formatIp(family, source),
    ...(hasPorts ? { sourcePort } : {}),
    destination: formatIp(family, destination),
    ...(hasPorts ? { destinationPort } : {}),
    ...(isIcmp ? { icmpType: `${destinationPort >> 8}/${destinationPort & 255}` } : {}),
  };
}

function stepText(step: TraceStep): StepText {
  if (step.kind === 'translation') {
    const { text, span } = step.translation;
    return { kind: 'translation', text: maskSecrets(text), span, after: packetText(step.after) };
  }
  return {
    kind: 'stage',
    title: step.decisions[0]?.stage.title ?? '',
    verdict: step.verdict,
    decisions: step.decisions.map(decisionText),
    conditions: conditionTexts(step.conditions),
  };
}

function decisionText(decision: Decision): DecisionText {
  if (decision.kind === 'default') {
    const { verdict, otherwise } = decision;
    return {
      kind: 'default',
      verdict,
      note: otherwise.reason,
      ...(otherwise.span === undefined ? {} : { span: otherwise.span }),
    };
  }
  const { verdict, list, rule, binding } = decision;
  const bound = `${binding.direction} ${binding.attachedTo}`.trim();
  return {
    kind: 'rule',
    verdict,
    note: `${list.kind} ${list.name}, rule ${rule.id}: ${rule.action.word}`,
    span: rule.span,
    text: maskSecrets(rule.text),
    ...(bound === '' ? {} : { bound: `${bound} (line ${binding.span.line})` }),
  };
}
