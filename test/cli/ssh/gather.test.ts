/** What is read beside the configuration: versions, contexts, counters, pushed policy. And that the parsers read it. */
import { describe, expect, test } from 'vitest';
import { isReadOnlyCommand } from '../../../cli/sources/ssh/read-only-commands.ts';
import { commandsOf } from '../../../cli/sources/ssh/platform-commands.ts';
import type { CollectPlatform } from '../../../cli/sources/ssh/endpoint.ts';
import { parse } from '../../../parsers/index.ts';
import { recordedDialogue } from '../../support/fake-device/dialogue.ts';
import { collect, device, endpointAt, textOf } from './collecting.ts';

test.each([
  ['cisco-ios', '16.9.5'],
  ['cisco-nxos', '9.3(8)'],
  ['cisco-iosxr', '6.5.3'],
  ['cisco-asa', '9.8(4)10'],
  ['cisco-ftd', '7.0.1'],
  ['juniper-junos', '20.4R3-S7.2'],
  ['paloalto-panos', '10.1.9'],
  ['paloalto-panorama', '10.1.6'],
])('the version of %s is %s', async (name, version) => {
  const { port } = await device({ dialogue: recordedDialogue(name) });
  const result = await collect(endpointAt(port));
  expect(result).toMatchObject({ kind: 'collected', version, notes: [] });
  expect(textOf(result, 'version')).toContain(version);
});

test.each([
  'cisco-ios',
  'cisco-asa',
  'cisco-ftd',
  'juniper-junos',
  'juniper-junos-root',
  'paloalto-panos',
  'paloalto-panorama',
])('the configuration of %s is read without any residue of the dialogue', async (name) => {
  const { port } = await device({ dialogue: recordedDialogue(name), stubbornPager: true, pageLines: 40 });
  const result = await collect(endpointAt(port));
  const text = textOf(result, 'configuration');
  const { detection, diagnostics, devices } = parse({ name: 'fw1', text });
  expect(detection.platform).toBe(result.kind === 'collected' ? result.platform : 'none');
  expect(devices.length).toBeGreaterThan(0);
  const residue = /residue|refused-command|cut-off|access-denied|pager|prompt|unterminated|truncated/;
  expect(diagnostics.filter(({ code, message }) => residue.test(`${code} ${message}`))).toEqual([]);
});

describe('hit counters', () => {
  test.each([
    ['cisco-ios', 'show access-lists', '(12 matches)'],
    ['cisco-asa', 'show access-list', '(hitcnt=17)'],
    ['juniper-junos', 'show security policies hit-count | no-more', 'out-mqtt'],
    ['paloalto-panos', 'show rule-hit-count vsys vsys-name vsys1 rule-base security rules all', 'Rule Name'],
  ])('of %s are read where they are asked for', async (name, command, part) => {
    const fake = await device({ dialogue: recordedDialogue(name) });
    const counted = await collect(endpointAt(fake.port), { hitCounts: true });
    expect(textOf(counted, 'hit-counts')).toContain(part);
    expect(textOf(counted, 'hit-counts').split('\n')[0]).toBe(command);
    const other = await device({ dialogue: recordedDialogue(name) });
    await collect(endpointAt(other.port));
    expect(other.typed).not.toContain(command);
  });

  test.each([['cisco-ios'], ['cisco-asa'], ['juniper-junos'], ['paloalto-panos']])(
    'of %s are read by the parser beside the configuration',
    async (name) => {
      const { port } = await device({ dialogue: recordedDialogue(name) });
      const result = await collect(endpointAt(port), { hitCounts: true });
      const { texts } = parse([
        { name: 'fw1', text: textOf(result, 'configuration') },
        { name: 'fw1+hit-counts', text: textOf(result, 'hit-counts') },
      ]);
      expect(texts[1]?.coverage.states).toMatchObject({ unrecognised: 0, unsupported: 0 });
    },
  );

  test('that are refused do not spoil the configuration', async () => {
    const answers = { 'show access-lists': '% Permission denied for the role\n' };
    const { port } = await device({ dialogue: recordedDialogue('cisco-nxos'), answers });
    const result = await collect(endpointAt(port), { hitCounts: true });
    expect(result).toMatchObject({
      kind: 'collected',
      notes: [expect.stringContaining('`show access-lists` was refused')],
    });
  });
});

