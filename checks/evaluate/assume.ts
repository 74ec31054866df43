import type { Condition } from '../../parsers/model/condition.ts';
import type { Device } from '../../parsers/model/device.ts';
import { exactly, type Tri } from '../../parsers/model/rule.ts';
import { rewriteDevice, type Rewritten } from './rewrite-device.ts';

/** Whether a condition is taken to hold; undefined: it stays open. */
export type Decide = (condition: Condition) => boolean | undefined;

/** The device in a world where some conditions are decided; without `decide` it is the device itself. */
export function assume(device: Device, decide: Decide | undefined): Rewritten {
  if (decide === undefined) return { device, touches: () => false };
  return rewriteDevice(device, {
    conditions(conditions) {
      if (conditions.length === 0) return conditions;
      const values = conditions.map(decide);
      if (values.includes(false)) return false;
      return values.includes(true) ? conditions.filter((_, index) => values[index] === undefined) : conditions;
    },
    field: (field) => decidedField(field, decide),
  });
}

/**
 * A field may be put together of several parts with a condition each: it is `may` where all of them hold and `must` where none
 * does, and in between it stays open.
 */
function decidedField<T>(field: Tri<T>, decide: Decide): Tri<T> {
  const { must, may, conditions } = field;
  if (conditions.length === 0) return field;
  const values = conditions.map(decide);
  if (values.every((value) => value === true)) return exactly(may);
  return values.every((value) => value === false) ? exactly(must) : field;
}

/** The device as the texts alone have it: fields with addresses that were assumed when it was read are open again. */
export function withoutAssumptions(device: Device): Rewritten {
  return rewriteDevice(device, {
    conditions: (conditions) => conditions,
    field: (field) => field.open ?? field,
  });
}
