/** Firewalls from texts as a test writes them, and what there is to see of them. */
import type { Diagnostic } from '../../../parsers/diagnostics.ts';
import type { Firewall, VirtualSystem } from '../../../parsers/paloalto-panos/firewall.ts';
import { firewallsOf } from '../../../parsers/paloalto-panos/firewalls.ts';
import { loadText } from '../../../parsers/paloalto-panos/load.ts';
import { Notes } from '../../../parsers/paloalto-panos/notes.ts';
import { child, entries, type PanNode } from '../../../parsers/paloalto-panos/tree.ts';
import { readLines } from '../../../parsers/syntax/lines.ts';

export interface Made {
  readonly firewalls: readonly Firewall[];
  readonly diagnostics: readonly Diagnostic[];
  readonly notes: Notes;
  /** The firewall with this name. */
  readonly firewall: (name: string) => Firewall;
  /** The virtual system with this name. */
  readonly system: (name: string) => VirtualSystem;
  /** Codes of diagnostics but notes. */
  readonly trouble: readonly string[];
}

/** Texts by name; all of them belong together. */
export function firewallsFrom(texts: Readonly<Record<string, string>>): Made {
  const notes = new Notes();
  const loaded = Object.entries(texts).map(([name, text]) => loadText({ name, text }, readLines(text), notes));
  const firewalls = firewallsOf(loaded, notes);
  const diagnostics = notes.collected(Object.keys(texts));
  const found = <T extends { readonly name: string }>(list: readonly T[], name: string): T => {
    const wanted = list.find((each) => each.name === name);
    if (wanted === undefined) throw new Error(`no ${name} among ${list.map((each) => each.name).join(', ')}`);
    return wanted;
  };
  return {
    firewalls,
    diagnostics,
    notes,
    firewall: (name) => found(firewalls, name),
    system: (name) =>
      found(
        firewalls.flatMap(({ systems }) => systems),
        name,
      ),
    trouble: diagnostics.filter(({ severity }) => severity !== 'note').map(({ code }) => code),
  };
}

/** Names of security rules that are in force for a virtual system in the order of evaluation; `?` stands for missing ones. */
export function order(system: VirtualSystem): readonly string[] {
  return system.rulebases.flatMap((rulebase) =>
    'node' in rulebase
      ? entries(rulebase.node, 'security', 'rules').flatMap((rule) => {
          const applies = rulebase.appliesTo?.(rule) ?? true;
          if (applies === false) return [];
          return [applies === true ? rule.word : `${rule.word} (perhaps)`];
        })
      : ['?'],
  );
}

/** The first definition of a name in the scopes of the rules of a place (`pre`, `local`, `post`). */
export function lookUp(system: VirtualSystem, where: string, name: string): string | undefined {
  const rulebase = system.rulebases.find((each) => each.where === where);
  const scopes = rulebase !== undefined && 'scopes' in rulebase ? rulebase.scopes : system.scopes;
  for (const { node } of scopes) {
    const found = child(node, 'address', name);
    if (found !== undefined) return found.children[0]?.children[0]?.word;
  }
  return undefined;
}

/** A statement's words below a node, one line each, in order: for comparing trees. */
export function statements(node: PanNode | undefined, before = ''): readonly string[] {
  if (node === undefined) return [];
  const path = `${before}${node.word}`;
  return node.children.length === 0 ? [path] : node.children.flatMap((each) => statements(each, `${path} `));
}
