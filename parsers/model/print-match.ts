import type { Span } from '../source.ts';
import type { AddressSet } from './address.ts';
import type { Condition } from './condition.ts';
import type { MatchExpression, PacketMatch, Tri } from './rule.ts';
import type { ServiceSet, ServiceTerm } from './service.ts';
import { formatAddressSet, formatIcmpSelectors, formatPortRanges, formatProtocols } from './format.ts';
import { PROTOCOL } from './service.ts';

/** Writes where something stands, or nothing when spans are not asked for. */
export type PrintSpan = (span: Span | undefined) => string;

/** A set of addresses in one line; `none` when it is empty. */
export function printAddresses(set: AddressSet): string {
  const terms = formatAddressSet(set);
  return terms.length === 0 ? 'none' : terms.join(', ');
}

/** Services in one line, terms sorted: `tcp from 1024-65535 to 1883`, `icmp type 8`, `ip`. */
export function printServices(services: ServiceSet): string {
  const terms = [...new Set(services.map(printServiceTerm))].sort();
  return terms.length === 0 ? 'none' : terms.join(' | ');
}

function printServiceTerm(term: ServiceTerm): string {
  const isIcmp = term.protocols.every(
    ({ first, last }) => first === last && (first === PROTOCOL.icmp || first === PROTOCOL.icmp6),
  );
  const sources = formatPortRanges(term.sourcePorts);
  const destinations = isIcmp ? formatIcmpSelectors(term.destinationPorts) : formatPortRanges(term.destinationPorts);
  const words = [listed(formatProtocols(term.protocols))];
  if (!isAny(sources)) words.push('from', listed(sources));
  if (!isAny(destinations)) words.push(isIcmp ? 'type' : 'to', listed(destinations));
  return words.join(' ');
}

function isAny(texts: readonly string[]): boolean {
  return texts.length === 1 && texts[0] === 'any';
}

function listed(texts: readonly string[]): string {
  return texts.length === 0 ? 'none' : texts.join(',');
}

/** Conditions in one line, sorted by kind and name, each once. */
export function printConditions(conditions: readonly Condition[], at: PrintSpan): string {
  const texts = conditions.map(
    ({ kind, name, span, ends }) => `${kind}(${name})${ends === undefined ? '' : ` until ${ends}`}${at(span)}`,
  );
  return [...new Set(texts)].sort().join(', ');
}

/** A match as indented lines, one a field. */
export function printMatch(match: PacketMatch, indent: string, at: PrintSpan): string[] {
  const lines = [
    ...printTri('source', match.source, printAddresses, indent, at),
    ...printTri('destination', match.destination, printAddresses, indent, at),
    ...printTri('service', match.service, printServices, indent, at),
  ];
  if (match.never !== undefined) lines.push(`${indent}never: ${match.never}`);
  return lines;
}

function printTri<T>(field: string, tri: Tri<T>, print: (value: T) => string, indent: string, at: PrintSpan): string[] {
  const must = print(tri.must);
  const may = print(tri.may);
  if (must === may && tri.conditions.length === 0) return [`${indent}${field}: ${may}`];
  return [`${indent}${field}: must ${must}; may ${may}; if ${printConditions(tri.conditions, at)}`];
}

/** A match expression as an indented tree. Operands of `all` and `any` keep their order. */
export function printExpression(expression: MatchExpression, indent: string, at: PrintSpan): string[] {
  const deeper = `${indent}  `;
  if (expression.kind === 'undecided') return [`${indent}undecided: ${printConditions([expression.condition], at)}`];
  if (expression.kind === 'permitted-by') {
    return [`${indent}permitted by list ${expression.list.name}${at(expression.span)}`];
  }
  if (expression.kind === 'match') {
    return [`${indent}match${at(expression.span)}`, ...printMatch(expression.match, deeper, at)];
  }
  const operands = expression.kind === 'not' ? [expression.of] : expression.of;
  const head = expression.kind === 'not' ? 'not' : `${expression.kind} of`;
  return [`${indent}${head}`, ...operands.flatMap((operand) => printExpression(operand, deeper, at))];
}
