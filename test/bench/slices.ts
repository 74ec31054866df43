import { SERVICES } from '../../checks/data/services.ts';
import type { Slice } from '../../checks/evaluate/slice.ts';
import { PROTOCOL } from '../../parsers/model/service.ts';

/** The slices of all services of the catalogue, each once. */
export function catalogueSlices(): Slice[] {
  const slices = new Map<string, Slice>();
  for (const { protocol, port } of SERVICES) slices.set(`${protocol}/${port}`, { protocol: PROTOCOL[protocol], port });
  return [...slices.values()];
}
