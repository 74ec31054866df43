import { unknownName } from '../../trace/near-matches.ts';
import type { FileProblem } from '../../yaml/problem.ts';
import type { InventoryHop } from './inventory-device.ts';
import { readAddress } from './ssh-address.ts';

/** A host of an inventory with the names of the hosts that it is reached through. */
export interface JumpEntry {
  readonly hop: InventoryHop;
  /** Absent: as `~/.ssh/config` says. */
  readonly jumps: readonly string[] | undefined;
  /** A problem where the jump hosts are named. */
  readonly problem: (message: string) => FileProblem;
}

interface JumpChains {
  /** The hosts on the way to one, in the order in which they are connected to; absent: as `~/.ssh/config` says. */
  readonly of: (hop: InventoryHop) => readonly InventoryHop[] | undefined;
  readonly problems: readonly FileProblem[];
}

/**
 * The ways to hosts through others. As with `ssh -J a,b`, the first host of a list is reached through its own jump
 * hosts, each other one through the one before it.
 */
export function jumpChains(entries: readonly JumpEntry[]): JumpChains {
  const byName = new Map(entries.map((entry) => [entry.hop.name, entry]));
  const problems: FileProblem[] = [];
  const done = new Map<JumpEntry, readonly InventoryHop[] | undefined>();
  const chainOf = (entry: JumpEntry, above: readonly JumpEntry[]): readonly InventoryHop[] | undefined => {
    if (done.has(entry)) return done.get(entry);
    const [first, ...rest] = entry.jumps ?? [];
    if (entry.jumps === undefined) return undefined;
    if (first === undefined || (first === 'none' && rest.length === 0)) return [];
    const path = [...above, entry];
    const hops = [first, ...rest].flatMap((name, index): readonly InventoryHop[] => {
      const jump = byName.get(name);
      if (jump === undefined) {
        if (name.includes('@') || name.includes('://')) {
          const read = readAddress(name);
          if (read.kind === 'address') return [{ ...read.address, name }];
          problems.push(entry.problem(read.message));
        } else {
          const known = [...byName.keys()].filter((each) => each !== entry.hop.name);
          problems.push(entry.problem(`${unknownName('jump host', name, known)}${SSH_CONFIG}`));
        }
        return [];
      }
      if (path.includes(jump)) {
        const round = [...path.slice(path.indexOf(jump)), jump].map(({ hop }) => hop.name).join(' through ');
        problems.push(entry.problem(`the jump hosts lead back to where they began: ${round}`));
        return [];
      }
      if (index > 0) return [jump.hop];
      const before = chainOf(jump, path);
      return before?.length === 0 ? [{ ...jump.hop, isDirect: true }] : [...(before ?? []), jump.hop];
    });
    done.set(entry, hops);
    return hops;
  };
  for (const entry of entries) chainOf(entry, []);
  const chains = new Map(entries.map((entry) => [entry.hop, done.get(entry) ?? (entry.jumps && [])]));
  return { of: (hop) => chains.get(hop), problems };
}

const SSH_CONFIG = ' (a host of ~/.ssh/config is written ssh://name)';
