import { describe, expect, test } from 'vitest';
import { createEvaluation } from '../../checks/evaluate/evaluate.ts';
import type { Trace } from '../../checks/evaluate/evaluation.ts';
import type { Finding } from '../../checks/finding.ts';
import { auditSource } from '../../checks/index.ts';
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';
import type { Device } from '../../parsers/model/device.ts';
import { parse } from '../../parsers/index.ts';
import { checkSpans } from '../support/check-spans.ts';
import { askOracle, type OracleSession } from '../support/oracle.ts';
import { type Expected, type ExpectedFinding, readPacket, readSamples, servicesOn } from './sample.ts';

const samples = readSamples();

test('there are samples', () => {
  expect(samples.length).toBeGreaterThanOrEqual(7);
});

describe.for(samples)('$name', ({ name, file, config, origin, expected }) => {
  const source = { name: `${name}/${file}`, text: config };
  const parsed = parse(source);

  test('is recognised for what it is', () => {
    expect(parsed.detection.platform).toBe(expected.platform);
    expect(parsed.devices.map((each) => each.name)).toEqual(expected.device);
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
    const found = report.devices.flatMap(({ device, findings }) =>
      findings.map((finding) => `${device} ${inShort(finding)}`),
    );
    const wanted = expected.findings.map(
      (finding) =>
        `${finding.device ?? expected.device[0] ?? ''} ${shortened({ ...finding, services: servicesOn(finding.services) })}`,
    );
    expect(found.sort()).toEqual(wanted.sort());
  });

  const asked = parsed.devices.map((device) => ({ device, evaluation: createEvaluation(device, createPacketSpace()) }));

  test.for(expected.packets)('$device $from > $to: $packet $application: $verdict', (row) => {
    const of = asked.find(({ device }) => device.name === (row.device || expected.device[0]));
    if (of === undefined) throw new Error(`no device is called ${row.device}`);
    const { device } = of;
    const segment = (wanted: string): string =>
      device.segments.find(({ name: own, aliases }) => own === wanted || aliases.includes(wanted))?.name ?? wanted;
    const packet = readPacket(row.packet);
    const [from, to] = [segment(row.from), segment(row.to)];
    const evaluation = row.application === '' ? of.evaluation : of.evaluation.sessions(row.application);
    const crossing = evaluation?.crossing(from, to);
    const path = device.crossing(from, to);
    if (evaluation === undefined || crossing === undefined || 'none' in crossing || 'none' in path) {
      throw new Error(`no crossing from ${from} to ${to}`);
    }
    const trace = evaluation.trace(crossing, packet);
    expect({ verdict: trace.verdict, ...decidersOf(trace, row) }).toEqual({ verdict: row.verdict, ...wantedOf(row) });
    expect(askOracle(path, packet, sessionOf(device, row))).toBe(row.verdict);
  });
});

type Row = Expected['packets'][number];

function sessionOf({ applications }: Device, { application }: Row): OracleSession | undefined {
  if (application === '' || applications === undefined) return undefined;
  return { application, defaultPorts: applications.defaultPorts };
}

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
  return `line ${line}: ${check}, ${confidence}: ${[...crossings].sort().join(', ')}: ${[...services].sort().join(' ')}`;
}
