import { describe, expect, it } from 'vitest';
import type { AddressSet } from '../../../parsers/model/address.ts';
import type { Device } from '../../../parsers/model/device.ts';
import type { Rule, Tri } from '../../../parsers/model/rule.ts';
import { compareDevices } from '../../../checks/compare/compare-devices.ts';
import { parseNetwork } from '../../../parsers/model/parse-address.ts';
import { single } from '../../../parsers/model/service.ts';
import { NO_POLICY, type Policy } from '../../../checks/policy/policy.ts';
import { build, DMZ, INSIDE, OUTSIDE, type SmallDevice, type SmallRule } from '../small-device.ts';
import { compareSmall, inShort, NO_CONTEXT } from './compared.ts';

const MQTT = { action: 'permit', protocol: 'tcp', ports: [single(1883)] } as const;
const HTTPS = { action: 'permit', protocol: 'tcp', to: '10.1.0.9/32', ports: [single(443)] } as const;
const BROKER = { ...MQTT, to: '10.1.0.5/32' } as const;

function edge(...rules: readonly SmallRule[]): SmallDevice {
  const lists = { IN: { rules }, OUT: { rules: [{ action: 'deny' }] } } as const;
  return {
    segments: [
      { ...OUTSIDE, in: ['IN'] },
      { ...INSIDE, in: ['OUT'] },
    ],
    lists,
  };
}

const shut = edge(HTTPS);

function changesOf(before: SmallDevice, after: SmallDevice): string[] {
  return compareSmall(before, after).changes.map(inShort);
}

function deviceOf(small: SmallDevice): Device {
  const [device] = build(small).parsed.devices;
  if (device === undefined) throw new Error('no device');
  return device;
}

/** The device with other rules in its lists, and on its crossings. */
function withRules(device: Device, made: (rule: Rule) => Rule): Device {
  const lists = new Map(device.ruleLists.map((list) => [list, { ...list, rules: list.rules.map(made) }]));
  return {
    ...device,
    ruleLists: [...lists.values()],
    crossing(from, to) {
      const found = device.crossing(from, to);
      if ('none' in found) return found;
      const steps = found.steps.map((step) => {
        if (step.kind === 'translation') return step;
        const held = step.stage.lists.map((each) => ({ ...each, list: lists.get(each.list) ?? each.list }));
        return { ...step, stage: { ...step.stage, lists: held } };
      });
      return { ...found, steps };
    },
  };
}

function network(text: string): AddressSet {
  const term = parseNetwork(text);
  if (term === undefined) throw new Error(`not a network: ${text}`);
  return { include: [term], exclude: [] };
}

describe('a rule that is added', () => {
  const open = edge(HTTPS, BROKER);

  it('opens exactly its flow', () => {
    expect(changesOf(shut, open)).toEqual(['opened definite mqtt tcp 1883: outside > inside: any → 10.1.0.5 1883']);
  });

  it('closes it when it is taken away', () => {
    expect(changesOf(open, shut)).toEqual(['closed definite mqtt tcp 1883: outside > inside: any → 10.1.0.5 1883']);
  });

  it('is told with the line that opens, a packet, and what turned it away before', () => {
    const [change] = compareSmall(shut, open).changes;
    expect(change).toMatchObject({
      direction: 'exposure',
      approved: 'no',
      decidedBy: [{ role: 'decides', text: 'permit tcp any 10.1.0.5/32 1883-1883', span: { line: 3 } }],
      turnedAway: { text: 'implicit deny at the end of access list IN' },
      witness: { protocol: 'tcp', destination: '10.1.0.5', destinationPort: 1883 },
      conditions: { before: [], after: [] },
    });
  });

  it('closes with the line that permitted before and the one that denies now', () => {
    const change = compareSmall(
      open,
      edge({ ...BROKER, action: 'deny' }, { action: 'permit', to: '10.1.0.5/32' }),
    ).changes.find(({ service }) => service === 'mqtt');
    expect(change).toMatchObject({
      change: 'closed',
      decidedBy: [{ span: { line: 3 } }],
      turnedAway: { text: 'access list IN rule 10 denies', span: { line: 2 } },
    });
  });
});

