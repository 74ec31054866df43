import { describe, expect, it } from 'vitest';
import { createEvaluation } from '../../checks/evaluate/evaluate.ts';
import type { EvaluatedCrossing } from '../../checks/evaluate/evaluation.ts';
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';
import type { Packet } from '../../checks/packet-space/packet.ts';
import { addresses, ANY4, prefix4, type AddressSet } from '../../parsers/model/address.ts';
import type { Condition } from '../../parsers/model/condition.ts';
import type { Device, Stage, Step } from '../../parsers/model/device.ts';
import type { StaticTranslation, Translation } from '../../parsers/model/nat.ts';
import { exactly, type Rule, type RuleList } from '../../parsers/model/rule.ts';
import { ALL_PORTS, single, type ServiceSet } from '../../parsers/model/service.ts';

const span = { source: 'r1.cfg', line: 1, column: 1, endColumn: 2 };
const PUBLIC = 0xcb007105; // 203.0.113.5
const REAL = 0x0a000005; // 10.0.0.5
const MQTT = { protocol: 6, port: 1883 };

function tcp(port: number): ServiceSet {
  return [{ protocols: [single(6)], sourcePorts: ALL_PORTS, destinationPorts: [single(port)] }];
}

function rule(
  line: number,
  kind: 'permit' | 'deny',
  destination: AddressSet,
  service: ServiceSet,
  conditions: Condition[] = [],
): Rule {
  return {
    id: String(line),
    text: `${kind} ${line}`,
    span: { ...span, line },
    action: { kind, word: kind },
    match: { source: exactly(ANY4), destination: exactly(destination), service: exactly(service) },
    conditions,
    enabled: true,
    logging: { logs: 'default', detail: '' },
    objects: [],
  };
}

function stage(id: string, ...rules: Rule[]): Step {
  const list: RuleList = { name: id, kind: 'access list', family: 4, rules, span };
  const binding = {
    list: id,
    direction: 'in',
    attachedTo: 'x',
    family: 4,
    defined: true,
    plane: 'transit',
    span,
  } as const;
  const made: Stage = {
    id,
    title: id,
    family: 'both',
    lists: [{ list, binding }],
    otherwise: { verdict: 'deny', reason: `end of ${id}` },
  };
  return { kind: 'stage', stage: made };
}

function translate(translation: Translation): Step {
  return { kind: 'translation', translation };
}

function published(more: Partial<StaticTranslation> = {}): StaticTranslation {
  return {
    kind: 'static-destination',
    text: 'ip nat inside source static 10.0.0.5 203.0.113.5',
    span,
    conditions: [],
    from: prefix4(PUBLIC, 32),
    to: prefix4(REAL, 32),
    ...more,
  };
}

function crossing(
  steps: readonly Step[],
  addressView: Device['addressView'] = 'arriving',
  conditions: Condition[] = [],
) {
  const device: Device = {
    name: 'r1',
    platform: 'cisco-ios',
    source: 'r1.cfg',
    segments: [],
    ruleLists: [],
    bindings: [],
    translations: [],
    routes: [],
    telemetry: [],
    addressView,
    crossing: (from, to) => ({ from, to, steps, conditions }),
  };
  const space = createPacketSpace();
  const evaluation = createEvaluation(device, space);
  const evaluated = evaluation.crossing('a', 'b');
  if ('none' in evaluated) throw new Error('expected a crossing');
  return { space, evaluation, evaluated };
}

function packet(destination: number, destinationPort = 1883): Packet {
  return {
    family: 4,
    source: 0xc0000201n,
    destination: BigInt(destination),
    protocol: 6,
    sourcePort: 50000,
    destinationPort,
  };
}

function verdict(at: ReturnType<typeof crossing>, destination: number, port?: number): string {
  return at.evaluation.trace(at.evaluated, packet(destination, port)).verdict;
}

const time: Condition = { kind: 'time-range', name: 'OFFICE', span };

describe('conditions', () => {
  it('finds packets sure when a conditional permit is followed by an unconditional one', () => {
    const at = crossing([stage('in', rule(1, 'permit', ANY4, tcp(1883), [time]), rule(2, 'permit', ANY4, tcp(1883)))]);
    expect(verdict(at, REAL)).toBe('permit');
  });

  it('leaves a permit under a time range above a deny undecided and names the range', () => {
    const at = crossing([stage('in', rule(1, 'permit', ANY4, tcp(1883), [time]), rule(2, 'deny', ANY4, tcp(1883)))]);
    expect(verdict(at, REAL)).toBe('unknown');
    const { possible } = at.evaluated.permitted(MQTT);
    expect(at.evaluated.conditions(MQTT, possible).map(({ name }) => name)).toEqual(['OFFICE']);
  });

  it('does not let one time range contradict itself over two stages', () => {
    const inside = stage('in', rule(1, 'permit', ANY4, tcp(1883), [time]));
    const out = stage('out', rule(2, 'deny', ANY4, tcp(1883), [time]), rule(3, 'permit', ANY4, tcp(1883)));
    // Within the range the second stage denies, outside of it the first one does: nothing ever passes.
    expect(verdict(crossing([inside, out]), REAL)).toBe('deny');
  });

  it('makes nothing definite on a path that may not exist', () => {
    const leak: Condition = { kind: 'route', name: 'leak', span };
    expect(verdict(crossing([stage('in', rule(1, 'permit', ANY4, tcp(1883)))], 'arriving', [leak]), REAL)).toBe(
      'unknown',
    );
  });
});

