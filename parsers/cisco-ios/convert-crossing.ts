import type { Condition } from '../model/condition.ts';
import type { Binding, Crossing, NoCrossing, Stage, Step } from '../model/device.ts';
import type { RuleList } from '../model/rule.ts';
import type { Port } from './convert-interfaces.ts';
import type { Nat } from './convert-nat.ts';
import type { StaticRoute } from './convert-routes.ts';
import type { VlanMaps } from './convert-vlan-maps.ts';
import type { ZonePolicies } from './convert-zones.ts';
import { SELF } from './self.ts';
import type { AccessGroup, IosText, TextInterface } from './text.ts';

interface Parts {
  readonly text: IosText;
  readonly lists: ReadonlyMap<string, RuleList>;
  readonly ports: readonly Port[];
  readonly zones: ZonePolicies;
  readonly nat: Nat;
  readonly vlanMaps: VlanMaps;
  readonly statics: readonly StaticRoute[];
}

/** The steps of new connections between interfaces, in the order in which the device takes them. */
export class Crossings {
  private readonly parts: Parts;
  private readonly byName: ReadonlyMap<string, Port>;
  private readonly filters = new Map<string, readonly Step[]>();
  readonly bindings: readonly Binding[];

  constructor(parts: Parts) {
    this.parts = parts;
    this.byName = new Map(parts.ports.map((port) => [port.segment.name, port]));
    this.bindings = parts.ports.flatMap(({ from }) => from.accessGroups.map((group) => this.binding(from, group)));
    for (const { from } of parts.ports) this.report(from);
  }

  /**
   * Inbound list, NAT of destinations arriving outside, zone policy, NAT of sources leaving, outbound list (Cisco "NAT
   * Order of Operation", document 6209). What the device itself sends meets no outbound list.
   */
  crossing(from: string, to: string): Crossing | NoCrossing {
    if (from === SELF && to === SELF) return { from, to, none: 'both are the device itself' };
    const [source, target] = [this.byName.get(from), this.byName.get(to)];
    if ((source === undefined && from !== SELF) || (target === undefined && to !== SELF))
      return { from, to, none: 'no such segment' };
    const ends: readonly (Port | undefined)[] = [source, target];
    // A closed port carries nothing for others; the device itself still answers on loopbacks.
    const closed = ends.map((end) => end?.closed).find((reason) => reason !== undefined);
    if (closed !== undefined) return { from, to, none: closed };
    const context = this.contexts(source, target);
    if (typeof context === 'string') return { from, to, none: context };
    return { from, to, steps: this.steps(source, target), conditions: context };
  }

  private steps(source: Port | undefined, target: Port | undefined): readonly Step[] {
    const [from, to] = [source?.from, target?.from];
    const [routedFrom, routedTo] = [source?.routedBy ?? from, target?.routedBy ?? to];
    const zone = this.parts.zones.stage(routedFrom, routedTo);
    const nat = routedFrom === undefined || routedTo === undefined ? [] : this.parts.nat.steps(routedFrom, routedTo);
    const policy: readonly Step[] = zone === undefined ? [] : [{ kind: 'stage', stage: zone }];
    const arrivesOutside = routedFrom?.nat?.side === 'outside';
    return [
      ...(source?.routedBy === undefined || from === undefined ? [] : this.filter(from, 'in')),
      ...(routedFrom === undefined ? [] : this.parts.vlanMaps.steps(routedFrom)),
      ...(routedFrom === undefined ? [] : this.filter(routedFrom, 'in')),
      ...(arrivesOutside ? [...nat, ...policy] : [...policy, ...nat]),
      ...(routedTo === undefined || routedFrom === undefined ? [] : this.filter(routedTo, 'out')),
      ...(routedTo === undefined || routedTo === routedFrom ? [] : this.parts.vlanMaps.steps(routedTo)),
      ...(target?.routedBy === undefined || to === undefined ? [] : this.filter(to, 'out')),
    ];
  }

  /** Why there is no way between the routing contexts, or what a way depends on. */
  private contexts(source: Port | undefined, target: Port | undefined): string | readonly Condition[] {
    const from = source?.segment.routingContext;
    const to = target?.segment.routingContext;
    if (from === undefined || to === undefined || from === to) return [];
    const leak = this.leak(from, to, target);
    return leak === undefined ? `different VRFs: ${from} and ${to}` : [leak];
  }

