/** Firepower Threat Defense at its own command line, and the chassis around it, which is none. */
import { describe, expect, test } from 'vitest';
import { parse } from '../../../parsers/index.ts';
import { recordedDialogue } from '../../support/fake-device/dialogue.ts';
import type { FakeDeviceOptions } from '../../support/fake-device/server.ts';
import { collect, device, endpointAt, textOf } from './collecting.ts';

const FTD = recordedDialogue('cisco-ftd');
const FXOS = recordedDialogue('cisco-fxos');
const EITHER = ['auto', 'cisco-asa'] as const;

async function at(options: Partial<FakeDeviceOptions>, more: Parameters<typeof endpointAt>[1] = {}) {
  const fake = await device({ dialogue: FTD, ...options });
  const result = await collect(endpointAt(fake.port, more), { hitCounts: true });
  return { result, typed: fake.typed };
}

describe.each(EITHER)('Threat Defense, platform %s', (platform) => {
  test('is read with show commands alone', async () => {
    const { result, typed } = await at({}, { platform });
    expect(result).toMatchObject({ kind: 'collected', platform: 'cisco-asa', version: '7.0.1', notes: [] });
    const asked = platform === 'auto' ? ['show version'] : [];
    expect(typed).toEqual([...asked, 'show running-config', 'show version', 'show access-list']);
  });

  test('is read byte by byte although its prompt stands alone on lines inside', { timeout: 60_000 }, async () => {
    const text = ': Saved\n\n:\nNGFW Version 7.0.1\n!\nhostname plant-ftd\n>\n> \n>\n!\n: end\n';
    const counters = 'access-list A; 1 elements; name hash: 0x1\n>\n>\naccess-list A line 1 remark >\n';
    const answers = { 'show running-config': text, 'show access-list': counters };
    const { result } = await at({ answers, pieceSize: () => 1 }, { platform });
    expect(textOf(result, 'configuration')).toBe(text);
    expect(textOf(result, 'hit-counts')).toBe(`show access-list\n${counters}`);
  });
});

test('what is read is an ASA text whose rules have their counters', async () => {
  const { result } = await at({ stubbornPager: true, pageLines: 9 });
  const { detection, devices, diagnostics, texts } = parse([
    { name: 'fw1', text: textOf(result, 'configuration') },
    { name: 'fw1+hit-counts', text: textOf(result, 'hit-counts') },
  ]);
  expect(diagnostics).toEqual([]);
  expect(detection.platform).toBe('cisco-asa');
  expect(texts[1]?.coverage.states).toMatchObject({ unrecognised: 0, unsupported: 0 });
  const rules = devices.flatMap(({ ruleLists }) => ruleLists.flatMap((list) => list.rules));
  expect(rules.map(({ hits }) => hits?.count)).toEqual([4711, 0, 90_210]);
});

describe('Threat Defense', () => {
  test('that gives a part only is partial', async () => {
    const { result } = await at({ answers: { 'show running-config': ': Saved\n:\nNGFW Version 7.0.1\n!\n' } });
    expect(result).toMatchObject({ reason: 'partial', message: expect.stringContaining('does not end with `: end`') });
  });

  test('that does not know a command says so, and its counters are not missed', async () => {
    const syntax = 'Syntax error: Illegal command line\n';
    const { result } = await at({ answers: { 'show running-config': syntax } });
    expect(result).toMatchObject({ reason: 'unexpected-dialogue', message: expect.stringContaining('was refused') });
    const { result: other } = await at({ answers: { 'show access-list': syntax } });
    expect(other).toMatchObject({ kind: 'collected', notes: [expect.stringContaining('`show access-list`')] });
  });

  test('has no contexts', async () => {
    const { result, typed } = await at({}, { platform: 'cisco-asa', contexts: ['dmz'] });
    expect(result).toMatchObject({ kind: 'failed', message: expect.stringContaining('no contexts') });
    expect(typed).toEqual([]);
  });

  // Asked at the first login; not confirmed in a document of the vendor.
  test.each(['Press <ENTER> to display the EULA: ', 'Enter new password: '])('that asks "%s" is left', async (asks) => {
    const { result, typed } = await at({ questions: [[asks, 'any']] }, { deadlineSeconds: 2 });
    expect(result).toMatchObject({ reason: 'unexpected-dialogue', message: expect.stringContaining(asks.trim()) });
    expect(typed).toEqual([]);
  });

  test('at a Linux shell, which some logins have, is not taken for the chassis', async () => {
    const dialogue = { ...FTD, modes: new Map([['clish', 'auditor@plant-ftd:~$ ']]) };
    const { result } = await at({ dialogue });
    expect(result).toMatchObject({ reason: 'unknown-platform', message: expect.stringContaining('plant-ftd:~$') });
  });

  test('is not believed to be one for its prompt alone', async () => {
    const { result, typed } = await at({ answers: { 'show version': 'Some other system 1.0\n' } });
    expect(result).toMatchObject({ reason: 'unknown-platform', message: expect.stringContaining('prompt ">"') });
    expect(typed).toEqual(['show version']);
  });
});

describe.each(EITHER)('the chassis, platform %s', (platform) => {
  const why = expect.stringMatching(/this is FXOS.*not the firewall in it; no command was typed/);

  test.each(['exec', 'module', 'scope'])('is refused at its prompt in %s, and nothing is typed', async (start) => {
    const { result, typed } = await at({ dialogue: { ...FXOS, start } }, { platform });
    expect(result).toMatchObject({ kind: 'failed', reason: 'unexpected-dialogue', message: why });
    expect(typed).toEqual([]);
  });

  test('is known by the scope in its prompt, without a greeting and byte by byte', async () => {
    const dialogue = { ...FXOS, banner: '', start: 'scope' };
    const { result, typed } = await at({ dialogue, pieceSize: () => 1 }, { platform });
    expect(result).toMatchObject({ reason: 'unexpected-dialogue', message: why });
    expect(typed).toEqual([]);
  });
});
