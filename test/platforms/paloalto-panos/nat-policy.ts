/** NAT policies written as `set` lines, with a network around them that the test states, for the tests of NAT. */
import { createEvaluation } from '../../../checks/evaluate/evaluate.ts';
import { createPacketSpace } from '../../../checks/packet-space/create-packet-space.ts';
import type { Diagnostic } from '../../../parsers/diagnostics.ts';
import type { AddressTerm, Range4, Range6 } from '../../../parsers/model/address.ts';
import type { Crossing, Device, Stage } from '../../../parsers/model/device.ts';
import type { Rulebase, VirtualSystem } from '../../../parsers/paloalto-panos/firewall.ts';
import { ANY_ADDRESS } from '../../../parsers/model/address.ts';
import { exactly } from '../../../parsers/model/rule.ts';
import { ANY_SERVICE } from '../../../parsers/model/service.ts';
import { readNetwork } from '../../../parsers/paloalto-panos/address-text.ts';
import { createNames } from '../../../parsers/paloalto-panos/names.ts';
import { convertNat, type Nat, type NatPlaces } from '../../../parsers/paloalto-panos/nat.ts';
import { Notes } from '../../../parsers/paloalto-panos/notes.ts';
import { PanNode } from '../../../parsers/paloalto-panos/tree.ts';
import { readPacket } from '../../samples/sample.ts';
import { askOracle } from '../../support/oracle.ts';

/** Zones and the networks that lead to them, the longest prefix first in mind; an empty record: nothing is known. */
export type Networks = Readonly<Record<string, readonly string[]>>;

const NETWORKS: Networks = {
  dmz: ['10.1.1.0/24'],
  lan: ['10.2.0.0/16'],
  trust: ['10.3.0.0/16'],
  untrust: ['0.0.0.0/0'],
};

export interface NatTest {
  readonly nat: Nat;
  readonly notes: Notes;
  readonly diagnostics: readonly Diagnostic[];
  /** Whether a packet to be traced may take the crossing at all: the security policy permits everything. */
  readonly verdict: (from: string, to: string, packet: string) => string;
  /** What the packet looks like behind the crossing, and the rules that made it so. */
  readonly behind: (
    from: string,
    to: string,
    packet: string,
  ) => { readonly packet: string; readonly by: readonly string[] };
}

/** Reads `set` lines below `vsys vsys1`; `%pre` in front of a line puts a rule into a rulebase ahead of the local one. */
export function natOf(text: string, networks: Networks = NETWORKS, more: Partial<Around> = {}): NatTest {
  const [local, pre] = [root(), root()];
  for (const [index, line] of text.trim().split('\n').entries()) {
    const wanted = line.trim().replace(/^%pre /u, '');
    addLine(wanted === line.trim() ? local : pre, wanted, index + 1);
  }
  const notes = new Notes();
  const scopes = [{ title: 'vsys1', node: local }];
  const rulebase = (node: PanNode, where: Rulebase['where']): Rulebase => ({
    title: where,
    where,
    node: node.get('rulebase') ?? node,
    scopes,
    ...(more.appliesTo === undefined ? {} : { appliesTo: more.appliesTo }),
  });
  const system: VirtualSystem = {
    name: 'fw1',
    id: 'vsys1',
    title: undefined,
    node: local,
    rulebases: [...(more.missing ?? []), rulebase(pre, 'pre'), rulebase(local, 'local'), ...(more.missingBehind ?? [])],
    defaultRules: [],
    scopes,
  };
  const names = createNames(scopes, notes);
  const nat = convertNat(system, () => names, notes, placesOf(networks, more));
  const evaluation = createEvaluation(deviceOf(nat), createPacketSpace());
  const crossing = (from: string, to: string): Crossing => {
    const { before, after } = nat.steps(from, to);
    return { from, to, conditions: [], steps: [...before.map(step), step(SECURITY), ...after] };
  };
  return {
    nat,
    notes,
    diagnostics: notes.collected(['fw.set']),
    verdict: (from, to, text_) => {
      const packet = readPacket(text_);
      const evaluated = evaluation.crossing(from, to);
      if ('none' in evaluated) throw new Error(evaluated.none);
      const { verdict } = evaluation.trace(evaluated, packet);
      const oracle = askOracle(crossing(from, to), packet);
      return oracle === verdict ? verdict : `${verdict}, but the oracle says ${oracle}`;
    },
    behind: (from, to, text_) => {
      const evaluated = evaluation.crossing(from, to);
      if ('none' in evaluated) throw new Error(evaluated.none);
      const { steps } = evaluation.trace(evaluated, readPacket(text_));
      const moved = steps.flatMap((each) => (each.kind === 'translation' ? [each] : []));
      const last = moved.at(-1)?.after ?? readPacket(text_);
      const ip = (value: bigint): string => [24n, 16n, 8n, 0n].map((bits) => (value >> bits) & 255n).join('.');
      return {
        packet: `${ip(last.source)} > ${ip(last.destination)}:${last.destinationPort}`,
        by: moved.map(({ translation }) => translation.text.split(':')[0] ?? ''),
      };
    },
  };
}

