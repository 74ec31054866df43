import type { MatrixRow } from '../../../checks/matrix/coverage-matrix.ts';
import { visible } from '../../terminal/visible.ts';
import { displayWidth } from '../../terminal/width.ts';
import type { OverviewRow } from './overview-rows.ts';
import { inSharedWidth } from './shared-width.ts';

/** `fw-1 exposure outside → dmz (+2)`: a crossing, and how many are like it. */
export function nameOf({ device, row }: OverviewRow): string {
  const [crossing] = row.crossings;
  const more = row.crossings.length > 1 ? ` (+${row.crossings.length - 1})` : '';
  return visible(`${device} ${row.direction} ${crossing?.from ?? ''} → ${crossing?.to ?? ''}${more}`);
}

const SIGNS: Readonly<Record<MatrixRow['direction'], string>> = { exposure: 'in', egress: 'out', lateral: 'lat' };

/** The name in `width` columns. */
export function shortName(row: OverviewRow, width: number): string {
  const [crossing] = row.row.crossings;
  const names = [row.device, crossing?.from ?? '', crossing?.to ?? ''].map(visible);
  const more = row.row.crossings.length > 1 ? ` +${row.row.crossings.length - 1}` : '';
  const sign = SIGNS[row.row.direction];
  const room = Math.max(3, width - displayWidth(` ${sign}  → ${more}`));
  const [device = '', from = '', to = ''] = inSharedWidth(names, room);
  return `${device} ${sign} ${from} → ${to}${more}`;
}
