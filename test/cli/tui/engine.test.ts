import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { openInputs } from '../../../cli/sources/read.ts';
import { nodeFileSystem } from '../../../cli/sources/file-system.ts';
import { analyse } from '../../../cli/run.ts';
import type { AuditEvent } from '../../../cli/tui/engine/audit-events.ts';
import type { Engine } from '../../../cli/tui/engine/engine.ts';
import type { Answer } from '../../../cli/tui/engine/questions.ts';
import type { Settings } from '../../../cli/tui/engine/settings.ts';
import { workerEngine } from '../../../cli/tui/engine/worker-engine.ts';
import { toolVersion } from '../../../cli/version.ts';
import { CLOSED_ASA, EXPOSED_ASA } from '../support/configs.ts';

/* The engine over real threads and real files. */

const folder = mkdtempSync(join(tmpdir(), 'brokerfence-engine-'));
const CONFIG = join(folder, 'edge.cfg');
const OTHER = join(folder, 'other.cfg');
const POLICY = join(folder, 'policy.yaml');
const SETTINGS: Settings = {
  paths: [CONFIG, OTHER],
  platform: undefined,
  combine: false,
  maxFileBytes: 1024 * 1024,
  trust: { untrusted: [], internal: [], internalNetworks: [] },
  maxUnknownPercent: 5,
  policyFile: undefined,
  collectedInto: undefined,
  baseline: undefined,
  today: '2026-11-22',
};
const engines: Engine[] = [];
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.close()));
});
afterAll(() => rmSync(folder, { recursive: true }));

function started(settings: Settings = SETTINGS): Engine {
  writeFileSync(CONFIG, EXPOSED_ASA);
  writeFileSync(OTHER, CLOSED_ASA);
  const engine = workerEngine(settings);
  engines.push(engine);
  return engine;
}

function isLast({ kind }: AuditEvent): boolean {
  return kind === 'finished' || kind === 'refused';
}

/** All events of an audit. */
function audited(engine: Engine): Promise<readonly AuditEvent[]> {
  return new Promise((done) => {
    const events: AuditEvent[] = [];
    engine.audit((event) => {
      events.push(event);
      if (isLast(event)) done(events);
    });
  });
}

function linesOf(answer: Answer): readonly string[] {
  return answer.kind === 'opened' ? (answer.opened.texts[0]?.lines ?? []) : [answer.kind];
}

describe('an audit', () => {
  test('tells what becomes of the inputs, in order, and finds what an audit finds', async () => {
    const events = await audited(started());
    const kinds = events.map(({ kind }) => kind);
    expect(events[0]).toEqual({ kind: 'started', inputs: 2 });
    expect(kinds.filter((kind) => kind === 'started')).toHaveLength(1);
    expect(kinds.at(-1)).toBe('finished');
    const results = events.flatMap((event) => (event.kind === 'results' ? event.results : []));
    const sources = results.flatMap((each) => (each.kind === 'audited' ? [each.result] : []));

    const world = {
      files: nodeFileSystem(process.cwd()),
      heapLimitBytes: 2 ** 32,
      readStdin: async () => 'too-large' as const,
    };
    const inputs = await openInputs(SETTINGS.paths, SETTINGS.maxFileBytes, world, false);
    const { run } = analyse(inputs.read(), {
      tool: { name: 'brokerfence', version: toolVersion() },
      platform: undefined,
      trust: SETTINGS.trust,
      policy: undefined,
      today: SETTINGS.today,
      maxUnknownPercent: SETTINGS.maxUnknownPercent,
      only: 'findings',
      matrix: true,
      onInput: () => {},
    });
    expect(sources).toEqual(run.sources);
    const { sources: _, ...rest } = run;
    expect(events.at(-1)).toEqual({ kind: 'finished', run: rest, remarks: [] });
  });

  test('begun anew ends the one before it', async () => {
    const engine = started();
    const first: AuditEvent[] = [];
    engine.audit((event) => first.push(event));
    const second = await audited(engine);
    expect(second.at(-1)?.kind).toBe('finished');
    const before = first.length;
    expect(first.filter(isLast)).toEqual([]);
    await audited(engine);
    expect(first).toHaveLength(before);
  });

  test('judges by the policy that is used, and says what is wrong with it', async () => {
    const engine = started();
    writeFileSync(POLICY, 'version: 1\nwaiver: []\n');
    engine.usePolicy(POLICY);
    const refused = await audited(engine);
    expect(refused).toEqual([{ kind: 'refused', message: expect.stringContaining('the policy cannot be used') }]);
    const waiver =
      '{ check: broker-reachable-from-untrusted, device: edge-1, reason: lab, owner: me, expires: 2027-01-01 }';
    writeFileSync(POLICY, `version: 1\nwaivers:\n  - ${waiver}\n`);
    const events = await audited(engine);
    const waived = events
      .flatMap((event) => (event.kind === 'results' ? event.results : []))
      .flatMap((each) => (each.kind === 'audited' ? each.result.devices : []))
      .flatMap(({ findings }) => findings.filter((finding) => finding.waived !== undefined));
    expect(waived.map(({ check }) => check)).toEqual(['broker-reachable-from-untrusted']);
  });

  test('of nothing that is there is finished, with its failure', async () => {
    const events = await audited(started({ ...SETTINGS, paths: [join(folder, 'gone.cfg')] }));
    const failed = events
      .flatMap((event) => (event.kind === 'results' ? event.results : []))
      .map((each) => [each.kind, 'result' in each && 'message' in each.result ? each.result.message : '']);
    expect([events.at(-1)?.kind, failed]).toEqual(['finished', [['failed', 'does not exist']]]);
  });
});

