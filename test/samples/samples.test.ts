import { describe, expect, test } from 'vitest';
import { createEvaluation } from '../../checks/evaluate/evaluate.ts';
import type { Trace } from '../../checks/evaluate/evaluation.ts';
import type { Finding } from '../../checks/finding.ts';
import { auditSource } from '../../checks/index.ts';
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';
import { parse } from '../../parsers/index.ts';
import { checkSpans } from '../support/check-spans.ts';
import { askOracle } from '../support/oracle.ts';
import { type Expected, type ExpectedFinding, readPacket, readSamples, servicesOn } from './sample.ts';

const samples = readSamples();

test('there are samples', () => {
  expect(samples.length).toBeGreaterThanOrEqual(7);
});

describe.for(samples)('$name', ({ name, config, origin, expected }) => {
  const source = { name: `${name}/running-config.cfg`, text: config };
  const parsed = parse(source);
  const [device] = parsed.devices;
  if (device === undefined) throw new Error(`${name}: no device was read`);

  test('is recognised for what it is', () => {
    expect(parsed.detection.platform).toBe(expected.platform);
    expect(parsed.devices.map((each) => each.name)).toEqual([expected.device]);
    expect(parsed.coverage.complete).toBe(expected.complete);
  });

  test('is read to the last line', () => {
    const lines = config.split('\n');
    const unread = parsed.texts[0].lineStates.flatMap((state, index) =>
      state === 'unrecognised' ? [lines[index]] : [],
    );
    expect(unread).toEqual([]);
    expect(parsed.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(checkSpans([source], parsed)).toEqual([]);
  });

  test('is a configuration of some length, and says where it comes from', () => {
    expect(config.split('\n').length).toBeGreaterThan(150);
    expect(origin).toContain('Written for brokerfence');
  });

  const { trust = { internal: [], untrusted: [] } } = expected;

  test('has exactly the findings that are expected', () => {
    const report = auditSource(parsed, source, { trust: { ...trust, internalNetworks: [] } });
    const found = report.devices.flatMap(({ findings }) => findings).map(inShort);
    const wanted = expected.findings.map((finding) =>
      shortened({ ...finding, services: servicesOn(finding.services) }),
    );
    expect(found.sort()).toEqual(wanted.sort());
  });

  const evaluation = createEvaluation(device, createPacketSpace());
  const segment = (wanted: string): string =>
    device.segments.find(({ name, aliases }) => name === wanted || aliases.includes(wanted))?.name ?? wanted;

  test.for(expected.packets)('$from > $to: $packet: $verdict', (row) => {
    const packet = readPacket(row.packet);
    const [from, to] = [segment(row.from), segment(row.to)];
    const crossing = evaluation.crossing(from, to);
    const path = device.crossing(from, to);
    if ('none' in crossing || 'none' in path) throw new Error(`no crossing from ${from} to ${to}`);
    const trace = evaluation.trace(crossing, packet);
    expect({ verdict: trace.verdict, ...decidersOf(trace, row) }).toEqual({ verdict: row.verdict, ...wantedOf(row) });
    expect(askOracle(path, packet)).toBe(row.verdict);
  });
});

type Row = Expected['packets'][number];

/** Lines of the rules that decide, or, for an open verdict, what leaves it open. */
function decidersOf({ steps }: Trace, row: Row): { lines: readonly number[] } | { conditions: readonly string[] } {
  const stages = steps.flatMap((step) => (step.kind === 'stage' ? [step] : []));
  if (row.verdict === 'unknown') {
    return { conditions: [...new Set(stages.flatMap((stage) => stage.conditions.map(({ name }) => name)))].sort() };
  }
  // What stands behind the stage that denies is not reached.
  const denies = stages.findIndex(({ verdict }) => verdict === 'deny');
  const met = denies < 0 ? stages : stages.slice(0, denies + 1);
  const rules = met.flatMap(({ decisions }) => decisions.slice(0, 1)).filter((decision) => decision.kind === 'rule');
  return { lines: rules.map(({ rule }) => rule.span.line) };
}

function wantedOf(row: Row): { lines: readonly number[] } | { conditions: readonly string[] } {
  return row.verdict === 'unknown' ? { conditions: row.conditions ?? [] } : { lines: row.lines };
}

/** A finding in one line: its place, check, confidence, crossings, services. */
function inShort({ check, confidence, crossings, services, evidence }: Finding): string {
  const place = evidence.find(({ role }) => role === 'decides') ?? evidence[0];
  const pairs = crossings.map(({ from, to }) => `${from} > ${to}`);
  return shortened({ check, confidence, crossings: pairs, services: [...services], line: place?.span.line ?? 0 });
}

function shortened({ check, confidence, crossings, services, line }: ExpectedFinding): string {
  return `line ${line}: ${check}, ${confidence}: ${[...crossings].sort().join(', ')}: ${services.join(' ')}`;
}
