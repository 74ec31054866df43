import { ANY4, prefix4, range4, type AddressSet, type AddressTerm, type Range4 } from '../model/address.ts';
import type { Step } from '../model/device.ts';
import type { DynamicSource, StaticTranslation, Translation } from '../model/nat.ts';
import { netmaskLength, parseIp4 } from '../model/parse-address.ts';
import type { RuleList } from '../model/rule.ts';
import { single } from '../model/service.ts';
import { tcpPort, udpPort } from '../cisco/names.ts';
import type { Statement } from '../syntax/statements.ts';
import { interfaceName } from './interface-name.ts';
import { hostRange, interfaceWords, optionsOf, sourcesOf, type NatOptions, type Sources } from './nat-words.ts';
import { argumentsOf, type IosText, type TextInterface } from './text.ts';

/** A statement of NAT as rewritings of new connections in both directions. */
interface NatEntry {
  /** From an outside to an inside interface. */
  readonly inward: readonly Translation[];
  /** From an inside to an outside interface. */
  readonly outward: readonly Translation[];
  readonly vrf: string;
  /** Between interfaces with `ip nat enable` instead. */
  readonly virtual: boolean;
  /** Port translations come before host ones, those before networks, and static ones before dynamic ones. */
  readonly order: number;
}

const UNKNOWN = 'addresses that it translates are possible, not definite';

/** NAT between inside and outside interfaces. */
export class Nat {
  private readonly entries: readonly NatEntry[];

  constructor(text: IosText, lists: ReadonlyMap<string, RuleList>) {
    const reader = new NatReader(text, lists);
    this.entries = text.nat.map((statement) => reader.entry(statement)).sort((a, b) => a.order - b.order);
  }

  get translations(): readonly Translation[] {
    const all = new Set(this.entries.flatMap(({ inward, outward }) => [...inward, ...outward]));
    return [...all].sort((a, b) => a.span.line - b.span.line);
  }

  /** Translations of new connections from one interface to another, destinations before sources. */
  steps(from: TextInterface, to: TextInterface): readonly Step[] {
    const [a, b] = [from.nat?.side, to.nat?.side];
    const inside = a === 'inside' ? from : to;
    const found = this.entries
      .filter(
        (entry) => entry.virtual === (a === 'either' && b === 'either') && entry.vrf === (inside.vrf ?? 'default'),
      )
      .flatMap((entry) => {
        if (entry.virtual) return [...entry.inward, ...entry.outward];
        if (a === 'outside' && b === 'inside') return entry.inward;
        return a === 'inside' && b === 'outside' ? entry.outward : [];
      });
    const isSource = ({ kind }: Translation): boolean => kind === 'static-source' || kind === 'dynamic-source';
    const ordered = [...found.filter((one) => !isSource(one)), ...found.filter(isSource)];
    return ordered.map((translation) => ({ kind: 'translation', translation }));
  }
}

class NatReader {
  private readonly text: IosText;
  private readonly lists: ReadonlyMap<string, RuleList>;

  constructor(text: IosText, lists: ReadonlyMap<string, RuleList>) {
    this.text = text;
    this.lists = lists;
  }

  entry(statement: Statement): NatEntry {
    const { words } = statement;
    const virtual = words[2] === 'source';
    const side = virtual ? 'inside' : words[2];
    const at = virtual ? 3 : 4;
    const [kind = '', ...rest] = words.slice(at);
    if (words[3] === 'destination') return this.rotary(statement, words.slice(4));
    const found =
      kind === 'static'
        ? this.fixed(statement, rest, side === 'outside')
        : this.dynamic(statement, kind, rest, side === 'outside');
    return { ...found, virtual };
  }

  private base(statement: Statement, conditions: Translation['conditions'] = []) {
    return { text: statement.line.text, span: this.text.reader.span(statement.line), conditions };
  }

  private unread(statement: Statement): Omit<NatEntry, 'virtual'> {
    this.text.reader.mark(statement.line, 'unrecognised');
    const span = this.text.reader.span(statement.line);
    this.text.reader.diagnose('ios/nat-not-understood', 'warning', span, 'this translation is not understood', UNKNOWN);
    return this.unmodelled(statement, ANY4, { vrf: 'default', routeMap: undefined });
  }

