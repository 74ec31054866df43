import { isVariable, type Variables } from './variables.ts';
import { PanNode } from './tree.ts';

/** What a virtual system imports and what a zone or a virtual router consists of: lists to which each layer adds. */
const IMPORTED: ReadonlySet<string> = new Set([
  'interface',
  'virtual-router',
  'logical-router',
  'virtual-wire',
  'vlan',
  'layer3',
  'layer2',
  'tap',
  'tunnel',
  'external',
  'visible-vsys',
]);

/** Lists of entries, which may be empty ones. */
const ENTRIES: ReadonlySet<string> = new Set(['vsys', 'zone', 'ethernet', 'aggregate-ethernet', 'units', 'devices']);

/** An interface or a zone is of one of these kinds, whatever a lower layer says. */
const KINDS: ReadonlySet<string> = new Set([
  'layer3',
  'layer2',
  'virtual-wire',
  'tap',
  'ha',
  'tunnel',
  'external',
  'aggregate-group',
  'decrypt-mirror',
]);
const ADDRESSING: ReadonlySet<string> = new Set(['ip', 'dhcp-client', 'pppoe']);
const NEXT_HOPS: ReadonlySet<string> = new Set(['ip-address', 'ipv6-address', 'fqdn', 'next-vr', 'next-lr', 'discard']);

/** Deeper than any configuration: what is nested further in a broken text is taken from the uppermost layer as it stands. */
const DEEPEST = 100;

/**
 * Lays configurations over one another: templates of a stack, pushed templates under a firewall's own statements. What one layer
 * alone has is not copied but adopted, so that the cost is that of what several layers share and of what has variables.
 */
export class Layers {
  private readonly withVariables = new Map<PanNode, boolean>();

  /**
   * The layers as one tree, the first being the uppermost. "If templates have duplicate settings, Panorama pushes only the settings of
   * the higher template in the list" (PAN-OS Web Interface Help, "Template Stacks"); settings are single values, not whole interfaces
   * ("ethernet1/1 is of type Layer 3 in Template_A but of type Layer 2 with a VLAN in Template_B … push ethernet1/1 as type Layer 3 but
   * assigned to a VLAN", Panorama Administrator's Guide, "Configure a Template Stack").
   *
   * `local`: the first layer is what the firewall itself has. A zone or a tunnel, loopback or VLAN interface that it has
   * then takes the place of the template's whole entry (an override is made of the whole object).
   * `skip`: children of the layers' roots that are left out.
   */
  lay(
    layers: readonly PanNode[],
    variables: Variables | undefined,
    { local, skip }: { readonly local: boolean; readonly skip: ReadonlySet<string> },
  ): PanNode | undefined {
    const [first] = layers;
    if (first === undefined) return undefined;
    const root = new PanNode(first.word, first.span, undefined, first);
    this.merge(root, layers, { variables, local, skip, depth: 0 });
    return root;
  }

  private merge(into: PanNode, layers: readonly PanNode[], how: How): void {
    const groups = new Map<string, PanNode[]>();
    for (const layer of isValues(into, layers) ? layers.slice(0, 1) : layers) {
      const taken = new Set(groups.keys());
      for (const node of layer.children) {
        if (how.skip?.has(node.word) === true) continue;
        const word = how.variables === undefined ? node.word : how.variables.resolve(node);
        const group = groups.get(word);
        if (group !== undefined) group.push(node);
        else if (!isExcluded(into, word, taken)) groups.set(word, [node]);
      }
    }
    const local = how.local ? layers[0] : undefined;
    for (const [word, group] of groups) {
      const [first] = group;
      if (first === undefined) continue;
      const isLocal = local?.get(first.word) === first;
      this.put(into, word, group, { ...how, local: isLocal, skip: undefined, depth: how.depth + 1 });
    }
  }

  private put(into: PanNode, word: string, group: readonly PanNode[], how: How): void {
    const [first] = group;
    if (first === undefined) return;
    const isAlone = group.length === 1 && (how.variables === undefined || !this.hasVariables(first, how.depth));
    if (isAlone || how.depth > DEEPEST) {
      into.adopt(first);
      return;
    }
    const copy = new PanNode(word, first.span, into, first);
    copy.uuid = first.uuid;
    copy.location = first.location;
    copy.cut = group.some(({ cut }) => cut);
    into.adopt(copy);
    const filled = group.filter(({ children }) => children.length > 0);
    const local = how.local && filled[0] === first;
    this.merge(copy, how.local && isObject(copy) ? [first] : filled, { ...how, local });
  }

  /** Whether a variable stands somewhere below. Looked at once a node. */
  private hasVariables(node: PanNode, depth: number): boolean {
    const known = this.withVariables.get(node);
    if (known !== undefined) return known;
    const found =
      isVariable(node.word) || (depth <= DEEPEST && node.children.some((each) => this.hasVariables(each, depth + 1)));
    this.withVariables.set(node, found);
    return found;
  }
}

interface How {
  readonly variables: Variables | undefined;
  readonly local: boolean;
  readonly skip: ReadonlySet<string> | undefined;
  readonly depth: number;
}

/** Whether the layers have values here, not further statements: then the uppermost layer's are the ones. */
function isValues(statement: PanNode, layers: readonly PanNode[]): boolean {
  if (layers.length < 2 || statement.parent === undefined || ENTRIES.has(statement.word) || addsUp(statement))
    return false;
  return layers.every(({ children }) => children.every((each) => each.children.length === 0));
}

function addsUp({ word, parent }: PanNode): boolean {
  if (parent === undefined) return true;
  if (parent.word === 'network' || parent.word === 'import') return IMPORTED.has(word);
  return word === 'interface' && isRouter(parent);
}

/** Whether this is an object that a firewall overrides as a whole. */
function isObject({ parent }: PanNode): boolean {
  if (parent?.word === 'zone') return true;
  return parent?.word === 'units' && ['loopback', 'tunnel', 'vlan'].includes(parent.parent?.word ?? '');
}

function isRouter(node: PanNode): boolean {
  return node.parent?.word === 'virtual-router' || node.parent?.word === 'logical-router';
}

/** Whether what the upper layers say leaves no room for a statement of a lower one: an interface is layer 3 or layer 2. */
function isExcluded(parent: PanNode, word: string, taken: ReadonlySet<string>): boolean {
  if (taken.size === 0) return false;
  const list = parent.parent?.word;
  if (list === 'ethernet' || list === 'aggregate-ethernet') return excludes(KINDS, word, taken);
  if (parent.word === 'network' && parent.parent?.parent?.word === 'zone') return excludes(KINDS, word, taken);
  if (parent.word === 'layer3' || list === 'units') return excludes(ADDRESSING, word, taken);
  return parent.word === 'nexthop' && excludes(NEXT_HOPS, word, taken);
}

function excludes(choice: ReadonlySet<string>, word: string, taken: ReadonlySet<string>): boolean {
  return choice.has(word) && !taken.has(word) && [...taken].some((each) => choice.has(each));
}
