import type { DeviceGroup } from './device-groups.ts';
import type { DefaultRules, MissingRules, Rulebase, Scope } from './firewall.ts';
import type { Notes } from './notes.ts';
import { holdsRules } from './pushed.ts';
import { aboveOf, NOTHING_ABOVE, type Above, type RulePlace } from './systems.ts';
import { isAddressed, targetedRules, type Addressee } from './targets.ts';
import { child, entries, isYes, PanNode } from './tree.ts';
import { isVariable, type Variables } from './variables.ts';

/** The rules that a Panorama pushes around those of its firewalls. */
export class PushedRules {
  private readonly root: PanNode;
  private readonly notes: Notes;
  private readonly shared: PanNode | undefined;
  private readonly ready = new Map<DeviceGroup | undefined, Above>();
  private readonly targeted = new Map<PanNode, readonly PanNode[]>();
  private readonly reached = new Set<PanNode>();
  private readonly usesVariables = new Map<PanNode, readonly PanNode[]>();

  constructor(root: PanNode, notes: Notes) {
    this.root = root;
    this.notes = notes;
    this.shared = root.get('shared');
  }

  get hasSharedRules(): boolean {
    return this.shared !== undefined && holdsRules(this.shared);
  }

  /** What is around the rules of a virtual system in a device group; without group: what is shared. */
  around(group: DeviceGroup | undefined, who: Addressee, variables: Variables | undefined): Above {
    const above = this.ready.get(group) ?? this.make(group);
    this.ready.set(group, above);
    const scopes = this.withVariables(above.scopes, variables);
    const own = (rules: Rulebase | MissingRules): Rulebase | MissingRules =>
      'node' in rules ? this.addressed({ ...rules, scopes }, who) : rules;
    const defaults = above.defaults.map((each): DefaultRules => ({ ...each, scopes }));
    return { pre: above.pre.map(own), post: above.post.map(own), defaults, scopes };
  }

  /** Rules that are for no firewall of the text: said, not lost in silence. */
  unreached(): void {
    for (const rules of this.targeted.values())
      for (const rule of rules)
        if (!this.reached.has(rule)) {
          this.notes.mark(rule, 'modelled');
          this.notes.leave(rule, 'target names no firewall of the text');
          this.notes.diagnose(
            'panos/target-not-in-text',
            'warning',
            rule.span,
            `the rule ${rule.word} is for firewalls that the text does not have in its device group`,
            'it is in no device',
          );
        }
  }

  private make(group: DeviceGroup | undefined): Above {
    const places: RulePlace[] = (group?.chain ?? []).map(({ name, node }) => ({ title: `device group ${name}`, node }));
    if (this.shared !== undefined) places.push({ title: 'shared', node: this.shared });
    if (places.length === 0) return NOTHING_ABOVE;
    const scopes = places.map(({ title, node }): Scope => ({ title, node }));
    // "Ancestor Objects Take Precedence" (Panorama Administrator's Guide, "Manage Precedence of Inherited Objects").
    const settings = child(this.root, 'deviceconfig', 'setting', 'management');
    if (isYes(settings, 'ancestor-objects-take-precedence')) scopes.reverse();
    const predefined = this.root.get('predefined');
    if (predefined !== undefined) scopes.push({ title: 'predefined', node: predefined });
    if (group?.gap === undefined) return aboveOf(places, scopes);
    const title = `device groups above ${group.chain.at(-1)?.name ?? group.name}`;
    return aboveOf(places, scopes, { title, span: group.gap, outermost: this.shared });
  }

  private addressed(rules: Rulebase, who: Addressee): Rulebase {
    const known = this.targeted.get(rules.node) ?? targetedRules(rules.node);
    this.targeted.set(rules.node, known);
    if (known.length === 0) return rules;
    for (const rule of known) if (isAddressed(rule, who) !== false) this.reached.add(rule);
    return { ...rules, appliesTo: (rule) => isAddressed(rule, who) };
  }

  /** Address objects whose value is a variable, with the value that this firewall has for it, before those of the same name. */
  private withVariables(scopes: readonly Scope[], variables: Variables | undefined): readonly Scope[] {
    if (variables === undefined) return scopes;
    const all = scopes.flatMap((scope) => {
      const users = this.usersOf(scope.node);
      return users.length === 0 ? [scope] : [{ title: scope.title, node: replaced(users, variables) }, scope];
    });
    return all.length === scopes.length ? scopes : all;
  }

  private usersOf(place: PanNode): readonly PanNode[] {
    const known = this.usesVariables.get(place);
    if (known !== undefined) return known;
    const users = entries(place, 'address').filter(({ children }) =>
      children.some((kind) => kind.children.some(({ word }) => isVariable(word))),
    );
    this.usesVariables.set(place, users);
    return users;
  }
}

function replaced(users: readonly PanNode[], variables: Variables): PanNode {
  const [first] = users;
  const place = first?.parent?.span ?? { source: '', line: 1, column: 1, endColumn: 1 };
  const made = new PanNode('', place, undefined);
  const list = made.add('address', place);
  for (const user of users) {
    const entry = list.add(user.word, user.span, user);
    for (const kind of user.children) {
      const values = entry.add(kind.word, kind.span, kind);
      for (const each of kind.children) values.add(variables.resolve(each), each.span, each);
    }
  }
  return made;
}
