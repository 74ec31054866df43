import { z } from 'zod';
import type { CollectedDevice, CollectRecord } from './collect-record.ts';
import type { FleetFailure } from '../collect/events.ts';
import type { KeptFile } from '../collect/keep-files.ts';
import { COLLECT_PLATFORMS } from '../sources/ssh/endpoint.ts';
import { COLLECT_SCHEMA_VERSION } from './collect-record.ts';
import { list, texts, whole } from './schema-parts.ts';

/* The published form of collect.json. The `satisfies` clauses tie it to what is really written. */

const File = z
  .strictObject({
    file: z.string().describe('Name in the directory of the collection.'),
    device: z.string().describe('fw1, or fw1/dmz for a security context.'),
    what: z.enum(['configuration', 'pushed-policy', 'pushed-template', 'hit-counts', 'version']),
    scope: z.string().describe('The virtual system of a pushed policy.').exactOptional(),
    command: z.string().describe('What was sent to get it.'),
    partial: z.boolean().describe('Not whole: kept aside and never audited.'),
    bytes: whole,
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    change: z.enum(['new', 'changed', 'unchanged']).describe('Compared with the file that was there before.'),
  })
  .meta({ id: 'File', title: 'File of a device' }) satisfies z.ZodType<KeptFile>;

/** Every class of failure, and no other. */
const REASONS: { readonly [Reason in FleetFailure]: Reason } = {
  unresolved: 'unresolved',
  refused: 'refused',
  unreachable: 'unreachable',
  timeout: 'timeout',
  lost: 'lost',
  algorithms: 'algorithms',
  'ssh-version': 'ssh-version',
  'host-key-unknown': 'host-key-unknown',
  'host-key-changed': 'host-key-changed',
  'host-key-revoked': 'host-key-revoked',
  'login-refused': 'login-refused',
  'no-credential': 'no-credential',
  'enable-refused': 'enable-refused',
  'unknown-platform': 'unknown-platform',
  'no-permission': 'no-permission',
  'unexpected-dialogue': 'unexpected-dialogue',
  partial: 'partial',
  cancelled: 'cancelled',
  'not-tried': 'not-tried',
  'not-written': 'not-written',
  'internal-error': 'internal-error',
};

const Device = z
  .strictObject({
    device: z.string().describe('Name in the inventory.'),
    host: z.string().describe('What was connected to.'),
    port: whole.max(65535),
    user: z.string(),
    outcome: z.enum(['collected', 'failed']),
    platform: z.enum(COLLECT_PLATFORMS).exactOptional(),
    version: z.string().describe('Of the software, in the words of the device.').exactOptional(),
    reason: z.enum(REASONS).describe('Class of failure; only of a failed device.').exactOptional(),
    message: z.string().describe('The failure in a sentence.').exactOptional(),
    notes: texts,
    attempts: whole.describe('Logins that were begun; 0: its turn never came.'),
    seconds: z.number().min(0),
    files: list(File),
    earlier: texts.describe(
      'Files of an earlier collection that stand there still, as nothing whole came to replace them.',
    ),
    removed: texts.describe('Files of an earlier collection that are gone, as the device no longer has them.'),
  })
  .meta({ id: 'Device', title: 'What came of one device' }) satisfies z.ZodType<CollectedDevice>;

export const CollectDocument = z
  .strictObject({
    schemaVersion: z.literal(COLLECT_SCHEMA_VERSION),
    tool: z.strictObject({ name: z.literal('brokerfence'), version: z.string() }),
    kind: z.literal('collect'),
    masked: z.boolean().describe('Whether secrets in the files are masked.'),
    interrupted: z.boolean().describe('Ended by the user before every device had its turn.'),
    devices: list(Device).describe('In the order of the inventory.'),
    totals: z.strictObject({
      devices: whole,
      collected: whole,
      failed: whole,
      files: whole.describe('Whole ones.'),
      seconds: z.number().min(0),
    }),
  })
  .meta({
    title: 'brokerfence collect',
    description: 'collect.json, and what brokerfence collect --format json prints.',
  }) satisfies z.ZodType<CollectRecord>;
