import type { Crossing } from '../../parsers/model/device.ts';
import type { MatchExpression, Rule, RuleList } from '../../parsers/model/rule.ts';
import { PROTOCOL, single, type NumberRange, type ServiceSet, type ServiceTerm } from '../../parsers/model/service.ts';
import type { Service } from '../data/services.ts';
import { namedRanges } from '../egress/named-ranges.ts';
import { portsWithin } from '../egress/alike-ports.ts';
import type { Approval } from '../policy/policy.ts';
import type { Target } from '../reporting/flow-text.ts';

/** Ports told apart on one path and protocol; a path with more of them is not compared on the narrowest. */
const MAX_GROUPS = 2000;

/** Protocols that every rule treats alike, and their ports by groups that every rule treats alike. */
export interface OtherPorts {
  /** One target a group of ports. */
  readonly targets: readonly Target[];
  /** Groups beyond `MAX_GROUPS`. */
  readonly leftOut: number;
}

/**
 * Everything but the services of the catalogue on a path, before and after: within a target all rules and translations of
 * both treat all ports and protocols alike, so that one of them stands for all, exactly.
 */
export function otherPorts(
  crossings: readonly Crossing[],
  catalogue: readonly Service[],
  approvals: readonly Approval[],
): OtherPorts[] {
  return protocolsApart(crossings).map((protocols) => {
    const [protocol = 0] = protocols;
    const name = protocol === PROTOCOL.tcp ? 'tcp' : protocol === PROTOCOL.udp ? 'udp' : undefined;
    const services = catalogue.flatMap((service) => (service.protocol === name ? [single(service.port)] : []));
    const approved = approvals.flatMap(({ ports }) =>
      ports.flatMap((each) => (each.protocol === name ? each.ports : [])),
    );
    const ranges = [...crossings.flatMap((crossing) => namedRanges(crossing, protocol)), ...approved];
    const groups = portsWithin(ranges, services);
    return {
      targets: groups.slice(0, MAX_GROUPS).map(({ ports, example }) => ({
        ...(name === undefined ? { otherProtocols: rangesOf(protocols) } : { protocol: name }),
        ports,
        slice: { protocol, port: example },
      })),
      leftOut: Math.max(0, groups.length - MAX_GROUPS),
    };
  });
}

/** All protocols, in groups that nothing on the paths tells apart; those of which some ports are named stand alone. */
function protocolsApart(crossings: readonly Crossing[]): number[][] {
  const named = namedProtocols(crossings);
  const all = Array.from({ length: 256 }, (_, protocol) => protocol);
  const within = (ranges: readonly NumberRange[], value: number): string =>
    ranges.flatMap(({ first, last }, index) => (first <= value && value <= last ? [index] : [])).join();
  const alone = [...named.byPort, single(PROTOCOL.tcp), single(PROTOCOL.udp)];
  const groups = Map.groupBy(all, (protocol) =>
    within(alone, protocol) === '' ? within(named.all, protocol) : `alone ${protocol}`,
  );
  return [...groups.values()];
}

/** Protocols that something looks at, and those of them whose ports it looks at. */
interface NamedProtocols {
  readonly all: readonly NumberRange[];
  readonly byPort: readonly NumberRange[];
}

/** What lists name does not change: crossings share it. */
const ofLists = new WeakMap<RuleList, NamedProtocols>();

function namedProtocols(crossings: readonly Crossing[]): NamedProtocols {
  const parts = crossings.flatMap(({ steps }) =>
    steps.flatMap((step): NamedProtocols[] => {
      if (step.kind === 'stage') return step.stage.lists.map(({ list }) => ofList(list));
      const { translation } = step;
      if (translation.kind === 'unmodelled') return [];
      const byPort = translation.kind === 'dynamic-source' ? [] : (translation.port?.protocols ?? []);
      return [{ all: [], byPort }, ofServices([translation.only?.services ?? []])];
    }),
  );
  return { all: once(parts.flatMap(({ all }) => all)), byPort: once(parts.flatMap(({ byPort }) => byPort)) };
}

function ofList(list: RuleList): NamedProtocols {
  const known = ofLists.get(list) ?? ofServices(list.rules.flatMap(servicesOf));
  ofLists.set(list, known);
  return known;
}

function servicesOf({ match, also }: Rule): ServiceSet[] {
  return [match.service.may, match.service.must, ...(also === undefined ? [] : servicesIn(also))];
}

function servicesIn(expression: MatchExpression): ServiceSet[] {
  switch (expression.kind) {
    case 'all':
    case 'any':
      return expression.of.flatMap(servicesIn);
    case 'not':
      return servicesIn(expression.of);
    case 'match':
      return [expression.match.service.may, expression.match.service.must];
    case 'permitted-by':
      return expression.list.rules.flatMap(servicesOf);
    case 'undecided':
      return [];
  }
}

function ofServices(services: readonly ServiceSet[]): NamedProtocols {
  const terms = services.flat();
  const isNarrow = ({ destinationPorts }: ServiceTerm): boolean =>
    !destinationPorts.some(({ first, last }) => first === 0 && last === 65535);
  return {
    all: once(terms.flatMap(({ protocols }) => protocols)),
    byPort: once(terms.filter(isNarrow).flatMap(({ protocols }) => protocols)),
  };
}

function once(ranges: readonly NumberRange[]): NumberRange[] {
  return [...new Map(ranges.map((range) => [`${range.first}-${range.last}`, range])).values()];
}

function rangesOf(numbers: readonly number[]): NumberRange[] {
  const ranges: { first: number; last: number }[] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last !== undefined && last.last + 1 === number) last.last = number;
    else ranges.push({ first: number, last: number });
  }
  return ranges;
}
