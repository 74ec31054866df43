import type { Span } from '../source.ts';
import type { DefaultRules, MissingRules, Rulebase, Scope, VirtualSystem } from './firewall.ts';
import { child, entries, PanNode } from './tree.ts';

/** What Panorama puts around the rules that a virtual system has itself. */
export interface Above {
  /** In the order of evaluation. */
  readonly pre: readonly (Rulebase | MissingRules)[];
  readonly post: readonly (Rulebase | MissingRules)[];
  /** The one that counts first. */
  readonly defaults: readonly DefaultRules[];
  /** Where names are looked up, nearest first. */
  readonly scopes: readonly Scope[];
}

/** For a firewall that nobody manages. */
export const NOTHING_ABOVE: Above = { pre: [], post: [], defaults: [], scopes: [] };

/** A place with rules around the firewall's own: a device group, Panorama's `shared`. */
export interface RulePlace {
  /** `device group DC`, `shared`, `pushed by Panorama`. */
  readonly title: string;
  readonly node: PanNode;
}

/**
 * Rules of places above a virtual system, the nearest first: pre-rules are tried from the outermost inwards, post-rules from the
 * innermost outwards (Panorama Administrator's Guide, "Device Group Policies"); default rules that are changed count nearest first
 * (Panorama 6.1 Administrator's Guide, "Default Security Rules").
 */
export function aboveOf(places: readonly RulePlace[], scopes: readonly Scope[], gap?: Gap): Above {
  const rules = (where: 'pre' | 'post'): Rulebase[] =>
    places.flatMap(({ title, node }) => {
      const found = node.get(`${where}-rulebase`);
      return found === undefined ? [] : [{ title: titleOf(`${where}-rules`, title), where, node: found, scopes }];
    });
  const outer = (place: Rulebase): boolean => gap?.outermost !== undefined && place.node.parent === gap.outermost;
  const withGap = (list: readonly Rulebase[], where: 'pre' | 'post'): (Rulebase | MissingRules)[] => {
    if (gap === undefined) return [...list];
    const at = list.findIndex(outer);
    const end = at < 0 ? list.length : at;
    return [
      ...list.slice(0, end),
      { title: titleOf(`${where}-rules`, gap.title), where, span: gap.span },
      ...list.slice(end),
    ];
  };
  const pre = withGap(rules('pre'), 'pre').toReversed();
  const defaults = places.flatMap(({ title, node }) =>
    defaultRules(titleOf('default rules', title), node.get('post-rulebase'), scopes),
  );
  return { pre, post: withGap(rules('post'), 'post'), defaults, scopes };
}

/** Rules that are missing between those of the named groups and those of `outermost`. */
export interface Gap {
  /** `device groups above DC`. */
  readonly title: string;
  readonly span: Span;
  readonly outermost: PanNode | undefined;
}

/** `shared pre-rules`, `pre-rules of device group DC`, `pre-rules pushed by Panorama`. */
function titleOf(what: string, place: string): string {
  if (place === 'shared') return `shared ${what}`;
  return place.startsWith('pushed') ? `${what} ${place}` : `${what} of ${place}`;
}

function defaultRules(title: string, rulebase: PanNode | undefined, scopes: readonly Scope[]): DefaultRules[] {
  const node = child(rulebase, 'default-security-rules', 'rules');
  return node === undefined || node.children.length === 0 ? [] : [{ title, node, scopes }];
}

/** A virtual system's own statements and what stands around them. */
interface Parts {
  readonly name: string;
  readonly id: string;
  readonly node: PanNode;
  /** The firewall's own `shared`. */
  readonly shared: PanNode | undefined;
  /** Objects that the release brings with it, where the text prints them. */
  readonly predefined: PanNode | undefined;
  readonly above: Above;
}

/** The virtual system that these parts make. */
function systemOf({ name, id, node, shared, predefined, above }: Parts): VirtualSystem {
  const scopes: Scope[] = [{ title: id, node }, ...above.scopes];
  const more = (title: string, place: PanNode | undefined): void => {
    if (place !== undefined && !scopes.some((scope) => scope.node === place)) scopes.push({ title, node: place });
  };
  more('shared', shared);
  more('predefined', predefined);
  const local = (title: string, found: PanNode | undefined): Rulebase[] =>
    found === undefined ? [] : [{ title, where: 'local', node: found, scopes }];
  const rulebases = [
    ...above.pre,
    ...local(`pre-rules of ${id}`, node.get('pre-rulebase')),
    ...local('rules of shared', shared?.get('rulebase')),
    ...local(`rules of ${id}`, node.get('rulebase')),
    ...local(`post-rules of ${id}`, node.get('post-rulebase')),
    ...above.post,
  ];
  const own = ['rulebase', 'post-rulebase'].flatMap((each) =>
    defaultRules(`default rules of ${id}`, node.get(each), scopes),
  );
  const title = child(node, 'display-name')?.children[0]?.word;
  return { name, id, title, node, rulebases, defaultRules: [...own, ...above.defaults], scopes };
}

/** Whether a rulebase has any rule, of whatever kind. */
export function rulesBelow(rulebase: PanNode | undefined): boolean {
  return entries(rulebase).some((kind) => entries(kind, 'rules').length > 0);
}

/** The virtual systems of a firewall, `vsys1` where there is nothing to see of one. */
export function systemsOf(
  firewall: string,
  root: PanNode,
  more: readonly string[],
  above: (vsys: string) => Above,
): readonly VirtualSystem[] {
  const ids = new Set([...entries(root, 'vsys').map(({ word }) => word), ...more]);
  if (ids.size === 0) ids.add('vsys1');
  return [...ids].map((id) =>
    systemOf({
      name: ids.size > 1 ? `${firewall}/${id}` : firewall,
      id,
      node: child(root, 'vsys', id) ?? new PanNode(id, root.span, undefined),
      shared: root.get('shared'),
      predefined: root.get('predefined'),
      above: above(id),
    }),
  );
}

/** Whether the texts say anything of the firewall's zones and interfaces. */
export function hasNetwork(root: PanNode): boolean {
  if (entries(root, 'network', 'interface').some(({ children }) => children.length > 0)) return true;
  return entries(root, 'vsys').some((system) => entries(system, 'zone').length > 0);
}
