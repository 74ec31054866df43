import type { MatrixRow } from '../../../checks/matrix/coverage-matrix.ts';
import { visible } from '../../terminal/visible.ts';
import { cutMiddle, displayWidth } from '../../terminal/width.ts';
import type { OverviewRow } from './overview-rows.ts';

/** `fw-1 exposure outside → dmz (+2)`: a crossing, and how many are like it. */
export function nameOf({ device, row }: OverviewRow): string {
  const [crossing] = row.crossings;
  const more = row.crossings.length > 1 ? ` (+${row.crossings.length - 1})` : '';
  return visible(`${device} ${row.direction} ${crossing?.from ?? ''} → ${crossing?.to ?? ''}${more}`);
}

const SIGNS: Readonly<Record<MatrixRow['direction'], string>> = { exposure: 'in', egress: 'out', lateral: 'lat' };

/**
 * The name in `width` columns. Ends of interface names tell them apart as much as their beginnings do, so that names for which there
 * is no room lose their middle.
 */
export function shortName(row: OverviewRow, width: number): string {
  const [crossing] = row.row.crossings;
  const names = [row.device, crossing?.from ?? '', crossing?.to ?? ''].map(visible);
  const more = row.row.crossings.length > 1 ? ` +${row.row.crossings.length - 1}` : '';
  const sign = SIGNS[row.row.direction];
  let left = Math.max(3, width - displayWidth(` ${sign}  → ${more}`));
  const byLength = names.map((name, at) => ({ name, at })).sort((a, b) => displayWidth(a.name) - displayWidth(b.name));
  const shares = [0, 0, 0];
  for (const [index, { name, at }] of byLength.entries()) {
    const share = Math.min(displayWidth(name), Math.floor(left / (names.length - index)));
    shares[at] = share;
    left -= share;
  }
  const [device = '', from = '', to = ''] = names.map((name, at) => cutMiddle(name, shares[at] ?? 0));
  return `${device} ${sign} ${from} → ${to}${more}`;
}
