import type { EvaluatedCrossing, EvaluationContract, Trace } from '../../checks/evaluate/evaluation.ts';
import type { Device, Segment } from '../../parsers/model/device.ts';
import type { Asked } from './asked-set.ts';
import type { Target } from './mapping.ts';
import type { Difference } from './tally.ts';

/** What the engine says about all packets of a row; `mixed` when it says different things about them. */
export interface Answer {
  readonly verdict: 'permit' | 'deny' | 'unknown' | 'mixed' | 'not found';
  /** For showing: the deciding line of one of the packets, or why there is no answer. */
  readonly because: string;
}

/** What differs between a verdict known from elsewhere and ours. */
export function differenceOf(expected: string, { verdict, because }: Answer): Difference | undefined {
  return verdict === expected ? undefined : { what: `${expected} there, ${verdict} here`, because };
}

/** The difference of a row that could not be asked. */
export function unasked(because: string): Difference {
  return { what: 'not asked', because };
}

/** Asks for the verdict of `asked`. `expected` chooses the packet that is shown: one with another verdict, if there is. */
export function ask(evaluation: EvaluationContract, target: Target, asked: Asked, expected: string): Answer {
  const crossings = target.kind === 'list' ? ofList(evaluation, target.name, asked) : ofPairs(evaluation, target.pairs);
  if (!Array.isArray(crossings)) return crossings;
  const answers = crossings.map((crossing) => answerOf(evaluation, crossing, asked, expected));
  return answers.find(({ verdict }) => verdict !== expected) ?? answers[0] ?? notFound('nothing to ask');
}

/**
 * Asks the devices of one text. A list is asked of the one that has it. A crossing is asked where it begins: other systems of
 * the same text know its ends too, and say that they do not judge it. Ends of which no device has both have no path between them.
 */
export function askDevices(
  evaluations: readonly EvaluationContract[],
  target: Target,
  asked: Asked,
  expected: string,
): Answer {
  const [first] = evaluations;
  if (first === undefined) return notFound('no device was read');
  if (target.kind === 'list') {
    const having = evaluations.find(({ device }) => device.ruleLists.some(({ name }) => name === target.name));
    return ask(having ?? first, target, asked, expected);
  }
  const ends = target.pairs.flat();
  const knows = ({ device }: EvaluationContract, end: string): boolean => segmentOf(device, end) !== undefined;
  const knowing = evaluations.filter((each) => ends.every((end) => knows(each, end)));
  const open = knowing.find((each) => Array.isArray(ofPairs(each, target.pairs)));
  const chosen = open ?? knowing[0];
  if (chosen !== undefined) return ask(chosen, target, asked, expected);
  return ends.every((end) => evaluations.some((each) => knows(each, end)))
    ? { verdict: 'deny', because: 'no crossing: the ends are in different devices' }
    : ask(first, target, asked, expected);
}

function notFound(because: string): Answer {
  return { verdict: 'not found', because };
}

function ofList(evaluation: EvaluationContract, name: string, asked: Asked): EvaluatedCrossing[] | Answer {
  const { device, space } = evaluation;
  const named = device.ruleLists.filter((list) => list.name === name);
  const reached = named.filter(({ family }) => family === 'both' || space.isSubset(asked.set, space.family(family)));
  const [found] = reached.length > 0 ? reached : named;
  return found === undefined ? notFound(`no rule list ${name}`) : [evaluation.list(found)];
}

function ofPairs(
  evaluation: EvaluationContract,
  pairs: readonly (readonly [string, string])[],
): EvaluatedCrossing[] | Answer {
  const crossings: EvaluatedCrossing[] = [];
  for (const [from, to] of pairs) {
    const [source, target] = [segmentOf(evaluation.device, from), segmentOf(evaluation.device, to)];
    if (source === undefined) return notFound(`no segment ${from}`);
    if (target === undefined) return notFound(`no segment ${to}`);
    const crossing = evaluation.crossing(source.name, target.name);
    // No path means that no packet passes, whatever a filter would say.
    if ('none' in crossing) return { verdict: 'deny', because: `no crossing: ${crossing.none}` };
    crossings.push(crossing);
  }
  return crossings;
}

function segmentOf({ segments }: Device, name: string): Segment | undefined {
  return segments.find((segment) => segment.name === name) ?? segments.find(({ aliases }) => aliases.includes(name));
}

function answerOf(
  evaluation: EvaluationContract,
  crossing: EvaluatedCrossing,
  { set, slice }: Asked,
  expected: string,
): Answer {
  const { space } = evaluation;
  const { definite, possible } = slice === undefined ? crossing.permittedAll() : crossing.permitted(slice);
  const parts = {
    permit: space.intersect(set, definite),
    deny: space.subtract(set, possible),
    unknown: space.intersect(set, space.subtract(possible, definite)),
  };
  const seen = (['permit', 'deny', 'unknown'] as const).filter((verdict) => !space.isEmpty(parts[verdict]));
  const shown = seen.find((verdict) => verdict !== expected) ?? seen[0];
  if (shown === undefined) return notFound('the row speaks of no packet');
  const packet = space.witness(parts[shown]);
  const because = packet === undefined ? 'no witness' : decider(evaluation.trace(crossing, packet));
  return { verdict: seen.length === 1 ? shown : 'mixed', because };
}

/** The line and text of what settles a traced packet. */
function decider({ decidedBy }: Trace): string {
  if (decidedBy === undefined) return 'no filter on the way';
  if (decidedBy.kind === 'default') return decidedBy.otherwise.reason;
  return `line ${decidedBy.rule.span.line}: ${decidedBy.rule.text}`;
}
