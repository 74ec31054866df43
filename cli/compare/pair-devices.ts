import { basename } from 'node:path';

/** A device of one side. */
export interface NamedDevice {
  readonly device: string;
  /** Name of the input that it was read from. */
  readonly source: string;
}

export interface PairedDevices<B, A> {
  /** In the order of the later side. */
  readonly pairs: readonly { readonly before: B; readonly after: A }[];
  readonly added: readonly A[];
  readonly removed: readonly B[];
}

/**
 * Which device became which: by name; else the only one of each side; else by the path and then by the name of the file, where a
 * file has one device left on each side. Names that a side has twice pair by their files as well.
 */
export function pairDevices<B extends NamedDevice, A extends NamedDevice>(
  before: readonly B[],
  after: readonly A[],
): PairedDevices<B, A> {
  const [left, right] = [new Set(before), new Set(after)];
  const pairs = new Map<A, B>();
  const pair = (keyOf: (device: NamedDevice) => string): void => {
    const had = Map.groupBy(left, keyOf);
    for (const [key, [device, ...others]] of Map.groupBy(right, keyOf)) {
      const [earlier, ...more] = had.get(key) ?? [];
      if (device === undefined || earlier === undefined || others.length > 0 || more.length > 0) continue;
      pairs.set(device, earlier);
      left.delete(earlier);
      right.delete(device);
    }
  };
  pair(({ device, source }) => JSON.stringify([device, source]));
  pair(({ device }) => device);
  if (before.length === 1 && after.length === 1) pair(() => 'the only one');
  pair(({ source }) => source);
  pair(({ source }) => basename(source));
  return {
    pairs: after.flatMap((device) => {
      const earlier = pairs.get(device);
      return earlier === undefined ? [] : [{ before: earlier, after: device }];
    }),
    added: [...right],
    removed: [...left],
  };
}
