import type { AddressSet, AddressTerm } from '../model/address.ts';
import type { Rule, RuleList } from '../model/rule.ts';
import type { Translation } from '../model/nat.ts';
import type { Statement } from '../syntax/statements.ts';
import type { NetworkObjects } from './convert-objects.ts';
import type { AsaTree, Notes } from './tree.ts';
import { addresses, ANY4, masked4, NO_ADDRESS, range4 } from '../model/address.ts';
import { parseIp4 } from '../model/parse-address.ts';
import { single } from '../model/service.ts';
import { portFor } from '../cisco/names.ts';
import { readInterfacePair } from './nat-terms.ts';
import { segments } from './nat-rules.ts';

/**
 * NAT before 8.3 in the order in which it is tried: exemption (`nat 0 access-list`), `static`, dynamic NAT of lists, other
 * dynamic NAT (Cisco ASA 8.2 configuration guide, "Order of NAT Commands Used to Match Real Addresses").
 */
export function convertOldNat(
  tree: AsaTree,
  notes: Notes,
  networks: NetworkObjects,
  lists: readonly RuleList[],
): Translation[] {
  const converter = new OldNat(tree, notes, networks, lists);
  const nat = tree.oldNat.filter(({ words }) => words[0] === 'nat');
  const byList = ({ words }: Statement): boolean => words.includes('access-list');
  const exempt = nat.filter((one) => byList(one) && one.words[2] === '0');
  const policy = nat.filter((one) => byList(one) && one.words[2] !== '0');
  return [
    ...exempt.flatMap((one) => converter.exemption(one)),
    ...tree.oldNat.filter(({ words }) => words[0] === 'static').flatMap((one) => converter.fixed(one)),
    ...policy.flatMap((one) => converter.dynamic(one)),
    ...nat.filter((one) => !byList(one)).flatMap((one) => converter.dynamic(one)),
  ];
}

class OldNat {
  private readonly tree: AsaTree;
  private readonly notes: Notes;
  private readonly networks: NetworkObjects;
  private readonly lists: readonly RuleList[];

  constructor(tree: AsaTree, notes: Notes, networks: NetworkObjects, lists: readonly RuleList[]) {
    this.tree = tree;
    this.notes = notes;
    this.networks = networks;
    this.lists = lists;
  }

  /** `nat (real) 0 access-list LIST`: what the list permits keeps its addresses, whoever opens the connection. */
  exemption(statement: Statement): Translation[] {
    const { real } = readInterfacePair(this.tree, statement);
    const base = this.base(statement);
    const found: Translation[] = [];
    for (const rule of this.rulesOf(statement)) {
      const sources = rule.match.source.may;
      const destinations = rule.match.destination.may;
      if (rule.action.kind !== 'permit' || !isExact(rule)) return this.unmodelled(statement, sources, real, undefined);
      for (const term of sources.include) {
        found.push({
          ...base,
          ...segments(real, undefined),
          kind: 'static-source',
          from: term,
          to: term,
          only: { destinations },
        });
        found.push({
          ...base,
          ...segments(undefined, real),
          kind: 'static-destination',
          from: term,
          to: term,
          only: { sources: destinations },
        });
      }
    }
    return found;
  }

  /** `static (real,mapped) [tcp|udp] MAPPED [PORT] REAL [PORT] [netmask MASK]`. */
  fixed(statement: Statement): Translation[] {
    const { words } = statement;
    const { real: realIf, mapped: mappedIf, next } = readInterfacePair(this.tree, statement);
    const transport = words[next] === 'tcp' ? 6 : words[next] === 'udp' ? 17 : undefined;
    const at = transport === undefined ? next : next + 1;
    const mapped = this.address(words[at], mappedIf);
    if (words.includes('access-list')) return this.unmodelled(statement, mapped ?? NO_ADDRESS, realIf, mappedIf);
    const step = transport === undefined ? 1 : 2;
    const real = this.address(words[at + step], realIf);
    const maskAt = words.indexOf('netmask');
    const mask = maskAt < 0 ? 0xffffffff : parseIp4(words[maskAt + 1] ?? '');
    if (real === undefined || mask === undefined) return this.unread(statement);
    if (mapped === undefined) return this.learned(statement);
    const [from, to] = [networkOf(mapped, mask), networkOf(real, mask)];
    if (from === undefined || to === undefined) return this.unread(statement);
    const base = this.base(statement);
    const inward = { ...base, ...segments(mappedIf, realIf), kind: 'static-destination', from, to } as const;
    const outward = { ...base, ...segments(realIf, mappedIf), kind: 'static-source', from: to, to: from } as const;
    if (transport === undefined) return [inward, outward];
    const ports = [portFor('asa', transport, words[at + 1] ?? ''), portFor('asa', transport, words[at + 3] ?? '')];
    const [mappedPort, realPort] = ports;
    if (mappedPort === undefined || realPort === undefined) return this.unread(statement);
    const protocols = [single(transport)];
    return [
      { ...inward, port: { protocols, from: mappedPort, to: realPort } },
      { ...outward, port: { protocols, from: realPort, to: mappedPort } },
    ];
  }