describe('what means the same', () => {
  it.each([
    ['unrelated rules in another order', edge(HTTPS, BROKER), edge(BROKER, HTTPS)],
    [
      'one network written as two halves',
      edge({ ...MQTT, to: '10.1.0.0/24' }),
      edge({ ...MQTT, to: '10.1.0.0/25' }, { ...MQTT, to: '10.1.0.128/25' }),
    ],
    ['lines before the rules', edge(BROKER), { ...edge(BROKER), preamble: [['! a comment', 'no-effect'] as const] }],
    ['a rule that another one covers', edge({ action: 'permit' }), edge({ action: 'permit' }, BROKER)],
  ])('is no change: %s', (_, before, after) => {
    expect(compareSmall(before, after).changes).toEqual([]);
  });

  it('is no change: another name of a list, and is not even looked at', () => {
    const { changes, crossings } = compareSmall(shut, shut);
    expect(changes).toEqual([]);
    expect(crossings).toEqual({ compared: 2, alike: 2 });
  });

  it('is no change: a time range that stays, beside a rule that is added', () => {
    const office = { ...BROKER, timeRange: 'OFFICE' };
    expect(changesOf(edge(office), edge(HTTPS, office))).toEqual([
      'opened definite other tcp 443: outside > inside: any → 10.1.0.9 443',
    ]);
  });
});

describe('what the text leaves open', () => {
  const office = { ...BROKER, timeRange: 'OFFICE' };
  const flow = 'mqtt tcp 1883: outside > inside: any → 10.1.0.5 1883';

  it('opens possibly where it was shut, and where it is open for certain now', () => {
    expect(changesOf(shut, edge(HTTPS, office))).toEqual([`opened possible ${flow}`]);
    expect(changesOf(edge(office), edge(BROKER))).toEqual([`opened possible ${flow}`]);
  });

  it('is undecided under another time range, with what it depends on before and now', () => {
    const { changes } = compareSmall(edge(office), edge({ ...BROKER, timeRange: 'NIGHT' }));
    expect(changes.map(inShort)).toEqual([`undecided possible ${flow}`]);
    expect(changes[0]?.conditions).toEqual({
      before: [expect.stringContaining('time range OFFICE is active')],
      after: [expect.stringContaining('time range NIGHT is active')],
    });
    expect(changes[0]).not.toHaveProperty('turnedAway');
  });

  it('is undecided where a deny under the same time range takes the place of a permit', () => {
    const denied = edge({ ...office, action: 'deny' }, BROKER);
    expect(changesOf(edge(office), denied)).toEqual([`undecided possible ${flow}`]);
  });
});

describe('a line that could not be read', () => {
  const unread = (to: string): SmallRule => ({ action: 'unknown', to });

  it('is no change where it stays, beside a rule that is added', () => {
    expect(changesOf(edge(unread('10.1.0.5/32')), edge(HTTPS, unread('10.1.0.5/32')))).toEqual([
      'opened definite other tcp 443: outside > inside: any → 10.1.0.9 443',
    ]);
  });

  it('is undecided in other words', () => {
    const device = deviceOf(edge(unread('10.1.0.5/32')));
    const other = withRules(device, (rule) => ({ ...rule, text: rule.text.replace('unknown', 'unheard of') }));
    const mqtt = compareDevices(device, other, NO_CONTEXT).changes.filter(({ service }) => service === 'mqtt');
    expect(mqtt.map(inShort)).toEqual(['undecided possible mqtt tcp 1883: outside > inside: any → 10.1.0.5 1883']);
  });
});

describe('a rule with two host names', () => {
  const [one, both] = [network('10.1.0.4/32'), network('10.1.0.4/31')];
  const named = (name: string, must: AddressSet): Tri<AddressSet> => ({
    must,
    may: both,
    conditions: [{ kind: 'fqdn', name, span: { source: 'small.cfg', line: 1, column: 1, endColumn: 2 } }],
  });
  const ruled = (known: AddressSet): Device =>
    withRules(deviceOf(edge({ action: 'permit' })), (rule) => ({
      ...rule,
      match: { ...rule.match, source: named('client.example', known), destination: named('broker.example', one) },
    }));

  it('is undecided where it is known of another host now, and no change where of the same', () => {
    const mqtt = compareDevices(ruled(one), ruled(network('10.1.0.5/32')), NO_CONTEXT).changes.filter(
      ({ service }) => service === 'mqtt',
    );
    expect(mqtt.map(inShort)).toEqual([
      'opened possible mqtt tcp 1883: outside > inside: 10.1.0.5 → 10.1.0.4 1883',
      'closed possible mqtt tcp 1883: outside > inside: 10.1.0.4 → 10.1.0.4 1883',
      'undecided possible mqtt tcp 1883: outside > inside: 10.1.0.4/31 → 10.1.0.5 1883',
    ]);
    expect(compareDevices(ruled(one), ruled(one), NO_CONTEXT).changes).toEqual([]);
  });
});

describe('a permit of everything', () => {
  const { changes } = compareSmall(shut, edge({ action: 'permit' }));

  it('opens every service and, in one summary a protocol, all other ports', () => {
    const others = changes.filter(({ service }) => service === undefined);
    expect(others.map(({ protocol }) => protocol)).toEqual(['0-5, 7-16, 18-255', 'tcp', 'udp']);
    expect(changes.filter(({ service }) => service === 'amqps')).toHaveLength(1);
  });

  it('tells ports apart that were open before to some hosts', () => {
    const tcp = changes.find(({ service, protocol }) => service === undefined && protocol === 'tcp');
    const https = tcp?.flows.flows.filter(({ destinationPort }) => destinationPort.join() === '443');
    expect(https?.flatMap(({ destination }) => destination)).not.toContain('10.1.0.9');
    expect(https).toHaveLength(1);
    expect(tcp?.flows.truncated).toBe(false);
  });
});

