import { describe, expect, test } from 'vitest';
import type { Translation } from '../../../parsers/model/nat.ts';
import { junosDevice, readJunos } from './read-junos.ts';
import { policy, TWO_ZONES } from './srx-lines.ts';

const IN = 'from-zone untrust to-zone trust';

describe('logging and inspection', () => {
  test('a policy logs what it says, and else nothing', () => {
    const device = junosDevice(
      ...TWO_ZONES,
      ...policy(IN, 'SILENT', 'junos-ssh', 'permit'),
      ...policy(IN, 'LOUD', 'any', 'deny'),
      `set security policies ${IN} policy LOUD then log session-init`,
      `set security policies ${IN} policy LOUD then count`,
    );
    expect(device.ruleLists[0]?.rules.map(({ logging }) => logging)).toEqual([
      { logs: 'no', detail: '' },
      { logs: 'yes', detail: 'log session-init' },
    ]);
  });

  test('streams are used in stream mode only', () => {
    const stream = 'set security log stream S host 192.0.2.9';
    const effective = (...lines: readonly string[]): readonly (readonly [string, boolean])[] =>
      junosDevice(...TWO_ZONES, ...lines).telemetry.map(({ target, effective: works }) => [target, works]);
    expect(effective('set security log mode stream', stream)).toEqual([['192.0.2.9', true]]);
    expect(effective('set security log mode event', stream)).toEqual([['192.0.2.9', false]]);
    expect(effective('set security log mode stream', 'set security log stream S severity info')).toEqual([
      ['S', false],
    ]);
  });

  test('IDP of a policy needs an active policy of its own', () => {
    const lines = [...TWO_ZONES, ...policy(IN, 'P', 'any', 'permit application-services idp')];
    const found = (...more: readonly string[]): unknown[] =>
      junosDevice(...lines, ...more).telemetry.map(({ kind, target, covers, effective }) => [
        kind,
        target,
        covers,
        effective,
      ]);
    expect(found()).toEqual([['intrusion-prevention', 'idp', ['untrust', 'trust'], false]]);
    expect(found('set security idp active-policy STRICT')).toEqual([
      ['intrusion-prevention', 'idp', ['untrust', 'trust'], true],
    ]);
  });

  test('a global policy for all zones inspects the whole device', () => {
    const device = junosDevice(
      ...TWO_ZONES,
      ...policy('global', 'G', 'any', 'permit application-services utm-policy WEB'),
    );
    expect(device.telemetry.map(({ target, covers }) => [target, covers])).toEqual([['utm-policy WEB', []]]);
  });
});

describe('evidence', () => {
  test('what comes from a group names the place where the group is applied', () => {
    const device = junosDevice(
      'set groups LOG security policies from-zone <*> to-zone <*> policy <*> then log session-close',
      'set apply-groups LOG',
      ...TWO_ZONES,
      ...policy(IN, 'P', 'junos-https', 'permit'),
    );
    const rule = device.ruleLists[0]?.rules[0];
    expect(rule?.logging.detail).toBe('log session-close');
    expect(rule?.objects.map(({ name, span }) => `${name} ${span?.line}`)).toEqual(['group LOG 2']);
  });

  test('bindings tell policies for the device itself from those for through-traffic', () => {
    const device = junosDevice(
      ...TWO_ZONES,
      ...policy(IN, 'P', 'any', 'permit'),
      ...policy('from-zone untrust to-zone junos-host', 'SELF', 'any', 'permit'),
    );
    expect(device.bindings.map(({ attachedTo, plane }) => [attachedTo, plane])).toEqual([
      [IN, 'transit'],
      ['from-zone untrust to-zone junos-host', 'control-plane'],
    ]);
  });
});

