import { cutMiddle, displayWidth } from '../../terminal/width.ts';

/**
 * Names that together take at most `width` columns, long ones shortened first. Ends of interface names tell them apart as much as
 * their beginnings do, so that names for which there is no room lose their middle.
 */
export function inSharedWidth(names: readonly string[], width: number): string[] {
  let left = width;
  const byLength = names.map((name, at) => ({ name, at })).sort((a, b) => displayWidth(a.name) - displayWidth(b.name));
  const shares = names.map(() => 0);
  for (const [index, { name, at }] of byLength.entries()) {
    const share = Math.min(displayWidth(name), Math.floor(left / (names.length - index)));
    shares[at] = share;
    left -= share;
  }
  return names.map((name, at) => cutMiddle(name, shares[at] ?? 0));
}