  /** A route of `from` that leads into `to`: static, or imported. */
  private leak(from: string, to: string, target: Port | undefined): Condition | undefined {
    const { text, statics } = this.parts;
    const name = `route leak from ${from} to ${to}`;
    const route = statics.find(
      ({ vrf, global, exit }) =>
        vrf === from &&
        ((global && to === 'default') ||
          (exit !== undefined && (text.interfaces.get(exit)?.vrf ?? 'default') === to && exit === target?.from.key)),
    );
    if (route !== undefined) return { kind: 'route', name, span: text.reader.span(route.statement.line) };
    const own = text.vrfs.get(from);
    const other = text.vrfs.get(to);
    const imported =
      own?.imports.find(({ target: wanted }) => other?.exports.some((exported) => exported.target === wanted)) ??
      own?.importsFrom.find(({ vrf }) => vrf === to || (vrf === 'global' && to === 'default'));
    return imported === undefined ? undefined : { kind: 'route', name, span: text.reader.span(imported.line) };
  }

  private binding(target: TextInterface, group: AccessGroup): Binding {
    return {
      list: group.list,
      direction: group.direction,
      attachedTo: target.name,
      family: group.family,
      defined: this.listOf(group) !== undefined,
      plane: 'transit',
      span: group.span,
    };
  }

  private listOf({ list, family }: AccessGroup): RuleList | undefined {
    const found = this.parts.lists.get(list);
    return found?.family === family ? found : undefined;
  }

  private filter(target: TextInterface, direction: 'in' | 'out'): readonly Step[] {
    const key = `${target.key} ${direction}`;
    const known = this.filters.get(key);
    if (known !== undefined) return known;
    const steps = ([4, 6] as const).flatMap((family): Step[] => {
      const groups = target.accessGroups.filter((group) => group.direction === direction && group.family === family);
      const stage = this.stage(target, direction, family, groups);
      return stage === undefined ? [] : [{ kind: 'stage', stage }];
    });
    this.filters.set(key, steps);
    return steps;
  }

  /** A list that does not exist or has no entries filters nothing (Catalyst 2960-X security guide 15.0(2)EX, page 154). */
  private stage(
    target: TextInterface,
    direction: 'in' | 'out',
    family: 4 | 6,
    groups: readonly AccessGroup[],
  ): Stage | undefined {
    const [first] = groups;
    if (first === undefined) return undefined;
    const way = direction === 'in' ? 'inbound' : 'outbound';
    const names = groups.map(({ list }) => list).join(', then ');
    const title = `${family === 6 ? 'IPv6 ' : ''}access list ${names}, ${way} on ${target.name}`;
    const lists = groups.flatMap((group) => {
      const list = this.listOf(group);
      return list === undefined || list.rules.length === 0 ? [] : [{ list, binding: this.binding(target, group) }];
    });
    const last = lists.at(-1)?.list;
    const id = target.switchport === true ? `port-acl-${direction}` : `acl-${direction}`;
    if (last === undefined) {
      const state = this.listOf(first) === undefined ? 'is not defined' : 'has no entries';
      const reason = `access list "${first.list}" ${state}: IOS permits all`;
      return { id, title, family, lists: [], otherwise: { verdict: 'permit', reason, span: first.span } };
    }
    const reason = `implicit deny at the end of access list ${last.name}`;
    // "The implicit deny at the end" has no log keyword, so it writes nothing.
    const logging = { logs: 'no', detail: '' } as const;
    return { id, title, family, lists, otherwise: { verdict: 'deny', reason, span: last.span, logging } };
  }

  private report(target: TextInterface): void {
    const { reader } = this.parts.text;
    for (const group of target.accessGroups) {
      const { list, span, line } = group;
      const found = this.listOf(group);
      if (found === undefined) {
        reader.diagnose(
          'ios/undefined-access-list',
          'warning',
          span,
          `access list ${list} is not defined`,
          'IOS permits everything there',
        );
      } else if (found.rules.length === 0) {
        reader.diagnose(
          'ios/empty-access-list',
          'warning',
          span,
          `access list ${list} has no entries`,
          'IOS permits everything there',
        );
      }
      if (target.switchport !== true) continue;
      const consequence = `packets that enter by other ports of the VLAN do not meet it; crossings from the VLAN are judged without it`;
      reader.diagnose(
        'ios/port-acl',
        'note',
        reader.span(line),
        `access list ${list} filters the layer 2 port ${target.name}`,
        consequence,
      );
    }
  }
}
