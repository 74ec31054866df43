import type { CollectRecord } from '../../../cli/reports/collect-record.ts';
import { collectRecord } from '../../../cli/reports/collect-record.ts';
import { endpoint } from '../collect/fake-fleet.ts';

/** A collection with one of everything that can come of a device. */
export function exampleRecord(): CollectRecord {
  const about = { device: 'pa1', command: 'show config running', bytes: 123_456, sha256: 'a'.repeat(64) } as const;
  return collectRecord(
    [
      {
        endpoint: endpoint('pa1'),
        outcome: {
          kind: 'collected',
          platform: 'paloalto-panos',
          version: '10.2.4',
          notes: ['old algorithms are used'],
        },
        kept: {
          files: [
            { ...about, file: 'pa1.xml', what: 'configuration', partial: false, change: 'unchanged' },
            {
              ...about,
              file: 'pa1+pushed-policy+vsys1.xml',
              what: 'pushed-policy',
              scope: 'vsys1',
              partial: false,
              change: 'changed',
            },
          ],
          earlier: [],
          removed: ['pa1+pushed-policy+vsys2.xml'],
        },
        attempts: 2,
        durationMs: 4321,
      },
      {
        endpoint: endpoint('fw2', { port: 2222 }),
        outcome: { kind: 'failed', reason: 'lost', message: 'the connection to fw2 was lost in the middle' },
        kept: {
          files: [
            { ...about, device: 'fw2', file: 'fw2.partial', what: 'configuration', partial: true, change: 'new' },
          ],
          earlier: ['fw2.cfg'],
          removed: [],
        },
        attempts: 3,
        durationMs: 61_000,
      },
    ],
    { tool: { name: 'brokerfence', version: '0.0.0' }, masked: true, interrupted: true, durationMs: 65_432 },
  );
}
