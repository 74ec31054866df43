import type { Telemetry } from '../model/device.ts';
import type { Unit } from './interfaces.ts';
import { child, descendants, entries, type JunosNode } from './tree.ts';

/** Syslog hosts, flow export (sampling, sFlow) and mirrored ports. Logs of sessions are read with `security`. */
export function readTelemetry(
  scope: JunosNode,
  units: readonly Unit[],
  segmentOf: (unit: string) => string | undefined,
): Telemetry[] {
  return [...syslog(scope), ...flowExport(scope, units, segmentOf), ...sflow(scope), ...mirrors(scope)];
}

function syslog(scope: JunosNode): Telemetry[] {
  return entries(scope, 'system', 'syslog', 'host').map(({ word, span, children }) => ({
    kind: 'syslog',
    target: word,
    covers: [],
    effective: children.length > 0,
    span,
  }));
}

/** Sampling exports what interfaces (`sampling input`) or filters (`then sample`) pick; without either it exports nothing. */
function flowExport(
  scope: JunosNode,
  units: readonly Unit[],
  segmentOf: (unit: string) => string | undefined,
): Telemetry[] {
  const sampling = child(scope, 'forwarding-options', 'sampling');
  if (sampling === undefined) return [];
  const bySampling = units.filter((unit) => unit.sampling.length > 0);
  const filters = child(scope, 'firewall');
  const byFilter =
    filters !== undefined &&
    [...descendants(filters)].some(({ word, parent }) => word === 'sample' && parent?.word === 'then');
  const covers = [...new Set(bySampling.flatMap(({ name }) => segmentOf(name) ?? []))];
  const found: Telemetry[] = [];
  for (const node of descendants(sampling)) {
    if (node.word !== 'flow-server') continue;
    for (const server of node.children) {
      found.push({
        kind: 'flow-export',
        target: server.word,
        covers: byFilter && covers.length === 0 ? [] : covers,
        effective: covers.length > 0 || byFilter,
        span: server.span,
      });
    }
  }
  return found;
}

function sflow(scope: JunosNode): Telemetry[] {
  const node = child(scope, 'protocols', 'sflow');
  const interfaces = entries(node, 'interfaces').map(({ word }) => word);
  return entries(node, 'collector').map(({ word, span }) => ({
    kind: 'flow-export',
    target: word,
    covers: interfaces.map((name) => (name.includes('.') ? name : `${name}.0`)),
    effective: interfaces.length > 0,
    span,
  }));
}

function mirrors(scope: JunosNode): Telemetry[] {
  return ['port-mirroring', 'analyzer'].flatMap((word) => {
    const node = child(scope, 'forwarding-options', word);
    if (node === undefined) return [];
    return [
      {
        kind: 'packet-capture',
        target: `forwarding-options ${word}`,
        covers: [],
        effective: true,
        span: node.span,
      } as const,
    ];
  });
}
