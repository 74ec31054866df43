import type { Crossing } from '../../parsers/model/device.ts';
import type { MatchExpression, Rule, RuleList } from '../../parsers/model/rule.ts';
import type { NumberRange, ServiceSet } from '../../parsers/model/service.ts';

/** A range of at most this many ports names them; a wider one (`gt 1023`) takes them wholesale. */
const MAX_NAMED_PORTS = 1000;

/** Groups of alike ports told apart; the widest are looked at. */
const MAX_GROUPS = 32;

/** With more wide ranges than this, alike ports are grouped only where they are neighbours; still exact. */
const MAX_COMPARED_RANGES = 64;

/** Ports that no rule of a path distinguishes: what it does to one of them it does to all. */
export interface PortGroup {
  readonly ports: readonly NumberRange[];
  /** One of them, from the user ports where it can be. */
  readonly example: number;
}

/**
 * Destination ports of a protocol that no rule or translation of the crossing names, grouped by the wide ranges they
 * lie in. Exact: within a group every rule matches all ports or none.
 */
export function unnamedPorts(crossing: Crossing, protocol: number): PortGroup[] {
  const ranges = namedRanges(crossing, protocol);
  return alikePorts(
    ranges.filter(({ first, last }) => last - first >= MAX_NAMED_PORTS),
    ranges.filter(({ first, last }) => last - first < MAX_NAMED_PORTS),
  );
}

/**
 * Destination ports of a protocol without those of `except`, grouped by the rules and translations of the crossings that look
 * at them. Exact, as above.
 */
export function portsApartFrom(
  crossings: readonly Crossing[],
  protocol: number,
  except: readonly NumberRange[],
): PortGroup[] {
  return alikePorts(
    crossings.flatMap((crossing) => namedRanges(crossing, protocol)),
    except,
  );
}

/** Ports in none of `named`, by the ranges of `wide` that they lie in. */
function alikePorts(wide: readonly NumberRange[], named: readonly NumberRange[]): PortGroup[] {
  const cuts = new Set([0, 65536]);
  for (const { first, last } of [...wide, ...named]) cuts.add(first).add(last + 1);
  const bounds = [...cuts].sort((a, b) => a - b);
  const taken = mergedCover(named);
  const groups = new Map<string, NumberRange[]>();
  for (const [index, first] of bounds.entries()) {
    const next = bounds[index + 1];
    if (next === undefined || taken(first)) continue;
    const key =
      wide.length > MAX_COMPARED_RANGES
        ? `${first}`
        : wide.map((range) => (range.first <= first && first <= range.last ? '1' : '0')).join('');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [{ first, last: next - 1 }]);
    else group.push({ first, last: next - 1 });
  }
  return [...groups.values()]
    .sort((a, b) => size(b) - size(a))
    .slice(0, MAX_GROUPS)
    .map((ports) => ({ ports, example: exampleOf(ports) }));
}

function size(ports: readonly NumberRange[]): number {
  return ports.reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

function exampleOf(ports: readonly NumberRange[]): number {
  const user = ports.find(({ last }) => last >= 1024) ?? ports.at(-1);
  return user === undefined ? 0 : Math.min(user.last, Math.max(user.first, 1024));
}

/** Tells whether a port lies in one of the ranges. */
function mergedCover(ranges: readonly NumberRange[]): (port: number) => boolean {
  const ports = new Uint8Array(65536);
  for (const { first, last } of ranges) ports.fill(1, first, last + 1);
  return (port) => ports[port] === 1;
}

/** Every range of destination ports, but for all of them, that something on the path looks at. Each once. */
function namedRanges(crossing: Crossing, protocol: number): NumberRange[] {
  const found = new Map<number, NumberRange>();
  const add = (range: NumberRange): void => {
    if (range.first > 0 || range.last < 65535) found.set(range.first * 65536 + range.last, range);
  };
  const addService = (services: ServiceSet): void => {
    for (const { protocols, destinationPorts } of services) {
      if (protocols.some(({ first, last }) => first <= protocol && protocol <= last)) destinationPorts.forEach(add);
    }
  };
  const seen = new Set<RuleList>();
  const addList = (list: RuleList): void => {
    if (seen.has(list)) return;
    seen.add(list);
    for (const rule of list.rules) addRule(rule);
  };
  const addRule = ({ match, also }: Rule): void => {
    addService(match.service.may);
    addService(match.service.must);
    if (also !== undefined) addExpression(also);
  };
  const addExpression = (expression: MatchExpression): void => {
    if (expression.kind === 'all' || expression.kind === 'any') expression.of.forEach(addExpression);
    else if (expression.kind === 'not') addExpression(expression.of);
    else if (expression.kind === 'permitted-by') addList(expression.list);
    else if (expression.kind === 'match') {
      addService(expression.match.service.may);
      addService(expression.match.service.must);
    }
  };
  for (const step of crossing.steps) {
    if (step.kind === 'stage') {
      for (const { list } of step.stage.lists) addList(list);
      continue;
    }
    const { translation } = step;
    if (translation.kind === 'unmodelled') continue;
    addService(translation.only?.services ?? []);
    if (translation.kind !== 'dynamic-source' && translation.port !== undefined) {
      for (const port of [translation.port.from, translation.port.to]) add({ first: port, last: port });
    }
  }
  return [...found.values()];
}
