import type { Device } from '../parsers/model/device.ts';

/**
 * Tells which device a line belongs to: of those that a text describes, the one whose part begins last at or above it, the
 * first of them for what stands above all. Devices of one capture stand in it one after the other. Of a text that describes
 * none by itself the first device has the lines.
 */
export function lineOwner(devices: readonly Device[]): (source: string, line: number) => Device | undefined {
  const starts = devices.flatMap((device) =>
    [...firstLines(device)].map(([source, line]) => ({ device, source, line })),
  );
  const bySource = Map.groupBy(
    starts.toSorted((a, b) => a.line - b.line),
    ({ source }) => source,
  );
  return (source, line) => {
    const here = bySource.get(source) ?? [];
    return (here.findLast((start) => start.line <= line) ?? here[0])?.device ?? devices[0];
  };
}

function firstLines({ segments, ruleLists, bindings, routes, translations }: Device): Map<string, number> {
  const first = new Map<string, number>();
  for (const things of [segments, ruleLists, bindings, routes, translations]) {
    for (const { span } of things) {
      first.set(span.source, Math.min(first.get(span.source) ?? Number.MAX_SAFE_INTEGER, span.line));
    }
  }
  return first;
}
