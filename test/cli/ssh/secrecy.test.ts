/** No secret shows up in anything that comes out of a collection. */
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { recordedDialogue } from '../../support/fake-device/dialogue.ts';
import type { FakeDeviceOptions } from '../../support/fake-device/server.ts';
import { collect, device, ENABLE, endpointAt, hopTo, PASSWORD } from './collecting.ts';

const IOS = recordedDialogue('cisco-ios');

/** Endings of all kinds, each after secrets were used. */
const ENDINGS: readonly (readonly [string, FakeDeviceOptions])[] = [
  ['collected', { dialogue: IOS }],
  ['byte by byte', { dialogue: IOS, pieceSize: () => 1 }],
  ['login refused', { dialogue: IOS, password: 'another one' }],
  ['enable refused', { dialogue: IOS, enableSecret: 'another one' }],
  ['connection lost', { dialogue: IOS, dropIn: { command: 'show running-config', after: 4000 } }],
  ['partial', { dialogue: IOS, answers: { 'show running-config': 'hostname r1\n' } }],
  ['secret shown by the device', { dialogue: IOS, questions: [[`Is it still ${PASSWORD}? `, 'no']] }],
  [
    'secret asked for by the server',
    {
      dialogue: IOS,
      methods: ['keyboard-interactive'],
      prompts: [
        [{ prompt: 'Password: ', echo: false }, PASSWORD],
        [{ prompt: `Is it ${PASSWORD}? `, echo: true }, 'yes'],
      ],
    },
  ],
];

test.each(ENDINGS)('%s', { timeout: 30_000 }, async (_ending, options) => {
  const { port } = await device(options);
  const jump = await device({});
  const steps: string[] = [];
  const endpoint = endpointAt(port, { platform: 'cisco-ios', deadlineSeconds: 3, jumps: [hopTo(jump.port)] });
  const result = await collect(endpoint, { steps });
  const everything = `${JSON.stringify(result)}\n${inspect(result, { depth: 9 })}\n${steps.join('\n')}`;
  expect(steps).toContain('logging in');
  for (const secret of [PASSWORD, ENABLE]) expect(everything).not.toContain(secret);
});
