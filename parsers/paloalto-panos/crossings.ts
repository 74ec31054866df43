import type { Condition } from '../model/condition.ts';
import type { Crossing, NoCrossing, Stage, Step } from '../model/device.ts';
import type { Translation } from '../model/nat.ts';
import type { Span } from '../source.ts';
import type { Forwarding } from './forwarding.ts';
import { withoutIp6 } from './ip6-firewalling.ts';
import type { Party } from './parties.ts';
import { RestrictedLists, type ZonePair } from './restricted-lists.ts';
import { SELF, type Place } from './segments.ts';
import { linkOf } from './system-links.ts';

/** A place as a device names it: its own by their names, those of other systems with the system in front. */
export interface PlaceHere {
  readonly party: Party;
  readonly place: Place;
}

interface Parts {
  /** The virtual system or gateway that the device is. */
  readonly own: Party;
  readonly places: ReadonlyMap<string, PlaceHere>;
  readonly forwarding: Forwarding;
  /** Where IPv6 firewalling is switched off. */
  readonly ip6Off: Span | undefined;
}

/** The steps of new connections between the segments of one device. */
export class Crossings {
  private readonly parts: Parts;
  private readonly restricted = new RestrictedLists();
  private readonly stages = new Map<string, Stage>();
  private readonly known = new Map<string, Crossing | NoCrossing>();
  private readonly translations = new Map<Translation, Translation>();

  constructor(parts: Parts) {
    this.parts = parts;
  }

  crossing(from: string, to: string): Crossing | NoCrossing {
    const key = JSON.stringify([from, to]);
    let found = this.known.get(key);
    if (found === undefined) this.known.set(key, (found = this.find(from, to)));
    return found;
  }

  private find(from: string, to: string): Crossing | NoCrossing {
    if (from === SELF && to === SELF) return { from, to, none: 'both are the device itself' };
    const [source, target] = [this.parts.places.get(from), this.parts.places.get(to)];
    if ((source === undefined && from !== SELF) || (target === undefined && to !== SELF)) {
      return { from, to, none: 'no such segment' };
    }
    if (source === undefined || target === undefined) return withSelf(from, to, source ?? target);
    const closed = source.place.closed ?? target.place.closed;
    if (closed !== undefined) return { from, to, none: closed };
    const isOwn = source.party === this.parts.own && target.party === this.parts.own;
    return isOwn ? this.within(source, target, from, to) : this.across(source, target, from, to);
  }

  /** Between two zones of the device. */
  private within({ party, place }: PlaceHere, target: PlaceHere, from: string, to: string): Crossing | NoCrossing {
    if (place.type === 'external' && target.place.type === 'external') {
      return { from, to, none: 'a packet may not traverse more than two virtual systems' };
    }
    const way = this.parts.forwarding.way(place, target.place, party.forwarding, party.id);
    if (way.none !== undefined) return { from, to, none: way.none };
    const { before, after } = party.nat.steps(place.zone, target.place.zone);
    const steps = [
      ...before.map(asStep),
      ...this.policy(party, place === target.place, place.type).map(asStep),
      ...after,
      ...way.stages.map(asStep),
    ];
    return { from, to, steps, conditions: way.conditions };
  }

  /** The stage of a system's security policy between zones of this type; a gateway has none. */
  private policy(party: Party, isIntrazone: boolean, type: Place['type']): readonly Stage[] {
    const { security } = party;
    const { ip6Off } = this.parts;
    if (security === undefined) return [];
    const stage = this.once(`${party.id} ${isIntrazone}`, () => ({
      id: 'security-policy',
      title: `security policy of ${party.id}`,
      family: 'both',
      lists: security.lists.flatMap((list, index) => {
        const binding = security.bindings[index];
        return binding === undefined ? [] : [{ list, binding }];
      }),
      otherwise: isIntrazone ? security.intrazone : security.interzone,
    }));
    if (ip6Off === undefined) return [stage];
    const isWire = type === 'virtual-wire';
    return [this.once(`${party.id} ${isIntrazone} ${isWire}`, () => withoutIp6(stage, isWire, ip6Off))];
  }