interface Around {
  /** Rules that the text lacks, in front of the others and behind them. */
  readonly missing: VirtualSystem['rulebases'];
  readonly missingBehind: VirtualSystem['rulebases'];
  readonly interfaces: Readonly<Record<string, string>>;
  readonly appliesTo: NonNullable<Rulebase['appliesTo']>;
  readonly interfacesOf: NonNullable<NatPlaces['interfacesOf']>;
}

function placesOf(networks: Networks, { interfaces = {}, interfacesOf }: Partial<Around>): NatPlaces {
  const known = Object.entries(networks).flatMap(([zone, all]) =>
    all.flatMap((network) => {
      const range = networkOf(network);
      return range === undefined ? [] : [{ zone, range }];
    }),
  );
  const size = (term: AddressTerm): bigint => ('first' in term ? BigInt(term.last) - BigInt(term.first) : 0n);
  known.sort((a, b) => (size(a.range) < size(b.range) ? -1 : 1));
  return {
    zoneOf: (term) => {
      if (!('first' in term)) return undefined;
      const first = known.find(({ range }) => term.first <= range.last && range.first <= term.last);
      // Whole within the longest network that it meets at all.
      return first !== undefined && term.first >= first.range.first && term.last <= first.range.last
        ? first.zone
        : undefined;
    },
    interfaceAddresses: (name) => {
      const address = networkOf(interfaces[name] ?? '');
      return address === undefined ? [] : [address];
    },
    zones: Object.keys(networks),
    ...(interfacesOf === undefined ? {} : { interfacesOf }),
  };
}

function networkOf(text: string): Range4 | Range6 | undefined {
  const read = readNetwork(text);
  const term = read === undefined || !('terms' in read) ? undefined : read.terms[0];
  return term !== undefined && 'first' in term ? term : undefined;
}

function root(): PanNode {
  return new PanNode('config', { source: 'fw.set', line: 1, column: 1, endColumn: 1 }, undefined);
}

function addLine(node: PanNode, text: string, line: number): void {
  const at = { source: 'fw.set', line, column: 1, endColumn: text.length + 1 };
  const words = text.match(/\[.*?\]|"[^"]*"|\S+/gu) ?? [];
  let here = node;
  for (const word of words.slice(1)) {
    if (!word.startsWith('[')) here = here.take(word.replaceAll('"', ''), at);
    else for (const member of word.slice(1, -1).trim().split(/\s+/u)) here.take(member, at);
  }
}

function step(stage: Stage): { readonly kind: 'stage'; readonly stage: Stage } {
  return { kind: 'stage', stage };
}

const SPAN = { source: 'fw.set', line: 1, column: 1, endColumn: 2 };
const SECURITY: Stage = {
  id: 'security-policy',
  title: 'security policy',
  family: 'both',
  lists: [
    {
      list: {
        name: 'rules of vsys1',
        kind: 'security policy',
        family: 'both',
        span: SPAN,
        rules: [
          {
            id: 'all',
            text: 'all: action allow',
            span: SPAN,
            action: { kind: 'permit', word: 'allow' },
            match: { source: exactly(ANY_ADDRESS), destination: exactly(ANY_ADDRESS), service: exactly(ANY_SERVICE) },
            conditions: [],
            enabled: true,
            logging: { logs: 'default', detail: '' },
            objects: [],
          },
        ],
      },
      binding: {
        list: 'rules of vsys1',
        direction: 'in',
        attachedTo: 'vsys1',
        family: 'both',
        defined: true,
        plane: 'transit',
        span: SPAN,
      },
    },
  ],
  otherwise: { verdict: 'deny', reason: 'interzone-default denies' },
};

function deviceOf(nat: Nat): Device {
  return {
    name: 'fw1',
    platform: 'paloalto-panos',
    source: 'fw.set',
    segments: [],
    ruleLists: [],
    bindings: [],
    translations: nat.translations,
    routes: [],
    telemetry: [],
    addressView: 'arriving',
    crossing: (from, to) => {
      const { before, after } = nat.steps(from, to);
      return { from, to, conditions: [], steps: [...before.map(step), step(SECURITY), ...after] };
    },
  };
}
