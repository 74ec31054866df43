import { expect, test } from 'vitest';
import type { DeviceLogging } from '../../../parsers/model/device.ts';
import { parse } from '../../../parsers/index.ts';

function logging(...lines: readonly string[]): DeviceLogging | undefined {
  const text = ['ASA Version 9.12(4)', 'hostname fw', ...lines].join('\n');
  return parse({ name: 'fw.cfg', text }, { platform: 'cisco-asa' }).devices[0]?.logging;
}

const HOST = 'logging host inside 10.0.0.9';

test('nothing is written unless logging is enabled', () => {
  const off = { takes: 'none', sends: 'none', permits: 6, denies: 4 };
  expect(logging()).toMatchObject(off);
  expect(logging('logging buffered debugging', 'logging trap debugging', HOST)).toMatchObject(off);
  expect(logging('logging enable')).toMatchObject(off);
});

test('the most detailed of the places counts, and the trap level for collectors', () => {
  expect(logging('logging enable', 'logging buffered warnings', 'logging asdm 6')).toMatchObject({
    takes: 6,
    sends: 'none',
  });
  expect(logging('logging enable', 'logging trap informational')).toMatchObject({ takes: 'none', sends: 'none' });
  expect(logging('logging enable', 'logging trap errors', 'logging buffered 7', HOST)).toMatchObject({
    takes: 7,
    sends: 3,
  });
  expect(logging('logging enable', 'logging buffered 6', 'no logging buffered')).toMatchObject({ takes: 'none' });
  // Shown to who is there, and kept nowhere.
  expect(logging('logging enable', 'logging console debugging', 'logging monitor debugging')).toMatchObject({
    takes: 'none',
  });
  expect(logging('logging enable', 'logging buffer-size 100000')).toMatchObject({ takes: 'none' });
});

test('a list of messages by level is followed, one by class is not', () => {
  const enabled = ['logging enable', HOST];
  expect(logging(...enabled, 'logging list L level informational', 'logging trap L')).toMatchObject({ sends: 6 });
  expect(logging(...enabled, 'logging list L level errors class auth', 'logging trap L')).toMatchObject({
    sends: 'unknown',
  });
  expect(logging(...enabled, 'logging list L message 302013-302018', 'logging trap L')).toMatchObject({
    sends: 'unknown',
  });
  expect(logging(...enabled, 'logging trap GONE')).toMatchObject({ sends: 'unknown' });
});

test('single messages are moved and switched off', () => {
  expect(logging('logging message 106023 level informational')).toMatchObject({ denies: 6 });
  expect(logging('no logging message 106023')).toMatchObject({ denies: 'none' });
  expect(logging('no logging message 106023', 'logging message 106023')).toMatchObject({ denies: 4 });
  expect(logging('no logging message 302015')).toMatchObject({ permits: 'none' });
  expect(logging('logging message 302013 level debugging')).toMatchObject({ permits: 7 });
});
