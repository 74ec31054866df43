import { expect, test } from 'vitest';
import type { DeviceLogging, Telemetry } from '../../../parsers/model/device.ts';
import { parse } from '../../../parsers/index.ts';

function read(...lines: readonly string[]): {
  readonly logging?: DeviceLogging;
  readonly telemetry?: readonly Telemetry[];
} {
  const text = ['hostname r1', ...lines, 'end'].join('\n');
  return parse({ name: 'r1.cfg', text }, { platform: 'cisco-ios' }).devices[0] ?? {};
}

const HOST = 'logging host 10.0.0.9';

test('collectors get severity 6 unless the trap level says otherwise', () => {
  expect(read().logging).toEqual({ takes: 7, sends: 'none', permits: 'none', denies: 'none' });
  expect(read(HOST).logging).toMatchObject({ takes: 7, sends: 6 });
  expect(read(HOST, 'logging trap warnings').logging).toMatchObject({ sends: 4 });
  expect(read(HOST, 'logging trap debug').logging).toMatchObject({ sends: 7 });
  expect(read(HOST, 'logging trap 3').logging).toMatchObject({ sends: 3 });
  expect(read(HOST, 'logging trap').logging).toMatchObject({ sends: 6 });
  expect(read(HOST, 'no logging on').logging).toMatchObject({ takes: 'none', sends: 'none', span: { line: 3 } });
});

test('the Snort engine sees what it is enabled on, and stops attacks only when told to protect', () => {
  const engine = (mode: string): readonly string[] => ['utd engine standard', ' threat-inspection', `  threat ${mode}`];
  const port = ['interface GigabitEthernet0/0', ' ip address 192.0.2.1 255.255.255.0', ' utd enable'];
  const sensors = (...lines: readonly string[]): unknown[] =>
    (read(...lines).telemetry ?? []).map(({ target, effective, passive }) => [target, effective, passive]);
  expect(sensors(...engine('protection'), ...port)).toEqual([
    ['utd engine standard', false, undefined],
    ['utd enable', true, undefined],
  ]);
  expect(sensors(...engine('detection'), ...port)).toContainEqual(['utd enable', true, true]);
  expect(sensors(...engine('protection'), 'utd', ' all-interfaces')).toEqual([
    ['utd engine standard', true, undefined],
  ]);
});

test('a permit of the zone firewall writes sessions where its parameter map says so', () => {
  const policy = (action: string, ...maps: readonly string[]): unknown => {
    const lines = [
      ...maps,
      'class-map type inspect match-any C',
      ' match protocol tcp',
      'policy-map type inspect P',
      ' class type inspect C',
      `  ${action}`,
    ];
    const { devices } = parse(
      { name: 'r1.cfg', text: ['hostname r1', ...lines, 'end'].join('\n') },
      { platform: 'cisco-ios' },
    );
    return devices[0]?.ruleLists[0]?.rules[0]?.logging.logs;
  };
  const map = (name: string, ...words: readonly string[]): readonly string[] => [
    `parameter-map type inspect ${name}`,
    ...words,
  ];
  expect(policy('inspect')).toBe('default');
  expect(policy('inspect M', ...map('M', ' audit-trail on'))).toBe('yes');
  expect(policy('inspect M', ...map('M', ' audit-trail off'))).toBe('default');
  expect(policy('inspect M', ...map('OTHER', ' audit-trail on'))).toBe('default');
  expect(policy('inspect', ...map('default', ' audit-trail on'))).toBe('yes');
  expect(policy('pass', ...map('default', ' audit-trail on'))).toBe('default');
  expect(policy('drop log')).toBe('yes');
});