describe('translations', () => {
  const RULE = 'set security nat destination rule-set D rule R';
  const POOL = [
    'set security nat destination pool P address 10.0.0.5/32',
    'set security nat destination rule-set D from zone untrust',
    `${RULE} match destination-address 203.0.113.5/32`,
    `${RULE} then destination-nat pool P`,
  ];

  test('sets are over real addresses unless filters see other ones', () => {
    const filter = [
      'set firewall family inet filter F term T then accept',
      'set interfaces ge-0/0/0 unit 0 family inet filter input F',
    ];
    const table = [
      'set firewall family inet filter F term T then accept',
      'set forwarding-options family inet filter input F',
    ];
    expect(junosDevice(...TWO_ZONES, ...POOL).addressView).toBe('real');
    expect(junosDevice(...TWO_ZONES, ...filter).addressView).toBe('real');
    expect(junosDevice(...TWO_ZONES, ...POOL, ...filter).addressView).toBe('arriving');
    expect(junosDevice(...TWO_ZONES, ...POOL, ...table).addressView).toBe('arriving');
  });

  test('a port without protocol is of TCP and UDP', () => {
    const device = junosDevice(
      ...TWO_ZONES,
      ...POOL,
      'set security nat destination pool P address port 1883',
      `${RULE} match destination-port 8883`,
    );
    const [found] = device.translations;
    expect(found?.kind === 'static-destination' ? found.port : undefined).toEqual({
      protocols: [
        { first: 6, last: 6 },
        { first: 17, last: 17 },
      ],
      from: 8883,
      to: 1883,
    });
    expect(found?.fromSegment).toBe('untrust');
  });

  test('a rule set of some interfaces of a zone depends on the way the packet takes', () => {
    const device = junosDevice(
      ...TWO_ZONES,
      'set interfaces ge-0/0/2 unit 0 family inet address 198.51.100.1/24',
      'set security zones security-zone untrust interfaces ge-0/0/2.0',
      ...POOL.map((line) => line.replace('from zone untrust', 'from interface ge-0/0/0.0')),
    );
    const crossing = device.crossing('untrust', 'trust');
    const conditions =
      'none' in crossing
        ? []
        : crossing.steps.flatMap((step) =>
            step.kind === 'translation' ? step.translation.conditions.map(({ kind, name }) => `${kind} ${name}`) : [],
          );
    expect(conditions).toEqual(['route by way of ge-0/0/0.0']);
  });

  test('the order between two zones is static, destination, then backwards static and source', () => {
    const device = junosDevice(
      ...TWO_ZONES,
      'set security nat source rule-set S from zone untrust',
      'set security nat source rule-set S to zone trust',
      'set security nat source rule-set S rule HIDE match source-address 0.0.0.0/0',
      'set security nat source rule-set S rule HIDE then source-nat interface',
      ...POOL,
      'set security nat static rule-set BACK from zone trust',
      'set security nat static rule-set BACK rule B match destination-address 10.0.0.200/32',
      'set security nat static rule-set BACK rule B then static-nat prefix 198.51.100.9/32',
      'set security nat static rule-set FIX from zone untrust',
      'set security nat static rule-set FIX rule F match destination-address 203.0.113.6/32',
      'set security nat static rule-set FIX rule F then static-nat prefix 10.0.0.6/32',
    );
    const crossing = device.crossing('untrust', 'trust');
    const shown =
      'none' in crossing
        ? []
        : crossing.steps.map((step) =>
            step.kind === 'stage' ? step.stage.id : `${step.translation.kind} ${ruleOf(step.translation)}`,
          );
    expect(shown).toEqual([
      'static-destination rule F',
      'static-destination rule R',
      'untranslated',
      'policies',
      'static-source rule B',
      'dynamic-source rule HIDE',
    ]);
    const hidden = device.translations.find(({ kind }) => kind === 'dynamic-source');
    expect(hidden?.kind === 'dynamic-source' ? hidden.pool : undefined).toEqual([
      { kind: 'range4', first: 0x0a000001, last: 0x0a000001 },
    ]);
  });

  test.for([
    ['a rule without a pool in the text', 'then destination-nat pool LOST'],
    ['a condition that is not known', 'match phase-of-moon full'],
  ])('%s may touch its addresses', ([, line]) => {
    const { devices, diagnostics } = readJunos(...TWO_ZONES, ...POOL, `${RULE} ${line}`);
    expect(devices[0]?.translations.map(({ kind }) => kind)).toEqual(['unmodelled']);
    expect(diagnostics.map(({ code }) => code)).toEqual(['junos/nat-not-modelled']);
  });
});

function ruleOf({ text }: Translation): string {
  return text;
}

describe('zones', () => {
  test('that only policies name are there, and reported where the text has zones', () => {
    const { devices, diagnostics } = readJunos(
      ...TWO_ZONES,
      ...policy('from-zone untrust to-zone lost', 'P', 'any', 'permit'),
    );
    expect(devices[0]?.segments.map(({ name }) => name)).toContain('lost');
    expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['warning junos/undefined-zone']);
    const piece = readJunos(...policy('from-zone a to-zone b', 'P', 'any', 'permit'));
    expect(piece.devices[0]?.segments.map(({ name }) => name)).toEqual(['a', 'b', 'self']);
    expect(piece.diagnostics).toEqual([]);
  });

  test('global policies for zones are for all parts of a zone whose interfaces differ', () => {
    const device = junosDevice(
      ...TWO_ZONES,
      'set interfaces ge-0/0/2 unit 0 family inet address 10.0.2.1/24',
      'set interfaces ge-0/0/2 unit 0 family inet filter input F',
      'set firewall family inet filter F term T then accept',
      'set security zones security-zone trust interfaces ge-0/0/2.0',
      ...policy('global', 'G', 'any', 'permit'),
      'set security policies global policy G match from-zone trust',
    );
    const rule = device.ruleLists.find(({ name }) => name === 'global')?.rules[0];
    const parts = device.segments.filter(({ kind }) => kind === 'zone').map(({ name }) => name);
    expect(rule?.from).toEqual(parts.filter((name) => name.startsWith('trust')));
    expect(rule?.from?.length).toBe(2);
    expect(rule?.to).toBeUndefined();
  });
});
