import type { Condition } from '../model/condition.ts';
import type { Crossing, NoCrossing, Step } from '../model/device.ts';
import type { FilterStages } from './filter-stages.ts';
import type { Filters } from './filters.ts';
import type { Leaks } from './leaks.ts';
import { withSelectivePacketMode } from './packet-mode.ts';
import { SELF, type Place } from './segments.ts';
import { HOST_ZONE, type Srx } from './srx.ts';

interface Parts {
  readonly places: readonly Place[];
  readonly stages: FilterStages;
  readonly filters: Filters;
  readonly leaks: Leaks;
  /** Undefined on routers, and where zones decide nothing (packet mode). */
  readonly srx: Srx | undefined;
  /** Loopbacks by routing instance: their filters see what goes to the device itself. */
  readonly loopbacks: ReadonlyMap<string, string>;
}

/** The steps of new connections between segments, in the order in which the device takes them. */
export class Crossings {
  private readonly parts: Parts;
  private readonly byName: ReadonlyMap<string, Place>;

  constructor(parts: Parts) {
    this.parts = parts;
    this.byName = new Map(parts.places.map((place) => [place.segment.name, place]));
  }

  /**
   * Filter of the interface, filter of the forwarding table, zones and NAT, filter of the other interface (Junos
   * "Traffic Processing on SRX Series Firewalls"; routing policy guide, "Forwarding Table Filters").
   */
  crossing(from: string, to: string): Crossing | NoCrossing {
    if (from === SELF && to === SELF) return { from, to, none: 'both are the device itself' };
    const [source, target] = [this.byName.get(from), this.byName.get(to)];
    if ((source === undefined && from !== SELF) || (target === undefined && to !== SELF)) {
      return { from, to, none: 'no such segment' };
    }
    if (source === undefined) return this.fromSelf(to, target);
    if (target === undefined) return this.toSelf(from, source);
    const closed = source.closed ?? target.closed;
    if (closed !== undefined) return { from, to, none: closed };
    const [origin, goal] = [source.segment.routingContext, target.segment.routingContext];
    const leak = origin === goal ? undefined : this.parts.leaks.between(origin, goal, filtersOf(source));
    if (origin !== goal && leak === undefined)
      return { from, to, none: `different routing instances: ${origin} and ${goal}` };
    const conditions: Condition[] = leak === undefined ? [] : [leak];
    return { from, to, steps: this.steps(source, target), conditions };
  }

  private steps(source: Place, target: Place): readonly Step[] {
    const { stages, srx, filters } = this.parts;
    const input = this.filtersAt(source, 'input');
    const instance = target.segment.routingContext;
    const lookup =
      srx === undefined || source.zone === undefined || target.zone === undefined
        ? []
        : withSelectivePacketMode(srx.steps(placeOf(source), placeOf(target)), input, filters.all());
    return [
      ...input,
      ...stages.ofTable(source.segment.routingContext, 'input'),
      ...lookup,
      ...stages.ofTable(instance, 'output'),
      ...this.filtersAt(target, 'output'),
    ];
  }

  /** All interfaces of a segment have the same filters: those of the first speak for all. */
  private filtersAt(place: Place, direction: 'input' | 'output'): readonly Step[] {
    const [first] = place.units;
    return first === undefined ? [] : this.parts.stages.of(first.name, direction);
  }

  /** To the device itself: the loopback's filter, and what zones let in. */
  private toSelf(from: string, source: Place): Crossing | NoCrossing {
    const { stages, srx } = this.parts;
    if (source.segment.transit === 'dormant') return { from, to: SELF, none: source.closed ?? 'switched off' };
    const loopback = this.loopbackOf(source.segment.routingContext);
    const policy: readonly Step[] =
      srx === undefined || source.zone === undefined
        ? []
        : [{ kind: 'stage', stage: srx.stageTo(source.zone, HOST_ZONE) }];
    // Which services a zone lets in for the device itself (`host-inbound-traffic`) is not part of the model.
    const conditions: Condition[] =
      policy.length === 0 ? [] : [{ kind: 'runtime-state', name: 'host-inbound-traffic', span: source.segment.span }];
    const steps = [
      ...this.filtersAt(source, 'input'),
      ...(loopback === undefined ? [] : stages.of(loopback, 'input')),
      ...policy,
    ];
    return { from, to: SELF, steps, conditions };
  }

  /** An instance without a loopback uses the filters of the default one (routing policy guide, "Configuring Logical Units on
   * the Loopback Interface for Routing Instances in Layer 3 VPNs"). */
  private loopbackOf(instance: string): string | undefined {
    return this.parts.loopbacks.get(instance) ?? this.parts.loopbacks.get('default');
  }

  private fromSelf(to: string, target: Place | undefined): Crossing | NoCrossing {
    const { stages } = this.parts;
    if (target?.closed !== undefined) return { from: SELF, to, none: target.closed };
    const loopback = this.loopbackOf(target?.segment.routingContext ?? 'default');
    const steps = [
      ...(loopback === undefined ? [] : stages.of(loopback, 'output')),
      ...(target === undefined ? [] : this.filtersAt(target, 'output')),
    ];
    return { from: SELF, to, steps, conditions: [] };
  }
}

function filtersOf(place: Place): Place['units'][number]['filters'] {
  return place.units[0]?.filters ?? [];
}

function placeOf(place: Place): {
  readonly zone: string;
  readonly interfaces: readonly string[];
  readonly routingInstance: string;
} {
  return { zone: place.zone ?? '', interfaces: place.interfaces, routingInstance: place.segment.routingContext };
}
