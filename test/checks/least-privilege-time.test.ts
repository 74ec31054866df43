/** Rules whose time is over, on each platform. */
import { describe, expect, test } from 'vitest';
import { pubsubRuleTimeExpired } from '../../checks/least-privilege/pubsub-rule-time-expired.ts';
import type { Finding } from '../../checks/finding.ts';
import { NO_POLICY } from '../../checks/policy/policy.ts';
import { parse } from '../../parsers/index.ts';
import { printDevice } from '../../parsers/model/print.ts';
import type { Platform } from '../../parsers/model/device.ts';
import { checkText } from './one-check.ts';

const TODAY = '2026-11-22';

const ASA = [
  'interface GigabitEthernet0/0',
  ' nameif outside',
  ' security-level 0',
  ' ip address 203.0.113.2 255.255.255.0',
  'access-group OUT in interface outside',
];

/** A range over, one that is not, and the same rule in each. */
const OLD = ['time-range OLD', ' absolute start 08:00 1 January 2025 end 17:00 31 December 2025'];

function asa(entry: string, range: readonly string[], today: string | undefined = TODAY): Finding[] {
  const lines = [...ASA, ...range, `access-list OUT extended ${entry}`];
  return checkText(pubsubRuleTimeExpired, 'cisco-asa', lines, { today });
}

/** The ends that a text's rules have. */
function ends(platform: Platform, ...lines: readonly string[]): (string | undefined)[] {
  const { devices } = parse({ name: 'x.cfg', text: `${lines.join('\n')}\n` }, { platform });
  const rules = devices.flatMap(({ ruleLists }) => ruleLists.flatMap((list) => list.rules));
  return rules.flatMap(({ conditions }) =>
    conditions.flatMap((condition) => (condition.kind === 'time-range' ? [condition.ends] : [])),
  );
}

describe(pubsubRuleTimeExpired.id, () => {
  test('finds a permit and, worse, a deny whose range has ended', () => {
    const [permit, ...more] = asa('permit tcp any any eq 1883 time-range OLD', OLD);
    expect(more).toEqual([]);
    expect(permit).toMatchObject({
      severity: 'low',
      confidence: 'definite',
      services: ['mqtt'],
      rules: ['OUT: #1'],
      message:
        'device.cfg: rule #1 of extended access list OUT about mqtt permits nothing since 2025-12-31 17:00, when OLD ended',
    });
    expect(permit?.evidence.map(({ role, span }) => [role, span.line])).toEqual([
      ['decides', 8],
      ['condition', 8],
    ]);
    expect(asa('deny tcp any any eq 1883 time-range OLD', OLD).map(({ severity }) => severity)).toEqual(['medium']);
  });

  test('is silent on the last day, without a day, and where the end is to come or not known', () => {
    const entry = 'permit tcp any any eq 1883 time-range OLD';
    expect(asa(entry, OLD, '2025-12-31')).toEqual([]);
    expect(asa(entry, OLD, '2026-01-01')).toHaveLength(1);
    expect(
      checkText(pubsubRuleTimeExpired, 'cisco-asa', [...ASA, ...OLD, `access-list OUT extended ${entry}`]),
    ).toEqual([]);
    expect(asa(entry, ['time-range OLD', ' periodic weekdays 8:00 to 17:00'])).toEqual([]);
    expect(asa(entry, [])).toEqual([]);
  });

  test('is the same where the policy assumes the range to be active or not', () => {
    const lines = [...ASA, ...OLD, 'access-list OUT extended permit tcp any any eq 1883 time-range OLD'];
    const place = { source: 'brokerfence.yaml', line: 1, column: 1, endColumn: 2 };
    for (const active of [true, false]) {
      const policy = { ...NO_POLICY, assumptions: [{ kind: 'time-range', name: 'OLD', active, place } as const] };
      expect(checkText(pubsubRuleTimeExpired, 'cisco-asa', lines, { today: TODAY, policy })).toHaveLength(1);
    }
  });

  test('is silent about rules that are off, apply nowhere, or are not about messaging', () => {
    expect(asa('permit tcp any any eq 1883 time-range OLD inactive', OLD)).toEqual([]);
    expect(asa('permit tcp any any eq 443 time-range OLD', OLD)).toEqual([]);
    const unbound = [...ASA, ...OLD, 'access-list OTHER extended permit tcp any any eq 1883 time-range OLD'];
    expect(checkText(pubsubRuleTimeExpired, 'cisco-asa', unbound, { today: TODAY })).toEqual([]);
  });
});

