import type { Boundary } from '../boundaries/boundary.ts';
import type { CheckContext, PermittedReport } from '../check.ts';
import { isClientService } from '../data/service-roles.ts';
import { chosenPorts } from '../exposure/chosen-source-ports.ts';
import { passWholesale } from './wholesale.ts';

/**
 * What the checks of messaging that leaves do not leave to others: packets from ports that nobody had to choose, and on ports
 * between brokers and for administrators only what a rule lets out wholesale with everything else.
 */
export function messagingOut(
  { space, catalogue }: Pick<CheckContext, 'space' | 'catalogue'>,
  boundary: Boundary,
): Pick<Required<PermittedReport<string>>, 'narrow' | 'keep'> {
  const others = new Set(catalogue.flatMap((service) => (isClientService(service) ? [] : [service.name])));
  const chosen = chosenPorts(space, boundary);
  const wholesale = passWholesale(space, boundary);
  return {
    narrow(set, { service, slice }) {
      const left = space.subtract(set, chosen.holes(slice));
      return service !== undefined && others.has(service) ? space.intersect(left, wholesale(slice)) : left;
    },
    keep: (part, { slice }) => chosen.addsTo(part, slice),
  };
}
