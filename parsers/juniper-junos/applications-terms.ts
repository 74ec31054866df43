import type { NumberRange, ServiceTerm } from '../model/service.ts';
import type { Condition } from '../model/condition.ts';
import type { NamedServices } from './applications.ts';
import type { Notes } from './notes.ts';
import { exactly } from '../model/rule.ts';
import { ALL_PORTS, ANY_SERVICE, icmpSelector, PROTOCOLS_WITH_PORTS, single } from '../model/service.ts';
import { icmpTypeNumber, portNumber, protocolNumber } from './names.ts';
import { entries } from './srx-entries.ts';
import type { JunosNode } from './tree.ts';

/** Words of an application, or of a term of one, that say what it matches. */
const MATCHING = ['protocol', 'source-port', 'destination-port', 'icmp-type', 'icmp-code', 'icmp6-type', 'icmp6-code'];
/** Words that hand the choice of ports to an ALG: they are learned from an earlier conversation. */
const LEARNED = ['rpc-program-number', 'uuid'];
/** Words that change nothing about which first packets match. */
const INERT = [
  'alg',
  'application-protocol',
  'inactivity-timeout',
  'ether-type',
  'ttl-threshold',
  'snmp-command',
  'do-not-translate-A-query-to-AAAA-query',
  'do-not-translate-AAAA-query-to-A-query',
];

/** Words of an application that are read elsewhere. */
const BESIDE: ReadonlySet<string> = new Set(['description', 'term']);

/** Every word with a value that may stand in an application or one of its terms. */
const APPLICATION_WORDS: ReadonlySet<string> = new Set([...MATCHING, ...LEARNED, ...INERT]);

/** Transports that an application with ports and without a protocol can mean. */
const TRANSPORTS: readonly NumberRange[] = [single(6), single(17)];

/**
 * What one term, or an application without terms, matches. The parts of a term may stand on one line (`term t1 protocol
 * tcp destination-port 1883`), then each value leads on to the next word.
 */
export function readApplicationTerm(body: JunosNode, application: string, notes: Notes): NamedServices {
  const values = new Map<string, JunosNode[]>();
  const problems: JunosNode[] = [];
  collect(body, values, problems);
  const words = (name: string): readonly JunosNode[] => values.get(name) ?? [];
  const learned = LEARNED.find((name) => words(name).length > 0);
  const numbers = (name: string, read: (word: string) => NumberRange | undefined): NumberRange[] =>
    words(name).flatMap((node) => {
      const found = read(node.word);
      if (found === undefined) problems.push(node);
      return found === undefined ? [] : [found];
    });
  const protocols = numbers('protocol', (word) => rangeOf(protocolNumber(word)));
  const sources = numbers('source-port', portRange);
  const destinations = numbers('destination-port', portRange);
  const selectors = icmpSelectors(protocols, numbers);
  const [problem] = problems;
  if (problem !== undefined) return notUnderstood(problem, application, notes);
  const hasPorts = sources.length > 0 || destinations.length > 0;
  if (protocols.length === 0) {
    if (words('application-protocol').length === 0 && !hasPorts && learned === undefined) {
      return notUnderstood(body, application, notes);
    }
    // A device wants a protocol beside ports; an application of an ALG alone has the ALG's ports.
    const service = hasPorts ? [term(TRANSPORTS, sources, destinations)] : ANY_SERVICE;
    notes.mark(body, 'conditional');
    return bounded(service, {
      kind: 'vendor-unverified',
      name: `application ${application} without a protocol`,
      span: body.span,
    });
  }
  const service = protocols.flatMap((protocol) => termsOf(protocol, sources, destinations, selectors));
  if (learned === undefined) return { tri: exactly(service), uses: [] };
  notes.mark(body, 'conditional');
  const by = learned === 'uuid' ? 'ms-rpc' : 'sun-rpc';
  return bounded(service, { kind: 'runtime-state', name: `ports learned by ${by}`, span: body.span });
}

function collect(node: JunosNode, values: Map<string, JunosNode[]>, unknown: JunosNode[]): void {
  for (const part of entries(node)) {
    if (!APPLICATION_WORDS.has(part.word)) {
      if (!BESIDE.has(part.word)) unknown.push(part);
      continue;
    }
    for (const each of entries(part)) {
      const known = values.get(part.word);
      if (known === undefined) values.set(part.word, [each]);
      else known.push(each);
      collect(each, values, unknown);
    }
  }
}

function termsOf(
  { first: protocol }: NumberRange,
  sources: readonly NumberRange[],
  destinations: readonly NumberRange[],
  selectors: readonly NumberRange[],
): ServiceTerm[] {
  const protocols = [single(protocol)];
  if (PROTOCOLS_WITH_PORTS.includes(protocol)) return [term(protocols, sources, destinations)];
  const isIcmp = protocol === 1 || protocol === 58;
  return [
    { protocols, sourcePorts: ALL_PORTS, destinationPorts: isIcmp && selectors.length > 0 ? selectors : ALL_PORTS },
  ];
}

function term(
  protocols: readonly NumberRange[],
  sources: readonly NumberRange[],
  destinations: readonly NumberRange[],
): ServiceTerm {
  return {
    protocols,
    sourcePorts: sources.length > 0 ? sources : ALL_PORTS,
    destinationPorts: destinations.length > 0 ? destinations : ALL_PORTS,
  };
}

/** Types of messages, each with the codes named beside them. */
function icmpSelectors(
  protocols: readonly NumberRange[],
  numbers: (name: string, read: (word: string) => NumberRange | undefined) => NumberRange[],
): NumberRange[] {
  const six = protocols.some(({ first }) => first === 58);
  const type = (word: string): NumberRange | undefined => rangeOf(icmpTypeNumber(six ? 58 : 1, word));
  const code = (word: string): NumberRange | undefined =>
    /^\d{1,3}$/.test(word) && Number(word) < 256 ? single(Number(word)) : undefined;
  const types = [...numbers('icmp-type', type), ...numbers('icmp6-type', type)];
  const codes = [...numbers('icmp-code', code), ...numbers('icmp6-code', code)];
  return types.flatMap(({ first }) =>
    codes.length === 0 ? [icmpSelector(first)] : codes.map((each) => icmpSelector(first, each.first)),
  );
}

function rangeOf(value: number | undefined): NumberRange | undefined {
  return value === undefined ? undefined : single(value);
}

/** `1883`, `5671-5672`, `https`. */
function portRange(word: string): NumberRange | undefined {
  const whole = portNumber(word);
  if (whole !== undefined) return single(whole);
  const dash = word.indexOf('-', 1);
  const [first, last] = [portNumber(word.slice(0, dash)), portNumber(word.slice(dash + 1))];
  if (dash < 0 || first === undefined || last === undefined) return undefined;
  return first <= last ? { first, last } : { first: last, last: first };
}

function bounded(may: readonly ServiceTerm[], condition: Condition): NamedServices {
  return { tri: { must: [], may, conditions: [condition] }, uses: [] };
}

function notUnderstood(node: JunosNode, application: string, notes: Notes): NamedServices {
  notes.mark(node, 'unrecognised');
  notes.diagnose(
    'junos/application-not-understood',
    'warning',
    node.span,
    `application \`${application}\` cannot be read here`,
    'it may stand for any service: rules that use it are possible, not definite',
  );
  return bounded(ANY_SERVICE, { kind: 'not-understood', name: application, span: node.span });
}
