import { ANY4, ANY6, type AddressSet, type Family } from '../../parsers/model/address.ts';
import type { Crossing, Stage, StageDefault } from '../../parsers/model/device.ts';
import type { Rule, RuleList } from '../../parsers/model/rule.ts';
import type { NumberRange } from '../../parsers/model/service.ts';
import type { Service } from '../data/services.ts';
import { takesPartIn } from '../evaluate/slice.ts';
import { serviceTarget } from '../reporting/flow-text.ts';

/** What denies the packets that no earlier rule takes, or a service by name. */
export type End =
  | { readonly kind: 'rule'; readonly list: RuleList; readonly rule: Rule }
  | { readonly kind: 'default'; readonly otherwise: StageDefault };

/** A range of more ports names none of them. */
const MOST_PORTS = 1000;

/** The denials that matter for what leaves: of services by name, and those that end a stage. */
export class Ends {
  private readonly catalogue: readonly Service[];
  /** Of each list the rules that may count, in order. */
  private readonly known = new Map<RuleList, readonly Rule[]>();

  constructor(catalogue: readonly Service[]) {
    this.catalogue = catalogue;
  }

  /** Those of a stage that packets of a family meet on a crossing. */
  of(stage: Stage, crossing: Crossing, family: Family): End[] {
    const found: End[] = [];
    for (const { list } of stage.lists) {
      if (list.family !== 'both' && list.family !== family) continue;
      for (const rule of this.candidates(list)) {
        if (!appliesTo(rule, crossing)) continue;
        const isDenial = rule.action.kind === 'deny';
        if (isDenial) found.push({ kind: 'rule', list, rule });
        if (takesAll(rule, family)) return found;
      }
    }
    return stage.otherwise.verdict === 'deny' ? [...found, { kind: 'default', otherwise: stage.otherwise }] : found;
  }

  private candidates(list: RuleList): readonly Rule[] {
    const known = this.known.get(list);
    if (known !== undefined) return known;
    const found = list.rules.filter((rule) => {
      if (!rule.enabled || rule.match.never !== undefined || rule.action.kind === 'continue') return false;
      return takesAll(rule, 4) || takesAll(rule, 6) || (rule.action.kind === 'deny' && this.namesService(rule));
    });
    this.known.set(list, found);
    return found;
  }

  private namesService({ match }: Rule): boolean {
    return match.service.may.some((term) => {
      const ports = term.destinationPorts.reduce((sum, { first, last }) => sum + last - first + 1, 0);
      return ports <= MOST_PORTS && this.catalogue.some((service) => takesPartIn(term, serviceTarget(service).slice));
    });
  }
}

function appliesTo({ from, to, between }: Rule, crossing: Crossing): boolean {
  if (between === 'same-segment' && crossing.from !== crossing.to) return false;
  if (between === 'different-segments' && crossing.from === crossing.to) return false;
  return (from?.includes(crossing.from) ?? true) && (to?.includes(crossing.to) ?? true);
}

/** Whether the rule surely takes every packet of the family. */
function takesAll({ match, also, conditions }: Rule, family: Family): boolean {
  if (also !== undefined || conditions.length > 0) return false;
  return (
    isEverywhere(match.source.must, family) &&
    isEverywhere(match.destination.must, family) &&
    match.service.must.some(
      ({ protocols, sourcePorts, destinationPorts }) =>
        holds(protocols, 0, 255) && holds(sourcePorts, 0, 65535) && holds(destinationPorts, 0, 65535),
    )
  );
}

/** Whether a set holds all addresses of a family, in one term. */
export function isEverywhere({ include, exclude }: AddressSet, family: Family): boolean {
  const [any] = (family === 4 ? ANY4 : ANY6).include;
  return (
    exclude.length === 0 &&
    include.some(
      (term) =>
        any !== undefined &&
        'first' in term &&
        'first' in any &&
        term.kind === any.kind &&
        term.first === any.first &&
        term.last === any.last,
    )
  );
}

function holds(ranges: readonly NumberRange[], first: number, last: number): boolean {
  return ranges.some((range) => range.first <= first && last <= range.last);
}
