import type { Span } from '../source.ts';
import type { Scope } from './firewall.ts';
import type { PanNode } from './tree.ts';

/** An entry that a name leads to, and the list that it stands in: `address`, `address-group`, … */
export interface Found {
  readonly kind: string;
  readonly node: PanNode;
}

/**
 * Looks up entries by name, nearest scope first: an object of a virtual system hides one of the same name in `shared`, one of a
 * device group hides those of its ancestors and of `shared` (PAN-OS Web Interface Help "Move, Clone, Override, or Revert
 * Objects"). Members of a group are looked up from where the rule stands, not from where the group does: inside a shared
 * rule an object of the device group takes the place of the shared one.
 */
export class NameLookup {
  private readonly scopes: readonly Scope[];

  constructor(scopes: readonly Scope[]) {
    this.scopes = scopes;
  }

  /** Where the nearest scope stands. */
  get span(): Span {
    return this.scopes[0]?.node.span ?? { source: '', line: 1, column: 1, endColumn: 1 };
  }

  /** The nearest entry of this name in one of these lists; inside a scope the lists are tried in this order. */
  find(name: string, kinds: readonly string[]): Found | undefined {
    for (const { node } of this.scopes)
      for (const kind of kinds) {
        const entry = node.get(kind)?.get(name);
        if (entry !== undefined) return { kind, node: entry };
      }
    return undefined;
  }

  /** Every entry of `kind` that is not hidden by a nearer one of its name in `kinds`. */
  visible(kind: string, kinds: readonly string[]): readonly PanNode[] {
    const entries: PanNode[] = [];
    const nearer: PanNode[] = [];
    for (const { node } of this.scopes) {
      for (const entry of node.get(kind)?.children ?? [])
        if (!nearer.some((list) => list.get(entry.word) !== undefined)) entries.push(entry);
      nearer.push(...kinds.flatMap((each) => node.get(each) ?? []));
    }
    return entries;
  }
}