  private unmodelled(statement: Statement, touches: AddressSet, { vrf }: NatOptions): Omit<NatEntry, 'virtual'> {
    const translation: Translation = { kind: 'unmodelled', touches, ...this.base(statement) };
    return { inward: [translation], outward: [translation], vrf, order: 0 };
  }

  /** Says that a translation is only bounded. */
  private bounded(statement: Statement, why: string): void {
    this.text.reader.mark(statement.line, 'conditional');
    this.text.reader.diagnose('ios/nat-bounded', 'note', this.text.reader.span(statement.line), why, UNKNOWN);
  }

  /** `static [tcp|udp] A [PORT] B [PORT]`, `static network A B MASK`, with an interface in the place of B. */
  private fixed(statement: Statement, words: readonly string[], isOutside: boolean): Omit<NatEntry, 'virtual'> {
    const [first = ''] = words;
    const options = optionsOf(words);
    const port = first === 'tcp' ? tcpPort : first === 'udp' ? udpPort : undefined;
    if (first === 'network') return this.network(statement, words.slice(1), options, isOutside);
    if (port !== undefined) {
      const isInterface = words[3] === 'interface';
      const taken = isInterface ? interfaceWords(words, 4) : 1;
      const [from, fromPort] = [hostRange(words[1]), port('ios', words[2] ?? '')];
      const to = isInterface ? this.interfaceAddress(words.slice(4, 4 + taken)) : hostRange(words[3]);
      const toPort = port('ios', words[(isInterface ? 4 : 3) + taken] ?? '');
      if (fromPort === undefined || toPort === undefined || from === undefined) return this.unread(statement);
      if (to === undefined) return isInterface ? this.unknownAddress(statement, options) : this.unread(statement);
      const protocols = [single(first === 'tcp' ? 6 : 17)];
      return this.pair(statement, from, to, options, isOutside, 1, { protocols, local: fromPort, global: toPort });
    }
    if (first === 'esp' || first === 'gre') {
      this.bounded(statement, `only ${first} is translated`);
      return { inward: [], outward: [], vrf: options.vrf, order: 1 };
    }
    const isInterface = words[1] === 'interface';
    const from = hostRange(first);
    if (from === undefined) return this.unread(statement);
    const to = isInterface ? this.interfaceAddress(words.slice(2, 2 + interfaceWords(words, 2))) : hostRange(words[1]);
    if (to === undefined) return isInterface ? this.unknownAddress(statement, options) : this.unread(statement);
    return this.pair(statement, from, to, options, isOutside, 2);
  }

  private unknownAddress(statement: Statement, options: NatOptions): Omit<NatEntry, 'virtual'> {
    this.bounded(statement, 'the text does not tell the address of the interface');
    return this.unmodelled(statement, ANY4, options);
  }

  private network(
    statement: Statement,
    words: readonly string[],
    options: NatOptions,
    isOutside: boolean,
  ): Omit<NatEntry, 'virtual'> {
    const [local, global, mask = ''] = words;
    const length = /^\/\d{1,2}$/.test(mask) ? Number(mask.slice(1)) : netmaskLength(parseIp4(mask) ?? 1);
    const [from, to] = [parseIp4(local ?? ''), parseIp4(global ?? '')];
    if (from === undefined || to === undefined || length === undefined || !(length >= 0 && length <= 32))
      return this.unread(statement);
    return this.pair(statement, prefix4(from, length), prefix4(to, length), options, isOutside, 3);
  }

  /** Both directions of a static translation. `outside source`: the first address is the global one. */
  private pair(
    statement: Statement,
    first: Range4,
    second: Range4,
    options: NatOptions,
    isOutside: boolean,
    order: number,
    port?: {
      readonly protocols: NonNullable<StaticTranslation['port']>['protocols'];
      readonly local: number;
      readonly global: number;
    },
  ): Omit<NatEntry, 'virtual'> {
    if (options.routeMap !== undefined)
      this.bounded(statement, `route map ${options.routeMap} says which packets are translated`);
    const conditions = this.routeCondition(statement, options);
    const one = (
      kind: StaticTranslation['kind'],
      from: Range4,
      to: Range4,
      ports: readonly [number, number] | undefined,
    ): StaticTranslation => ({
      kind,
      from,
      to,
      ...this.base(statement, conditions),
      ...(port !== undefined &&
        ports !== undefined && { port: { protocols: port.protocols, from: ports[0], to: ports[1] } }),
    });
    const back = port === undefined ? undefined : ([port.global, port.local] as const);
    const forth = port === undefined ? undefined : ([port.local, port.global] as const);
    const { vrf } = options;
    if (isOutside) {
      const inward = [one('static-source', first, second, forth)];
      return { inward, outward: [one('static-destination', second, first, back)], vrf, order };
    }
    return {
      inward: [one('static-destination', second, first, back)],
      outward: [one('static-source', first, second, forth)],
      vrf,
      order,
    };
  }

