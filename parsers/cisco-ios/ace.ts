import { portFor, protocolNumber } from '../cisco/names.ts';
import { ANY4, ANY6, type AddressSet } from '../model/address.ts';
import { exactly, type Action, type PacketMatch, type Rule, type Tri } from '../model/rule.ts';
import { ALL_PORTS, ANY_SERVICE, PROTOCOLS_WITH_PORTS, type NumberRange, type ServiceSet } from '../model/service.ts';
import { readAddress } from './ace-address.ts';
import { readOptions } from './ace-options.ts';
import { AceWords } from './ace-words.ts';
import { protocolService, withPorts, type Groups } from './convert-objects.ts';
import type { IosText, ListEntry, TextList } from './text.ts';

/** A rule with the state that its line ends in. */
export interface ReadAce {
  readonly rule: Omit<Rule, 'name'>;
  readonly state: 'modelled' | 'conditional' | 'unrecognised';
}

/** Reads one entry of a list (not a remark). What cannot be read stays free and the entry is then only possible. */
export function readAce(text: IosText, groups: Groups, list: TextList, entry: ListEntry, id: string): ReadAce {
  const words = new AceWords(text, groups, entry, list.kind === 'ipv6' ? 6 : 4);
  const first = entry.words[0]?.toLowerCase() ?? '';
  if (first === 'evaluate') return evaluateEntry(words, id);
  let keyword = first;
  if (first === 'dynamic') keyword = readDynamic(words);
  const action = actionOf(keyword);
  if (action.kind === 'unknown') words.stop(0);
  const match = list.kind === 'standard' ? readStandard(words) : readExtended(words);
  return finished(words, list, action, match, id);
}

function actionOf(keyword: string): Action {
  const kind = ['permit', 'deny'].find((word) => keyword.length >= 2 && word.startsWith(keyword));
  return kind === 'permit' || kind === 'deny' ? { kind, word: kind } : { kind: 'unknown', word: keyword };
}

/** `dynamic NAME [timeout MINUTES] permit …`: lock-and-key, an entry that works only after a log-in. */
function readDynamic(words: AceWords): string {
  const name = words.take() ?? '';
  if (words.peek() === 'timeout') words.at += 2;
  words.condition('runtime-state', name, 1);
  return words.take()?.toLowerCase() ?? '';
}

/** `evaluate NAME`: entries that `reflect` made for answers, so no first packet matches. */
function evaluateEntry(words: AceWords, id: string): ReadAce {
  words.never = 'the entries that `reflect` makes match answers only';
  return finished(words, undefined, { kind: 'permit', word: 'evaluate' }, anything(words), id);
}

function anything(words: AceWords): PacketMatch {
  const any = exactly(words.family === 4 ? ANY4 : ANY6);
  return { source: any, destination: any, service: exactly(ANY_SERVICE) };
}

function readStandard(words: AceWords): PacketMatch {
  const source = words.ended ? stopped(words) : readAddress(words, 'host');
  const word = words.peek();
  if (word === 'log') {
    words.at += 1;
    words.logging = 'log';
    // A cookie for log correlation may follow.
    if (!words.ended && words.at === words.entry.words.length - 1) words.at += 1;
  }
  if (!words.ended) words.stop();
  return { ...anything(words), source };
}

function stopped(words: AceWords): Tri<AddressSet> {
  words.stop();
  return exactly(words.family === 4 ? ANY4 : ANY6);
}

function readExtended(words: AceWords): PacketMatch {
  if (words.unread !== undefined) return anything(words);
  const { service, protocol } = readProtocol(words);
  const portable = service.may.find((term) =>
    term.protocols.every(({ first, last }) => first === last && PROTOCOLS_WITH_PORTS.includes(first)),
  );
  const portOf = (word: string): number | undefined => portFor('ios', portable?.protocols[0]?.first ?? 6, word);
  const source = words.unread === undefined ? readAddress(words, 'none') : stopped(words);
  const sourcePorts = readPortField(words, portOf);
  const destination = words.unread === undefined ? readAddress(words, 'none') : stopped(words);
  const destinationPorts = readPortField(words, portOf);
  const selector = readOptions(words, protocol);
  const destinationField = selector === undefined ? destinationPorts : exactly([selector]);
  return {
    source,
    destination,
    service: narrowed(words, service, sourcePorts, destinationField, selector !== undefined),
  };
}

