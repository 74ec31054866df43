import type { DeviceResult, FleetFailure } from '../collect/events.ts';
import type { KeptFiles } from '../collect/keep-files.ts';
import type { CollectPlatform } from '../sources/ssh/endpoint.ts';
import type { Tool } from './run.ts';

/** Raised when a field of collect.json changes its meaning or goes away; new fields alone do not raise it. */
export const COLLECT_SCHEMA_VERSION = 1;

/** What came of one device. */
export interface CollectedDevice extends KeptFiles {
  readonly device: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly outcome: 'collected' | 'failed';
  readonly platform?: CollectPlatform;
  readonly version?: string;
  /** Only of a failed one. */
  readonly reason?: FleetFailure;
  readonly message?: string;
  readonly notes: readonly string[];
  readonly attempts: number;
  readonly seconds: number;
}

/** What came of a collection: plain data, in the order of the inventory. */
export interface CollectRecord {
  readonly schemaVersion: typeof COLLECT_SCHEMA_VERSION;
  readonly tool: Tool;
  readonly kind: 'collect';
  /** Secrets in the files are masked. */
  readonly masked: boolean;
  /** The user ended it before every device had its turn. */
  readonly interrupted: boolean;
  readonly devices: readonly CollectedDevice[];
  readonly totals: {
    readonly devices: number;
    readonly collected: number;
    readonly failed: number;
    readonly files: number;
    readonly seconds: number;
  };
}

/** `durationMs`: of the whole collection. */
export function collectRecord(
  results: readonly DeviceResult<KeptFiles>[],
  about: {
    readonly tool: Tool;
    readonly masked: boolean;
    readonly interrupted: boolean;
    readonly durationMs: number;
  },
): CollectRecord {
  const { tool, masked, interrupted, durationMs } = about;
  const devices = results.map(collectedDevice);
  const collected = devices.filter(({ outcome }) => outcome === 'collected').length;
  return {
    schemaVersion: COLLECT_SCHEMA_VERSION,
    tool,
    kind: 'collect',
    masked,
    interrupted,
    devices,
    totals: {
      devices: devices.length,
      collected,
      failed: devices.length - collected,
      files: devices.reduce((sum, { files }) => sum + files.filter(({ partial }) => !partial).length, 0),
      seconds: seconds(durationMs),
    },
  };
}

function collectedDevice({
  endpoint: { name, host, port, user },
  outcome,
  kept,
  attempts,
  durationMs,
}: DeviceResult<KeptFiles>): CollectedDevice {
  const about = { device: name, host, port, user };
  const effort = { attempts, seconds: seconds(durationMs), ...kept };
  if (outcome.kind === 'failed') {
    const { reason, message } = outcome;
    return { ...about, outcome: 'failed', reason, message, notes: [], ...effort };
  }
  const { platform, version, notes } = outcome;
  return { ...about, outcome: 'collected', platform, ...(version === undefined ? {} : { version }), notes, ...effort };
}

function seconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}
