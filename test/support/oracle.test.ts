/** The naive evaluator on examples small enough to work out by hand. */
import type { AddressSet } from '../../parsers/model/address.ts';
import type { Condition } from '../../parsers/model/condition.ts';
import type { Crossing, Step } from '../../parsers/model/device.ts';
import type { Translation } from '../../parsers/model/nat.ts';
import type { ActionKind, Rule, RuleList } from '../../parsers/model/rule.ts';
import type { OraclePacket } from './oracle.ts';
import { describe, expect, test } from 'vitest';
import { addresses, ANY4, NO_ADDRESS, prefix4 } from '../../parsers/model/address.ts';
import { exactly } from '../../parsers/model/rule.ts';
import { ANY_SERVICE } from '../../parsers/model/service.ts';
import { bound } from './arbitrary-device.ts';
import { freshSpan } from './arbitrary-match.ts';
import { askOracle, worldsOf } from './oracle.ts';

const HOST = prefix4(0x0a000005, 32);
const PACKET: OraclePacket = {
  family: 4,
  source: 0xc0000201n,
  destination: 0x0a000005n,
  protocol: 6,
  sourcePort: 49152,
  destinationPort: 1883,
};

function condition(kind: Condition['kind'], name = ''): Condition {
  return { kind, name, span: freshSpan() };
}

function rule(kind: ActionKind, destination: AddressSet = ANY4, conditions: readonly Condition[] = []): Rule {
  const span = freshSpan();
  return {
    id: `#${span.line}`,
    text: '',
    span,
    action: { kind, word: kind },
    match: { source: exactly(ANY4), destination: exactly(destination), service: exactly(ANY_SERVICE) },
    conditions,
    enabled: true,
    logging: { logs: 'default', detail: '' },
    objects: [],
  };
}

function list(...rules: Rule[]): RuleList {
  return { name: 'L', kind: 'access list', family: 4, rules, span: freshSpan() };
}

function crossing(...steps: Step[]): Crossing {
  return { from: 'one', to: 'two', steps, conditions: [] };
}

function stage(...rules: Rule[]): Step {
  const lists = [bound(list(...rules))];
  return {
    kind: 'stage',
    stage: { id: 's', title: '', family: 4, lists, otherwise: { verdict: 'deny', reason: 'end' } },
  };
}

const host = addresses(HOST);
const office = (): Condition => condition('time-range', 'OFFICE');

describe('conditions', () => {
  test('a permit under a time range above a deny is open, elsewhere the next rules decide', () => {
    const rules = list(rule('permit', host, [office()]), rule('deny', host), rule('permit'));
    expect(askOracle(rules, PACKET)).toBe('unknown');
    expect(askOracle(rules, { ...PACKET, destination: 1n })).toBe('permit');
  });

  test('a permit under a condition above the same permit is sure: nothing can deny', () => {
    expect(askOracle(list(rule('permit', host, [office()]), rule('permit')), PACKET)).toBe('permit');
  });

  test('the same time range is one fact: a deny under it makes a permit under it never decide', () => {
    const rules = list(rule('deny', host, [office()]), rule('permit', host, [office()]));
    expect(askOracle(rules, PACKET)).toBe('deny');
    expect([...worldsOf(rules, PACKET)]).toHaveLength(2);
  });

  test('header fields of two lines are two facts', () => {
    const rules = list(
      rule('deny', host, [condition('header', 'dscp')]),
      rule('permit', host, [condition('header', 'dscp')]),
    );
    expect(askOracle(rules, PACKET)).toBe('unknown');
    expect([...worldsOf(rules, PACKET)]).toHaveLength(3);
  });

  test('a host name as source and as destination are two facts, twice as destination one', () => {
    const named = (field: 'source' | 'destination', kind: ActionKind): Rule => {
      const made = rule(kind);
      const tri = { must: NO_ADDRESS, may: ANY4, conditions: [condition('fqdn', 'broker.example')] };
      return { ...made, match: { ...made.match, [field]: tri } };
    };
    expect(askOracle(list(named('destination', 'deny'), named('destination', 'permit')), PACKET)).toBe('deny');
    expect(askOracle(list(named('source', 'deny'), named('destination', 'permit')), PACKET)).toBe('unknown');
  });

  test('a path that may not exist surely permits nothing', () => {
    const open = { ...crossing(stage(rule('permit'))), conditions: [condition('route', 'leak')] };
    expect(askOracle(open, PACKET)).toBe('unknown');
    expect(askOracle({ ...open, steps: [stage(rule('deny'))] }, PACKET)).toBe('deny');
  });
});

