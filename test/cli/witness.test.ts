import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Io } from '../../cli/io.ts';
import { analyse, openDevices } from '../../cli/run.ts';
import { nodeFileSystem } from '../../cli/sources/file-system.ts';
import { openInputs } from '../../cli/sources/read.ts';
import { trace } from '../../cli/trace/batch.ts';
import { fakeIo } from './support/fake-io.ts';

/* What `audit` claims, `trace` must confirm: the example packet of every finding, on the crossings it names. */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const io: Io = { ...fakeIo({}).io, files: nodeFileSystem(ROOT) };

interface Claim {
  readonly name: string;
  readonly confidence: string;
  readonly verdicts: readonly string[];
}

async function claims(): Promise<Claim[]> {
  const inputs = await openInputs(['device-samples'], 2 ** 20, io);
  const tool = { name: 'brokerfence', version: '0' } as const;
  const trust = { untrusted: [], internal: [], internalNetworks: [] };
  const options = {
    tool,
    trust,
    platform: undefined,
    maxUnknownPercent: 5,
    only: 'findings' as const,
    onInput: () => undefined,
  };
  const { run } = analyse(inputs.read(), options);
  const { devices } = openDevices(inputs.read(), undefined);
  const reports = run.sources.flatMap((source) => source.devices);
  return reports.flatMap(({ device, findings }) =>
    findings.flatMap(({ check, message, confidence, crossings, witness }) => {
      if (witness === undefined || crossings.length === 0) return [];
      const { protocol, source, destination } = witness;
      const fields = {
        protocol,
        source,
        destination,
        sourcePort: String(witness.sourcePort),
        destinationPort: String(witness.destinationPort),
      };
      const verdicts = crossings.map(({ from, to }) => {
        const answer = trace({ device, from, to, ruleList: '', direction: '' }, fields, devices);
        return 'kind' in answer ? answer.message : answer.verdict;
      });
      return [{ name: `${check}: ${message}`, confidence, verdicts }];
    }),
  );
}

describe('the example packet of a finding', () => {
  test('is let through as the finding says', async () => {
    const all = await claims();
    expect(all.length).toBeGreaterThan(20);
    const wrong = all.filter(({ confidence, verdicts }) => {
      const expected = confidence === 'definite' ? 'permit' : 'unknown';
      return verdicts.some((verdict) => verdict !== expected);
    });
    expect(wrong).toEqual([]);
  });
});