  private once(key: string, make: () => Stage): Stage {
    let found = this.stages.get(key);
    if (found === undefined) this.stages.set(key, (found = make()));
    return found;
  }

  /**
   * Between two systems: "each packet moving between virtual systems is inspected for security policy and App-ID evaluation", in
   * the one from its zone to the external zone, in the other from its external zone on (PAN-OS administrator's guide, "External
   * Zone"). At a shared gateway "security policy and App-ID evaluations are not performed" ("Shared Gateway").
   */
  private across(source: PlaceHere, target: PlaceHere, from: string, to: string): Crossing | NoCrossing {
    const { own, forwarding } = this.parts;
    const [a, b] = [source.party, target.party];
    if (a !== own && (b !== own || a.security !== undefined)) {
      return { from, to, none: `connections from ${a.id} are judged in ${a.name}` };
    }
    if (source.place.type === 'external' || target.place.type === 'external') {
      return { from, to, none: 'an external zone stands for other virtual systems, and has no network of its own' };
    }
    const link = linkOf(a, b);
    if ('none' in link) return { from, to, none: link.none };
    const way = forwarding.way(source.place, target.place, a.forwarding, b.id);
    if (way.none !== undefined) return { from, to, none: way.none };
    const steps = [
      ...this.half(
        a,
        link.leaving.map((zone) => ({ from: source.place.zone, to: zone })),
      ),
      ...this.half(
        b,
        link.entering.map((zone) => ({ from: zone, to: target.place.zone })),
      ),
      ...way.stages.map(asStep),
    ];
    const isUnclear = (link.leaving.length > 1 || link.entering.length > 1) && (hasNat(a) || hasNat(b));
    const unclear: Condition[] = isUnclear
      ? [
          {
            kind: 'vendor-unverified',
            name: `external zone between ${a.id} and ${b.id}`,
            span: source.place.segment.span,
          },
        ]
      : [];
    return { from, to, steps, conditions: [...link.conditions, ...unclear, ...way.conditions] };
  }

  /** What one of two systems does: its policy and NAT between a zone of its own and its external zone. */
  private half(party: Party, pairs: readonly ZonePair[]): readonly Step[] {
    const [first] = pairs;
    const { before, after: translated } = party.nat.steps(first?.from ?? '', first?.to ?? '');
    const after = translated.map((step) => this.unbound(step));
    const [whole] = this.policy(party, false, 'layer3');
    if (whole === undefined) return [...before.map(asStep), ...after];
    const stage = this.once(`${party.id} ${JSON.stringify(pairs.map((pair) => [pair.from, pair.to]))}`, () => ({
      ...whole,
      id: `security-policy-${party.id}`,
      lists: whole.lists.map(({ list, binding }) => ({ list: this.restricted.list(list, pairs), binding })),
    }));
    return [...before.map(asStep), asStep(stage), ...after];
  }

  /** A translation without the zones it is for: they were asked, and are not those of the crossing. */
  private unbound(step: Step): Step {
    if (step.kind === 'stage') return step;
    let translation = this.translations.get(step.translation);
    if (translation === undefined)
      this.translations.set(step.translation, (translation = withoutZones(step.translation)));
    return { kind: 'translation', translation };
  }
}

function withoutZones(translation: Translation): Translation {
  const { fromSegment: _, toSegment: __, ...rest } = translation;
  return rest;
}

function hasNat({ nat }: Party): boolean {
  return nat.translations.length > 0;
}

function asStep(stage: Stage): Step {
  return { kind: 'stage', stage };
}

/**
 * To and from the firewall itself. What it lets in for itself (interface management profiles, portals, routing protocols) is not
 * part of the model, so nothing of that is definite; what it sends is not asked of the policy.
 */
function withSelf(from: string, to: string, other: PlaceHere | undefined): Crossing | NoCrossing {
  if (other?.place.closed !== undefined) return { from, to, none: other.place.closed };
  const span = other?.place.segment.span;
  const conditions: Condition[] =
    to === SELF && span !== undefined ? [{ kind: 'runtime-state', name: 'interface management profile', span }] : [];
  return { from, to, steps: [], conditions };
}
