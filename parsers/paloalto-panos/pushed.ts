import type { Span } from '../source.ts';
import type { LoadedText } from './load.ts';
import { rulesBelow } from './systems.ts';
import { child, entries, type PanNode } from './tree.ts';

/** Policy that Panorama pushed, as a firewall keeps it. */
export interface Pushed {
  /** `group`: of the device groups (with what is shared, on a firewall with one virtual system); `shared`: shared alone. */
  readonly kind: 'group' | 'shared';
  /** The virtual system that it is for; undefined: the text does not tell. */
  readonly vsys: string | undefined;
  /** Has `pre-rulebase`, `post-rulebase` and objects. */
  readonly node: PanNode;
  readonly text: LoadedText;
}

/**
 * What a text holds of pushed policy. `show config pushed-shared-policy` prints `policy panorama …`, and `shared …` on a
 * firewall with several virtual systems, where each one's policy is asked for with `vsys vsysN`; the configuration itself keeps it
 * under `panorama vsys vsysN …`.
 */
export function pushedIn(text: LoadedText): readonly Pushed[] {
  const { root, role } = text;
  if (role === 'panorama') return [];
  const found: Pushed[] = [];
  const push = (kind: Pushed['kind'], node: PanNode, vsys: string | undefined): void => {
    if (node.children.some(({ word }) => word !== 'vsys')) found.push({ kind, vsys, node, text });
  };
  for (const node of [child(root, 'policy', 'panorama'), root.get('panorama')]) {
    if (node === undefined) continue;
    push('group', node, text.vsys);
    for (const system of entries(node, 'vsys'))
      push(system.word === 'shared' ? 'shared' : 'group', system, system.word === 'shared' ? undefined : system.word);
  }
  const beside = child(root, 'policy', 'shared');
  if (beside !== undefined) push('shared', beside, undefined);
  const shared = root.get('shared');
  if (shared !== undefined && (role === 'pushed-policy' || holdsRules(shared))) push('shared', shared, undefined);
  if (role === 'pushed-policy')
    for (const system of entries(root, 'vsys')) {
      const isOnly = entries(root, 'vsys').length === 1;
      push('group', system, text.vsys ?? (isOnly ? undefined : system.word));
    }
  return found;
}

/** Whether there is a rule to be pushed. */
export function holdsRules(place: PanNode): boolean {
  return rulesBelow(place.get('pre-rulebase')) || rulesBelow(place.get('post-rulebase'));
}

/** Whether rules say which device group they are from (`loc`): then the pushed ones stand among the firewall's own. */
export function holdsPushedRules(system: PanNode): boolean {
  return entries(system, 'rulebase').some((kind) =>
    entries(kind, 'rules').some(({ location }) => location !== undefined),
  );
}

/** Where a firewall says that Panorama manages it. */
export function managedBy(root: PanNode): Span | undefined {
  const system = child(root, 'deviceconfig', 'system');
  const places = [child(system, 'panorama', 'local-panorama'), system];
  for (const place of places)
    for (const word of ['panorama-server', 'panorama-server-2']) {
      const server = child(place, word);
      if (server !== undefined && server.children.length > 0) return server.span;
    }
  return undefined;
}
