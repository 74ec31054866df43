import type { CheckContext, LinesReport } from '../check.ts';
import type { PermittedPart } from '../boundaries/permitted-parts.ts';
import type { Evidence } from '../finding.ts';
import { decisionName, ruleDecisions } from './decision.ts';
import { decisionEvidence, limited, quoted, ruleQuote } from './evidence.ts';
import { listed } from './finding-words.ts';

const SHOWN_SERVICES = 6;
const SHOWN_RULES = 3;

/** What findings about many permits have in common: the rules as evidence, their crossings and services. */
type Gathered = Pick<LinesReport<string>, 'evidence' | 'crossings' | 'services' | 'rules' | 'shows' | 'data'>;

/**
 * Parts that share a finding: one finding for each rule list or direction says as much as one for each rule.
 *
 * @param does what the deciding rules do here, behind their names.
 */
export function gathered(
  { device, text, catalogue }: Pick<CheckContext, 'device' | 'text' | 'catalogue'>,
  parts: readonly PermittedPart[],
  does: string,
): Gathered {
  const rules = [
    ...new Map(
      parts
        .flatMap(({ decisions }) => ruleDecisions(decisions))
        .map((decision) => [`${decision.list.kind} ${decision.list.name}: ${decision.rule.id}`, decision] as const),
    ).values(),
  ].sort((a, b) => a.rule.span.line - b.rule.span.line);
  const reached = new Set(parts.map(({ target }) => target.service));
  const services = [...new Set(catalogue.flatMap(({ name }) => (reached.has(name) ? [name] : [])))];
  const names = rules.length > 0 ? rules.map((rule) => decisionName(rule)) : defaultNames(parts);
  const [place, ...more] = limited([
    ...rules.map((rule) => ruleQuote(text, 'decides', rule, does)),
    ...(rules.length > 0 ? [] : parts.flatMap((part) => decisionEvidence(text, [part.boundary], part.decisions))),
  ]);
  const crossings = parts.flatMap((part) => part.crossings.map(({ from, to }) => ({ from, to })));
  const data = {
    services: listed(services, SHOWN_SERVICES),
    decidedBy: names.length === 0 ? 'no filter on the path' : listed(names, SHOWN_RULES),
    from: crossings[0]?.from ?? '',
    to: crossings[0]?.to ?? '',
    list: rules[0] === undefined ? 'the filter on this path' : `${rules[0].list.kind} ${rules[0].list.name}`,
    rule: rules[0] === undefined ? 'what lets the packets through' : `rule ${rules[0].rule.id}`,
  };
  return {
    evidence: place === undefined ? [segmentLine({ device, text }, parts)] : [place, ...more],
    crossings,
    services,
    rules: [...new Set(rules.map(({ list, rule }) => `${list.name}: ${rule.id}`))],
    ...shownBy(parts),
    data,
  };
}

/** The witness is of a part that surely passes, where there is one. */
function shownBy(parts: readonly PermittedPart[]): Pick<Gathered, 'shows'> {
  const best = parts.find(({ sure }) => sure) ?? parts[0];
  if (best === undefined) return {};
  const { boundary, target, set, sure } = best;
  return { shows: { boundary, example: { target, set }, sure, sets: parts } };
}

function defaultNames(parts: readonly PermittedPart[]): string[] {
  return [...new Set(parts.flatMap(({ decisions }) => decisions.map(decisionName)))];
}

/** Where nothing decides, the place is the segment that the packets come from. */
function segmentLine(
  { device, text }: Pick<CheckContext, 'device' | 'text'>,
  parts: readonly PermittedPart[],
): Evidence {
  const crossing = parts[0]?.crossings[0];
  const segment = device.segments.find(({ name }) => name === crossing?.from);
  if (crossing === undefined || segment === undefined) throw new Error('a finding about permits needs a crossing');
  return quoted(text, 'decides', segment.span, `no filter from ${crossing.from} to ${crossing.to}`);
}
