import { applicationsOf, carriersOf } from '../../checks/data/applications.ts';
import type { Service } from '../../checks/data/services.ts';
import { SERVICES } from '../../checks/index.ts';
import type { Approval, Policy } from '../../checks/policy/policy.ts';
import { withOwnServices } from '../../checks/policy/settings.ts';
import type { Span } from '../../parsers/source.ts';
import { unknownName } from '../trace/near-matches.ts';
import type { Layer } from './form-problems.ts';
import { problemAt, type FileProblem as PolicyProblem } from '../yaml/problem.ts';

/** A layer and its entries. */
export interface ReadLayer {
  readonly layer: Layer;
  readonly policy: Policy;
}

/** What is wrong with entries that each have the right form: names that nothing has, names given twice, contradictions. */
export function disagreements(layers: readonly ReadLayer[], merged: Policy): PolicyProblem[] {
  const sources = new Map(layers.map(({ layer: { yaml } }) => [yaml.source.name, yaml.source]));
  const catalogue = withOwnServices(SERVICES, merged);
  const at = (span: Span, message: string): PolicyProblem =>
    problemAt(sources.get(span.source) ?? { name: span.source, text: '' }, span, message);
  return [
    ...layers.flatMap(({ policy }) => [...sameServices(policy, at), ...contradictingRoles(policy, at)]),
    ...sameNames('approval', merged.approvals, at),
    ...sameNames('block list', merged.blockLists, at),
    ...takenPorts(merged, catalogue, at),
    ...layers.flatMap(({ layer, policy }) =>
      policy.approvals.flatMap((approval, index) => {
        const unknown = unknownNames(approval, index, layer, catalogue);
        return unknown.length > 0 ? unknown : matchesNothing(approval, catalogue, at);
      }),
    ),
  ];
}

type At = (span: Span, message: string) => PolicyProblem;
type Named = { readonly name: string; readonly place: Span };

function whereIs({ source, line }: Span): string {
  return `${source}:${line}`;
}

function sameNames(what: string, entries: readonly Named[], at: At): PolicyProblem[] {
  const first = new Map<string, Span>();
  return entries.flatMap(({ name, place }) => {
    const earlier = first.get(name);
    first.set(name, earlier ?? place);
    return earlier === undefined ? [] : [at(place, `${what} "${name}" is given already in ${whereIs(earlier)}`)];
  });
}

function sameServices({ services }: Policy, at: At): PolicyProblem[] {
  const named = services.map(({ name, protocol, place }) => ({ name: `${name} (${protocol})`, place }));
  return sameNames('service', named, at);
}

/**
 * Equal patterns in one file are a slip; in several files the later layer means to change it. Whether others contradict each
 * other shows on the segments that they fit (`judgeTrust`).
 */
function contradictingRoles({ segments }: Policy, at: At): PolicyProblem[] {
  const first = new Map<string, Policy['segments'][number]>();
  return segments.flatMap((entry) => {
    const key = `${entry.device}\n${entry.segment}`.toLowerCase();
    const earlier = first.get(key);
    first.set(key, earlier ?? entry);
    if (earlier === undefined || earlier.role === entry.role) return [];
    const message = `segment "${entry.segment}" of device "${entry.device}" is set ${entry.role} here and ${earlier.role} in ${whereIs(earlier.place)}`;
    return [at(entry.place, message)];
  });
}

/** Two services on one port would be reported, and would have to be approved, both. */
function takenPorts({ services }: Policy, catalogue: readonly Service[], at: At): PolicyProblem[] {
  return services.flatMap((own, index) => {
    const others = catalogue.filter(
      (each) => each.protocol === own.protocol && each.port === own.port && each.name !== own.name,
    );
    const other = others.find((each) => {
      const place = services.findIndex((service) => service === each);
      return place < 0 || place < index;
    });
    if (other === undefined) return [];
    const port = `${own.protocol}/${own.port}`;
    return [at(own.place, `${port} is "${other.name}" already; give the service that name to replace it`)];
  });
}

function unknownNames(
  { services, applications }: Approval,
  index: number,
  { yaml }: Layer,
  catalogue: readonly Service[],
): PolicyProblem[] {
  const families = catalogue.map(({ family }) => `${family}-family`);
  const check = (key: string, what: string, names: readonly string[], known: readonly string[]): PolicyProblem[] =>
    names.flatMap((name, position) => {
      if (known.includes(name)) return [];
      return [
        problemAt(yaml.source, yaml.placeOf(['approvals', index, key, position]), unknownName(what, name, known)),
      ];
    });
  return [
    ...check('services', 'service', services, [...catalogue.map(({ name }) => name), ...families]),
    ...check('applications', 'application that carries messaging', applications, knownApplications(catalogue)),
  ];
}

/** Names under which messaging can be seen; an approval of any other would never be asked about. */
function knownApplications(catalogue: readonly Service[]): string[] {
  const names = catalogue.flatMap((service) => applicationsOf(service, 'app-id'));
  return [...new Set([...carriersOf('app-id').map(({ application }) => application), ...names])].toSorted();
}

function matchesNothing(approval: Approval, catalogue: readonly Service[], at: At): PolicyProblem[] {
  if (approval.transport === 'any') return [];
  const named = catalogue.filter((service) => isNamed(approval, service));
  const isOpen = approval.ports.some(({ protocol, ports }) =>
    ports.some(({ first, last }) => countIn(catalogue, protocol, first, last) < last - first + 1),
  );
  const isCarried = approval.applications.length > 0;
  if (isOpen || isCarried || named.some(({ transportSecurity }) => transportSecurity === 'tls')) return [];
  const names = named
    .map(({ name, transportSecurity }) => `${name} is ${SECURITY_WORDS[transportSecurity]}`)
    .join(', ');
  return [at(approval.place, `approval "${approval.name}" is for TLS only and can match no service: ${names}`)];
}

const SECURITY_WORDS: Readonly<Record<Service['transportSecurity'], string>> = {
  cleartext: 'in clear text',
  tls: 'TLS',
  starttls: 'in clear text until both sides agree on TLS',
  unknown: 'not known to be TLS',
};

function isNamed({ services, ports }: Approval, { name, family, protocol, port }: Service): boolean {
  return (
    services.includes(name) ||
    services.includes(`${family}-family`) ||
    ports.some(
      (each) => each.protocol === protocol && each.ports.some(({ first, last }) => first <= port && port <= last),
    )
  );
}

function countIn(catalogue: readonly Service[], protocol: Service['protocol'], first: number, last: number): number {
  const inside = catalogue.filter((each) => each.protocol === protocol && first <= each.port && each.port <= last);
  return new Set(inside.map(({ port }) => port)).size;
}