  /** `nat (real) ID …` with every `global (mapped) ID`; ID 0 keeps the addresses. */
  dynamic(statement: Statement): Translation[] {
    const { words } = statement;
    const { real, next } = readInterfacePair(this.tree, statement);
    const id = words[next];
    const sources = this.sourcesOf(statement, next + 1);
    if (id === undefined || sources === undefined) return this.unread(statement);
    const base = this.base(statement);
    if (id === '0') {
      return sources.include.map((term) => ({
        ...base,
        ...segments(real, undefined),
        kind: 'static-source',
        from: term,
        to: term,
      }));
    }
    const pools = new Map<string | undefined, AddressTerm[]>();
    for (const global of this.tree.oldNat) {
      if (global.words[0] !== 'global') continue;
      const { real: mappedIf, next: idAt } = readInterfacePair(this.tree, global);
      if (global.words[idAt] !== id) continue;
      const pool = pools.get(mappedIf) ?? [];
      pools.set(mappedIf, [...pool, ...this.poolOf(global, idAt + 1, mappedIf)]);
    }
    const rules = words.includes('access-list') ? this.rulesOf(statement) : undefined;
    const destinations = rules?.flatMap((rule) => rule.match.destination.may.include);
    return [...pools].map(([mappedIf, pool]) => ({
      ...base,
      ...segments(real, mappedIf),
      kind: 'dynamic-source',
      sources,
      pool,
      ...(destinations === undefined ? {} : { only: { destinations: { include: destinations, exclude: [] } } }),
    }));
  }

  private sourcesOf(statement: Statement, at: number): AddressSet | undefined {
    const { words } = statement;
    if (words[at] === 'access-list') {
      return { include: this.rulesOf(statement).flatMap((rule) => rule.match.source.may.include), exclude: [] };
    }
    const first = words[at] ?? '';
    if (words[at + 1] === undefined) return first === '0' ? ANY4 : this.networks.literals.host(first);
    return this.networks.literals.masked(first, words[at + 1] ?? '');
  }

  private poolOf(global: Statement, at: number, mappedIf: string | undefined): readonly AddressTerm[] {
    const word = global.words[at] ?? '';
    if (word === 'interface')
      return (mappedIf === undefined ? undefined : this.networks.known(mappedIf))?.include ?? [];
    const [first = '', last = first] = word.split('-');
    const [from, to] = [this.networks.literals.ip4(first), this.networks.literals.ip4(last)];
    if (from === undefined || to === undefined) {
      this.unread(global);
      return [];
    }
    return [range4(from, to)];
  }

  /** Rules of the list that a statement names. */
  private rulesOf(statement: Statement): readonly Rule[] {
    const at = statement.words.indexOf('access-list');
    const name = statement.words[at + 1];
    const list = this.lists.find((one) => one.name === name);
    if (list === undefined) {
      this.notes.mark(statement.line, 'conditional');
      this.notes.diagnose(
        'asa/undefined-access-list',
        'warning',
        this.notes.wordSpan(statement, at + 1),
        `access list \`${name ?? ''}\` is not in the text`,
        'what it would decide is unknown',
      );
    }
    return list?.rules.filter(({ enabled }) => enabled) ?? [];
  }

  private address(word: string | undefined, nameif: string | undefined): AddressSet | undefined {
    if (word === 'interface') return nameif === undefined ? undefined : this.networks.known(nameif);
    const value = word === undefined ? undefined : this.networks.literals.ip4(word);
    return value === undefined ? undefined : addresses(range4(value, value));
  }

  private base(statement: Statement) {
    return { text: statement.line.text, span: this.notes.span(statement.line), conditions: [] };
  }

  private unmodelled(
    statement: Statement,
    touches: AddressSet,
    realIf: string | undefined,
    mappedIf: string | undefined,
  ): Translation[] {
    this.notes.mark(statement.line, 'conditional');
    this.notes.diagnose(
      'asa/policy-nat',
      'warning',
      this.notes.span(statement.line),
      'this translation depends on a list and is not expressed exactly',
      'what is sent to the addresses it names is possible, not definite, where an outbound list filters',
    );
    return [{ ...this.base(statement), ...segments(mappedIf, realIf), kind: 'unmodelled', touches }];
  }

  private learned(statement: Statement): Translation[] {
    this.notes.mark(statement.line, 'conditional');
    this.notes.diagnose(
      'asa/mapped-address-unknown',
      'note',
      this.notes.span(statement.line),
      'the mapped address is not in the text',
      'packets to it are judged untranslated',
    );
    return [];
  }

  private unread(statement: Statement): Translation[] {
    this.notes.mark(statement.line, 'unrecognised');
    this.notes.diagnose(
      'asa/nat-not-understood',
      'warning',
      this.notes.span(statement.line),
      'a translation could not be read',
      'outbound lists may see other addresses than the ones judged',
    );
    return [];
  }
}

function isExact({ match, conditions }: Rule): boolean {
  return (
    conditions.length === 0 &&
    match.source.must === match.source.may &&
    match.destination.must === match.destination.may
  );
}

/** The range of a network whose address is given as a single one. */
function networkOf({ include }: AddressSet, mask: number): AddressTerm | undefined {
  const [term] = include;
  if (term?.kind !== 'range4') return undefined;
  const network = masked4(term.first, mask);
  return network.kind === 'range4' ? network : undefined;
}
