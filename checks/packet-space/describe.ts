import type { AddressTerm, Family } from '../../parsers/model/address.ts';
import type { NumberRange } from '../../parsers/model/service.ts';
import { addressLevels } from './field-diagrams.ts';
import { groupByRanges, groupByTerms } from './field-groups.ts';
import type { Group, Groups, Range, Term } from './field-groups.ts';
import { FIELD_LEVELS } from './levels.ts';
import type { Box, Description } from './packet-space.ts';
import { EMPTY } from './set-operations.ts';
import type { SetOperations } from './set-operations.ts';

/**
 * Disjoint boxes of a set, by family, protocol, destination port, destination, source and source port: values that
 * lead to the same rest stand in one box.
 *
 * @throws RangeError when `maxBoxes` is less than 1.
 */
export function describeSet(sets: SetOperations, set: number, maxBoxes: number): Description {
  if (!(maxBoxes >= 1)) throw new RangeError('a description needs room for at least one box');
  const boxes: Box[] = [];
  let truncated = false;

  const bounds = (): { groups: number; terms: number } => ({ groups: maxBoxes - boxes.length, terms: maxBoxes });
  const visit = <T extends Term>(found: Groups<T>, each: (group: Group<T>) => void): void => {
    if (found.truncated) truncated = true;
    for (const group of found.groups) {
      if (boxes.length === maxBoxes) {
        truncated = true;
        return;
      }
      each(group);
    }
  };
  const byNumber = (node: number, field: NumberField): Groups<Range> =>
    groupByRanges(sets, node, FIELD_LEVELS[field], bounds());

  const ofFamily = (family: Family, half: number): void => {
    const byAddress = (node: number, field: 'source' | 'destination'): Groups<Term> =>
      groupByTerms(sets, node, addressLevels(field, family), bounds());
    visit(byNumber(half, 'protocol'), (protocol) => {
      visit(byNumber(protocol.rest, 'destination-port'), (destinationPort) => {
        visit(byAddress(destinationPort.rest, 'destination'), (destination) => {
          visit(byAddress(destination.rest, 'source'), (source) => {
            visit(byNumber(source.rest, 'source-port'), (sourcePort) => {
              boxes.push({
                family,
                source: source.terms.map((term) => addressTerm(family, term)),
                destination: destination.terms.map((term) => addressTerm(family, term)),
                protocols: protocol.terms.map(numberRange),
                sourcePorts: sourcePort.terms.map(numberRange),
                destinationPorts: destinationPort.terms.map(numberRange),
              });
            });
          });
        });
      });
    });
  };

  const tested = sets.level(set) === FIELD_LEVELS.family.top;
  for (const family of [4, 6] as const) {
    const half = tested ? (family === 4 ? sets.low(set) : sets.high(set)) : set;
    if (half === EMPTY) continue;
    if (boxes.length === maxBoxes) truncated = true;
    else ofFamily(family, half);
  }
  return { boxes, truncated };
}

type NumberField = 'protocol' | 'destination-port' | 'source-port';

function numberRange(range: Range): NumberRange {
  return { first: Number(range.first), last: Number(range.last) };
}

function addressTerm(family: Family, term: Term): AddressTerm {
  if (term.kind === 'range') {
    return family === 4
      ? { kind: 'range4', first: Number(term.first), last: Number(term.last) }
      : { kind: 'range6', first: term.first, last: term.last };
  }
  return family === 4
    ? { kind: 'wildcard4', value: Number(term.value), care: Number(term.care) }
    : { kind: 'wildcard6', value: term.value, care: term.care };
}
