import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { applicationsOf } from '../../checks/data/applications.ts';
import { SERVICES } from '../../checks/data/services.ts';
import { CHECKS } from '../../checks/index.ts';
import type { Io } from '../../cli/io.ts';
import { analyse, openDevices } from '../../cli/run.ts';
import { nodeFileSystem } from '../../cli/sources/file-system.ts';
import { openInputs } from '../../cli/sources/read.ts';
import { trace } from '../../cli/trace/batch.ts';
import { fakeIo } from './support/fake-io.ts';

/* What `audit` claims, `trace` must confirm: the example packet of every finding, on the crossings it names. */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const io: Io = { ...fakeIo({}).io, files: nodeFileSystem(ROOT) };

const TRAFFIC = new Set(CHECKS.flatMap(({ id, family }) => (['exposure', 'egress'].includes(family) ? [id] : [])));

interface Claim {
  readonly name: string;
  readonly confidence: string;
  readonly verdicts: readonly string[];
  readonly reach: string | undefined;
  /** What the finding says of sessions, and what a trace of its example says. */
  readonly sessions: readonly {
    readonly session: string;
    readonly stated: string;
    readonly traced: readonly string[];
  }[];
}

async function claims(): Promise<Claim[]> {
  const inputs = await openInputs(['device-samples'], 2 ** 20, io);
  const tool = { name: 'brokerfence', version: '0' } as const;
  const trust = { untrusted: [], internal: [], internalNetworks: [] };
  const options = {
    tool,
    trust,
    platform: undefined,
    policy: undefined,
    today: '2026-11-22',
    maxUnknownPercent: 5,
    only: 'findings' as const,
    onInput: () => undefined,
  };
  const { run } = analyse(inputs.read(), options);
  const { devices } = openDevices(inputs.read(), undefined, []);
  const reports = run.sources.flatMap((source) => source.devices);
  return reports.flatMap(({ device, findings }) =>
    findings.flatMap(({ check, message, confidence, crossings, services, witness, reach, applications = [] }) => {
      // The example of a finding about records or inspection shows its traffic on one of its crossings.
      if (witness === undefined || crossings.length === 0 || !TRAFFIC.has(check)) return [];
      const { protocol, source, destination } = witness;
      const fields = {
        protocol,
        source,
        destination,
        sourcePort: String(witness.sourcePort),
        destinationPort: String(witness.destinationPort),
      };
      const ask = (application: string): string[] =>
        crossings.map(({ from, to }) => {
          const place = { device, from, to, ruleList: '', direction: '' };
          const answer = trace(place, { ...fields, application }, devices);
          return 'kind' in answer ? answer.message : answer.verdict;
        });
      // The example is of the first service; the names of the others are about other ports.
      const first = SERVICES.find(({ name }) => name === services[0]);
      const names = first === undefined ? [witness.application ?? ''] : applicationsOf(first, 'app-id');
      const told = applications.filter(({ application }) => names.includes(application));
      const sessions = told.map(({ application, verdict }) => ({
        session: `${application}: ${message}`,
        stated: verdict,
        traced: ask(application),
      }));
      const verdicts = ask(witness.application ?? '');
      return [{ name: `${check}: ${message}`, confidence, verdicts, reach, sessions }];
    }),
  );
}

describe('the example packet of a finding', () => {
  test('is let through as the finding says', async () => {
    const all = await claims();
    expect(all.length).toBeGreaterThan(20);
    const wrong = all.filter(({ confidence, verdicts, reach }) => {
      // That it is only possible may lie in what becomes of the session, not in its first packet.
      const expected =
        confidence === 'definite' ? ['permit'] : reach === 'session' ? ['permit', 'unknown'] : ['unknown'];
      return verdicts.some((verdict) => !expected.includes(verdict));
    });
    expect(wrong).toEqual([]);
  });

  test('begins sessions that fare as the finding says', async () => {
    const sessions = (await claims()).flatMap((claim) => claim.sessions);
    expect(sessions.length).toBeGreaterThan(10);
    const wrong = sessions.filter(
      ({ stated, traced }) => stated !== 'partly' && traced.some((each) => each !== stated),
    );
    expect(wrong).toEqual([]);
  });
});
