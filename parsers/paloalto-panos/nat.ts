import type { AddressTerm } from '../model/address.ts';
import type { Condition } from '../model/condition.ts';
import type { Stage, Step } from '../model/device.ts';
import type { Translation } from '../model/nat.ts';
import type { Names, Scope, VirtualSystem } from './firewall.ts';
import type { Notes } from './notes.ts';
import { Arrivals } from './nat-arrival.ts';
import { entryOf, mayLeaveBy, noteWays, reverseOf, type NatEntry } from './nat-entry.ts';
import { readNatRule, type NatObjects } from './nat-rule.ts';
import { destinationKept, rewritingOf, sourceKept, type Rewriting } from './nat-translations.ts';
import { entries } from './tree.ts';

/** What NAT asks of the network around it. */
export interface NatPlaces {
  /**
   * The zone that a packet to this address leaves by, when connected networks and static routes tell and it is the same
   * for the whole term.
   */
  readonly zoneOf: (term: AddressTerm) => string | undefined;
  /** Own addresses of an interface; none where the text does not tell. */
  readonly interfaceAddresses: (name: string) => readonly AddressTerm[];
  readonly zones: readonly string[];
  /** Interfaces of a zone: `to-interface` restricts a rule where a zone has others too. */
  readonly interfacesOf?: (zone: string) => readonly string[];
}

/** The NAT policy of a virtual system. */
export interface Nat {
  /** Of all rules that are switched on, in order. */
  readonly translations: readonly Translation[];
  /** What new connections between two zones meet in front of the security policy and behind it. */
  readonly steps: (from: string, to: string) => { readonly before: readonly Stage[]; readonly after: readonly Step[] };
}

/**
 * Reads the NAT policy: rules of the pre, local and post rulebases in one order, of which the first that matches takes a
 * packet, whatever it does to it (PAN-OS Networking Administrator's Guide, "NAT Policy Rules"). The rule is chosen in
 * front of the security policy and carried out behind it (Live Community, "Packet Flow Sequence in PAN-OS").
 */
export function convertNat(
  system: VirtualSystem,
  namesOf: (scopes: readonly Scope[]) => Names,
  notes: Notes,
  where: NatPlaces,
): Nat {
  const found: NatEntry[] = [];
  const doubt: Condition[] = [];
  for (const rulebase of system.rulebases) {
    if (!('node' in rulebase)) {
      doubt.push({ kind: 'not-understood', name: rulebase.title, span: rulebase.span });
      continue;
    }
    const objects: NatObjects = {
      names: namesOf(rulebase.scopes),
      notes,
      interfaceAddresses: where.interfaceAddresses,
      interfacesOf: where.interfacesOf,
    };
    for (const node of entries(rulebase.node, 'nat', 'rules')) {
      const applies = rulebase.appliesTo?.(node) ?? true;
      const rule = applies === false ? undefined : readNatRule(node, objects, applies === 'perhaps');
      if (rule === undefined) continue;
      const reverse = reverseOf(rule);
      for (const each of reverse === undefined ? [rule] : [rule, reverse]) {
        const entry = entryOf(each, where.zoneOf, [...doubt]);
        noteWays(entry, notes);
        found.push(entry);
      }
    }
  }
  return new NatPolicy(found, doubt, notes);
}

class NatPolicy implements Nat {
  readonly translations: readonly Translation[];
  private readonly entries: readonly (readonly [NatEntry, Rewriting])[];
  private readonly arrivals: Arrivals;
  private readonly kept = new Map<NatEntry, Map<NatEntry | undefined, readonly Translation[]>>();

  constructor(found: readonly NatEntry[], doubt: readonly Condition[], notes: Notes) {
    this.entries = found.map((entry) => [entry, rewritingOf(entry, notes)]);
    this.translations = this.entries.flatMap(([, { source, destination }]) => [...source, ...destination]);
    this.arrivals = new Arrivals(found, doubt);
  }

  steps(from: string, to: string): { readonly before: readonly Stage[]; readonly after: readonly Step[] } {
    const stage = this.arrivals.stage(from, to);
    const all = this.entries.filter(
      ([entry]) =>
        (entry.rule.from === undefined || entry.rule.from.has(from)) &&
        mayLeaveBy(entry, to) &&
        entry.destinations.size > 0,
    );
    // Rules that leave destinations as they are take packets addressed to this zone, and none that these rules send here.
    const sentHere = new Set(all.filter(([entry]) => comesFromElsewhere(entry, to)));
    const here = [...sentHere, ...all.filter((each) => !sentHere.has(each))];
    const after = [...this.sources(here), ...this.destinations(here)];
    return {
      before: stage === undefined ? [] : [stage],
      after: after.map((translation) => ({ kind: 'translation', translation })),
    };
  }

  /** The first rule takes the packet: those that leave the source alone count too, while a later one would change it. */
  private sources(here: NatPolicy['entries']): readonly Translation[] {
    const last = here.findLastIndex(([, { source }]) => source.length > 0);
    return here
      .slice(0, last + 1)
      .flatMap(([entry, { source }]) =>
        source.length > 0 ? source : this.keep(entry, undefined, () => [sourceKept(entry)]),
      );
  }

  private destinations(here: NatPolicy['entries']): readonly Translation[] {
    return here.flatMap(([entry, { destination }], index) => {
      if (destination.length > 0) return destination;
      const later = here.slice(index + 1).filter(([, rewriting]) => rewriting.destination.length > 0);
      return later.flatMap(([other]) =>
        this.keep(entry, other, () => destinationKept(entry, [...other.destinations.values()].flat())),
      );
    });
  }

  /** Always the same objects, so that crossings that are alike are seen to be. */
  private keep(
    entry: NatEntry,
    other: NatEntry | undefined,
    make: () => readonly Translation[],
  ): readonly Translation[] {
    let known = this.kept.get(entry);
    if (known === undefined) this.kept.set(entry, (known = new Map()));
    let found = known.get(other);
    if (found === undefined) known.set(other, (found = make()));
    return found;
  }
}

/** Whether all packets of the rule were addressed to other zones, as far as the text tells. */
function comesFromElsewhere({ wayOut, destinations }: NatEntry, to: string): boolean {
  return wayOut.kind !== 'as-addressed' && [...destinations.keys()].every((zone) => zone !== undefined && zone !== to);
}
