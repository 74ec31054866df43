import type { Condition } from '../model/condition.ts';
import type { Notes } from './notes.ts';
import { entries } from './srx-entries.ts';
import type { JunosNode } from './tree.ts';

/** One side of a crossing, as NAT rule sets speak of it. */
export interface SrxPlace {
  readonly zone: string;
  /** Logical interfaces a packet may use there: `ge-0/0/0.0`. */
  readonly interfaces: readonly string[];
  /** `default`, or the routing instance of the interfaces. */
  readonly routingInstance: string;
}

type ContextKind = 'interface' | 'zone' | 'routing-instance';

/** Where a rule set applies: `from zone untrust`. */
export interface NatContext {
  readonly kind: ContextKind;
  readonly names: readonly string[];
  readonly node: JunosNode;
}

/** Most specific first: "An interface match is considered to be more specific than a zone match, which is more specific
 * than a routing instance match" (Junos "Understanding Destination NAT Rules", likewise for static and source NAT). */
const SPECIFICITY: readonly ContextKind[] = ['interface', 'zone', 'routing-instance'];

/** Reads `from …` or `to …` of a rule set; undefined when there is none that can be read. */
export function readContext(ruleSet: JunosNode, side: 'from' | 'to', notes: Notes): NatContext | undefined {
  for (const node of entries(ruleSet, side)) {
    const kind = SPECIFICITY.find((each) => each === node.word);
    if (kind !== undefined) return { kind, names: entries(node).map(({ word }) => word), node };
    notes.mark(node, 'unsupported');
    notes.diagnose(
      'junos/nat-not-modelled',
      'warning',
      node.span,
      `NAT \`${side} ${node.word}\` is not modelled`,
      'whether the rule set applies is unknown: its translations are possible, not definite',
    );
  }
  return undefined;
}

/** Rule sets in the order in which they are chosen: the more specific first, then as written. */
export function bySpecificity<T extends { readonly from: NatContext | undefined; readonly to: NatContext | undefined }>(
  sets: readonly T[],
): T[] {
  const rank = (context: NatContext | undefined): number =>
    context === undefined ? SPECIFICITY.length : SPECIFICITY.indexOf(context.kind);
  return sets.toSorted((a, b) => rank(a.from) - rank(b.from) || rank(a.to) - rank(b.to));
}

/** Whether packets of a place fall under a context; conditions where only some of its interfaces do. */
export function applies(
  context: NatContext | undefined,
  place: SrxPlace,
  ruleSet: JunosNode,
): { readonly conditions: readonly Condition[] } | undefined {
  if (context === undefined) {
    return { conditions: [{ kind: 'not-understood', name: `rule-set ${ruleSet.word}`, span: ruleSet.span }] };
  }
  const { kind, names } = context;
  if (kind === 'zone') return names.includes(place.zone) ? { conditions: [] } : undefined;
  if (kind === 'routing-instance') return names.includes(place.routingInstance) ? { conditions: [] } : undefined;
  const inside = place.interfaces.filter((name) => names.includes(name));
  if (inside.length === 0) return undefined;
  if (inside.length === place.interfaces.length) return { conditions: [] };
  return { conditions: [{ kind: 'route', name: `by way of ${inside.join(', ')}`, span: context.node.span }] };
}