function readProtocol(words: AceWords): { service: Tri<ServiceSet>; protocol: number | 'any' | undefined } {
  const at = words.at;
  const word = words.take()?.toLowerCase();
  if (word === 'object-group') {
    const name = words.take() ?? '';
    const { tri, use } = words.groups.services(name, words.span(words.at - 1));
    words.objects.push(use);
    return { service: tri, protocol: undefined };
  }
  const protocol = word === undefined ? undefined : protocolOf(word, words.family);
  if (protocol === undefined) {
    words.stop(at);
    return { service: exactly(ANY_SERVICE), protocol: 'any' };
  }
  return { service: exactly(protocolService(protocol)), protocol };
}

function protocolOf(word: string, family: 4 | 6): number | 'any' | undefined {
  if (family === 6 && word === 'icmpv6') return 58;
  // Hop-by-hop options are a header of their own, with protocol number 0.
  if (family === 6 && word === 'hbh') return 0;
  return protocolNumber('ios', word, family);
}

type PortField = Tri<readonly NumberRange[]> | undefined;

function readPortField(words: AceWords, port: (word: string) => number | undefined): PortField {
  const word = words.peek();
  if (word === 'portgroup') {
    words.take();
    const name = words.take() ?? '';
    const { tri, use } = words.groups.ports(name, words.span(words.at - 1));
    words.objects.push(use);
    return tri;
  }
  const ranges = words.ports(port);
  return ranges === undefined ? undefined : exactly(ranges);
}

function narrowed(
  words: AceWords,
  service: Tri<ServiceSet>,
  sources: PortField,
  destinations: PortField,
  isIcmp: boolean,
): Tri<ServiceSet> {
  if (sources === undefined && destinations === undefined) return service;
  const apply = (value: 'must' | 'may'): ServiceSet | undefined => {
    const [from, to] = [sources?.[value], destinations?.[value]];
    if (isIcmp) return service[value].map((term) => ({ ...term, destinationPorts: to ?? ALL_PORTS }));
    return withPorts(service[value], from, to);
  };
  const [must, may] = [apply('must'), apply('may')];
  if (must === undefined || may === undefined) {
    // Ports of a protocol that has none.
    words.stop(2);
    return service;
  }
  const conditions = [...service.conditions, ...(sources?.conditions ?? []), ...(destinations?.conditions ?? [])];
  return conditions.length === 0 ? exactly(may) : { must, may, conditions };
}

function finished(
  words: AceWords,
  list: TextList | undefined,
  action: Action,
  match: PacketMatch,
  id: string,
): ReadAce {
  const { text, entry, unread, never } = words;
  const conditions = [...words.conditions];
  if (unread !== undefined) conditions.push(notUnderstood(words, list, action, unread));
  const rule: Omit<Rule, 'name'> = {
    id,
    text: entry.line.text,
    span: text.reader.span(entry.line),
    action,
    match: never === undefined ? match : { ...match, never },
    conditions,
    enabled: true,
    logging:
      words.logging === undefined ? { logs: 'no', detail: '' } : { logs: 'yes', detail: words.logging, level: 6 },
    objects: words.objects,
  };
  const open = [conditions, match.source.conditions, match.destination.conditions, match.service.conditions];
  const isBound = open.some((found) => found.length > 0);
  return {
    rule,
    state: unread !== undefined || words.doubtful ? 'unrecognised' : isBound ? 'conditional' : 'modelled',
  };
}

function notUnderstood(
  words: AceWords,
  list: TextList | undefined,
  action: Action,
  unread: number,
): Rule['conditions'][number] {
  const span = words.span(unread);
  const word = words.entry.words[unread];
  const message = word === undefined ? 'the entry ends too early' : `\`${word}\` is not understood in this entry`;
  const what = action.kind === 'unknown' ? 'permit or deny anything' : `${action.kind} what was read of it`;
  const consequence = `the entry may ${what}; what list ${list?.name ?? ''} says from here on is possible, not definite`;
  words.text.reader.diagnose('ios/ace-not-understood', 'warning', span, message, consequence);
  return { kind: 'not-understood', name: word ?? '', span };
}
