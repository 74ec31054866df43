import type { Device } from '../parsers/model/device.ts';

/**
 * Tells which device of a source a line belongs to: the one whose text begins last at or above it, the first device for
 * what stands above all of them. Devices of one capture stand in it one after the other.
 */
export function lineOwner(devices: readonly Device[]): (line: number) => Device | undefined {
  const starts = devices.map((device) => ({ device, line: firstLine(device) })).sort((a, b) => a.line - b.line);
  return (line) => (starts.findLast((start) => start.line <= line) ?? starts[0])?.device;
}

function firstLine({ segments, ruleLists, bindings, routes, translations }: Device): number {
  let first = Number.MAX_SAFE_INTEGER;
  for (const things of [segments, ruleLists, bindings, routes, translations]) {
    for (const { span } of things) first = Math.min(first, span.line);
  }
  return first;
}
