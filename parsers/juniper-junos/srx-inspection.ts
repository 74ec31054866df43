import type { InspectionProfile } from '../model/rule.ts';
import { entries } from './srx-entries.ts';
import { child, value, type JunosNode } from './tree.ts';

type Effect = InspectionProfile['effect'];

/** Services of a policy that look into what it permits, by the word below `application-services`. */
const KINDS: ReadonlyMap<string, InspectionProfile['kind']> = new Map<string, InspectionProfile['kind']>([
  ['idp', 'vulnerability'],
  ['idp-policy', 'vulnerability'],
  ['utm-policy', 'other'],
  ['anti-virus-policy', 'antivirus'],
  ['security-intelligence-policy', 'other'],
  ['advanced-anti-malware-policy', 'sandbox'],
  ['security-metadata-streaming-policy', 'other'],
  ['secure-web-proxy', 'other'],
]);

/** `recommended` is the action that comes with each attack object: "The action that Juniper Networks recommends". */
const BLOCKING: ReadonlySet<string> = new Set([
  'close-client',
  'close-client-and-server',
  'close-server',
  'drop-connection',
  'drop-packet',
  'recommended',
]);

/**
 * What looks into the sessions of a policy: `then permit application-services`. An IDP policy does what the strongest action of
 * its rules is (Junos CLI reference, `action (Security Rulebase IPS)`: `no-action` only logs, `ignore-connection` stops
 * looking, the others mark). One that is not in the text is a template of the vendor's.
 */
export function readInspection(policy: JunosNode, security: JunosNode | undefined): readonly InspectionProfile[] {
  return entries(policy, 'then', 'permit', 'application-services').flatMap((service): InspectionProfile[] => {
    const kind = KINDS.get(service.word);
    if (kind === undefined) return [];
    const name = entries(service)[0]?.word;
    if (kind !== 'vulnerability') return [{ kind, name: name ?? service.word, effect: 'unknown', span: service.span }];
    return [idp(service.word === 'idp' ? activePolicy(security) : name, service, security)];
  });
}

/** Policies that permit `application-services idp` share the one that is active, or the default one. */
function activePolicy(security: JunosNode | undefined): string | undefined {
  const idpNode = child(security, 'idp');
  return value(idpNode, 'active-policy') ?? value(idpNode, 'default-policy');
}

function idp(name: string | undefined, service: JunosNode, security: JunosNode | undefined): InspectionProfile {
  // Without an active policy the service looks for nothing.
  if (name === undefined) return { kind: 'vulnerability', name: 'idp', effect: 'nothing', span: service.span };
  const defined = child(security, 'idp', 'idp-policy', name);
  if (defined === undefined) return { kind: 'vulnerability', name, effect: 'unknown' };
  const actions = entries(defined, 'rulebase-ips', 'rule').flatMap((rule) =>
    entries(rule, 'then', 'action').map(({ word }) => word),
  );
  return { kind: 'vulnerability', name, effect: effectOf(actions), span: defined.span };
}

function effectOf(actions: readonly string[]): Effect {
  if (actions.some((word) => BLOCKING.has(word))) return 'blocks';
  return actions.length === 0 ? 'nothing' : 'alerts';
}