describe('questions', () => {
  test('are answered each, those of many at once as well', async () => {
    const engine = started();
    const place = { device: 'edge-1', from: 'outside', to: 'dmz', ruleList: '', direction: '' };
    const packet = {
      protocol: 'tcp',
      source: '198.51.100.7',
      sourcePort: '',
      destination: '10.20.30.10',
      destinationPort: '1883',
      application: '',
    };
    const trace = { kind: 'trace', source: CONFIG, place, packet } as const;
    const answers = await Promise.all([
      engine.ask({ kind: 'open', source: CONFIG }),
      engine.ask({ kind: 'flows', source: CONFIG }),
      engine.ask({ kind: 'flows', source: OTHER }),
      engine.ask(trace),
      engine.ask({ kind: 'open', source: OTHER }),
    ]);
    expect(linesOf(answers[0])).toContain('hostname edge-1');
    expect(answers[1]).toMatchObject({
      kind: 'flows',
      source: CONFIG,
      devices: [{ device: 'edge-1', flows: [{ service: 'mqtt' }] }],
    });
    expect(answers[2]).toMatchObject({ kind: 'flows', source: OTHER, devices: [{ device: 'edge-2', flows: [] }] });
    expect(answers[3]).toMatchObject({ kind: 'traced', question: trace, trace: { verdict: 'permit' } });
    expect(linesOf(answers[4])).toContain('hostname edge-2');
  });

  test('about what is not there have an answer, too', async () => {
    const engine = started();
    const question = { kind: 'open', source: join(folder, 'gone.cfg') } as const;
    expect(await engine.ask(question)).toEqual({
      kind: 'failed',
      question,
      message: `${question.source}: is there no longer`,
    });
    engine.usePolicy(join(folder, 'no-policy.yaml'));
    engine.forget();
    expect(await engine.ask({ kind: 'flows', source: CONFIG })).toMatchObject({ kind: 'failed' });
  });

  test('are answered from the files as they were, until those are forgotten', async () => {
    const engine = started();
    const open = { kind: 'open', source: CONFIG } as const;
    expect(linesOf(await engine.ask(open))).toContain('hostname edge-1');
    writeFileSync(CONFIG, CLOSED_ASA);
    expect(linesOf(await engine.ask(open))).toContain('hostname edge-1');
    engine.forget();
    expect(linesOf(await engine.ask(open))).toContain('hostname edge-2');
  });

  test('that are open when files are forgotten are answered from the new ones', async () => {
    const engine = started();
    writeFileSync(CONFIG, CLOSED_ASA);
    const asked = [engine.ask({ kind: 'open', source: CONFIG }), engine.ask({ kind: 'flows', source: CONFIG })];
    engine.forget();
    engine.forget();
    const [opened, flows] = await Promise.all(asked);
    expect(opened === undefined ? [] : linesOf(opened)).toContain('hostname edge-2');
    expect(flows).toMatchObject({ kind: 'flows', devices: [{ device: 'edge-2' }] });
  });

  test('for a comparison are answered once: what was begun before a reload or another one is of no use', async () => {
    const engine = started();
    const answered: string[] = [];
    const compared = async (against: string): Promise<void> => {
      await engine.ask({ kind: 'compare', against });
      answered.push(against);
    };
    void compared('of before the reload');
    engine.forget();
    void compared('of before another one');
    await compared(OTHER);
    // Whatever went on beside it would be done by now.
    await compared(OTHER);
    expect(answered).toEqual([OTHER, OTHER]);
  });

  test('that are open when the engine is closed are answered by that', async () => {
    const engine = started();
    const asked = engine.ask({ kind: 'flows', source: CONFIG });
    await engine.close();
    expect(await asked).toMatchObject({ kind: 'failed', message: 'the reader was ended' });
  });
});

test('a process ends by itself once the engine is closed, and its threads do not hold it', async () => {
  const engine = new URL('../../../cli/tui/engine/worker-engine.ts', import.meta.url).href;
  const script = `
    const { workerEngine } = await import(${JSON.stringify(engine)});
    const engine = workerEngine(${JSON.stringify({ ...SETTINGS, paths: [CONFIG] })});
    await new Promise((done) => {
      const kept = setInterval(() => {}, 1000);
      engine.audit(({ kind }) => {
        if (kind === 'refused') process.exit(1);
        if (kind !== 'finished') return;
        void engine.ask({ kind: 'flows', source: ${JSON.stringify(CONFIG)} }).then(({ kind }) => {
          console.log(kind);
          clearInterval(kept);
          done();
        });
      });
    });
    await engine.close();
    console.log(process.getActiveResourcesInfo().filter((each) => /Worker|MessagePort/u.test(each)).length);
  `;
  writeFileSync(CONFIG, EXPOSED_ASA);
  const file = join(folder, 'close.mjs');
  writeFileSync(file, script);
  // A process that does not end is a failure, and must not stay behind.
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'], timeout: 30_000 });
  let said = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  const code = await new Promise((done) => child.on('close', done));
  expect([code, said]).toEqual([0, 'flows\n0\n']);
});
