import type { Crossing } from '../../parsers/model/device.ts';
import type { MatchExpression, PacketMatch, Rule, RuleList } from '../../parsers/model/rule.ts';
import type { NumberRange, ServiceSet } from '../../parsers/model/service.ts';

type Side = 'sourcePorts' | 'destinationPorts';

/** What lists name does not change: crossings share it. */
const ofLists = new WeakMap<RuleList, Map<string, readonly NumberRange[]>>();

/** Every range of ports, but for all of them, that something on the path looks at. Each once. */
export function namedRanges(crossing: Crossing, protocol: number, side: Side = 'destinationPorts'): NumberRange[] {
  const found = new Ranges(protocol, side);
  for (const step of crossing.steps) {
    if (step.kind === 'stage') {
      for (const { list } of step.stage.lists) found.addAll(rangesOfList(list, protocol, side));
      continue;
    }
    const { translation } = step;
    if (translation.kind === 'unmodelled') continue;
    found.addService(translation.only?.services ?? []);
    if (translation.kind !== 'dynamic-source' && translation.port !== undefined) {
      for (const port of [translation.port.from, translation.port.to]) found.addAll([{ first: port, last: port }]);
    }
  }
  return found.list;
}

/** Ranges of destination ports, but for all of them, in rules that may permit packets of the crossing. Each once. */
export function permittedRanges({ from, to, steps }: Crossing, protocol: number): NumberRange[] {
  const found = new Ranges(protocol, 'destinationPorts');
  const isHere = (rule: Rule): boolean => {
    if (!rule.enabled || rule.match.never !== undefined || rule.action.kind === 'deny') return false;
    return (rule.from?.includes(from) ?? true) && (rule.to?.includes(to) ?? true);
  };
  for (const step of steps) {
    if (step.kind !== 'stage') continue;
    for (const { list } of step.stage.lists) for (const rule of list.rules) if (isHere(rule)) found.addRule(rule);
  }
  return found.list;
}

function rangesOfList(list: RuleList, protocol: number, side: Side): readonly NumberRange[] {
  const key = `${side} ${protocol}`;
  const known = ofLists.get(list) ?? new Map<string, readonly NumberRange[]>();
  ofLists.set(list, known);
  let ranges = known.get(key);
  if (ranges === undefined) {
    const found = new Ranges(protocol, side);
    for (const rule of list.rules) found.addRule(rule);
    known.set(key, (ranges = found.list));
  }
  return ranges;
}

/** Collects the ranges of one protocol. */
class Ranges {
  private readonly protocol: number;
  private readonly side: Side;
  private readonly found = new Map<number, NumberRange>();

  constructor(protocol: number, side: Side) {
    this.protocol = protocol;
    this.side = side;
  }

  get list(): NumberRange[] {
    return [...this.found.values()];
  }

  addAll(ranges: readonly NumberRange[]): void {
    for (const range of ranges) {
      if (range.first > 0 || range.last < 65535) this.found.set(range.first * 65536 + range.last, range);
    }
  }

  addService(services: ServiceSet): void {
    for (const term of services) {
      const applies = term.protocols.some(({ first, last }) => first <= this.protocol && this.protocol <= last);
      if (applies) this.addAll(term[this.side]);
    }
  }

  addRule({ match, also }: Rule): void {
    this.addMatch(match);
    if (also !== undefined) this.addExpression(also);
  }

  private addMatch({ service }: PacketMatch): void {
    this.addService(service.may);
    if (service.must !== service.may) this.addService(service.must);
  }

  private addExpression(expression: MatchExpression): void {
    if (expression.kind === 'all' || expression.kind === 'any')
      for (const part of expression.of) this.addExpression(part);
    else if (expression.kind === 'not') this.addExpression(expression.of);
    else if (expression.kind === 'permitted-by') this.addAll(rangesOfList(expression.list, this.protocol, this.side));
    else if (expression.kind === 'match') this.addMatch(expression.match);
  }
}
