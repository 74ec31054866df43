import type { Notes } from './notes.ts';
import { isGroupWord, replacedBy } from './single-values.ts';
import { pathOf, type Inheritance, type JunosNode } from './tree.ts';
import { isWildcard, wildcard } from './wildcards.ts';

/** A statement in a group that is to be copied to the same place of the tree. */
interface Offer {
  readonly node: JunosNode;
  readonly group: string;
  readonly applied: Inheritance['applied'];
  readonly conditional: boolean;
}

/** Words directly below `interfaces` that are no interfaces: `<*>` does not match them. */
const NO_INTERFACES: ReadonlySet<string> = new Set([
  'traceoptions',
  'interface-range',
  'interface-set',
  'stacked-interface-set',
]);

/** Groups that a cluster node or routing engine applies for itself. */
const ENGINE_GROUPS: ReadonlySet<string> = new Set(['node0', 'node1', 're0', 're1']);

/**
 * Copies what groups offer to where `apply-groups` asks for it (Junos CLI guide, "Configuration Groups"): what is written
 * counts before what is inherited, a group applied further inside before one further outside, an earlier name in the
 * list before a later one. Containers merge, inherited members of ordered lists come after written ones. Names in angle
 * brackets match what is there and make nothing new.
 */
export class Inheriting {
  private readonly groups: JunosNode | undefined;
  private readonly notes: Notes;
  private readonly used = new Set<string>();

  constructor(groups: JunosNode | undefined, notes: Notes) {
    this.groups = groups;
    this.notes = notes;
  }

  run(root: JunosNode): void {
    const defaults = this.groups?.get('junos-defaults');
    const offers: Offer[] =
      defaults === undefined
        ? []
        : [{ node: defaults, group: 'junos-defaults', applied: defaults.span, conditional: false }];
    this.expand(root, offers, new Set());
  }

  private expand(node: JunosNode, outer: readonly Offer[], excepted: ReadonlySet<string>): void {
    const except = node.get('apply-groups-except')?.children ?? [];
    const without = except.length === 0 ? excepted : new Set([...excepted, ...except.map(({ word }) => word)]);
    const names = node.get('apply-groups')?.children ?? [];
    const own = names.flatMap((name) => this.offersOf(name, node));
    const wanted = [...own, ...outer].filter(({ group }) => !without.has(group));
    const offers = this.withNested(node, wanted, without);
    if (offers.length === 0) {
      for (const each of node.children) if (!isGroupWord(each.word)) this.expand(each, [], without);
      return;
    }
    for (const offer of offers) this.create(node, offer);
    for (const each of node.children) {
      if (isGroupWord(each.word)) continue;
      this.expand(
        each,
        offers.flatMap((offer) => offersFor(offer, node, each)),
        without,
      );
    }
  }

  /** Groups that are applied inside of groups stand directly behind those. */
  private withNested(node: JunosNode, offers: readonly Offer[], excepted: ReadonlySet<string>): readonly Offer[] {
    if (!offers.some((offer) => offer.node.get('apply-groups') !== undefined)) return offers;
    const found: Offer[] = [];
    const seen = new Set<JunosNode>();
    const visit = (offer: Offer): void => {
      if (seen.has(offer.node) || excepted.has(offer.group)) return;
      seen.add(offer.node);
      found.push(offer);
      for (const name of offer.node.get('apply-groups')?.children ?? []) this.offersOf(name, node).forEach(visit);
    };
    offers.forEach(visit);
    return found;
  }

  /** What the group of this name holds for the place of `node`. */
  private offersOf(name: JunosNode, node: JunosNode): readonly Offer[] {
    const named = name.word === '${node}' || name.word === '$node' ? ['node0', 'node1'] : [name.word];
    return named.flatMap((group) => {
      const found = this.groups?.get(group);
      if (found === undefined) {
        if (named.length === 1) this.reportMissing(name);
        return [];
      }
      this.reportEngine(group, name);
      const conditional = found.get('when') !== undefined;
      if (conditional) this.reportWhen(group, name);
      let places: readonly JunosNode[] = [found];
      for (const word of pathOf(node)) places = places.flatMap((place) => matching(place, word));
      return places.map((place): Offer => ({ node: place, group, applied: name.span, conditional }));
    });
  }

  /** Makes what a group offers by name and the tree lacks, unless a value stands there already. */
  private create(node: JunosNode, { node: from, group, applied, conditional }: Offer): void {
    for (const each of from.children) {
      const { word } = each;
      if (isGroupWord(word) || word === 'when' || isWildcard(word) || node.get(word) !== undefined) continue;
      if (replacedBy(node, word).length > 0) continue;
      node.take(word, each.span, { group, applied, from: each, conditional });
    }
  }

  private reportMissing(name: JunosNode): void {
    // Groups of this kind are part of the software or of the engine that the text was not taken from.
    if (name.word.startsWith('junos-') || ENGINE_GROUPS.has(name.word)) return;
    const message = `group ${name.word} is applied and not defined`;
    this.notes.diagnose(
      'junos/undefined-group',
      'warning',
      name.span,
      message,
      'the device refuses such a configuration, so a part of the text is missing',
    );
  }

  private reportEngine(group: string, name: JunosNode): void {
    if (!ENGINE_GROUPS.has(group) || this.used.has(group)) return;
    this.used.add(group);
    const message = `group ${group} counts only on one node or routing engine`;
    this.notes.diagnose(
      'junos/node-group',
      'note',
      name.span,
      message,
      'its statements are judged together with those of the other one',
    );
  }

  private reportWhen(group: string, name: JunosNode): void {
    if (this.used.has(group)) return;
    this.used.add(group);
    const message = `group ${group} counts only under its \`when\``;
    this.notes.diagnose(
      'junos/conditional-group',
      'note',
      name.span,
      message,
      'what it adds is judged as possible, not definite',
    );
  }
}

/** What an offer for `node` offers for its child. */
function offersFor(offer: Offer, node: JunosNode, to: JunosNode): readonly Offer[] {
  const isInterface = node.word !== 'interfaces' || node.parent?.parent !== undefined || !NO_INTERFACES.has(to.word);
  return matching(offer.node, to.word)
    .filter((each) => each.word === to.word || isInterface)
    .map((each) => ({ ...offer, node: each }));
}

/** The children of a group's statement that stand for a word: itself, and wildcards that match it. */
function matching(place: JunosNode, word: string): readonly JunosNode[] {
  const exact = place.get(word);
  const loose = place.children.filter((each) => isWildcard(each.word) && wildcard(each.word)(word));
  return exact === undefined ? loose : [exact, ...loose];
}
