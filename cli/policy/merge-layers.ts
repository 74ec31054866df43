import type { Policy } from '../../checks/policy/policy.ts';

/**
 * One policy from those of all layers, in their order. Where a later entry replaces an earlier one, the earlier one is left out;
 * of segments and checks the last that fits counts anyway.
 */
export function mergeLayers(layers: readonly Policy[]): Policy {
  return {
    networks: layers.flatMap(({ networks }) => networks),
    segments: layers.flatMap(({ segments }) => segments),
    services: lastOf(
      layers.flatMap(({ services }) => services),
      ({ name, protocol }) => `${name}/${protocol}`,
    ),
    approvals: layers.flatMap(({ approvals }) => approvals),
    blockLists: layers.flatMap(({ blockLists }) => blockLists),
    assumptions: lastOf(
      layers.flatMap(({ assumptions }) => assumptions),
      ({ kind, name }) => `${kind}:${name}`,
    ),
    waivers: layers.flatMap(({ waivers }) => waivers),
    checks: lastOf(
      layers.flatMap(({ checks }) => checks),
      ({ check }) => check,
    ),
  };
}

function lastOf<T>(entries: readonly T[], keyOf: (entry: T) => string): T[] {
  const last = new Map(entries.map((entry) => [keyOf(entry), entry]));
  return entries.filter((entry) => last.get(keyOf(entry)) === entry);
}
