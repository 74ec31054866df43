import type { HostNames } from '../model/host-names.ts';
import type { Names, Scope } from './firewall.ts';
import { createNames } from './names.ts';
import type { Notes } from './notes.ts';
import { onceFor } from './rule-memo.ts';
import type { PanNode } from './tree.ts';

/** Names by the nodes of their scopes. */
interface Level {
  names?: Names;
  readonly below: Map<PanNode, Level>;
}

const levels = onceFor((): Level => ({ below: new Map() }));

/**
 * The names that scopes hold: always the same object for the same nodes in the same order, for all firewalls of a reading, so
 * that firewalls of one device group share what was read.
 */
export function namesFor(notes: Notes, hosts: HostNames): (scopes: readonly Scope[]) => Names {
  const top = levels(notes);
  return (scopes) => {
    let level = top;
    for (const { node } of scopes) {
      let next = level.below.get(node);
      if (next === undefined) level.below.set(node, (next = { below: new Map() }));
      level = next;
    }
    level.names ??= createNames(scopes, notes, hosts);
    return level.names;
  };
}
