import type { LineState } from '../diagnostics.ts';
import type { Notes } from './notes.ts';
import { entries } from './srx-entries.ts';
import { child, type JunosNode } from './tree.ts';

/** A statement below `security` and what it means for first packets. */
interface SecurityStatement {
  readonly word: string;
  readonly state: LineState;
  readonly note: string;
}

const KEYS = 'keys, tunnels and their negotiation; packets in them meet the policies of the tunnel interface';
const LATER = 'looks into sessions that a policy has permitted';
const ITSELF = 'concerns the device itself or its records';

/** Every statement below `security` that is known; for the platform's README, too. */
export const SECURITY_STATEMENTS: readonly SecurityStatement[] = [
  { word: 'address-book', state: 'modelled', note: '' },
  { word: 'policies', state: 'modelled', note: '' },
  { word: 'zones', state: 'modelled', note: '' },
  { word: 'nat', state: 'modelled', note: '' },
  { word: 'log', state: 'modelled', note: '' },
  { word: 'forwarding-options', state: 'modelled', note: '' },
  { word: 'dynamic-address', state: 'conditional', note: 'members come from a feed: rules that use it are possible' },
  { word: 'screen', state: 'no-effect', note: 'drops malformed and excessive packets, whatever the policies say' },
  { word: 'flow', state: 'no-effect', note: 'sessions and segment sizes; every first packet still meets the policies' },
  { word: 'alg', state: 'no-effect', note: 'opens further ports for sessions that a policy has permitted' },
  { word: 'idp', state: 'modelled', note: 'what it inspects is telemetry' },
  { word: 'utm', state: 'no-effect', note: LATER },
  { word: 'anti-virus', state: 'no-effect', note: LATER },
  { word: 'application-firewall', state: 'no-effect', note: LATER },
  { word: 'application-tracking', state: 'no-effect', note: LATER },
  { word: 'application-traffic-control', state: 'no-effect', note: LATER },
  { word: 'advanced-anti-malware', state: 'no-effect', note: LATER },
  { word: 'security-intelligence', state: 'no-effect', note: LATER },
  { word: 'tunnel-inspection', state: 'no-effect', note: LATER },
  { word: 'gprs', state: 'no-effect', note: LATER },
  { word: 'gtp', state: 'no-effect', note: LATER },
  { word: 'ike', state: 'no-effect', note: KEYS },
  { word: 'ipsec', state: 'no-effect', note: KEYS },
  { word: 'ipsec-policy', state: 'no-effect', note: KEYS },
  { word: 'group-vpn', state: 'no-effect', note: KEYS },
  { word: 'macsec', state: 'no-effect', note: KEYS },
  { word: 'dynamic-vpn', state: 'no-effect', note: KEYS },
  { word: 'remote-access', state: 'no-effect', note: KEYS },
  { word: 'tcp-encap', state: 'no-effect', note: KEYS },
  { word: 'pki', state: 'no-effect', note: KEYS },
  { word: 'certificates', state: 'no-effect', note: KEYS },
  { word: 'dynamic-application', state: 'no-effect', note: 'what users see when an application is rejected' },
  { word: 'key-chain', state: 'no-effect', note: ITSELF },
  { word: 'authentication-key-chains', state: 'no-effect', note: ITSELF },
  { word: 'ssh-known-hosts', state: 'no-effect', note: ITSELF },
  { word: 'traceoptions', state: 'no-effect', note: ITSELF },
  { word: 'datapath-debug', state: 'no-effect', note: ITSELF },
  { word: 'analysis', state: 'no-effect', note: ITSELF },
  { word: 'alarms', state: 'no-effect', note: ITSELF },
  { word: 'cloud', state: 'no-effect', note: ITSELF },
  { word: 'resource-manager', state: 'no-effect', note: ITSELF },
  {
    word: 'user-identification',
    state: 'no-effect',
    note: 'who is behind an address; policies that ask are conditional',
  },
  { word: 'firewall-authentication', state: 'no-effect', note: 'how users log in; policies that ask are conditional' },
  {
    word: 'advance-policy-based-routing',
    state: 'unsupported',
    note: 'packets may leave by another zone than the routes say',
  },
  { word: 'softwires', state: 'unsupported', note: 'packets inside of softwires are not judged' },
  { word: 'mirror-filter', state: 'no-effect', note: ITSELF },
];

