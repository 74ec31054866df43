import { addresses, type AddressTerm } from '../../parsers/model/address.ts';
import type { Crossing, Device } from '../../parsers/model/device.ts';
import { single } from '../../parsers/model/service.ts';
import type { Boundary } from '../boundaries/boundary.ts';
import type { Service } from '../data/services.ts';
import { serviceTarget, type Target } from './flow-text.ts';

/**
 * Where the services are reached on a boundary: on their own ports, and where a translation behind the filter changes the
 * port, on the port and address that packets arrive with. A forwarded broker is a broker whatever port is forwarded.
 */
export function serviceTargets(device: Device, boundary: Boundary, services: readonly Service[]): Target[] {
  const targets = services.map(serviceTarget);
  // Where rules compare real addresses, sets are about real ports already.
  if (device.addressView === 'real') return targets;
  return [...targets, ...forwarded(boundary.evaluated.crossing, services)];
}

function forwarded({ steps }: Crossing, services: readonly Service[]): Target[] {
  const found = new Map<string, { readonly target: Target; readonly terms: AddressTerm[] }>();
  for (const step of steps) {
    if (step.kind !== 'translation' || step.translation.kind !== 'static-destination') continue;
    const { from, port } = step.translation;
    if (port === undefined || port.from === port.to) continue;
    for (const service of services) {
      const number = service.protocol === 'tcp' ? 6 : 17;
      const applies = port.protocols.some(({ first, last }) => first <= number && number <= last);
      if (!applies || service.port !== port.to) continue;
      const target: Target = {
        ...serviceTarget(service),
        ports: [single(port.from)],
        slice: { protocol: number, port: port.from },
        forwardedTo: port.to,
      };
      const key = `${service.name} ${number} ${port.from}`;
      const known = found.get(key) ?? { target, terms: [] };
      known.terms.push(from);
      found.set(key, known);
    }
  }
  return [...found.values()].map(({ target, terms }) => ({ ...target, destinations: addresses(...terms) }));
}