  private routeCondition(statement: Statement, { routeMap }: NatOptions): Translation['conditions'] {
    return routeMap === undefined
      ? []
      : [{ kind: 'route', name: `route-map ${routeMap}`, span: this.text.reader.span(statement.line) }];
  }

  /** `list A (pool P|interface IF) [overload]`, `route-map R …`. */
  private dynamic(
    statement: Statement,
    kind: string,
    words: readonly string[],
    isOutside: boolean,
  ): Omit<NatEntry, 'virtual'> {
    const [name = '', target = ''] = words;
    const { vrf } = optionsOf(words.slice(2));
    const from =
      kind === 'list' ? this.listSources(name) : kind === 'route-map' ? this.routeMapSources(name) : undefined;
    if (kind !== 'list' && kind !== 'route-map') return this.unread(statement);
    const pool =
      target === 'interface'
        ? this.interfacePool(words.slice(2))
        : target === 'pool'
          ? this.pool(words[2] ?? '')
          : undefined;
    if (pool === undefined) return this.unread(statement);
    if (from === undefined) {
      this.bounded(statement, `what ${kind} ${name} chooses is not exactly a set of sources`);
      return this.unmodelled(statement, ANY4, { vrf, routeMap: undefined });
    }
    const translation: DynamicSource = { kind: 'dynamic-source', ...from, pool, ...this.base(statement) };
    return { inward: isOutside ? [translation] : [], outward: isOutside ? [] : [translation], vrf, order: 4 };
  }

  /** `ip nat inside destination list A pool P`: new connections to addresses of the list go to some host of the pool. */
  private rotary(statement: Statement, words: readonly string[]): NatEntry {
    const name = words[0] === 'list' ? (words[1] ?? '') : '';
    this.bounded(statement, 'which host of the pool takes a connection is decided while the device runs');
    const list = this.lists.get(name);
    const include = list?.rules.flatMap(({ action, match }) =>
      action.kind === 'permit' ? (list.kind.startsWith('standard') ? match.source : match.destination).may.include : [],
    );
    const touches: AddressSet = include === undefined ? ANY4 : { include, exclude: [] };
    const translation: Translation = { kind: 'unmodelled', touches, ...this.base(statement) };
    return { inward: [translation], outward: [], vrf: optionsOf(words).vrf, order: 4, virtual: false };
  }

  private interfaceAddress(words: readonly string[]): Range4 | undefined {
    const target = this.text.interfaces.get(interfaceName(words).key);
    const found = target?.addresses.find(({ family }) => family === 4);
    return typeof found?.address === 'number' ? range4(found.address, found.address) : undefined;
  }

  /** Empty when the interface learns its address. */
  private interfacePool(words: readonly string[]): readonly AddressTerm[] {
    const address = this.interfaceAddress(words.slice(0, interfaceWords(words, 0)));
    return address === undefined ? [] : [address];
  }

  private pool(name: string): readonly AddressTerm[] {
    const statement = this.text.natPools.get(name);
    const [, first = '', last = ''] = statement === undefined ? [] : argumentsOf(statement);
    const [from, to] = [parseIp4(first), parseIp4(last)];
    return from === undefined || to === undefined ? [] : [range4(from, to)];
  }

  private routeMapSources(name: string): Sources | undefined {
    const map = this.text.routeMaps.get(name);
    const [entry] = map?.entries ?? [];
    const [list] = entry?.lists ?? [];
    if (
      map?.entries.length !== 1 ||
      entry?.permit !== true ||
      entry.otherMatch ||
      entry.lists.length !== 1 ||
      list === undefined
    )
      return undefined;
    return this.listSources(list);
  }

  private listSources(name: string): Sources | undefined {
    const list = this.lists.get(name);
    return list === undefined || list.rules.length === 0 ? undefined : sourcesOf(list.rules);
  }
}