describe('the end of a time range', () => {
  test('is part of the canonical form of a device', () => {
    const lines = [...OLD, 'access-list A extended permit tcp any any eq 1883 time-range OLD'];
    const [device] = parse({ name: 'x.cfg', text: lines.join('\n') }, { platform: 'cisco-asa' }).devices;
    expect(device && printDevice(device)).toContain('if: time-range(OLD) until 2025-12-31T17:00');
  });

  test('of IOS and ASA is that of the absolute period', () => {
    const ios = (...range: string[]) =>
      ends(
        'cisco-ios',
        'time-range R',
        ...range,
        'ip access-list extended A',
        ' permit tcp any any eq 1883 time-range R',
      );
    expect(ios(' absolute start 08:00 01 January 2025 end 9:05 3 Mar 2025')).toEqual(['2025-03-03T09:05']);
    expect(ios(' absolute end 17:00 31 December 2025', ' periodic daily 8:00 to 9:00')).toEqual(['2025-12-31T17:00']);
    expect(ios(' absolute start 08:00 1 January 2025')).toEqual([undefined]);
    expect(ios(' absolute end 17:00 31 December 2025', ' no absolute')).toEqual([undefined]);
    expect(ios(' absolute end 17:00 31 Nonsense 2025')).toEqual([undefined]);
    const asaEnds = ends('cisco-asa', 'access-list A extended permit tcp any any eq 1883 time-range OLD', ...OLD);
    expect(asaEnds).toEqual(['2025-12-31T17:00']);
  });

  test('of Junos is the last stop-date, unless the schedule comes again', () => {
    const junos = (...schedule: string[]) =>
      ends(
        'juniper-junos',
        ...schedule.map((part) => `set schedulers scheduler S ${part}`),
        ...['match source-address any', 'match destination-address any', 'match application any', 'then permit'].map(
          (part) => `set security policies from-zone a to-zone b policy P ${part}`,
        ),
        'set security policies from-zone a to-zone b policy P scheduler-name S',
      );
    expect(junos('start-date 2025-01-01.08:00 stop-date 2025-12-31.17:00')).toEqual(['2025-12-31T17:00']);
    expect(
      junos(
        'start-date 2025-06-01.08:00 stop-date 2025-12-31.17:00',
        'start-date 2025-01-01.08:00 stop-date 2025-03-31.17:00',
      ),
    ).toEqual(['2025-12-31T17:00']);
    expect(junos('start-date 2025-01-01.08:00')).toEqual([undefined]);
    expect(junos('start-date 01-01.08:00 stop-date 12-31.17:00')).toEqual([undefined]);
    expect(junos('start-date 2025-01-01.08:00 stop-date 2025-12-31.17:00', 'daily all-day')).toEqual([undefined]);
  });

  test('of PAN-OS is the last one of a schedule that does not recur', () => {
    const panos = (schedule: string) =>
      ends(
        'paloalto-panos',
        `set schedule S schedule-type ${schedule}`,
        ...[
          'from any',
          'to any',
          'source any',
          'destination any',
          'application mqtt',
          'service any',
          'action allow',
        ].map((part) => `set rulebase security rules r ${part}`),
        'set rulebase security rules r schedule S',
      );
    expect(panos('non-recurring 2025/01/01@08:00-2025/12/31@17:00')).toEqual(['2025-12-31T17:00']);
    expect(panos('non-recurring [ 2025/01/01@08:00-2026/12/31@17:00 2025/01/01@08:00-2025/12/31@17:00 ]')).toEqual([
      '2026-12-31T17:00',
    ]);
    expect(panos('recurring daily 08:00-17:00')).toEqual([undefined]);
  });
});
