import type { AddressTerm } from '../model/address.ts';
import type { Stage } from '../model/device.ts';
import type { StaticTranslation, Translation } from '../model/nat.ts';
import type { Rule } from '../model/rule.ts';
import { addressFamily, ANY_ADDRESS } from '../model/address.ts';
import { formatAddressTerm } from '../model/format.ts';
import { exactly } from '../model/rule.ts';
import { ALL_PORTS, ANY_SERVICE, single } from '../model/service.ts';

/**
 * Policies are looked up with the destination that static and destination NAT gave the packet (Junos "Understanding
 * Destination NAT Rules": before the policy lookup), so no packet has a translated address there: this stage takes those
 * away. Policies that name the public address are dead.
 *
 * @param before the translations that packets of the crossing meet before the policy lookup.
 * @returns undefined when no address is taken away.
 */
export function untranslated(before: readonly Translation[], zone: string): Stage | undefined {
  const moves = before.filter((one): one is StaticTranslation => one.kind === 'static-destination');
  const real = moves.map(({ to }) => to);
  const rules: Rule[] = [];
  for (const one of moves) {
    // An address that is also somebody's real one does arrive at the policies (`destination-nat off` among them).
    if (real.some((term) => overlap(term, one.from))) continue;
    rules.push(denial(one, rules.length + 1));
  }
  const [first] = rules;
  if (first === undefined) return undefined;
  const name = 'translated addresses';
  const { span } = first;
  const binding = { list: name, direction: 'in', attachedTo: zone, family: 'both', defined: true } as const;
  return {
    id: 'untranslated',
    title: 'destination NAT',
    family: 'both',
    lists: [
      {
        list: { name, kind: 'address translation', family: 'both', rules, span },
        binding: { ...binding, plane: 'transit', span },
      },
    ],
    otherwise: { verdict: 'permit', reason: 'no translated address' },
  };
}

function denial({ text, span, conditions, from, to, port, only }: StaticTranslation, number: number): Rule {
  const service =
    port === undefined
      ? (only?.services ?? ANY_SERVICE)
      : [{ protocols: port.protocols, sourcePorts: ALL_PORTS, destinationPorts: [single(port.from)] }];
  return {
    id: `#${number}`,
    name: `translated to ${formatAddressTerm(to)}`,
    text,
    span,
    action: { kind: 'deny', word: 'translated' },
    match: {
      source: exactly(only?.sources ?? ANY_ADDRESS),
      destination: exactly({ include: [from], exclude: [] }),
      service: exactly(service),
    },
    conditions,
    enabled: true,
    logging: { logs: 'no', detail: '' },
    objects: [],
  };
}

function overlap(a: AddressTerm, b: AddressTerm): boolean {
  if (addressFamily(a) !== addressFamily(b)) return false;
  if (!('first' in a && 'first' in b)) return true;
  return a.first <= b.last && b.first <= a.last;
}
