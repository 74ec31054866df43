import { DIRECTIONS } from '../boundaries/direction.ts';
import type { CheckContext } from '../check.ts';
import { KIN, type CellState, type MatrixRow, type MatrixSums, type StateCounts } from './coverage-matrix.ts';

const NONE: StateCounts = { blocked: 0, approved: 0, excess: 0, open: 0, unknown: 0 };

/** Counts of one device. */
export function sumsOf(rows: readonly MatrixRow[], unjudged: number): MatrixSums {
  const families = new Map<string, StateCounts>();
  for (const { crossings, cells } of rows) {
    for (const { family, state, services } of cells) {
      const counts = families.get(family) ?? NONE;
      families.set(family, { ...counts, [state]: counts[state] + crossings.length * services.length });
    }
  }
  const directions = DIRECTIONS.map((direction) => {
    const here = rows.filter((row) => row.direction === direction);
    return { direction, crossings: crossingsOf(here), covered: crossingsOf(here.filter(isCovered)) };
  });
  return {
    crossings: crossingsOf(rows),
    covered: crossingsOf(rows.filter(isCovered)),
    directions,
    families: kinLast(families),
    unjudged,
  };
}

/** Counts of a fleet. */
export function addSums(sums: readonly MatrixSums[]): MatrixSums {
  const total = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);
  const families = new Map<string, StateCounts>();
  for (const { family, states } of sums.flatMap((each) => each.families)) {
    families.set(family, addCounts(families.get(family) ?? NONE, states));
  }
  const directions = DIRECTIONS.map((direction) => {
    const here = sums.flatMap((each) => each.directions.filter((one) => one.direction === direction));
    return {
      direction,
      crossings: total(here.map(({ crossings }) => crossings)),
      covered: total(here.map(({ covered }) => covered)),
    };
  });
  return {
    crossings: total(sums.map(({ crossings }) => crossings)),
    covered: total(sums.map(({ covered }) => covered)),
    directions,
    families: kinLast(families),
    unjudged: total(sums.map(({ unjudged }) => unjudged)),
  };
}

/** Crossings without a direction, because the trust of a side is not known. */
export function crossingsWithoutDirection({ device, trust }: Pick<CheckContext, 'device' | 'trust'>): number {
  const segments = device.segments.filter(({ kind, transit }) => kind !== 'self' && transit === 'yes');
  const known = segments.filter(({ name }) => (trust.get(name)?.trust ?? 'unknown') !== 'unknown').length;
  return segments.length * (segments.length - 1) - known * (known - 1);
}

function crossingsOf(rows: readonly MatrixRow[]): number {
  return rows.reduce((sum, { crossings }) => sum + crossings.length, 0);
}

function isCovered({ cells }: MatrixRow): boolean {
  return cells.every(({ family, state }) => family === KIN || state === 'blocked' || state === 'approved');
}

function addCounts(a: StateCounts, b: StateCounts): StateCounts {
  const sum = (state: CellState): number => a[state] + b[state];
  return {
    blocked: sum('blocked'),
    approved: sum('approved'),
    excess: sum('excess'),
    open: sum('open'),
    unknown: sum('unknown'),
  };
}

function kinLast(families: ReadonlyMap<string, StateCounts>): MatrixSums['families'] {
  const all = [...families].map(([family, states]) => ({ family, states }));
  return [...all.filter(({ family }) => family !== KIN), ...all.filter(({ family }) => family === KIN)];
}
