import type { RuleList } from '../model/rule.ts';
import type { Binding, Stage } from '../model/device.ts';
import type { Span } from '../source.ts';
import type { Notes } from './notes.ts';
import { ANY_ADDRESS } from '../model/address.ts';
import { exactly } from '../model/rule.ts';
import { ANY_SERVICE } from '../model/service.ts';
import { entries } from './srx-entries.ts';
import { child, type JunosNode } from './tree.ts';

/** How packets of each family are processed: by flow, so that policies see them, or packet by packet. */
export interface Forwarding {
  /**
   * Set when the whole device works packet by packet: zones and policies then do not exist, and it is a router with
   * filters.
   */
  readonly packetMode: Span | undefined;
  /** IPv6 packets meet no policy. */
  readonly ip6WithoutPolicies: boolean;
  /** What becomes of IPv6 packets before any policy; undefined: nothing. */
  readonly ip6Stage: Stage | undefined;
}

/** Release in which IPv6 is processed by flow without being asked to: 15.1X49 and later. */
const FLOW_SINCE = 15;

/**
 * Reads `security forwarding-options`. `family mpls mode packet-based` takes the device out of flow mode altogether
 * (Junos "Flow-Based and Packet-Based Processing"). `family inet6 mode` is `drop` by default in older releases (CLI
 * references of 10.3 to 12.1X47); by current ones flow mode is the default for all families. Between them, for 15.1X49,
 * the releases differ and no document was found, so that IPv6 there may be dropped.
 *
 * @param version As printed: `12.3X48-D70.3`; undefined when the text does not tell, then a current release is assumed.
 */
export function readForwarding(scope: JunosNode, version: string | undefined, notes: Notes): Forwarding {
  const node = child(scope, 'security', 'forwarding-options');
  for (const part of entries(node)) readPart(part, notes);
  const mpls = entries(node, 'family', 'mpls', 'mode').find(({ word }) => word === 'packet-based');
  const mode = entries(node, 'family', 'inet6', 'mode')[0];
  const release = Number(/^\d+/.exec(version ?? '')?.[0] ?? Number.POSITIVE_INFINITY);
  const packetMode = mpls?.span;
  const none: Forwarding = { packetMode, ip6WithoutPolicies: false, ip6Stage: undefined };
  if (mode?.word === 'packet-based') return { ...none, ip6WithoutPolicies: true };
  if (mode?.word === 'flow-based') return none;
  if (mode?.word === 'drop') return { ...none, ip6Stage: dropStage('family inet6 mode drop', mode.span) };
  if (release < FLOW_SINCE) {
    return { ...none, ip6Stage: dropStage(`IPv6 is dropped by default in Junos ${version ?? ''}`, undefined) };
  }
  return release === FLOW_SINCE ? { ...none, ip6Stage: perhapsDropped(scope, version ?? '', notes) } : none;
}

function readPart(part: JunosNode, notes: Notes): void {
  if (part.word === 'family' || part.word === 'resource-manager' || part.word === 'no-allow-dataplane-sleep') {
    notes.mark(part, part.word === 'family' ? 'modelled' : 'no-effect');
    return;
  }
  notes.mark(part, 'unsupported');
  notes.diagnose(
    'junos/forwarding-mode',
    'warning',
    part.span,
    `\`security forwarding-options ${part.word}\` is not modelled`,
    'interfaces that are tapped or wired together are judged as if packets were routed between them',
  );
}

function dropStage(reason: string, span: Span | undefined): Stage {
  const otherwise = { verdict: 'deny', reason, logging: { logs: 'no', detail: '' } } as const;
  return {
    id: 'ipv6-mode',
    title: 'forwarding of IPv6',
    family: 6,
    lists: [],
    otherwise: span === undefined ? otherwise : { ...otherwise, span },
  };
}

/** A stage that may drop everything: one denial that nobody can tell the truth of. */
function perhapsDropped(scope: JunosNode, version: string, notes: Notes): Stage {
  const { text, span } = notes.statement(entries(scope, 'version')[0] ?? child(scope, 'security') ?? scope);
  const name = `IPv6 forwarding of Junos ${version}`;
  const list: RuleList = {
    name,
    kind: 'default forwarding mode',
    family: 6,
    span,
    rules: [
      {
        id: '#1',
        text,
        span,
        action: { kind: 'deny', word: 'mode drop' },
        match: { source: exactly(ANY_ADDRESS), destination: exactly(ANY_ADDRESS), service: exactly(ANY_SERVICE) },
        conditions: [{ kind: 'vendor-unverified', name, span }],
        enabled: true,
        logging: { logs: 'no', detail: '' },
        objects: [],
      },
    ],
  };
  const binding: Binding = {
    list: name,
    direction: 'in',
    attachedTo: 'global',
    family: 6,
    defined: true,
    plane: 'transit',
    span,
  };
  const otherwise = { verdict: 'permit', reason: 'IPv6 is processed by flow' } as const;
  return { id: 'ipv6-mode', title: 'forwarding of IPv6', family: 6, lists: [{ list, binding }], otherwise };
}
