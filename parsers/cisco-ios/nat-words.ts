import { ANY4, masked4, type AddressTerm, type Range4 } from '../model/address.ts';
import type { DynamicSource } from '../model/nat.ts';
import { parseIp4 } from '../model/parse-address.ts';
import type { Rule } from '../model/rule.ts';
import { ALL_PORTS, ALL_PROTOCOLS } from '../model/service.ts';

/** What stands behind the addresses of a NAT statement. */
export interface NatOptions {
  readonly vrf: string;
  readonly routeMap: string | undefined;
}

/** Whose sources a dynamic translation takes. */
export type Sources = Pick<DynamicSource, 'sources' | 'only'>;

/**
 * The sources that a list permits, where that is a set of sources: entries that name nothing else, denies before
 * permits. Undefined for other lists.
 */
export function sourcesOf(rules: readonly Rule[]): Sources | undefined {
  const lastPermit = rules.findLastIndex(({ action }) => action.kind === 'permit');
  const firstPermit = rules.findIndex(({ action }) => action.kind === 'permit');
  const counted = rules.slice(0, lastPermit + 1);
  const isPlain = counted.every(
    ({ match, conditions, also }, index) =>
      conditions.length === 0 &&
      also === undefined &&
      match.never === undefined &&
      match.source.conditions.length === 0 &&
      match.destination.may === ANY4 &&
      match.service.may.every(
        ({ protocols, sourcePorts, destinationPorts }) =>
          protocols === ALL_PROTOCOLS && sourcePorts === ALL_PORTS && destinationPorts === ALL_PORTS,
      ) &&
      (counted[index]?.action.kind === 'permit' || index < firstPermit),
  );
  if (!isPlain) return undefined;
  const terms = (kind: 'permit' | 'deny'): AddressTerm[] =>
    counted.flatMap(({ action, match }) => (action.kind === kind ? match.source.may.include : []));
  return { sources: { include: terms('permit'), exclude: terms('deny') } };
}

/** One address as a range. */
export function hostRange(word: string | undefined): Range4 | undefined {
  const address = parseIp4(word ?? '');
  if (address === undefined) return undefined;
  const term = masked4(address, 0xffffffff);
  return term.kind === 'range4' ? term : undefined;
}

/** How many words the interface name takes: `Dialer1`, `GigabitEthernet 0/0`. */
export function interfaceWords(words: readonly string[], at: number): number {
  return /\d/.test(words[at] ?? '') ? 1 : 2;
}

/** The words of a NAT statement that have a value behind them. */
export function optionsOf(words: readonly string[]): NatOptions {
  const after = (word: string): string | undefined => {
    const at = words.indexOf(word);
    return at < 0 ? undefined : words[at + 1];
  };
  return { vrf: after('vrf') ?? 'default', routeMap: after('route-map') };
}
