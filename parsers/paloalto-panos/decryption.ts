import type { Action, Rule, RuleList } from '../model/rule.ts';
import type { Rulebase } from './firewall.ts';
import { exactly } from '../model/rule.ts';
import { ANY_SERVICE } from '../model/service.ts';
import {
  DECRYPTION_FIELDS,
  RuleIds,
  members,
  ruleText,
  sides,
  undecidedFields,
  unknownAction,
  zoneLimits,
  zones,
  type RuleReading,
} from './rule-fields.ts';
import { RuleMemo, appliedRules, onceFor, under } from './rule-memo.ts';
import { child, entries, isYes, value, type PanNode } from './tree.ts';

const decryptionRules = onceFor(() => new RuleMemo<Rule>());

/**
 * Reads the decryption rules of a rulebase: which encrypted sessions the firewall opens so that it knows the application
 * inside. First match counts, and what none matches stays closed ("Decryption Policy", PAN-OS Administrator's Guide). The
 * kind of decryption stands in the action's word: `ssl-forward-proxy` (sessions to servers elsewhere),
 * `ssl-inbound-inspection` (to own servers, whose keys the firewall has), `ssh-proxy` (no TLS at all).
 */
export function readDecryption(rulebase: Rulebase, reading: RuleReading): RuleList | undefined {
  const node = child(rulebase.node, 'decryption', 'rules');
  if (node === undefined) return undefined;
  const ids = new RuleIds(reading.notes);
  const memo = decryptionRules(reading.notes);
  const rules = appliedRules(entries(node), rulebase).map(({ node: rule, unsure }) => {
    const id = ids.next(rule);
    const read = (): Rule => readRule(rule, id, reading);
    return under(id === rule.word ? memo.take(rule, reading.names, read) : read(), unsure);
  });
  return { name: `decryption ${rulebase.title}`, kind: 'decryption policy', family: 'both', rules, span: node.span };
}

function readRule(node: PanNode, id: string, reading: RuleReading): Rule {
  const { names, notes } = reading;
  const { source, destination } = sides(node, reading);
  // Releases before 7.1 have no services in these rules.
  const written = child(node, 'service') === undefined ? [] : members(node, 'service', reading);
  const listed = written.length === 0 ? undefined : names.services(written);
  const service = listed?.kind === 'ports' ? listed.ports : exactly(ANY_SERVICE);
  const action = readAction(node, reading);
  const { span } = node;
  const undecided = undecidedFields(node, DECRYPTION_FIELDS, reading);
  const conditions = node.cut
    ? [...undecided, { kind: 'not-understood', name: `rule ${id}`, span } as const]
    : undecided;
  const match = { source: source.set, destination: destination.set, service };
  const isOpen = conditions.length > 0 || Object.values(match).some((field) => field.conditions.length > 0);
  notes.mark(node, isOpen || action.kind === 'unknown' ? 'conditional' : 'modelled');
  return {
    id,
    name: node.word,
    text: ruleText(node),
    span,
    action: node.cut ? { kind: 'unknown', word: 'cut off' } : action,
    match,
    ...zoneLimits(zones(node, 'from', reading), zones(node, 'to', reading)),
    conditions,
    enabled: !isYes(node, 'disabled'),
    logging: { logs: 'default', detail: '' },
    objects: [...source.objects, ...destination.objects, ...(listed?.kind === 'ports' ? listed.objects : [])],
  };
}

const OPENING: ReadonlySet<string> = new Set(['decrypt', 'decrypt-and-forward']);

function readAction(node: PanNode, reading: RuleReading): Action {
  const word = value(node, 'action');
  if (word === 'no-decrypt') return { kind: 'deny', word };
  if (word === undefined || !OPENING.has(word)) return unknownAction(node, reading);
  // Forward proxy is what a rule without `type` does.
  const type = child(node, 'type')?.children[0]?.word ?? 'ssl-forward-proxy';
  return { kind: 'permit', word: `${word} ${type}` };
}