const LIST = 'security policies (from-zone A to-zone B|global) policy P';

/** The statements inside of those that are read, for the platform's README. */
export const SECURITY_FORMS: readonly { readonly form: string; readonly state: LineState; readonly note: string }[] = [
  { form: 'applications application A [term T] (protocol|source-port|destination-port)', state: 'modelled', note: '' },
  {
    form: 'applications application A [term T] (icmp-type|icmp-code|icmp6-type|icmp6-code)',
    state: 'modelled',
    note: '',
  },
  {
    form: 'applications application A [term T] (uuid|rpc-program-number)',
    state: 'conditional',
    note: 'ports are learned by an ALG: any port of the transport is possible',
  },
  { form: 'applications application-set S (application|application-set)', state: 'modelled', note: '' },
  { form: 'security address-book B address N (PREFIX|range-address|wildcard-address)', state: 'modelled', note: '' },
  {
    form: 'security address-book B address N dns-name D',
    state: 'conditional',
    note: 'resolved by the device: rules that use it are possible',
  },
  { form: 'security address-book B (address-set|attach zone)', state: 'modelled', note: '' },
  { form: `${LIST} match (source-address|destination-address|application)`, state: 'modelled', note: '' },
  { form: `${LIST} match (source-address-excluded|destination-address-excluded)`, state: 'modelled', note: '' },
  { form: 'security policies global policy P match (from-zone|to-zone)', state: 'modelled', note: '' },
  {
    form: `${LIST} match (dynamic-application|url-category)`,
    state: 'conditional',
    note: 'a permit may let the first packet pass, a denial does not surely stop it',
  },
  { form: `${LIST} match (source-identity|source-end-user-profile)`, state: 'conditional', note: 'who sends is open' },
  { form: `${LIST} scheduler-name S`, state: 'conditional', note: 'the hour is open' },
  { form: `${LIST} then (permit|deny|reject|log|count)`, state: 'modelled', note: '' },
  {
    form: `${LIST} then permit (firewall-authentication|destination-address)`,
    state: 'conditional',
    note: 'dropped for those who have not logged in, or for what was (not) translated',
  },
  { form: 'security policies default-policy (permit-all|deny-all)', state: 'modelled', note: '' },
  { form: 'security zones security-zone Z (interfaces|address-book)', state: 'modelled', note: '' },
  { form: 'security zones security-zone Z (host-inbound-traffic|screen|tcp-rst)', state: 'no-effect', note: ITSELF },
  { form: 'security zones functional-zone management', state: 'modelled', note: 'carries no through-traffic' },
  { form: 'security nat (static|destination|source) rule-set R', state: 'modelled', note: '' },
  { form: 'security nat (proxy-arp|proxy-ndp)', state: 'no-effect', note: 'answers for addresses; translates nothing' },
  {
    form: 'schedulers scheduler S',
    state: 'modelled',
    note: 'that it exists, and when it is over for good; when it holds before is open',
  },
];

/** Gives every statement below `security` its state; what is read elsewhere is marked there more closely. */
export function markSecurity(scope: JunosNode, notes: Notes): void {
  for (const word of ['security', 'applications', 'schedulers']) {
    const node = child(scope, word);
    if (node !== undefined) notes.mark(node, 'modelled');
  }
  for (const node of entries(child(scope, 'security'))) {
    const known = SECURITY_STATEMENTS.find(({ word }) => word === node.word);
    if (known === undefined) {
      notes.mark(node, 'unrecognised');
      notes.diagnose(
        'junos/security-not-understood',
        'warning',
        node.span,
        `\`security ${node.word}\` is not known`,
        'if it decides what passes, verdicts of this device may be wrong',
      );
      continue;
    }
    notes.mark(node, known.state);
    if (known.state !== 'unsupported') continue;
    const message = `\`security ${node.word}\` is known and not modelled`;
    notes.diagnose('junos/unsupported', 'warning', node.span, message, known.note);
  }
}
