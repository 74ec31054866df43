import type { AddressSet, AddressTerm, Family } from '../model/address.ts';
import type { Condition } from '../model/condition.ts';
import type { ObjectUse, Tri } from '../model/rule.ts';
import { ANY4, ANY6, ANY_ADDRESS, addressFamily, masked4, NO_ADDRESS } from '../model/address.ts';
import { parseIp4 } from '../model/parse-address.ts';
import { exactly } from '../model/rule.ts';
import { longestMatch, type PrefixEntry } from './longest-match.ts';
import type { Notes } from './notes.ts';
import { readPrefix } from './srx-prefix.ts';
import { child, type JunosNode } from './tree.ts';

/** What the address conditions of one direction ask for. */
export interface AskedAddresses {
  readonly tri: Tri<AddressSet>;
  readonly uses: readonly ObjectUse[];
}

/**
 * The addresses that a term's `source-address` and `source-prefix-list` (or those of another direction) stand for. All
 * prefixes of a direction are one list: the longest that holds an address decides, `except` turns its answer round, and
 * an address that none holds does not match (Junos policy framework guide, "Specifying Address Filter Match Conditions":
 * "Each list of prefixes contains an implicit 0/0 except statement").
 */
export class FilterAddresses {
  private readonly scope: JunosNode;
  private readonly notes: Notes;

  constructor(scope: JunosNode, notes: Notes) {
    this.scope = scope;
    this.notes = notes;
  }

  /** @param family Of the filter; prefixes of the other family in a prefix list do not count. */
  read(written: readonly JunosNode[], lists: readonly JunosNode[], family: Family | 'both'): AskedAddresses {
    const found: PrefixEntry[] = [];
    const uses: ObjectUse[] = [];
    const conditions: Condition[] = [];
    let [maybeMore, maybeLess] = [false, false];
    for (const node of written) {
      const isException = node.get('except') !== undefined;
      const term = this.prefix(node, family);
      if (term !== undefined) found.push({ term, except: isException });
      else {
        conditions.push({ kind: 'not-understood', name: node.word, span: node.span });
        if (isException) maybeLess = true;
        else maybeMore = true;
      }
    }
    for (const name of lists) {
      const isException = name.get('except') !== undefined;
      const list = child(this.scope, 'policy-options', 'prefix-list', name.word);
      uses.push({ name: name.word, kind: 'list', ...(list !== undefined && { span: list.span }) });
      if (list === undefined) {
        this.reportUndefined(name);
        conditions.push({ kind: 'undefined-reference', name: name.word, span: name.span });
        if (isException) maybeLess = true;
        else maybeMore = true;
      } else found.push(...this.members(list, family).map((term) => ({ term, except: isException })));
    }
    if (found.length > 0 && found.every(({ except }) => except)) this.reportExceptOnly(written[0] ?? lists[0]);
    const set = found.length === 0 ? NO_ADDRESS : longestMatch(found);
    if (conditions.length === 0) return { tri: exactly(set), uses };
    const all = family === 4 ? ANY4 : family === 6 ? ANY6 : ANY_ADDRESS;
    return { tri: { must: maybeLess ? NO_ADDRESS : set, may: maybeMore ? all : set, conditions }, uses };
  }

  private members(list: JunosNode, family: Family | 'both'): readonly AddressTerm[] {
    const terms: AddressTerm[] = [];
    for (const node of list.children) {
      if (node.word === 'apply-path') continue;
      const term = this.prefix(node, 'both');
      if (term !== undefined && (family === 'both' || addressFamily(term) === family)) terms.push(term);
    }
    return terms;
  }

  private prefix(node: JunosNode, family: Family | 'both'): AddressTerm | undefined {
    const term = readAddress(node.word);
    if (term !== undefined && (family === 'both' || addressFamily(term) === family)) return term;
    // A path may lead to names as well (`ntp server pool.example.org`): they are no members.
    if (node.inheritance?.group === 'apply-path') return undefined;
    this.notes.mark(node, 'unrecognised');
    const message =
      term === undefined ? `\`${node.word}\` is no prefix` : `\`${node.word}\` is no prefix of the filter's family`;
    this.notes.diagnose(
      'junos/bad-prefix',
      'warning',
      node.span,
      message,
      'what the term matches is possible, not definite',
    );
    return undefined;
  }

  private reportUndefined(name: JunosNode): void {
    const message = `prefix-list ${name.word} is not defined`;
    this.notes.diagnose(
      'junos/undefined-prefix-list',
      'warning',
      name.span,
      message,
      'terms that use it match something that the text does not tell; their verdicts are possible, not definite',
    );
  }

  private reportExceptOnly(node: JunosNode | undefined): void {
    if (node === undefined) return;
    this.notes.diagnose(
      'junos/except-only',
      'warning',
      node.parent?.span ?? node.span,
      'every address of the list is an exception, so it matches no packet',
      'the term decides nothing; add 0.0.0.0/0 (or ::/0) if all others were meant',
    );
  }
}

/** `10.0.0.0/8`, `10/8`, `10` (10.0.0.0/32), `192.0.2.7`, `10.0.1.0/255.0.255.0` (1 bits count), `2001:db8::/32`. */
function readAddress(text: string): AddressTerm | undefined {
  const prefix = readPrefix(text);
  if (prefix !== undefined) return prefix;
  const [base = '', mask] = text.split('/');
  const octets = /^\d{1,3}(?:\.\d{1,3}){0,3}$/.test(base)
    ? [...base.split('.'), '0', '0', '0'].slice(0, 4).join('.')
    : base;
  if (mask === undefined) return octets === base ? undefined : readPrefix(octets);
  const [address, care] = [parseIp4(octets), parseIp4(mask)];
  return address === undefined || care === undefined ? undefined : masked4(address, care);
}
