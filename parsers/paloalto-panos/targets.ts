import { entries, isYes, type PanNode } from './tree.ts';

/** Who asks whether a rule is for it. */
export interface Addressee {
  /** Undefined: firewalls that the text does not name. */
  readonly serial: string | undefined;
  readonly vsys: string;
  /** Tags that Panorama has for the virtual system; undefined: the text does not tell. */
  readonly tags: ReadonlySet<string> | undefined;
}

/** Rules of all kinds of a rulebase that name firewalls or tags in `target`. */
export function targetedRules(rulebase: PanNode): readonly PanNode[] {
  return rulebase.children.flatMap((kind) => entries(kind, 'rules').filter(isTargeted));
}

/** A `target` that names neither firewalls nor tags stands for all. */
function isTargeted(rule: PanNode): boolean {
  const target = rule.get('target');
  return target !== undefined && (entries(target, 'devices').length > 0 || entries(target, 'tags').length > 0);
}

/**
 * Whether a rule is pushed to a virtual system: it or one of its tags is listed, or with `negate yes` is not. "If you do not
 * select firewalls to target, the rule is added to all of the (unchecked) firewalls"; a firewall listed without virtual systems
 * stands for all of them (Panorama Administrator's Guide, "Push a Policy Rule to a Subset of Firewalls").
 */
export function isAddressed(rule: PanNode, { serial, vsys, tags }: Addressee): boolean | 'perhaps' {
  if (!isTargeted(rule)) return true;
  if (serial === undefined) return 'perhaps';
  const target = rule.get('target');
  const listed = entries(target, 'devices').find(({ word }) => word === serial);
  const systems = entries(listed, 'vsys');
  const named = listed !== undefined && (systems.length === 0 || systems.some(({ word }) => word === vsys));
  const wanted = entries(target, 'tags');
  const negate = isYes(target, 'negate');
  if (named) return !negate;
  if (wanted.length === 0) return negate;
  if (tags === undefined) return 'perhaps';
  return wanted.some(({ word }) => tags.has(word)) !== negate;
}
