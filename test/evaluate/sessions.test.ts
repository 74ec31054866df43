/** Sessions of an application: two evaluators that share no code agree, and each part of what a rule asks matters. */
import type { Condition } from '../../parsers/model/condition.ts';
import type { ApplicationRecognition, Device } from '../../parsers/model/device.ts';
import type { ApplicationMatch, Rule, RuleList } from '../../parsers/model/rule.ts';
import type { OraclePacket } from '../support/oracle.ts';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createEvaluation } from '../../checks/evaluate/evaluate.ts';
import { inSessions } from '../../checks/evaluate/sessions.ts';
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';
import { ANY_SERVICE, protocolTerm, single } from '../../parsers/model/service.ts';
import { bound, decidedList, deviceOf, ruleList } from '../support/arbitrary-device.ts';
import { freshSpan, packetsOf, rarely } from '../support/arbitrary-match.ts';
import { askOracle } from '../support/oracle.ts';

const APPLICATIONS = ['mqtt', 'ssl', 'unknown-tcp'] as const;

/** MQTT has its ports, SSL none of those that packets have, the third is not known. */
const RECOGNITION: ApplicationRecognition = {
  scheme: 'app-id',
  content: 'test',
  defaultPorts: (application) => {
    if (application === 'mqtt') return [{ ...protocolTerm(6), destinationPorts: [single(1883)] }];
    return application === 'ssl' ? [{ ...protocolTerm(6), destinationPorts: [single(443)] }] : undefined;
  },
};

const condition = fc
  .constantFrom<Condition['kind']>('application', 'undefined-reference')
  .map((kind): Condition => ({ kind, name: `open ${kind}`, span: freshSpan() }));

/** Rules that tell applications, first match; of them those which tell one of the rule's. */
const told = fc.tuple(decidedList, fc.array(fc.boolean(), { minLength: 7, maxLength: 7 })).map(([list, isOurs]) => {
  const withAction = (actionOf: (index: number) => 'permit' | 'deny'): RuleList => ({
    ...list,
    rules: list.rules.map((rule, index) => ({ ...rule, action: { kind: actionOf(index), word: 'tell' } })),
  });
  return { all: withAction(() => 'permit'), ours: withAction((index) => (isOurs[index] === true ? 'permit' : 'deny')) };
});

const wanted: fc.Arbitrary<ApplicationMatch> = fc
  .record({
    names: fc.oneof(
      fc.constant<'any'>('any'),
      fc.subarray([...APPLICATIONS]).map((names): ReadonlySet<string> => new Set<string>(names)),
    ),
    others: fc.array(condition, { maxLength: 1 }),
    ports: fc.constantFrom<'as-written' | 'default'>('as-written', 'default'),
    told: rarely(told, 3),
  })
  .map(({ told, ...rest }) => (told === undefined ? rest : { ...rest, told }));

/** Lists in which most rules want applications, some are about first packets only in a way, some never match those. */
const applicationList: fc.Arbitrary<RuleList> = fc
  .tuple(
    ruleList,
    fc.array(fc.tuple(rarely(wanted, 1), fc.integer({ min: 0, max: 5 })), { minLength: 6, maxLength: 6 }),
  )
  .map(([list, parts]) => ({
    ...list,
    rules: list.rules.map((rule, index): Rule => {
      const [applications, kind] = parts[index] ?? [undefined, 0];
      if (applications === undefined) return rule;
      const { also: _, ...rest } = rule;
      const open: Condition = { kind: 'application', name: '', span: freshSpan() };
      if (kind === 0) return { ...rest, applications, match: { ...rule.match, never: 'not before it is known' } };
      if (kind === 1) return { ...rest, applications, conditions: [...rule.conditions, open] };
      if (kind === 2) {
        const service = { must: [], may: rule.match.service.may, conditions: [open] };
        return { ...rest, applications, match: { ...rule.match, service } };
      }
      return { ...rest, applications };
    }),
  }));

function verdictOf(device: Device, list: RuleList, packet: OraclePacket): string {
  const evaluation = createEvaluation(device, createPacketSpace());
  const evaluated = evaluation.list(list);
  const { definite, possible } = evaluated.permitted({ protocol: packet.protocol, port: packet.destinationPort });
  const { space } = evaluation;
  const set = space.contains(definite, packet) ? 'permit' : space.contains(possible, packet) ? 'unknown' : 'deny';
  const traced = evaluation.trace(evaluated, packet).verdict;
  return set === traced ? set : `set ${set}, trace ${traced}`;
}

const PACKETS = packetsOf(4, { protocol: 6, port: 1883 });

test('sessions of every application have the verdict of the naive evaluator', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(applicationList, fc.constantFrom(...APPLICATIONS), (list, application) => {
      const device: Device = { ...deviceOf([]), ruleLists: [list], applications: RECOGNITION };
      const sessions = inSessions(device, application);
      const [inSession] = sessions?.ruleLists ?? [];
      if (sessions === undefined || inSession === undefined) throw new Error('no sessions');
      const evaluation = createEvaluation(sessions, createPacketSpace());
      const evaluated = evaluation.list(inSession);
      for (const packet of PACKETS) {
        const { definite, possible } = evaluated.permitted({ protocol: packet.protocol, port: packet.destinationPort });
        const { space } = evaluation;
        const verdict = space.contains(definite, packet)
          ? 'permit'
          : space.contains(possible, packet)
            ? 'unknown'
            : 'deny';
        const expected = askOracle(list, packet, { application, defaultPorts: RECOGNITION.defaultPorts });
        seen.set(expected, (seen.get(expected) ?? 0) + 1);
        // A bound where one fact stands in several rules: never surer than the truth.
        if (verdict !== 'unknown') expect(verdict).toBe(expected);
        else expect(['permit', 'deny', 'unknown']).toContain(expected);
      }
    }),
    { numRuns: 1500 },
  );
  for (const verdict of ['permit', 'deny', 'unknown']) expect(seen.get(verdict) ?? 0).toBeGreaterThan(500);
});

