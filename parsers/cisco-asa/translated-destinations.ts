import type { AddressTerm } from '../model/address.ts';
import type { Stage } from '../model/device.ts';
import type { StaticTranslation, Translation } from '../model/nat.ts';
import type { Rule } from '../model/rule.ts';
import { addressFamily, ANY_ADDRESS } from '../model/address.ts';
import { formatAddressTerm } from '../model/format.ts';
import { ALL_PORTS, ANY_SERVICE, single } from '../model/service.ts';
import { sure, sureTerm } from './addresses.ts';

/**
 * Since 8.3 a packet to a mapped address is rewritten before any rule sees it, and leaves by the interface of its real
 * address (Cisco ASA configuration guide, "NAT", packet flow: un-translation picks the egress interface). So at the rules of a
 * crossing no packet has such a destination: this stage takes them away. Rules that name mapped addresses are dead.
 *
 * @param translations all of the device; those from other segments do not count.
 * @returns undefined when no address is taken away.
 */
export function translatedDestinations(
  translations: readonly Translation[],
  from: string,
  to: string,
): Stage | undefined {
  const inward = translations.filter(
    (one): one is StaticTranslation => one.kind === 'static-destination' && (one.fromSegment ?? from) === from,
  );
  const real = inward.filter(({ toSegment }) => (toSegment ?? to) === to).map((one) => one.to);
  const rules: Rule[] = [];
  for (const one of inward) {
    // A mapped address that is somebody's real one here does arrive at the rules (identity translations among them).
    if (real.some((term) => overlap(term, one.from)) || leavesByRoute(one)) continue;
    // With `route-lookup` an identity translation leaves the choice of the egress interface to routing.
    if (isIdentity(one) && one.text.includes('route-lookup')) continue;
    rules.push(denial(one, rules.length + 1));
  }
  const [first] = rules;
  if (first === undefined) return undefined;
  const { span } = first;
  const name = 'mapped addresses';
  return {
    id: 'untranslated',
    title: 'destination NAT',
    family: 'both',
    lists: [
      {
        list: { name, kind: 'address translation', family: 'both', rules, span },
        binding: {
          list: name,
          direction: 'in',
          attachedTo: from,
          family: 'both',
          defined: true,
          plane: 'transit',
          span,
        },
      },
    ],
    otherwise: { verdict: 'permit', reason: 'no mapped address' },
    incidental: true,
  };
}

/** With `route-lookup` an identity translation leaves the way out to routing (ASA command reference, `nat`). */
function leavesByRoute({ from, to, text }: StaticTranslation): boolean {
  return text.includes('route-lookup') && formatAddressTerm(from) === formatAddressTerm(to);
}

function denial(translation: StaticTranslation, number: number): Rule {
  const { text, span, conditions, from, to, toSegment, port, only } = translation;
  const behind = toSegment === undefined ? '' : ` behind ${toSegment}`;
  const service =
    port === undefined
      ? ANY_SERVICE
      : [{ protocols: port.protocols, sourcePorts: ALL_PORTS, destinationPorts: [single(port.from)] }];
  return {
    id: `#${number}`,
    name: `translated to ${formatAddressTerm(to)}${behind}`,
    text,
    span,
    action: { kind: 'deny', word: 'translated' },
    match: { source: sure(only?.sources ?? ANY_ADDRESS), destination: sureTerm(from), service: sure(service) },
    conditions,
    enabled: true,
    logging: { logs: 'no', detail: '' },
    objects: [],
  };
}

function isIdentity({ from, to }: StaticTranslation): boolean {
  return 'first' in from && 'first' in to && from.first === to.first && from.last === to.last;
}

/** Whether two ranges of NAT have an address in common. Translations hold ranges only; anything else counts as common. */
function overlap(a: AddressTerm, b: AddressTerm): boolean {
  if (addressFamily(a) !== addressFamily(b)) return false;
  if (!('first' in a && 'first' in b)) return true;
  return a.first <= b.last && b.first <= a.last;
}