describe('translations', () => {
  const outer = stage('outer', rule(1, 'permit', addresses(prefix4(PUBLIC, 32)), tcp(1883)));
  const inner = stage('inner', rule(2, 'permit', addresses(prefix4(REAL, 32)), tcp(1883)));

  it('asks the stages before it with the old address and those behind it with the new one', () => {
    const at = crossing([outer, translate(published()), inner]);
    expect(verdict(at, PUBLIC)).toBe('permit');
    expect(verdict(at, REAL)).toBe('deny');
    const { possible } = at.evaluated.permitted(MQTT);
    expect(at.space.describe(possible, 5).boxes[0]?.destination).toEqual([prefix4(PUBLIC, 32)]);
  });

  it('names the rule of every stage, for the packets as they arrive', () => {
    const at = crossing([outer, translate(published()), inner]);
    const { possible } = at.evaluated.permitted(MQTT);
    const { parts } = at.evaluated.parts(MQTT, possible, 10);
    expect(parts.map(({ decisions }) => decisions.map((d) => (d.kind === 'rule' ? d.rule.id : 'default')))).toEqual([
      ['1', '2'],
    ]);
    expect(parts[0]?.set).toBe(possible);
  });

  it('moves a translated port to the slice that later rules see', () => {
    const port = { protocols: [single(6)], from: 18830, to: 1883 };
    const at = crossing([translate(published({ port })), inner]);
    expect(verdict(at, PUBLIC, 18830)).toBe('permit');
    expect(verdict(at, PUBLIC, 1883)).toBe('deny');
    expect(verdict(at, REAL, 1883)).toBe('permit');
  });

  it('agrees with itself when all ports are computed at once', () => {
    const port = { protocols: [single(6)], from: 18830, to: 1883 };
    const at = crossing([translate(published({ port })), inner]);
    const all = at.evaluated.permittedAll().possible;
    expect(at.space.contains(all, packet(PUBLIC, 18830))).toBe(true);
    expect(at.space.contains(all, packet(PUBLIC, 1883))).toBe(false);
    expect(at.space.contains(all, packet(REAL, 1883))).toBe(true);
  });

  it('takes the first of several translations of one side', () => {
    const other = published({ to: prefix4(0x0a000006, 32) });
    expect(verdict(crossing([translate(published()), translate(other), inner]), PUBLIC)).toBe('permit');
    expect(verdict(crossing([translate(other), translate(published()), inner]), PUBLIC)).toBe('deny');
  });

  it('leaves open what a conditional translation does', () => {
    const maybe = published({ conditions: [{ kind: 'vendor-unverified', name: 'route-map', span }] });
    expect(verdict(crossing([translate(maybe), inner]), PUBLIC)).toBe('unknown');
  });

  it('knows a dynamic source only as far as its pool agrees', () => {
    const fromPool = (pool: ReturnType<typeof prefix4>): Translation => ({
      kind: 'dynamic-source',
      text: 'ip nat inside source list 1 pool P overload',
      span,
      conditions: [],
      sources: ANY4,
      pool: [pool],
    });
    const only = rule(1, 'permit', ANY4, tcp(1883));
    const first = { ...only, match: { ...only.match, source: exactly(addresses(prefix4(PUBLIC, 32))) } };
    expect(verdict(crossing([translate(fromPool(prefix4(PUBLIC, 32))), stage('out', first)]), REAL)).toBe('permit');
    expect(verdict(crossing([translate(fromPool(prefix4(PUBLIC, 31))), stage('out', first)]), REAL)).toBe('unknown');
    expect(verdict(crossing([translate(fromPool(prefix4(0xcb007200, 24))), stage('out', first)]), REAL)).toBe('deny');
  });

  it('compares real addresses where the platform does, and traces the packet on the wire', () => {
    const at = crossing([translate(published()), inner], 'real');
    const { possible } = at.evaluated.permitted(MQTT);
    expect(at.space.describe(possible, 5).boxes[0]?.destination).toEqual([prefix4(REAL, 32)]);
    const trace = at.evaluation.trace(at.evaluated, packet(PUBLIC));
    expect(trace.verdict).toBe('permit');
    expect(trace.steps.map(({ kind }) => kind)).toEqual(['translation', 'stage']);
  });
});

describe('explanations', () => {
  it('splits the permitted packets by rule and says when there are more', () => {
    const rules = [1, 2, 3].map((n) => rule(n, 'permit', addresses(prefix4(REAL + n, 32)), tcp(1883)));
    const at: { evaluated: EvaluatedCrossing } = crossing([stage('in', ...rules)]);
    const { possible } = at.evaluated.permitted(MQTT);
    expect(at.evaluated.parts(MQTT, possible, 3)).toMatchObject({ truncated: false });
    expect(at.evaluated.parts(MQTT, possible, 2).parts).toHaveLength(2);
    expect(at.evaluated.parts(MQTT, possible, 2).truncated).toBe(true);
  });

  it('names the rules that shadow another', () => {
    const at = crossing([]);
    const wide = rule(1, 'deny', addresses(prefix4(REAL, 31)), tcp(1883));
    const other = rule(2, 'deny', addresses(prefix4(REAL + 2, 31)), tcp(1883));
    const covered = rule(3, 'permit', addresses(prefix4(REAL, 29)), tcp(1883));
    const dead = rule(4, 'permit', addresses(prefix4(REAL, 32)), tcp(1883));
    const list: RuleList = { name: 'L', kind: 'access list', family: 4, rules: [wide, other, covered, dead], span };
    const shadowed = at.evaluation.shadowed(list, MQTT);
    expect(shadowed.map(({ rule: r, by }) => [r.id, by.map(({ id }) => id)])).toEqual([['4', ['1']]]);
  });
});
