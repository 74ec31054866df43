import type { Condition } from '../model/condition.ts';
import type { Action, ObjectUse, RuleLogging } from '../model/rule.ts';
import type { Notes } from './notes.ts';
import { entries } from './srx-entries.ts';
import { child, descendants, type JunosNode } from './tree.ts';

/** What a policy does with what it matches. */
export interface PolicyAction {
  readonly action: Action;
  readonly logging: RuleLogging;
  readonly uses: readonly ObjectUse[];
  /** Whether the text leaves open what happens. */
  readonly conditional: boolean;
  /** The permit holds while `condition` does; else the packet is dropped, in these words. */
  readonly otherwise?: { readonly condition: Condition; readonly word: string };
}

/** Below `then`: words that change nothing about which first packets pass. */
const INERT_ACTIONS: ReadonlySet<string> = new Set(['count', 'log', 'trace', 'dscp', 'services-offload']);

/** Below `then permit`: words that may only end a session later, or change how it is carried. */
const INERT_PERMITS: ReadonlySet<string> = new Set([
  'services-offload',
  'no-services-offload',
  'tcp-options',
  'tunnel-inspection',
  'application-services',
  'tunnel',
]);

/** Reads `then`. A policy without permit, deny or reject cannot be committed, so text is missing: it may do either. */
export function readThen(policy: JunosNode, notes: Notes): PolicyAction {
  const then = child(policy, 'then');
  const deciding = entries(then).filter(({ word }) => word === 'permit' || word === 'deny' || word === 'reject');
  for (const part of entries(then)) {
    if (deciding.includes(part) || INERT_ACTIONS.has(part.word)) continue;
    unknown(part, `then ${part.word}`, notes);
  }
  const logging = readLogging(then);
  const [first, second] = deciding;
  if (first === undefined || second !== undefined) {
    notes.diagnose(
      'junos/policy-incomplete',
      'warning',
      policy.span,
      `policy \`${policy.word}\` has ${first === undefined ? 'no action' : 'several actions'} in the text`,
      'a device would not commit it: it may permit and it may deny what it matches',
    );
    return { action: { kind: 'unknown', word: 'no single action' }, logging, uses: [], conditional: true };
  }
  if (first.word !== 'permit') {
    return { action: { kind: 'deny', word: first.word }, logging, uses: [], conditional: false };
  }
  return { ...readPermit(first, notes), logging };
}

function readPermit(permit: JunosNode, notes: Notes): Omit<PolicyAction, 'logging'> {
  for (const part of entries(permit)) {
    if (INERT_PERMITS.has(part.word) || part.word === 'firewall-authentication') continue;
    if (part.word === 'destination-address') continue;
    unknown(part, `then permit ${part.word}`, notes);
  }
  const uses = entries(permit, 'application-services').map((service): ObjectUse => {
    const name = [service, ...entries(service)].map(({ word }) => word).join(' ');
    return { name: `application-services ${name}`, kind: 'other', span: service.span };
  });
  const vpn = entries(permit, 'tunnel', 'ipsec-vpn')[0];
  const tunnel = vpn === undefined ? entries(permit, 'tunnel')[0] : vpn;
  if (tunnel !== undefined) {
    notes.diagnose(
      'junos/policy-vpn',
      'note',
      tunnel.span,
      `policy traffic goes into the tunnel \`${tunnel.word}\``,
      'it is permitted, and arrives wherever the tunnel ends',
    );
  }
  const word = tunnel === undefined ? 'permit' : `permit into tunnel ${tunnel.word}`;
  const action: Action = { kind: 'permit', word };
  const otherwise = restriction(permit);
  const base = { action, uses, conditional: otherwise !== undefined };
  return otherwise === undefined ? base : { ...base, otherwise };
}

function restriction(permit: JunosNode): PolicyAction['otherwise'] {
  const login = child(permit, 'firewall-authentication');
  if (login !== undefined) {
    const condition: Condition = { kind: 'identity', name: 'firewall-authentication', span: login.span };
    return { condition, word: 'not authenticated' };
  }
  const translated = entries(permit, 'destination-address')[0];
  if (translated === undefined) return undefined;
  // Whether NAT rewrote the destination is a matter of each packet.
  const condition: Condition = { kind: 'header', name: translated.word, span: translated.span };
  return { condition, word: translated.word };
}

function readLogging(then: JunosNode | undefined): RuleLogging {
  const log = child(then, 'log');
  if (log === undefined) return { logs: 'no', detail: '' };
  return { logs: 'yes', detail: [...descendants(log)].map(({ word }) => word).join(' ') };
}

function unknown(part: JunosNode, what: string, notes: Notes): void {
  notes.mark(part, 'unrecognised');
  notes.diagnose(
    'junos/policy-not-understood',
    'warning',
    part.span,
    `\`${what}\` is not known in a security policy`,
    'the policy is read without it',
  );
}
