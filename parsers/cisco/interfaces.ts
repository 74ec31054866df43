import type { Device } from '../model/device.ts';

/** Whether a device has interfaces: a list that is shown alone has none. */
export function hasInterfaces({ segments }: Device): boolean {
  return segments.some(({ interfaces }) => interfaces.length > 0);
}
