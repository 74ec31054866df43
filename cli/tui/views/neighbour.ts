import { sourceNames } from '../store/fleet.ts';
import type { Model } from '../store/model.ts';

/** The input before or after one; round at the ends. */
export function neighbour({ fleet }: Model, source: string, side: 'left' | 'right'): string {
  const names = sourceNames(fleet);
  const at = names.indexOf(source) + (side === 'left' ? -1 : 1);
  return names.at(at % Math.max(1, names.length)) ?? source;
}
