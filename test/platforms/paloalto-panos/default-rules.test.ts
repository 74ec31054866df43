import { describe, expect, test } from 'vitest';
import { policyOf, rule } from './security-policy.ts';

const PACKET = 'tcp 198.51.100.9:40000 > 192.0.2.1:1883';
const OTHER = rule('X from nowhere to nowhere action allow');

function policy(...lines: readonly string[]): ReturnType<typeof policyOf> {
  return policyOf([OTHER, ...lines].join('\n'));
}

const LOCAL = 'set rulebase default-security-rules rules';
const SHARED = 'set shared post-rulebase default-security-rules rules';

describe('what no rule matches', () => {
  test('is allowed within a zone and denied between zones', () => {
    const { verdict, security } = policy();
    expect(verdict('trust > trust', PACKET)).toBe('permit');
    expect(verdict('trust > dmz', PACKET)).toBe('deny');
    const posture = { logging: { logs: 'no', detail: '', sentTo: [] }, inspection: [] };
    expect(security.intrazone).toEqual({ verdict: 'permit', reason: 'intrazone-default allows', ...posture });
    expect(security.interzone).toEqual({ verdict: 'deny', reason: 'interzone-default denies', ...posture });
  });

  test('is decided by a changed default rule, with its place', () => {
    const { verdict, security } = policy(
      `${LOCAL} intrazone-default action drop`,
      `${LOCAL} interzone-default action allow`,
    );
    expect(verdict('trust > trust', PACKET)).toBe('deny');
    expect(verdict('trust > dmz', PACKET)).toBe('permit');
    expect(security.intrazone.reason).toBe('intrazone-default denies (drop), as set in default rules of vsys1');
    expect(security.interzone.reason).toBe('interzone-default allows, as set in default rules of vsys1');
    expect([security.intrazone.span?.line, security.interzone.span?.line]).toEqual([8, 9]);
  });

  test('is decided by the nearest of several', () => {
    const { verdict, security } = policy(
      `${SHARED} intrazone-default action deny`,
      `${LOCAL} intrazone-default action allow`,
    );
    expect(verdict('trust > trust', PACKET)).toBe('permit');
    expect(security.intrazone.span?.line).toBe(9);
    const shared = policy(`${SHARED} intrazone-default action deny`, `${LOCAL} interzone-default log-end yes`);
    expect(shared.verdict('trust > trust', PACKET)).toBe('deny');
  });
});

describe('what a default rule writes and looks into', () => {
  test('is what its nearest override says', () => {
    const { security } = policy(
      `${SHARED} interzone-default log-end yes`,
      `${LOCAL} interzone-default log-start yes`,
      `${LOCAL} interzone-default log-setting to-panorama`,
      `${LOCAL} intrazone-default profile-setting profiles vulnerability strict`,
      'set shared log-settings profiles to-panorama match-list all log-type traffic',
      'set shared log-settings profiles to-panorama match-list all send-to-panorama yes',
    );
    expect(security.interzone.logging).toMatchObject({ logs: 'yes', sentTo: ['Panorama'] });
    expect(security.intrazone.logging).toMatchObject({ logs: 'no', sentTo: [] });
    expect(security.intrazone.inspection).toEqual([{ kind: 'vulnerability', name: 'strict', effect: 'blocks' }]);
  });
});

describe('a default rule that was changed without an action', () => {
  test('keeps the shipped one', () => {
    const { verdict, codes, security } = policy(`${LOCAL} interzone-default log-end yes`);
    expect(verdict('trust > dmz', PACKET)).toBe('deny');
    expect(codes).toEqual([]);
    expect(security.interzone.span?.line).toBe(8);
  });

  test('is undecided where a farther one has another action', () => {
    const { verdict, codes } = policy(
      `${LOCAL} interzone-default log-end yes`,
      `${SHARED} interzone-default action allow`,
    );
    expect(verdict('trust > dmz', PACKET)).toBe('unknown');
    expect(codes).toEqual(['panos/default-rule']);
  });
});

test('an action that is not known leaves the verdict open', () => {
  const { verdict, codes } = policy(`${LOCAL} interzone-default action maybe`);
  expect(verdict('trust > dmz', PACKET)).toBe('unknown');
  expect(codes).toEqual(['panos/default-rule']);
});

test('other entries and statements are diagnosed', () => {
  const { codes } = policy(`${LOCAL} elsewhere-default action allow`, `${LOCAL} intrazone-default colour red`);
  expect(codes).toEqual(['panos/default-rule', 'panos/unknown-rule-field']);
});
