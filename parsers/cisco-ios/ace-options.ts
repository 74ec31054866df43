import { endOf } from '../cisco/time-range.ts';
import { icmp6Type, icmpType } from '../cisco/names.ts';
import { icmpSelector, type NumberRange } from '../model/service.ts';
import type { AceWords } from './ace-words.ts';

const TCP_FLAGS: ReadonlySet<string> = new Set(['ack', 'fin', 'psh', 'rst', 'syn', 'urg']);
const NOT_A_SYN = 'the first packet of a connection carries SYN alone';

/** Options that look at a header field with one value behind them. */
const FIELD_WITH_VALUE: ReadonlySet<string> = new Set([
  'dscp',
  'precedence',
  'tos',
  'option',
  'flow-label',
  'dest-option-type',
  'mobility-type',
  'routing-type',
  'traffic-class',
  'cos',
  'vlan',
]);
/** Options that ask for a header, without a value. */
const FIELD_ALONE: ReadonlySet<string> = new Set(['routing', 'mobility', 'dest-option', 'hbh', 'auth']);

const IGMP_TYPES: ReadonlySet<string> = new Set([
  'dvmrp',
  'host-query',
  'host-report',
  'mtrace-resp',
  'mtrace-route',
  'pim',
  'trace',
  'v2-leave',
  'v2-report',
  'v3-report',
]);

/**
 * What stands behind the destination: ICMP messages, flags, header fields, logging. Sets what it finds in `words`.
 *
 * @returns the ICMP selectors the entry is narrowed to, if any.
 */
export function readOptions(words: AceWords, protocol: number | 'any' | undefined): NumberRange | undefined {
  const message = protocol === 1 || protocol === 58 ? readIcmp(words, protocol) : undefined;
  if (words.ended) return message;
  const flags = new Set<string>();
  while (!words.ended) {
    const at = words.at;
    const word = words.take()?.toLowerCase() ?? '';
    if (word === 'log' || word === 'log-input') readLog(words, at);
    else if (word === 'established') ['ack', 'rst'].forEach((flag) => flags.add(flag));
    else if (TCP_FLAGS.has(word)) flags.add(word);
    else if (word === 'match-any' || word === 'match-all') readFlagList(words, word);
    else if (word === 'fragments') words.never ??= '`fragments` matches only fragments that are not the first';
    else if (word === 'undetermined-transport') words.never ??= 'a whole packet shows its transport protocol';
    else if (word === 'time-range') readTimeRange(words, at);
    else if (word === 'reflect') readReflect(words);
    else if (FIELD_WITH_VALUE.has(word)) words.condition('header', `${word} ${words.take() ?? ''}`.trim(), at);
    else if (FIELD_ALONE.has(word)) readLoneField(words, word, at);
    else if (word === 'ttl') readTtl(words, at);
    else if (protocol === 2 && (IGMP_TYPES.has(word) || /^\d+$/.test(word)))
      words.condition('header', `igmp ${word}`, at);
    else words.stop(at);
  }
  // Named flags match when any of them is set; `established` is ACK or RST.
  if (flags.size > 0 && !flags.has('syn')) words.never ??= `${[...flags].join(' or ')} must be set: ${NOT_A_SYN}`;
  return message;
}

/** `log [COOKIE]`, `log-input [COOKIE]`. */
function readLog(words: AceWords, at: number): void {
  const next = words.peek();
  const isCookie = next !== undefined && words.at === words.entry.words.length - 1 && !isOption(next);
  if (isCookie) words.at += 1;
  words.logging = words.entry.words.slice(at, words.at).join(' ');
}

function isOption(word: string): boolean {
  return (
    TCP_FLAGS.has(word) ||
    FIELD_ALONE.has(word) ||
    ['established', 'fragments', 'log', 'log-input', 'undetermined-transport'].includes(word)
  );
}

/** `match-any +ack -fin`, `match-all +syn -ack`: a first packet has SYN set and all others clear. */
function readFlagList(words: AceWords, mode: string): void {
  const holds: boolean[] = [];
  for (let next = words.peek(); next !== undefined; next = words.peek()) {
    const flag = /^([+-])(ack|fin|psh|rst|syn|urg)$/i.exec(next);
    if (flag === null) break;
    holds.push((flag[1] === '+') === (flag[2]?.toLowerCase() === 'syn'));
    words.at += 1;
  }
  if (holds.length === 0) return words.stop();
  const matches = mode === 'match-any' ? holds.includes(true) : !holds.includes(false);
  if (!matches) words.never ??= `\`${mode}\` does not match: ${NOT_A_SYN}`;
}

function readTimeRange(words: AceWords, at: number): void {
  const name = words.take();
  if (name === undefined) return words.stop(at);
  const range = words.text.timeRanges.get(name);
  if (range !== undefined) {
    const ends = endOf(range);
    const span = words.span(at + 1);
    words.conditions.push({ kind: 'time-range', name, span, ...(ends === undefined ? {} : { ends }) });
    return;
  }
  const message = `time range ${name} is not defined`;
  const consequence = 'what the entry decides is possible, not definite';
  words.text.reader.diagnose('ios/undefined-time-range', 'warning', words.span(at + 1), message, consequence);
  words.condition('undefined-reference', name, at + 1);
}

/** `reflect NAME [timeout SECONDS]`: a permit that also lets the answers in where `evaluate NAME` stands. */
function readReflect(words: AceWords): void {
  if (words.take() === undefined) return words.stop(words.at - 1);
  if (words.peek() === 'timeout') words.at += 2;
}

function readLoneField(words: AceWords, word: string, at: number): void {
  const next = words.peek() ?? '';
  const hasValue = /^\d+$/.test(next);
  if (hasValue) words.at += 1;
  words.condition('header', hasValue ? `${word} ${next}` : word, at);
}

function readTtl(words: AceWords, at: number): void {
  const operator = words.take() ?? '';
  if (!['eq', 'gt', 'lt', 'neq', 'range'].includes(operator)) return words.stop(at + 1);
  words.take();
  while (/^\d+$/.test(words.peek() ?? '')) words.at += 1;
  words.condition('header', words.entry.words.slice(at, words.at).join(' '), at);
}

/** `TYPE [CODE]` or a name. */
function readIcmp(words: AceWords, protocol: 1 | 58): NumberRange | undefined {
  const word = words.peek();
  const message = word === undefined ? undefined : protocol === 1 ? icmpType('ios', word) : icmp6Type('ios', word);
  if (message === undefined) return undefined;
  words.at += 1;
  const code = words.peek() ?? '';
  if (message.code !== undefined || !/^\d{1,3}$/.test(code) || Number(code) > 255)
    return icmpSelector(message.type, message.code);
  words.at += 1;
  return icmpSelector(message.type, Number(code));
}
