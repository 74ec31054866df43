import type { Device } from '../../parsers/model/device.ts';
import type { Rule, RuleList } from '../../parsers/model/rule.ts';
import { applicationsOf } from '../data/applications.ts';
import type { Service } from '../data/services.ts';
import { takesPartIn } from '../evaluate/slice.ts';
import { serviceTarget } from '../reporting/flow-text.ts';

/** A range of more ports than this names none of them. */
const MOST_PORTS = 1000;
/** A rule with more applications than this (a filter, a whole category) is about none of them. */
const MOST_APPLICATIONS = 50;

/** Applications that publish/subscribe traffic shares with much else: a rule for them is not about messaging. */
const SHARED: ReadonlySet<string> = new Set(['ssl', 'web-browsing', 'websocket', 'unknown-tcp', 'unknown-udp']);

/** A rule that is about publish/subscribe messaging, and what it names of it. */
export interface PubsubRule {
  readonly list: RuleList;
  /** Place in the list. */
  readonly index: number;
  readonly rule: Rule;
  /** In catalogue order; never empty. */
  readonly services: readonly Service[];
  /** Applications of messaging that the rule names; empty where it goes by ports. */
  readonly applications: readonly string[];
}

/**
 * Rules that are switched on and name a port of the catalogue (alone or in a range of at most 1,000 ports) or an application
 * that is one of its protocols, in the order of the text. Rules of classes, which match by other lists, are not among them.
 */
export function pubsubRules(device: Device, catalogue: readonly Service[]): PubsubRule[] {
  const scheme = device.applications?.scheme;
  const names = new Map(
    catalogue.map((service) => [service, scheme === undefined ? [] : ownNames(applicationsOf(service, scheme))]),
  );
  const found: PubsubRule[] = [];
  for (const list of device.ruleLists) {
    for (const [index, rule] of list.rules.entries()) {
      if (!rule.enabled || (rule.action.kind !== 'permit' && rule.action.kind !== 'deny')) continue;
      const applications = namedApplications(rule);
      const isNamed = (service: Service): boolean =>
        applications === undefined
          ? namesPort(rule, service)
          : names.get(service)?.some((name) => applications.has(name)) === true;
      const services = catalogue.filter(isNamed);
      if (services.length === 0) continue;
      const own = [...new Set(services.flatMap((service) => names.get(service) ?? []))];
      const named = applications === undefined ? [] : own.filter((name) => applications.has(name));
      found.push({ list, index, rule, services, applications: named });
    }
  }
  return found;
}

function ownNames(names: readonly string[]): string[] {
  return names.filter((name) => !SHARED.has(name));
}

/** The applications that a rule asks for; undefined where it asks for none, or for so many that it names none. */
function namedApplications({ applications }: Rule): ReadonlySet<string> | undefined {
  if (applications === undefined || applications.names === 'any') return undefined;
  return applications.names.size <= MOST_APPLICATIONS ? applications.names : new Set();
}

function namesPort({ match }: Rule, service: Service): boolean {
  const { slice } = serviceTarget(service);
  return match.service.may.some((term) => {
    const ports = term.destinationPorts.reduce((sum, { first, last }) => sum + last - first + 1, 0);
    return ports <= MOST_PORTS && takesPartIn(term, slice);
  });
}

/**
 * Whether a list filters packets somewhere, as far as the text tells: a text without interfaces (the output of a command
 * that shows lists) does not.
 */
export function isApplied(device: Device, { name }: RuleList): boolean {
  if (device.bindings.length === 0 && device.segments.every(({ kind }) => kind === 'self')) return true;
  return device.bindings.some(({ list, plane }) => list === name && plane === 'transit');
}
