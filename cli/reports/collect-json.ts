import type { CollectRecord } from './collect-record.ts';

/** What came of a collection, for programs: `brokerfence schema collect`. */
export function collectJson(record: CollectRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}
