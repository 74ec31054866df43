import type { Rulebase } from './firewall.ts';
import type { Notes } from './notes.ts';
import type { DiagnosticSeverity, LineState } from '../diagnostics.ts';
import { child, entries, isYes, value, type PanNode } from './tree.ts';

interface OtherRules {
  readonly word: string;
  readonly state: LineState;
  readonly severity: DiagnosticSeverity;
  /** Whether the rule is one that the consequence speaks of. */
  readonly matters: (rule: PanNode) => boolean;
  readonly message: string;
  readonly consequence: string;
}

const always = (): boolean => true;

/** Rulebases beside security, NAT, application override and decryption, and what their rules mean for verdicts. */
const OTHERS: readonly OtherRules[] = [
  {
    word: 'pbf',
    state: 'unsupported',
    severity: 'warning',
    matters: (rule) => child(rule, 'action', 'discard') !== undefined || value(rule, 'action') === 'discard',
    message: 'policy based forwarding discards packets',
    consequence: 'packets that the rule takes are dropped, though verdicts may say permitted',
  },
  {
    word: 'pbf',
    state: 'unsupported',
    severity: 'note',
    matters: always,
    message: 'policy based forwarding chooses the way of some packets',
    consequence: 'which zone they leave by is not judged: verdicts hold for the zones that are asked for',
  },
  {
    word: 'dos',
    state: 'unsupported',
    severity: 'warning',
    matters: (rule) => child(rule, 'action', 'deny') !== undefined,
    message: 'a DoS protection rule denies what it takes',
    consequence: 'packets that the rule takes are dropped, though verdicts may say permitted',
  },
  // Limits of rates stop floods, not a connection.
  { word: 'dos', state: 'no-effect', severity: 'note', matters: () => false, message: '', consequence: '' },
  { word: 'qos', state: 'no-effect', severity: 'note', matters: () => false, message: '', consequence: '' },
  ...['authentication', 'captive-portal'].map((word): OtherRules => ({
    word,
    state: 'conditional',
    severity: 'note',
    matters: (rule) => !/^(?:default-)?no-captive-portal$/.test(enforcement(rule)),
    message: 'users must log in before some sessions pass',
    consequence: 'sessions that are judged as permitted may wait for a login',
  })),
  {
    word: 'tunnel-inspect',
    state: 'unsupported',
    severity: 'note',
    matters: always,
    message: 'tunnel inspection looks into tunnels',
    consequence: 'what passes inside a permitted tunnel is not judged',
  },
  {
    word: 'sdwan',
    state: 'unsupported',
    severity: 'note',
    matters: always,
    message: 'SD-WAN rules choose the way of some packets',
    consequence: 'which interface they leave by is not judged: verdicts hold for the zones that are asked for',
  },
  {
    word: 'network-packet-broker',
    state: 'no-effect',
    severity: 'note',
    matters: always,
    message: 'a packet broker sends sessions through other security devices',
    consequence: 'those devices may block what is judged as permitted',
  },
];

function enforcement(rule: PanNode): string {
  return value(rule, 'authentication-enforcement') ?? value(rule, 'action') ?? '';
}

/** Gives the rules of the other rulebases their line state, and says what they mean for verdicts. */
export function noteOtherRules({ node }: Rulebase, notes: Notes): void {
  for (const part of node.children) {
    const kinds = OTHERS.filter(({ word }) => word === part.word);
    for (const rule of entries(part, 'rules')) {
      if (kinds.length === 0) continue;
      const isOff = isYes(rule, 'disabled');
      const kind = kinds.find(({ matters }) => matters(rule)) ?? kinds.at(-1);
      if (kind === undefined) continue;
      notes.leave(rule, `${part.word} rules decide nothing that is modelled`);
      notes.mark(rule, isOff ? 'no-effect' : kind.state);
      if (isOff || !kind.matters(rule)) continue;
      notes.diagnose(`panos/${part.word}`, kind.severity, rule.span, kind.message, kind.consequence);
    }
  }
}