describe('crossings of one side', () => {
  const withDmz = { ...shut, segments: [...shut.segments, DMZ] };

  it('open what they permit, with the reason why nothing passed before', () => {
    const { changes, oneSided } = compareSmall(shut, withDmz);
    expect(oneSided).toContainEqual({
      crossing: { from: 'dmz', to: 'outside' },
      missing: 'before',
      reason: 'there is no segment "dmz"',
    });
    const mqtt = changes.filter(({ service, direction }) => service === 'mqtt' && direction === 'egress');
    expect(mqtt.map(inShort)).toEqual(['opened definite mqtt tcp 1883: dmz > outside: any → any 1883']);
    expect(mqtt[0]?.turnedAway).toEqual({ text: 'there is no segment "dmz"' });
  });

  it('close it when they go', () => {
    const { changes, oneSided } = compareSmall(withDmz, shut);
    expect(new Set(changes.map(({ change }) => change))).toEqual(new Set(['closed']));
    expect(oneSided.every(({ missing }) => missing === 'after')).toBe(true);
  });
});

describe('translations', () => {
  const translated = (small: SmallDevice): SmallDevice => ({
    ...small,
    translations: (span) => {
      const [from, to] = [parseNetwork('203.0.113.9/32'), parseNetwork('10.1.0.5/32')];
      if (from === undefined || to === undefined) throw new Error('no network');
      const port = { protocols: [single(6)], from: 9999, to: 1883 };
      return [{ kind: 'static-destination', from, to, port, text: 'nat statement', span, conditions: [] }];
    },
  });

  it('open a service on the port that they forward', () => {
    const open = edge(BROKER);
    const change = compareSmall(open, translated(open)).changes.find(({ service }) => service === 'mqtt');
    expect(change).toMatchObject({ change: 'opened', ports: ['9999'], forwardedTo: 1883, protocol: 'tcp' });
    expect(change?.flows.flows[0]?.destination).toEqual(['203.0.113.9']);
  });

  it('are noted where flows do not show them', () => {
    const real = { ...edge(BROKER), addressView: 'real' } as const;
    const { changes, notes } = compareSmall(real, translated(real));
    expect(changes).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('address translations changed')]);
  });

  it('leave crossings unjudged whose rules compare other addresses than before', () => {
    const open = translated(edge(BROKER));
    const { changes, notJudged } = compareSmall(open, { ...open, addressView: 'real' });
    expect(changes).toEqual([]);
    expect(notJudged.map(({ crossing }) => crossing)).toContainEqual({ from: 'outside', to: 'inside' });
  });
});

describe('an approval', () => {
  const policy: Policy = {
    ...NO_POLICY,
    approvals: [
      {
        name: 'plant',
        services: ['mqtt'],
        ports: [],
        applications: [],
        clients: network('0.0.0.0/0'),
        brokers: network('10.1.0.5/32'),
        direction: 'exposure',
        transport: 'any',
        devices: ['*'],
        owner: 'o',
        reason: 'r',
        reviewed: true,
        place: { source: 'brokerfence.yaml', line: 1, column: 1, endColumn: 2 },
      },
    ],
  };

  it('is told of what opens', () => {
    const approved = (rule: SmallRule): string[] =>
      compareSmall(shut, edge(HTTPS, rule), { policy }).changes.map((change) => change.approved);
    expect(approved(BROKER)).toEqual(['yes']);
    expect(approved({ ...MQTT, to: '10.1.0.4/31' })).toEqual(['partly']);
    expect(approved({ ...MQTT, to: '10.1.0.6/32' })).toEqual(['no']);
  });
});

it('says what it cannot compare when sets outgrow the memory', () => {
  const { changes, notJudged } = compareSmall(shut, edge(BROKER), { maxNodes: 600 });
  expect(changes).toEqual([]);
  expect(notJudged).toEqual([
    { crossing: { from: 'outside', to: 'inside' }, reason: expect.stringContaining('outgrow the memory') },
  ]);
});

it('notes a segment that is judged otherwise now', () => {
  const other: SmallDevice = {
    ...shut,
    segments: shut.segments.map((segment) => (segment.name === 'inside' ? { ...segment, trust: 'dmz' } : segment)),
  };
  expect(compareSmall(shut, other).notes).toEqual([
    expect.stringMatching(/^segment inside was internal .* and is dmz /),
  ]);
});
