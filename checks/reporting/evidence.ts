import type { Binding, Crossing, Stage } from '../../parsers/model/device.ts';
import type { Span } from '../../parsers/source.ts';
import type { Boundary } from '../boundaries/boundary.ts';
import type { Decision } from '../evaluate/evaluation.ts';
import type { Evidence } from '../finding.ts';
import { ruleDecisions, type RuleDecision } from './decision.ts';
import { maskSecrets } from './mask-secrets.ts';
import type { Quoting } from './source-text.ts';

/** Lines of one role shown; the last of them says how many more there are. */
const MAX_LINES = 12;

/** The decisions as lines, first the ones that let the packets through, then what puts them there. */
export function decisionEvidence(
  text: Quoting,
  boundaries: readonly Boundary[],
  decisions: readonly Decision[],
): Evidence[] {
  const rules = ruleDecisions(decisions);
  return [
    ...rules.map((decision) => ruleLine(text, decision)),
    ...decisions.flatMap((decision) => (decision.kind === 'default' ? defaultLine(text, decision, rules.length) : [])),
    ...limited(rules.flatMap((decision) => bindingLines(text, boundaries, decision))),
    ...limited(rules.flatMap((decision) => objectLines(text, decision))),
  ];
}

/** A line in its role, quoted from the text. */
export function quoted(text: Quoting, role: Evidence['role'], span: Span, note: string): Evidence {
  return { role, span, text: text.quote(span), note };
}

/** Each line once; beyond `MAX_LINES` the last one shown says how many more there are. */
export function limited(evidence: readonly Evidence[]): Evidence[] {
  const seen = new Set<string>();
  const once = evidence.filter(({ span: { source, line, column } }) => {
    const key = `${source}:${line}:${column}`;
    return !seen.has(key) && seen.add(key);
  });
  const shown = once.slice(0, MAX_LINES);
  const last = shown.at(-1);
  if (last === undefined || once.length === shown.length) return shown;
  return [...shown.slice(0, -1), { ...last, note: `${last.note}; and ${once.length - shown.length} more` }];
}

function ruleLine(text: Quoting, decision: RuleDecision): Evidence {
  return ruleQuote(text, 'decides', decision, decision.verdict === 'unknown' ? 'may permit' : 'permits');
}

/** A rule with what it does. Where it is many statements, its first one is quoted and the note has all of it in one line. */
export function ruleQuote(
  text: Quoting,
  role: Evidence['role'],
  { list, rule }: Pick<RuleDecision, 'list' | 'rule'>,
  does: string,
): Evidence {
  const name = rule.name === undefined || rule.name === '' || rule.name === rule.id ? '' : ` (${rule.name})`;
  const note = `${list.kind} ${list.name} rule ${rule.id}${name} ${does}`;
  const line = text.quote(rule.span);
  const statement = maskSecrets(rule.text.trim());
  const isOneLine = line === '' || line.includes(statement) || statement.includes(line);
  if (isOneLine) return { role, span: rule.span, text: statement, note: maskSecrets(note) };
  return { role, span: rule.span, text: line, note: `${maskSecrets(note)}: ${statement}` };
}

function defaultLine(
  text: Quoting,
  { otherwise, stage }: Extract<Decision, { kind: 'default' }>,
  rules: number,
): Evidence[] {
  const span = otherwise.span ?? stage.lists[0]?.binding.span;
  return span === undefined ? [] : [quoted(text, rules > 0 ? 'context' : 'decides', span, otherwise.reason)];
}

function bindingLines(text: Quoting, boundaries: readonly Boundary[], decision: RuleDecision): Evidence[] {
  return bindingsOf(boundaries, decision).map(({ direction, attachedTo, span }) =>
    quoted(text, 'binding', span, bindingNote(direction, attachedTo)),
  );
}

/** `bound in on outside`. */
export function bindingNote(direction: string, attachedTo: string): string {
  if (direction === attachedTo || attachedTo === '') return `bound ${direction}`;
  return `bound ${direction} on ${attachedTo}`;
}

/** Where the deciding list is bound on each of the crossings, which may be other interfaces. */
function bindingsOf(boundaries: readonly Boundary[], { list }: RuleDecision): Binding[] {
  const places = boundaries.flatMap(({ crossings }) => crossings.flatMap(stagesOf).flatMap((stage) => stage.lists));
  const here = places.filter((place) => place.list.name === list.name && place.list.kind === list.kind);
  return here.map(({ binding }) => binding);
}

function stagesOf(crossing: Crossing): Stage[] {
  return crossing.steps.flatMap((step) => (step.kind === 'stage' ? [step.stage] : []));
}

function objectLines(text: Quoting, { rule }: RuleDecision): Evidence[] {
  return rule.objects.flatMap(({ name, kind, span }) =>
    span === undefined
      ? []
      : [quoted(text, 'object', span, `${kind === 'other' ? 'object' : `${kind} object`} ${name}`)],
  );
}
