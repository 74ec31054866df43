import type { Crossing } from '../../parsers/model/device.ts';
import type { Boundary } from '../boundaries/boundary.ts';
import { DIRECTIONS } from '../boundaries/direction.ts';
import type { CheckContext } from '../check.ts';
import type { Service } from '../data/services.ts';
import type { Decision, EvaluationContract } from '../evaluate/evaluation.ts';
import type { CrossingName } from '../finding.ts';
import { openTexts } from '../reporting/condition-text.ts';
import { ruleDecisions } from '../reporting/decision.ts';
import { exampleTrace } from '../reporting/witness.ts';
import { KIN, type CoverageMatrix, type MatrixCell, type MatrixDecider, type MatrixRow } from './coverage-matrix.ts';
import { judgeService, type JudgedService, type PassingPart } from './judge-service.ts';
import { crossingsWithoutDirection, sumsOf } from './sums.ts';

/** Deciding rules and open questions named in a cell. */
const MAX_NAMED = 4;

/** What the matrix rests on beside the device. */
export interface MatrixBasis {
  readonly evaluation: EvaluationContract;
  /** Why the text cannot be trusted to be all there is; nothing is then called blocked or approved. */
  readonly shortfalls: readonly string[];
  /** Boundaries that could not be computed, with the reason; those that fail here are added while it is read. */
  readonly failed: ReadonlyMap<Boundary, string>;
}

/**
 * Every boundary crossing with every service of the catalogue: what M1037 (Filter Network Traffic) has to show for T1071.005.
 * Crossings that treat all services alike by the same rules share a row, services of a family that are decided alike a cell.
 */
export function coverageMatrix(context: CheckContext, basis: MatrixBasis): CoverageMatrix {
  const rows: MatrixRow[] = [];
  context.eachBoundary(DIRECTIONS, (boundary) => {
    rows.push(...rowsOf(context, basis, boundary));
  });
  for (const [boundary, reason] of basis.failed) rows.push(failedRow(context, boundary, reason));
  const alike = mergedRows(rows);
  return { rows: alike, sums: sumsOf(alike, crossingsWithoutDirection(context)) };
}

function rowsOf(context: CheckContext, basis: MatrixBasis, boundary: Boundary): MatrixRow[] {
  const judged = context.catalogue.map((service) => judgeService(context, boundary, service));
  const alike = Map.groupBy(boundary.crossings, (crossing) => judged.map((each) => signature(each, crossing)).join());
  const known = new Map<JudgedService, Claim>();
  const claimOf = (service: JudgedService): Claim => {
    const claim = known.get(service) ?? claimFor(context, basis.evaluation, boundary, service);
    known.set(service, claim);
    return claim;
  };
  return [...alike.values()].flatMap((crossings) => {
    const [first] = crossings;
    if (first === undefined) return [];
    const cells = merged(judged.map((each) => cellOf(context, basis.shortfalls, boundary, first, each, claimOf)));
    return [{ direction: boundary.direction, crossings: crossings.map(nameOf), cells }];
  });
}

/** The same for crossings of a boundary that treat the service alike by the same rules. */
function signature(judged: JudgedService, crossing: Crossing): string {
  const parts = judged.parts(crossing).map(({ index }) => index);
  return `${judged.state(crossing)} ${judged.reach(crossing) ?? ''} ${parts.join(' ')}`;
}

function failedRow({ catalogue }: CheckContext, { direction, crossings }: Boundary, reason: string): MatrixRow {
  const cells = catalogue.map((service): MatrixCell => ({
    family: familyOf(service),
    state: 'unknown',
    services: [service.name],
    decidedBy: [],
    truncated: false,
    because: [reason],
  }));
  return { direction, crossings: crossings.map(nameOf), cells: merged(cells) };
}

function nameOf({ from, to }: Crossing): CrossingName {
  return { from, to };
}

function familyOf({ tier, family }: Service): string {
  return tier === 'core' ? family : KIN;
}

