/** Every platform's recorded dialogue is captured whole, however it is cut up, paged and led into. */
import { describe, expect, test } from 'vitest';
import { COLLECT_PLATFORMS, type CollectPlatform } from '../../../cli/sources/ssh/endpoint.ts';
import { answerKey, recordedDialogue } from '../../support/fake-device/dialogue.ts';
import type { FakeDeviceOptions } from '../../support/fake-device/server.ts';
import { dialogueAt } from '../../../cli/sources/ssh/platforms/index.ts';
import { direct, LOGIN } from './direct.ts';
import { collect, device, endpointAt, textOf } from './collecting.ts';

interface Recording {
  readonly name: string;
  readonly platform: CollectPlatform;
  readonly command: string;
  readonly mode: string;
}

const RECORDINGS: readonly Recording[] = [
  { name: 'cisco-ios', platform: 'cisco-ios', mode: 'exec', command: 'show running-config' },
  { name: 'cisco-nxos', platform: 'cisco-nxos', mode: 'exec', command: 'show running-config' },
  { name: 'cisco-iosxr', platform: 'cisco-iosxr', mode: 'exec', command: 'show running-config' },
  { name: 'cisco-asa', platform: 'cisco-asa', mode: 'exec', command: 'show running-config' },
  { name: 'cisco-ftd', platform: 'cisco-asa', mode: 'clish', command: 'show running-config' },
  {
    name: 'juniper-junos',
    platform: 'juniper-junos',
    mode: 'operational',
    command: 'show configuration | display omit | no-more',
  },
  {
    name: 'juniper-junos-root',
    platform: 'juniper-junos',
    mode: 'operational',
    command: 'show configuration | display omit | no-more',
  },
  { name: 'paloalto-panos', platform: 'paloalto-panos', mode: 'operational', command: 'show config running' },
  { name: 'paloalto-panorama', platform: 'paloalto-panos', mode: 'operational', command: 'show config running' },
];

/** What a capture must be: the recorded answer without blank lines around it. */
function recorded({ name, mode, command }: Recording): string {
  return trimmed(recordedDialogue(name).answers.get(answerKey(mode, command))?.text ?? '');
}

function trimmed(text: string): string {
  return `${text.replace(/^(?:[ \t]*\n)+/, '').trimEnd()}\n`;
}

const WAYS: readonly (readonly [string, Partial<FakeDeviceOptions>])[] = [
  ['at once', {}],
  ['in small pieces and then byte by byte', { pieceSize: (left) => (left > 3000 ? 997 : 1) }],
  ['page by page', { stubbornPager: true }],
];

test('there is a recording of every platform', () => {
  expect([...new Set(RECORDINGS.map(({ platform }) => platform))].sort()).toEqual([...COLLECT_PLATFORMS].sort());
});

describe.each(RECORDINGS)('$name', (recording) => {
  const { name, platform } = recording;

  test.each(WAYS)('is captured whole when it comes %s', { timeout: 60_000 }, async (_way, options) => {
    const { port } = await device({ dialogue: recordedDialogue(name), ...options });
    const result = await collect(endpointAt(port, { platform }));
    expect(textOf(result, 'configuration')).toBe(recorded(recording));
  });

  test('is captured whole when every byte comes alone, through its pager', { timeout: 60_000 }, async () => {
    const dialogue = { ...recordedDialogue(name), start: recording.mode };
    const form = dialogueAt(platform, dialogue.modes.get(recording.mode)?.trim() ?? '');
    const { shell, end } = direct(dialogue, form, { pieceSize: () => 1 });
    expect(await shell.start(LOGIN)).toBeUndefined();
    const { command, endsWith } = form.configuration;
    const answer = await shell.run(command, { idleMs: 30_000, isDoubtful: true, ...(endsWith && { endsWith }) });
    end();
    expect(answer.kind === 'answer' && trimmed(answer.text)).toBe(recorded(recording));
  });

  test('is recognised', { timeout: 60_000 }, async () => {
    const { port } = await device({ dialogue: recordedDialogue(name) });
    const result = await collect(endpointAt(port, { platform: 'auto' }));
    expect(result).toMatchObject({ kind: 'collected', platform });
    expect(textOf(result, 'configuration')).toBe(recorded(recording));
  });
});
