import type { Crossing, Device, Segment, Telemetry } from '../../parsers/model/device.ts';

/** Whether something that watches traffic sees a crossing: one of its sides, or the whole device. */
export function seesCrossing(
  device: Device,
  { covers }: Telemetry,
  { from, to }: Pick<Crossing, 'from' | 'to'>,
): boolean {
  if (covers.length === 0) return true;
  return device.segments
    .filter(({ name }) => name === from || name === to)
    .flatMap(namesOf)
    .some((name) => covers.includes(name));
}

function namesOf({ name, aliases, interfaces }: Segment): string[] {
  return [name, ...aliases, ...interfaces.map((port) => port.name)];
}
