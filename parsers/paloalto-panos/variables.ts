import type { Notes } from './notes.ts';
import { entries, value, type PanNode } from './tree.ts';

/**
 * The name of a template variable where a value should stand: `$untrust-ip`. Hashes of passwords begin with `$` too and have
 * more of them.
 */
const VARIABLE = /^\$[\w.-]+$/;

/** Whether a word is the name of a variable. */
export function isVariable(word: string): boolean {
  return VARIABLE.test(word);
}

/** The values of template variables as one firewall has them. */
export class Variables {
  private readonly values = new Map<string, { readonly value: string; readonly node: PanNode }>();
  private readonly owner: string;
  private readonly notes: Notes;

  /**
   * `places` have a child `variable`; the first that defines a variable with a value decides: the firewall's own entry of
   * the stack, then the stack, then its templates from the top ("Template variables are inherited by the template stack and
   * you can override them", Panorama Administrator's Guide, "Templates and Template Stacks").
   *
   * `owner` is for diagnostics: `firewall 0123 (template stack BRANCH)`.
   */
  constructor(owner: string, places: readonly PanNode[], notes: Notes) {
    this.owner = owner;
    this.notes = notes;
    for (const place of places)
      for (const node of entries(place, 'variable')) {
        notes.mark(node, 'modelled');
        const type = (node.get('type') ?? node).children[0];
        const text = value(type);
        // "None" as value: has to be set below, per stack or firewall.
        if (text === undefined || text.toLowerCase() === 'none' || this.values.has(node.word)) continue;
        this.values.set(node.word, { value: text, node });
      }
  }

  get size(): number {
    return this.values.size;
  }

  /** Each variable with its value and the statement that defines it. */
  all(): readonly { readonly name: string; readonly value: string; readonly node: PanNode }[] {
    return [...this.values].map(([name, { value: text, node }]) => ({ name, value: text, node }));
  }

  /** What stands where the word is used: itself unless it is a variable. One without value is diagnosed and stays. */
  resolve(node: PanNode): string {
    if (!isVariable(node.word)) return node.word;
    const found = this.values.get(node.word);
    if (found !== undefined) return found.value;
    this.notes.diagnose(
      'panos/unresolved-variable',
      'warning',
      node.span,
      `${this.owner} gives the variable ${node.word} no value`,
      'what it stands for is not known: addresses, interfaces and routes that use it are missing',
    );
    return node.word;
  }
}
