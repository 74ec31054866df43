import type { Condition } from '../model/condition.ts';
import type { Stage } from '../model/device.ts';
import type { Span } from '../source.ts';
import type { Rulebase } from './firewall.ts';
import type { NetworkFacts } from './network.ts';
import { RouterLinks } from './router-links.ts';
import type { Place } from './segments.ts';
import { entries, isYes, value } from './tree.ts';

/** How packets get from the one place to the other, policy apart. */
export type Way =
  | { readonly none: string }
  | {
      readonly none?: never;
      /** What takes packets away on the way, behind translations. */
      readonly stages: readonly Stage[];
      readonly conditions: readonly Condition[];
    };

/** A rule of policy-based forwarding that chooses where packets leave, whatever the routes say. */
export interface ForwardingRule {
  readonly name: string;
  /** An interface, or the virtual system that gets them. */
  readonly egress: string;
  /** Zones or interfaces that packets come from; undefined: any. */
  readonly from: ReadonlySet<string> | undefined;
  readonly span: Span;
}

const DIRECT: Way = { stages: [], conditions: [] };

/** Rules of policy-based forwarding that are switched on and choose an interface or a virtual system. */
export function forwardingRules(rulebases: readonly Pick<Rulebase, 'node'>[]): ForwardingRule[] {
  return rulebases
    .flatMap(({ node }) => entries(node, 'pbf', 'rules'))
    .flatMap((rule) => {
      const egress = value(rule, 'action', 'forward', 'egress-interface') ?? value(rule, 'action', 'forward-to-vsys');
      if (egress === undefined || isYes(rule, 'disabled')) return [];
      const sides = [...entries(rule, 'from', 'zone'), ...entries(rule, 'from', 'interface')].map(({ word }) => word);
      const from = sides.length === 0 || sides.includes('any') ? undefined : new Set(sides);
      return [{ name: rule.word, egress, from, span: rule.span }];
    });
}

/** Which zones of a firewall can exchange packets at all, before any policy is asked. */
export class Forwarding {
  private readonly network: NetworkFacts;
  private readonly links: RouterLinks;

  constructor(network: NetworkFacts) {
    this.network = network;
    this.links = new RouterLinks(network.routers);
  }

  /**
   * "Zones must be of the same type" (PAN-OS web interface help, "Security Zone Overview").
   *
   * @param rules of the system that packets come from.
   * @param system that they go to.
   */
  way(from: Place, to: Place, rules: readonly ForwardingRule[], system: string): Way {
    const [a, b] = [typeOf(from), typeOf(to)];
    if (a !== undefined && b !== undefined && a !== b) {
      return { none: `${from.segment.name} is of type ${a}, ${to.segment.name} of type ${b}` };
    }
    const type = a ?? b;
    if (type === 'virtual-wire') return this.overWires(from, to);
    if (type === 'layer2') return this.overVlans(from, to);
    return this.routed(from, to, rules, system);
  }

  private routed(from: Place, to: Place, rules: readonly ForwardingRule[], system: string): Way {
    const isAnywhere = from.isOpen || to.isOpen || from.routers.size === 0 || to.routers.size === 0;
    if (from === to || isAnywhere || [...from.routers].some((name) => to.routers.has(name))) return DIRECT;
    const link = this.links.between(from.routers, to.routers);
    const rule = rules.find(
      (each) =>
        (to.interfaces.includes(each.egress) || each.egress === system) &&
        (each.from === undefined || each.from.has(from.zone) || from.interfaces.some((name) => each.from?.has(name))),
    );
    // What such a rule matches is not in the model, so that it may match anything.
    if (rule !== undefined) {
      const name = `policy-based forwarding rule ${rule.name}`;
      return { stages: [], conditions: [{ kind: 'route', name, span: rule.span }] };
    }
    if (link !== undefined) return { stages: [link.stage], conditions: link.conditions };
    const contexts = `${from.segment.routingContext} and ${to.segment.routingContext}`;
    return { none: `different virtual routers, and no route from the one to the other: ${contexts}` };
  }

  /** A virtual wire joins two interfaces and nothing else; subinterfaces are joined like their ports, or by wires of their own. */
  private overWires(from: Place, to: Place): Way {
    const { wires, byName } = this.network;
    const ends = new Set(wires.flat());
    const end = (name: string): string => (ends.has(name) ? name : (byName.get(name)?.parent ?? name));
    const pairs = from.interfaces.flatMap((one) => to.interfaces.map((other) => [end(one), end(other)] as const));
    const joined = pairs.some(
      ([one, other]) => one !== other && wires.some((wire) => wire.includes(one) && wire.includes(other)),
    );
    if (joined) return DIRECT;
    if (wires.length > 0 && !from.isOpen && !to.isOpen) {
      return { none: `no virtual wire joins ${from.segment.name} and ${to.segment.name}` };
    }
    return { stages: [], conditions: [{ kind: 'route', name: 'virtual wires', span: from.segment.span }] };
  }

  /** "At a minimum, a Layer 2 interface must be in a VLAN to pass traffic" (Palo Alto Networks tech note "Layer 2 Networking"). */
  private overVlans(from: Place, to: Place): Way {
    const { vlans } = this.network;
    const isIn = (vlan: ReadonlySet<string>, place: Place): boolean => place.interfaces.some((name) => vlan.has(name));
    if (vlans.some((vlan) => isIn(vlan, from) && isIn(vlan, to))) return DIRECT;
    if (vlans.length > 0 && !from.isOpen && !to.isOpen) {
      return { none: `no VLAN has interfaces of both ${from.segment.name} and ${to.segment.name}` };
    }
    return { stages: [], conditions: [{ kind: 'route', name: 'members of VLANs', span: from.segment.span }] };
  }
}

/** Undefined where the text does not tell. */
function typeOf({ type }: Place): 'layer3' | 'layer2' | 'virtual-wire' | 'tap' | 'tunnel' | 'unzoned' | undefined {
  // What is behind an external zone is reached by routes.
  if (type === 'external') return 'layer3';
  return type === 'named' || type === 'untyped' ? undefined : type;
}
