import type { HostNames } from '../model/host-names.ts';
import type { AddressTerm } from '../model/address.ts';
import type { Binding, Device, Stage, Step, Telemetry } from '../model/device.ts';
import type { Translation } from '../model/nat.ts';
import type { RuleList } from '../model/rule.ts';
import type { Span } from '../source.ts';
import type { Notes } from './notes.ts';
import type { SrxPlace } from './srx-nat-context.ts';
import type { SrxZone } from './srx-zones.ts';
import { Applications } from './applications.ts';
import { AddressBooks } from './srx-addresses.ts';
import { readForwarding } from './srx-forwarding.ts';
import { convertNat } from './srx-nat.ts';
import { convertPolicies } from './srx-policies.ts';
import { PolicyReader } from './srx-policy.ts';
import { markSecurity } from './srx-statements.ts';
import { readSchedulers } from './srx-schedulers.ts';
import { securityTelemetry } from './srx-telemetry.ts';
import { untranslated } from './srx-untranslated.ts';
import { entries } from './srx-entries.ts';
import { child, type JunosNode } from './tree.ts';

/** What the security side has to know of the rest of the system. */
export interface SrxFacts {
  /** The root of the text, or one logical system or tenant. */
  readonly scope: JunosNode;
  readonly notes: Notes;
  readonly hosts: HostNames;
  /** As `readZones` gave them. */
  readonly zones: readonly SrxZone[];
  /** As printed by `version`; undefined when the text does not tell. */
  readonly version: string | undefined;
  /** Names of the segments that stand for a zone; one, unless its interfaces differ in their filters. */
  readonly segmentsOf: (zone: string) => readonly string[];
  /** Own addresses of a logical interface (`ge-0/0/0.0`); empty where the text does not tell. */
  readonly addressesOf: (name: string) => readonly AddressTerm[];
  /** Whether interfaces of zones have packet filters: then rules do not all see the same addresses. */
  readonly filtered: boolean;
}

/** The security side of one system (SRX, vSRX, NFX). */
export interface Srx {
  readonly ruleLists: readonly RuleList[];
  readonly bindings: readonly Binding[];
  readonly translations: readonly Translation[];
  readonly telemetry: readonly Telemetry[];
  /** For `Device.addressView`. */
  readonly addressView: Device['addressView'];
  /**
   * Where the text takes the whole device out of flow mode (`family mpls mode packet-based`): zones and policies then
   * decide nothing, and `steps` must not be asked.
   */
  readonly packetMode: Span | undefined;
  /** What a new connection meets between two places. */
  readonly steps: (from: SrxPlace, to: SrxPlace) => readonly Step[];
  /** Policies for packets to the device itself: `from-zone Z to-zone junos-host`. */
  readonly stageTo: (from: string, to: string) => Stage;
}

/**
 * Reads everything below `security`, `applications` and `schedulers` of one system. Packets of a new connection are
 * translated (static, then destination NAT), routed, looked up in the policies of their zones, and then get their new
 * source (Junos "Traffic Processing on SRX Series Firewalls": first-packet flow processing).
 */
export function convertSrx(facts: SrxFacts): Srx {
  const { scope, notes, zones, segmentsOf, addressesOf } = facts;
  markSecurity(scope, notes);
  const books = new AddressBooks(scope, notes, facts.hosts);
  const applications = new Applications(scope, notes);
  books.resolveAll();
  applications.resolveAll();
  const schedulers = readSchedulers(scope);
  const reader = new PolicyReader({
    books,
    applications,
    schedulers,
    segmentsOf,
    security: child(scope, 'security'),
    notes,
  });
  const policies = convertPolicies(scope, reader, notes);
  const forwarding = readForwarding(scope, facts.version, notes);
  const interfacesOf = (zone: string): readonly string[] =>
    zones.find(({ name }) => name === zone)?.interfaces.map(({ name }) => name) ?? [];
  const nat = convertNat(scope, { books, applications, notes, segmentsOf, addressesOf, interfacesOf });
  // Filters see addresses before translation (ingress) or behind it (egress), policies see the real destination and the
  // original source. Only where policies are alone one address of each packet can speak for all rules.
  const filtered = facts.filtered || hasTableFilters(scope);
  const addressView = filtered && nat.translations.length > 0 ? 'arriving' : 'real';
  return {
    ruleLists: policies.ruleLists,
    bindings: policies.bindings,
    translations: nat.translations,
    telemetry: securityTelemetry(scope, segmentsOf, notes),
    addressView,
    packetMode: forwarding.packetMode,
    stageTo: policies.stage,
    steps: (from, to) => {
      const { before, after } = nat.between(from, to);
      const lookup = policies.stage(from.zone, to.zone);
      const stages = [
        forwarding.ip6Stage,
        addressView === 'real' ? untranslated(before, from.zone) : undefined,
        forwarding.ip6WithoutPolicies ? ({ ...lookup, family: 4 } satisfies Stage) : lookup,
      ].filter((stage) => stage !== undefined);
      return [
        ...before.map((translation): Step => ({ kind: 'translation', translation })),
        ...stages.map((stage): Step => ({ kind: 'stage', stage })),
        ...after.map((translation): Step => ({ kind: 'translation', translation })),
      ];
    },
  };
}

/** Filters of the forwarding table are met before the policies, too. */
function hasTableFilters(scope: JunosNode): boolean {
  const tables = [scope, ...entries(scope, 'routing-instances')];
  return tables.some((table) =>
    entries(table, 'forwarding-options', 'family').some((family) => child(family, 'filter') !== undefined),
  );
}

export { readZones, HOST_ZONE } from './srx-zones.ts';
export type { SrxZone } from './srx-zones.ts';
