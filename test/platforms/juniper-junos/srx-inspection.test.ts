import { expect, test } from 'vitest';
import type { InspectionProfile } from '../../../parsers/model/rule.ts';
import { parse } from '../../../parsers/index.ts';

const POLICY = 'set security policies from-zone a to-zone b policy p';

function inspection(then: readonly string[], ...more: readonly string[]): readonly InspectionProfile[] | undefined {
  const match = ['source-address', 'destination-address', 'application'].map((field) => `${POLICY} match ${field} any`);
  const zones = ['a', 'b'].map(
    (zone, index) => `set security zones security-zone ${zone} interfaces ge-0/0/${index}.0`,
  );
  const lines = [...zones, ...match, ...then.map((action) => `${POLICY} then ${action}`), ...more];
  const { devices } = parse({ name: 'srx.cfg', text: `${lines.join('\n')}\n` }, { platform: 'juniper-junos' });
  return devices[0]?.ruleLists[0]?.rules[0]?.inspection;
}

const rule = (policy: string, action: string): string =>
  `set security idp idp-policy ${policy} rulebase-ips rule r then action ${action}`;

test('a permit without services has nothing that looks, a denial no say', () => {
  expect(inspection(['permit'])).toEqual([]);
  expect(inspection(['deny'])).toBeUndefined();
});

test('an IDP policy does what the strongest of its rules does', () => {
  const named = ['permit application-services idp-policy P'];
  expect(inspection(named, rule('P', 'drop-connection'))).toMatchObject([
    { kind: 'vulnerability', name: 'P', effect: 'blocks' },
  ]);
  expect(inspection(named, rule('P', 'no-action'))).toMatchObject([{ effect: 'alerts' }]);
  expect(inspection(named, rule('P', 'no-action'), rule('P', 'recommended').replace('rule r', 'rule s'))).toMatchObject(
    [{ effect: 'blocks' }],
  );
  expect(
    inspection(named, 'set security idp idp-policy P rulebase-ips rule r match application default'),
  ).toMatchObject([{ effect: 'nothing' }]);
  expect(inspection(named)).toMatchObject([{ name: 'P', effect: 'unknown' }]);
});

test('a policy with plain idp shares the active one', () => {
  const plain = ['permit application-services idp'];
  expect(inspection(plain, rule('P', 'close-server'))).toMatchObject([{ effect: 'nothing' }]);
  expect(inspection(plain, rule('P', 'close-server'), 'set security idp active-policy P')).toMatchObject([
    { name: 'P', effect: 'blocks' },
  ]);
});

test('services that look for something else are other kinds', () => {
  expect(inspection(['permit application-services utm-policy U'])).toMatchObject([
    { kind: 'other', name: 'U', effect: 'unknown' },
  ]);
  expect(inspection(['permit application-services application-firewall rule-set A'])).toEqual([]);
});
