import type { FleetEvent } from '../../collect/events.ts';

/** A device of the inventory, and how far its collection is. */
export interface CollectedDevice {
  readonly name: string;
  /** `admin@10.0.0.1:22`, with the jump hosts on the way. */
  readonly where: string;
  readonly platform: string;
  readonly state: 'not-asked' | 'queued' | 'running' | 'retrying' | 'collected' | 'failed';
  /** What is being done, or what came of it. */
  readonly text: string;
  readonly attempts: number;
  readonly durationMs: number;
}

/** Devices that can be collected in the background. */
export interface Collection {
  readonly devices: readonly CollectedDevice[];
  /** Where the files go; absent: nowhere was named. */
  readonly directory: string | undefined;
  readonly isRunning: boolean;
}

export function withFleetEvent(collection: Collection, event: FleetEvent): Collection {
  const devices = collection.devices.map((each) => (each.name === event.device ? deviceAfter(each, event) : each));
  return { ...collection, devices };
}

function deviceAfter(device: CollectedDevice, event: FleetEvent): CollectedDevice {
  switch (event.kind) {
    case 'queued':
      return { ...device, state: 'queued', text: 'waiting for its turn', attempts: 0, durationMs: 0 };
    case 'step':
      return { ...device, state: 'running', text: event.step };
    case 'retrying': {
      const seconds = Math.ceil(event.waitMs / 1000);
      return { ...device, state: 'retrying', text: `${event.message}; again in ${seconds} s`, attempts: event.attempt };
    }
    case 'finished': {
      const { outcome, attempts, durationMs } = event;
      if (outcome.kind === 'failed') {
        return { ...device, state: 'failed', text: `${outcome.reason}: ${outcome.message}`, attempts, durationMs };
      }
      const { version = '', platform, notes } = outcome;
      const text = [`${platform} ${version}`.trim(), ...notes].join('; ');
      return { ...device, platform, state: 'collected', text, attempts, durationMs };
    }
  }
}