function cellOf(
  { assumptions }: CheckContext,
  shortfalls: readonly string[],
  boundary: Boundary,
  crossing: Crossing,
  judged: JudgedService,
  claimOf: (judged: JudgedService) => Claim,
): MatrixCell {
  const state = judged.state(crossing);
  const reach = judged.reach(crossing);
  const isGood = state === 'blocked' || state === 'approved';
  const parts = judged.parts(crossing);
  const deciders =
    state === 'blocked' ? claimOf(judged).deniedBy : uniqueDeciders(parts.map(({ decisions }) => decisions));
  const assumed = isGood ? claimOf(judged).assumptions : (assumptions?.texts(boundary, parts) ?? []);
  const open = state === 'unknown' ? questions(boundary, crossing, parts) : [];
  return {
    family: familyOf(judged.service),
    state: isGood && shortfalls.length > 0 ? 'unknown' : state,
    services: [judged.service.name],
    decidedBy: deciders.slice(0, MAX_NAMED),
    truncated: deciders.length > MAX_NAMED,
    because: [...open, ...(isGood ? shortfalls : [])],
    ...(assumed.length === 0 ? {} : { assumptions: assumed }),
    ...(reach === undefined ? {} : { reach }),
  };
}

/** What leaves it open whether more than what is approved passes. */
function questions(boundary: Boundary, crossing: Crossing, parts: readonly PassingPart[]): string[] {
  const conditions = parts.flatMap(({ target, set }) => boundary.conditions(target.slice, set));
  const decisions = parts.flatMap((part) => part.decisions);
  const texts = openTexts(conditions, decisions, crossing);
  const more = texts.length - MAX_NAMED;
  return more > 0 ? [...texts.slice(0, MAX_NAMED), `${more} more`] : texts;
}

/** The rules that decided; where none did, the defaults. */
function uniqueDeciders(alternatives: readonly (readonly Decision[])[]): MatrixDecider[] {
  const deciders = alternatives.flatMap((decisions): MatrixDecider[] => {
    const rules = ruleDecisions(decisions);
    if (rules.length > 0) {
      return rules.map(({ list, rule }) => ({ kind: 'rule', name: `${list.name}: ${rule.id}`, span: rule.span }));
    }
    if (decisions.length === 0) return [{ kind: 'default', name: 'no filter on the path' }];
    return decisions.flatMap((decision) => (decision.kind === 'default' ? [defaultDecider(decision)] : []));
  });
  return [...new Map(deciders.map((decider) => [JSON.stringify(decider), decider])).values()];
}

function defaultDecider({ otherwise, stage }: Extract<Decision, { kind: 'default' }>): MatrixDecider {
  const span = otherwise.span ?? stage.lists[0]?.binding.span;
  return { kind: 'default', name: otherwise.reason, ...(span === undefined ? {} : { span }) };
}

/** What it rests on that packets of a service do not pass a boundary. */
interface Claim {
  /** What turns an example of each family away. */
  readonly deniedBy: readonly MatrixDecider[];
  readonly assumptions: readonly string[];
}

function claimFor(
  { space, assumptions }: CheckContext,
  evaluation: EvaluationContract,
  boundary: Boundary,
  { packets }: JudgedService,
): Claim {
  const { families, carried, toDevice } = boundary;
  const crossing = space.subtract(carried, toDevice);
  // Packets on forwarded ports are the same service: its own port stands first and speaks for it.
  const decisions = packets.slice(0, 1).flatMap(({ target, possible }) =>
    families.flatMap((family) => {
      const set = space.intersect(space.subtract(crossing, possible), space.family(family));
      return exampleTrace(evaluation, boundary, { target, set })?.decidedBy ?? [];
    }),
  );
  const sets = packets.map(({ target }) => ({ target, set: crossing }));
  return {
    deniedBy: uniqueDeciders(decisions.map((decision) => [decision])),
    assumptions: assumptions?.texts(boundary, sets) ?? [],
  };
}

/**
 * Rows that say the same of different boundaries as one: zone pairs that no rule speaks of end in the same default. Rows share
 * the objects of equal cells, for on most crossings most services end alike.
 */
function mergedRows(rows: readonly MatrixRow[]): MatrixRow[] {
  const alike = Map.groupBy(rows, ({ direction, cells }) => JSON.stringify([direction, cells]));
  const known = new Map<string, MatrixCell>();
  const shared = (cell: MatrixCell): MatrixCell => {
    const key = JSON.stringify(cell);
    const same = known.get(key) ?? cell;
    known.set(key, same);
    return same;
  };
  return [...alike.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    return [{ ...first, crossings: same.flatMap(({ crossings }) => crossings), cells: first.cells.map(shared) }];
  });
}

/** Cells of a family that say the same as one, in the order of the catalogue. */
function merged(cells: readonly MatrixCell[]): MatrixCell[] {
  const alike = new Map<string, MatrixCell>();
  for (const cell of cells) {
    const key = JSON.stringify({ ...cell, services: [] });
    const known = alike.get(key);
    alike.set(key, known === undefined ? cell : { ...known, services: [...known.services, ...cell.services] });
  }
  return [...alike.values()];
}