describe('a rule', () => {
  const packet = PACKETS[0];
  const make = (applications: ApplicationMatch | undefined, change: Partial<Rule> = {}): RuleList => {
    const any = { must: [], may: [], conditions: [] };
    const everyone = { include: [{ kind: 'range4', first: 0, last: 0xffffffff }], exclude: [] } as const;
    const span = freshSpan();
    const rule: Rule = {
      id: 'r',
      text: 'r',
      span,
      action: { kind: 'permit', word: 'allow' },
      match: {
        source: { ...any, must: everyone, may: everyone },
        destination: { ...any, must: everyone, may: everyone },
        service: { must: ANY_SERVICE, may: ANY_SERVICE, conditions: [] },
      },
      conditions: [],
      enabled: true,
      logging: { logs: 'default', detail: '' },
      objects: [],
      ...(applications === undefined ? {} : { applications }),
      ...change,
    };
    return { name: 'L', kind: 'policy', family: 'both', rules: [rule], span };
  };
  const ask = (list: RuleList, application: string): string => {
    const device: Device = { ...deviceOf([]), ruleLists: [list], applications: RECOGNITION };
    const sessions = inSessions(device, application);
    const [inSession] = sessions?.ruleLists ?? [];
    if (sessions === undefined || inSession === undefined || packet === undefined) throw new Error('no sessions');
    return verdictOf(sessions, inSession, packet);
  };

  test('permits sessions of the applications it names, on any port it allows', () => {
    const list = make({ names: new Set(['mqtt']), others: [], ports: 'as-written' });
    expect([ask(list, 'mqtt'), ask(list, 'ssl')]).toEqual(['permit', 'deny']);
  });

  test('with default ports permits an application on its own ports only, whatever other names it lists', () => {
    const list = make({ names: 'any', others: [], ports: 'default' });
    expect([ask(list, 'mqtt'), ask(list, 'ssl'), ask(list, 'unknown-tcp')]).toEqual(['permit', 'deny', 'unknown']);
  });

  test('that may be about others leaves them open', () => {
    const others: Condition[] = [{ kind: 'application', name: 'filter', span: freshSpan() }];
    const list = make({ names: new Set(['mqtt']), others, ports: 'as-written' });
    expect([ask(list, 'mqtt'), ask(list, 'ssl')]).toEqual(['permit', 'unknown']);
  });

  test('that never matches first packets matches sessions', () => {
    const list = make({ names: new Set(['mqtt']), others: [], ports: 'as-written' });
    const [rule] = list.rules;
    if (rule === undefined) throw new Error('no rule');
    const blocking = { ...list, rules: [{ ...rule, match: { ...rule.match, never: 'not known yet' } }] };
    expect(ask(blocking, 'mqtt')).toBe('permit');
  });

  test('about told sessions decides by what they are told, not by what they carry', () => {
    const everything = make(undefined);
    const nothing: RuleList = { ...everything, rules: [] };
    const toldOurs = make({
      names: new Set(['mine']),
      others: [],
      ports: 'as-written',
      told: { all: everything, ours: everything },
    });
    const toldOther = make({
      names: new Set(['mqtt']),
      others: [],
      ports: 'as-written',
      told: { all: everything, ours: nothing },
    });
    expect([ask(toldOurs, 'mqtt'), ask(toldOther, 'mqtt')]).toEqual(['permit', 'deny']);
  });

  test('without applications is the same for sessions and first packets', () => {
    const list = make(undefined);
    expect(ask(list, 'mqtt')).toBe('permit');
  });

  test('in a stage is asked the same', () => {
    const list = make({ names: new Set(['mqtt']), others: [], ports: 'as-written' });
    const stage = {
      id: 's',
      title: 's',
      family: 'both',
      lists: [bound(list)],
      otherwise: { verdict: 'deny', reason: 'end' },
    } as const;
    const device = { ...deviceOf([{ kind: 'stage', stage }]), applications: RECOGNITION };
    for (const [application, verdict] of [
      ['mqtt', 'permit'],
      ['ssl', 'deny'],
    ] as const) {
      const sessions = inSessions(device, application);
      if (sessions === undefined || packet === undefined) throw new Error('no sessions');
      const evaluation = createEvaluation(sessions, createPacketSpace());
      const crossing = evaluation.crossing('one', 'two');
      if ('none' in crossing) throw new Error(crossing.none);
      expect(evaluation.trace(crossing, packet).verdict).toBe(verdict);
    }
  });
});

test('a device that recognises nothing has no sessions', () => {
  expect(inSessions(deviceOf([]), 'mqtt')).toBeUndefined();
});