describe('security contexts', () => {
  const dialogue = recordedDialogue('cisco-asa-contexts');

  test('are read one by one, each as a device', async () => {
    const fake = await device({ dialogue });
    const result = await collect(endpointAt(fake.port), { hitCounts: true });
    expect(result.kind === 'collected' && result.texts.map(({ device, what }) => `${device} ${what}`)).toEqual(
      ['admin', 'dmz', 'plant'].flatMap((name) =>
        ['configuration', 'version', 'hit-counts'].map((what) => `fw1/${name} ${what}`),
      ),
    );
    expect(textOf(result, 'configuration', 'fw1/admin')).toContain('hostname admin\n');
    expect(textOf(result, 'configuration', 'fw1/plant')).toMatch(/^: Saved\n[^]*\n: end\n$/);
  });

  test('that the inventory names are the only ones', async () => {
    const { port, typed } = await device({ dialogue });
    const result = await collect(endpointAt(port, { contexts: ['dmz'] }));
    expect(textOf(result, 'configuration', 'fw1/dmz')).toContain(': end');
    expect(typed).not.toContain('changeto context plant');
  });

  test('that do not exist are told of', async () => {
    const { port } = await device({ dialogue });
    expect(await collect(endpointAt(port, { contexts: ['nowhere'] }))).toMatchObject({
      kind: 'failed',
      reason: 'unexpected-dialogue',
      message: expect.stringContaining('`changeto context nowhere` was refused'),
    });
  });

  test('with a name that would be another command are not typed', async () => {
    const { port, typed } = await device({ dialogue });
    const result = await collect(endpointAt(port, { contexts: ['dmz\nreload'] }));
    expect(result).toMatchObject({ kind: 'failed' });
    expect(typed.filter((command) => !isReadOnlyCommand(command))).toEqual([]);
  });
});

test('policy and template that Panorama pushed are read for each virtual system', async () => {
  const { port } = await device({ dialogue: recordedDialogue('paloalto-panos') });
  const result = await collect(endpointAt(port));
  expect(textOf(result, 'pushed-policy')).toContain('pre-block-mqtt');
  expect(textOf(result, 'pushed-template')).toContain('<template>');
  expect(result).toMatchObject({ texts: expect.arrayContaining([expect.objectContaining({ scope: 'vsys1' })]) });
});

test('Panorama is not asked for what only firewalls have', async () => {
  const { port, typed } = await device({ dialogue: recordedDialogue('paloalto-panorama') });
  await collect(endpointAt(port), { hitCounts: true });
  expect(typed.filter((command) => /pushed|hit-count/.test(command))).toEqual([]);
});

test.each([
  ['cisco-ios', 'cisco-ios'],
  ['cisco-nxos', 'cisco-nxos'],
  ['cisco-iosxr', 'cisco-iosxr'],
  ['cisco-asa', 'cisco-asa'],
  ['cisco-ftd', 'cisco-asa'],
  ['juniper-junos', 'juniper-junos'],
  ['paloalto-panos', 'paloalto-panos'],
] satisfies [string, CollectPlatform][])('what is typed at %s is what was announced', async (name, platform) => {
  const { port, typed } = await device({ dialogue: recordedDialogue(name) });
  await collect(endpointAt(port, { platform }), { hitCounts: true });
  const forms = commandsOf(platform, { hitCounts: true });
  const announced = (command: string) =>
    forms.some((form) => new RegExp(`^${form.replaceAll('|', '\\|').replace('*', '\\S+')}$`).test(command));
  expect(typed.filter((command) => !announced(command))).toEqual([]);
  expect(typed.length).toBeGreaterThan(2);
});
