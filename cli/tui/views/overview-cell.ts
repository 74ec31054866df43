import type { CellState, MatrixCell, MatrixRow } from '../../../checks/matrix/coverage-matrix.ts';
import { visible } from '../../terminal/visible.ts';
import { cut } from '../../terminal/width.ts';
import type { Line } from '../line.ts';
import { heatStyle } from '../theme.ts';
import { worstOf } from './overview-rows.ts';

const LETTERS: Readonly<Record<CellState, string>> = {
  open: 'O',
  excess: 'E',
  unknown: '?',
  approved: 'A',
  blocked: 'b',
};

/** The worst state of a cell in a word or a letter: `open+` where other services of it are better, `~` where sessions end. */
export function cellText(
  cells: readonly MatrixCell[],
  width: number,
  isWord: boolean,
): { readonly text: string; readonly state: CellState | undefined } {
  if (cells.length === 0) return { text: '-', state: undefined };
  const state = worstOf(cells);
  const same = cells.filter((cell) => cell.state === state);
  const marks = [
    same.length < cells.length ? '+' : '',
    same.every(({ reach }) => reach === 'first-packets') ? '~' : '',
    cells.some(({ assumptions }) => assumptions !== undefined) ? '^' : '',
  ].join('');
  // A mark that has no room is left out: the state itself is never cut.
  return { text: `${isWord ? state : LETTERS[state]}${marks}`.slice(0, width), state };
}

/** What the cell under the cursor says, by state: services, what decides, what would have to be known. */
export function cellDetail({ direction, crossings }: MatrixRow, cells: readonly MatrixCell[], width: number): Line[] {
  const names = crossings.map(({ from, to }) => `${from} → ${to}`).join(', ');
  return [
    [['strong', cut(visible(`${direction} ${names}`), width)]],
    ...cells.map(({ state, services, decidedBy, truncated, because, reach }): Line => {
      const by = decidedBy.map(({ name, span }) => (span === undefined ? name : `${name} (line ${span.line})`));
      const texts = [
        services.join(', '),
        ...(by.length === 0 ? [] : [`by ${[...by, ...(truncated ? ['others'] : [])].join(', ')}`]),
        ...(reach === 'first-packets' ? ['only first packets pass'] : []),
        ...(because.length === 0 ? [] : [`undecided: ${because.join(', ')}`]),
      ];
      const text = ` ${texts.join('; ')}`;
      return [
        [heatStyle(state), state],
        ['plain', cut(visible(text), Math.max(0, width - state.length))],
      ];
    }),
  ];
}