describe('rules', () => {
  test('that are switched off, match no first packet, or go on decide nothing', () => {
    const off = { ...rule('permit'), enabled: false };
    const never = rule('permit');
    const replies = { ...never, match: { ...never.match, never: 'only replies' } };
    expect(askOracle(list(off, replies, rule('continue')), PACKET)).toBe('deny');
  });

  test('that are not understood may permit and may deny', () => {
    expect(askOracle(list(rule('unknown'), rule('permit')), PACKET)).toBe('unknown');
    expect(askOracle(list(rule('permit'), rule('unknown')), PACKET)).toBe('permit');
  });

  test('restricted to segments apply on their crossings only', () => {
    const elsewhere = { ...rule('permit'), from: ['three'] };
    expect(askOracle(crossing(stage(elsewhere)), PACKET)).toBe('deny');
    expect(askOracle(crossing(stage({ ...elsewhere, from: ['one'], to: ['two'] })), PACKET)).toBe('permit');
    expect(askOracle(list(elsewhere), PACKET)).toBe('permit');
  });

  test('with a further expression need it to hold', () => {
    const nested = list(rule('deny', host), rule('permit'));
    const also = { kind: 'not', of: { kind: 'permitted-by', list: nested, span: freshSpan() } } as const;
    const rules = list({ ...rule('permit'), also });
    expect(askOracle(rules, PACKET)).toBe('permit');
    expect(askOracle(rules, { ...PACKET, destination: 1n })).toBe('deny');
  });

  test('of the other family are never met', () => {
    const v6 = { ...list(rule('permit')), family: 6 as const };
    expect(askOracle(v6, PACKET)).toBe('deny');
  });
});

describe('paths', () => {
  test('permit what all stages permit; the decisions of each world end where it is denied', () => {
    const [first, second] = [rule('permit'), rule('deny', host)];
    const [world] = worldsOf(crossing(stage(first), stage(second, rule('permit'))), PACKET);
    expect(world).toEqual({ verdict: 'deny', decisions: [first, second] });
  });

  const base = { text: '', span: { source: 'x', line: 1, column: 1, endColumn: 2 }, conditions: [] };
  const translation = (translation: Translation): Step => ({ kind: 'translation', translation });
  const mapped = prefix4(0xcb007105, 32);

  test('static translation rewrites what later stages see, the first of neighbours only', () => {
    const toHost = translation({ ...base, kind: 'static-destination', from: mapped, to: HOST });
    const back = translation({ ...base, kind: 'static-destination', from: HOST, to: mapped });
    const onlyHost = stage(rule('permit', host));
    const packet = { ...PACKET, destination: 0xcb007105n };
    expect(askOracle(crossing(onlyHost), packet)).toBe('deny');
    expect(askOracle(crossing(toHost, onlyHost), packet)).toBe('permit');
    expect(askOracle(crossing(toHost, back, onlyHost), packet)).toBe('permit');
    expect(askOracle(crossing(onlyHost, toHost), packet)).toBe('deny');
  });

  test('a translated port is the one that counts, for its protocol only', () => {
    const port = { protocols: [{ first: 6, last: 6 }], from: 8883, to: 1883 };
    const step = translation({ ...base, kind: 'static-destination', from: mapped, to: HOST, port });
    const packet = { ...PACKET, destination: 0xcb007105n };
    const steps = crossing(step, stage(rule('permit', host)));
    expect(askOracle(steps, { ...packet, destinationPort: 8883 })).toBe('permit');
    expect(askOracle(steps, packet)).toBe('deny');
    expect(askOracle(steps, { ...packet, destinationPort: 8883, protocol: 17 })).toBe('deny');
  });

  test('dynamic translation leaves open which address of the pool it gives', () => {
    const pool = [prefix4(0xcb007100, 24)];
    const step = translation({ ...base, kind: 'dynamic-source', sources: ANY4, pool });
    const from = (source: AddressSet): Rule => {
      const made = rule('permit');
      return { ...made, match: { ...made.match, source: exactly(source) } };
    };
    expect(askOracle(crossing(step, stage(from(addresses(...pool)))), PACKET)).toBe('permit');
    expect(askOracle(crossing(step, stage(from(addresses(prefix4(0xcb007180, 25))))), PACKET)).toBe('unknown');
    expect(askOracle(crossing(step, stage(from(addresses(prefix4(0xcb007142, 32))))), PACKET)).toBe('unknown');
    expect(askOracle(crossing(step, stage(from(addresses(prefix4(0xc0000200, 24))))), PACKET)).toBe('deny');
  });

  test('what is not modelled may become anything: open where anything else would be decided otherwise', () => {
    const step = translation({ ...base, kind: 'unmodelled', touches: host });
    const denied = stage(rule('deny', host), rule('permit'));
    expect(askOracle(crossing(step, denied), PACKET)).toBe('unknown');
    expect(askOracle(crossing(step, denied), { ...PACKET, destination: 1n })).toBe('permit');
    expect(askOracle(crossing(step), PACKET)).toBe('permit');
  });
});
