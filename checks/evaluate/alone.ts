import type { Crossing, Stage } from '../../parsers/model/device.ts';
import type { RuleList } from '../../parsers/model/rule.ts';

/** A crossing with one rule list and nothing else, as if the list were bound alone; its end denies. */
export function alone(list: RuleList): { readonly crossing: Crossing; readonly stage: Stage } {
  const binding = {
    list: list.name,
    direction: '',
    attachedTo: '',
    family: list.family,
    defined: true,
    plane: 'transit',
    span: list.span,
  } as const;
  const stage: Stage = {
    id: 'list',
    title: `${list.kind} ${list.name}`,
    family: 'both',
    lists: [{ list, binding }],
    otherwise: { verdict: 'deny', reason: `implicit deny at the end of ${list.kind} ${list.name}` },
  };
  return { crossing: { from: '', to: '', steps: [{ kind: 'stage', stage }], conditions: [] }, stage };
}
