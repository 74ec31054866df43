import { describe, expect, test } from 'vitest';
import { policyOf, rule } from './security-policy.ts';

const RULE = rule('R action allow');

function logging(...lines: readonly string[]): ReturnType<ReturnType<typeof policyOf>['rule']>['logging'] {
  return policyOf([RULE, ...lines].join('\n')).rule('R').logging;
}

const SAYS = 'set rulebase security rules R';

describe('what a rule writes', () => {
  test('the end of sessions, unless it says otherwise', () => {
    expect(logging()).toEqual({ logs: 'yes', detail: '', sentTo: [] });
    expect(logging(`${SAYS} log-end yes`)).toEqual({ logs: 'yes', detail: 'log-end yes', sentTo: [] });
    expect(logging(`${SAYS} log-end no`).logs).toBe('no');
    expect(logging(`${SAYS} log-end no`, `${SAYS} log-start yes`)).toEqual({
      logs: 'yes',
      detail: 'log-start yes log-end no',
      sentTo: [],
    });
  });
});

describe('where a rule sends its records', () => {
  const PROFILE = 'set shared log-settings profiles OUT match-list';
  const NAMES_IT = `${SAYS} log-setting OUT`;

  test('what the profile says of traffic', () => {
    const found = logging(
      NAMES_IT,
      `${PROFILE} T log-type traffic`,
      `${PROFILE} T send-to-panorama yes`,
      `${PROFILE} T send-syslog [ one two ]`,
      `${PROFILE} T send-email ops`,
      `${PROFILE} H log-type threat`,
      `${PROFILE} H send-syslog elsewhere`,
      `${PROFILE} N log-type traffic`,
      `${PROFILE} N send-to-panorama no`,
    );
    expect(found.sentTo).toEqual(['Panorama', 'syslog one', 'syslog two', 'e-mail ops']);
    expect(found.detail).toBe('log-setting OUT');
  });

  test('a profile as written up to 7.1', () => {
    const old = 'set shared log-settings profiles OUT traffic any';
    const found = logging(NAMES_IT, `${old} send-to-panorama yes`, `${old} send-syslog using-syslog-setting one`);
    expect(found.sentTo).toEqual(['Panorama', 'syslog one']);
  });

  test('the nearest profile of the name counts', () => {
    const own = 'set log-settings profiles OUT match-list T';
    const found = logging(
      NAMES_IT,
      `${PROFILE} T send-syslog far`,
      `${own} log-type traffic`,
      `${own} send-syslog near`,
    );
    expect(found.sentTo).toEqual(['syslog near']);
  });

  test('a rule that writes nothing sends nothing', () => {
    expect(logging(NAMES_IT, `${PROFILE} T send-syslog one`, `${SAYS} log-end no`).sentTo).toEqual([]);
  });

  test('a profile that is not there is said, and not taken for none', () => {
    const policy = policyOf([RULE, NAMES_IT].join('\n'));
    expect(policy.codes).toEqual(['panos/undefined-log-setting']);
    expect(policy.rule('R').logging.sentTo).toEqual(['log forwarding profile OUT, which is not in the text']);
  });
});
