import { readFileSync } from 'node:fs';
import type { CollectEndpoint } from '../../../cli/collect/attempt.ts';
import type { CollectWorld } from '../../../cli/collect/world.ts';
import type { CapturedText } from '../../../cli/sources/ssh/collected.ts';
import type { CollectPlatform } from '../../../cli/sources/ssh/endpoint.ts';
import { runProgram } from '../../../cli/program.ts';
import { TurnedClock } from '../collect/fake-fleet.ts';
import { fakeIo } from './fake-io.ts';

const SAMPLES = new URL('../../../device-samples/', import.meta.url);

interface Sample {
  readonly platform: CollectPlatform;
  readonly version: string;
  readonly sample: string;
  readonly counters: string;
  readonly ms: number;
}

const DEVICES: Readonly<Record<string, Sample>> = {
  'edge-fw': {
    platform: 'cisco-asa',
    version: '9.8(4)10',
    sample: 'cisco-asa/office-firewall',
    counters: 'show access-list\n'.repeat(100),
    ms: 4100,
  },
  'branch-rt': {
    platform: 'cisco-ios',
    version: '15.7(3)M8',
    sample: 'cisco-ios/branch-router',
    counters: 'show access-lists\n',
    ms: 9800,
  },
  'dc-fw': {
    platform: 'juniper-junos',
    version: '20.4R3-S7.2',
    sample: 'juniper-junos/srx-datacentre',
    counters: '',
    ms: 6500,
  },
};

/** What a collection prints, of devices that are the samples and answer in their own time, into no directory at all. */
export async function collectedOutput(argv: readonly string[], inventory: string): Promise<string> {
  const clock = new TurnedClock();
  const collectEndpoint: CollectEndpoint = async ({ name: device }, { signal, onStep }) => {
    const played = DEVICES[device];
    if (played === undefined) throw new Error(`nothing plays ${device}`);
    const { platform, version, sample, counters, ms } = played;
    onStep('logged in');
    await clock.sleep(ms, signal);
    const text = readFileSync(new URL(`${sample}/running-config.cfg`, SAMPLES), 'utf8');
    const configuration: CapturedText = { device, what: 'configuration', command: 'show running-config', text };
    const hits: CapturedText = { device, what: 'hit-counts', command: 'show access-list', text: counters };
    return {
      kind: 'collected',
      platform,
      version,
      texts: counters === '' ? [configuration] : [configuration, hits],
      notes: [],
    };
  };
  const collecting: CollectWorld = {
    collectEndpoint,
    clock,
    files: { open: async () => [], write: async (_, text) => ({ change: 'new', text }), remove: async () => undefined },
    hostKeyFiles: { read: () => ({ kind: 'absent' }), append: () => undefined },
    run: async () => ({ kind: 'failed', message: 'no secret is needed' }),
    prompt: () => undefined,
    onInterrupt: () => () => undefined,
    every: () => () => undefined,
    home: '/home/auditor',
    user: 'auditor',
  };
  const { io, outcome } = fakeIo({ files: { 'devices.yaml': inventory }, collecting });
  await clock.until(runProgram(argv, io));
  const { stdout, stderr } = outcome();
  return stdout === '' ? stderr : stdout;
}
