import type { Span } from '../source.ts';
import type { Notes } from './notes.ts';
import { rulesBelow } from './systems.ts';
import { child, entries, value, type PanNode } from './tree.ts';

/** A device group of a Panorama text. */
export interface DeviceGroup {
  readonly name: string;
  readonly node: PanNode;
  /** Itself and the groups above it, the outermost last. */
  readonly chain: readonly DeviceGroup[];
  /** Set where groups above it are missing from the text or not told: the line that says so. */
  readonly gap: Span | undefined;
}

/**
 * The device groups of a text, in its order. Which is whose parent stands in `readonly devices localhost.localdomain device-group
 * NAME parent-dg`, not in the group (Batfish, `PaloAlto_readonly.g4`); scripts write `device-group NAME parent-dg`.
 */
export function deviceGroupsOf(root: PanNode, notes: Notes): readonly DeviceGroup[] {
  const nodes = entries(root, 'device-group');
  const told = hierarchy(root);
  const parents = new Map<string, PanNode>();
  for (const node of nodes) {
    const parent = node.get('parent-dg') ?? told?.get(node.word)?.get('parent-dg');
    if (parent !== undefined) notes.mark(parent, 'modelled');
    const name = parent?.children[0];
    if (name !== undefined && name.word.toLowerCase() !== 'shared') parents.set(node.word, name);
  }
  const known = told !== undefined || parents.size > 0 || hasNoHierarchy(root);
  const made = new Map<string, DeviceGroup>();
  const makeGroup = (node: PanNode, below: ReadonlySet<string>): DeviceGroup => {
    const ready = made.get(node.word);
    if (ready !== undefined) return ready;
    const above = aboveOf(node, below);
    const chain: DeviceGroup[] = [];
    const group: DeviceGroup = { name: node.word, node, chain, gap: above.gap };
    chain.push(group, ...above.chain);
    if (!above.isCycle) made.set(node.word, group);
    return group;
  };
  const aboveOf = (
    node: PanNode,
    below: ReadonlySet<string>,
  ): { readonly chain: readonly DeviceGroup[]; readonly gap: Span | undefined; readonly isCycle: boolean } => {
    const parent = parents.get(node.word);
    if (parent === undefined) {
      const gap = known || !nodes.some((other) => other !== node && hasRules(other)) ? undefined : node.span;
      if (gap !== undefined) unknownHierarchy(node, notes);
      return { chain: [], gap, isCycle: false };
    }
    const group = child(root, 'device-group', parent.word);
    if (group === undefined) {
      undefinedParent(node, parent, notes);
      return { chain: [], gap: parent.span, isCycle: false };
    }
    if (parent.word === node.word || below.has(parent.word)) {
      cycle(node, parent, notes);
      return { chain: [], gap: parent.span, isCycle: true };
    }
    const above = makeGroup(group, new Set([...below, node.word]));
    return { chain: above.chain, gap: above.gap, isCycle: !made.has(above.name) };
  };
  return nodes.map((node) => makeGroup(node, new Set()));
}

function hierarchy(root: PanNode): PanNode | undefined {
  const inside = child(root, 'readonly', 'devices')?.children.find((each) => each.get('device-group') !== undefined);
  return child(inside, 'device-group') ?? child(root, 'readonly', 'device-group');
}

/** Panorama nests device groups since 7.0 (Panorama 7.0 New Features Guide, "Device Group Hierarchy"). */
function hasNoHierarchy(root: PanNode): boolean {
  const major = Number.parseInt(value(root, 'version') ?? '', 10);
  return major < 7;
}

function hasRules(group: PanNode): boolean {
  return rulesBelow(group.get('pre-rulebase')) || rulesBelow(group.get('post-rulebase'));
}

const MAY_LACK = 'rules of groups above it may be missing: what its firewalls let through is a bound';

function unknownHierarchy({ span, word }: PanNode, notes: Notes): void {
  const message = `the text does not tell which device groups are above ${word} (\`readonly … parent-dg\` is not in it)`;
  notes.diagnose('panos/device-group-hierarchy', 'warning', span, message, MAY_LACK);
}

function undefinedParent({ word }: PanNode, parent: PanNode, notes: Notes): void {
  const message = `the device group ${parent.word}, parent of ${word}, is not in the text`;
  notes.diagnose('panos/undefined-device-group', 'error', parent.span, message, MAY_LACK);
}

function cycle({ word }: PanNode, parent: PanNode, notes: Notes): void {
  const message = `the device group ${word} is above and below ${parent.word}`;
  notes.diagnose('panos/device-group-cycle', 'error', parent.span, message, MAY_LACK);
}
