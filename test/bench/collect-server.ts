/** A device with a large configuration in a process of its own: prints its port and host key, and runs until it is ended. */
import { recordedDialogue } from '../support/fake-device/dialogue.ts';
import { startFakeDevice } from '../support/fake-device/server.ts';

const bytes = Number(process.argv[2]);
const line = (index: number): string =>
  `access-list 101 permit tcp host 10.${index >> 16}.${(index >> 8) & 255}.${index & 255} any eq 8883`;
const lines = Array.from({ length: Math.floor(bytes / 56) }, (_, index) => line(index));
const configuration = ['version 15.7', 'hostname bench', ...lines, 'end', ''].join('\n');
const device = await startFakeDevice({
  dialogue: recordedDialogue('cisco-ios'),
  methods: ['none'],
  enableSecret: 'bench',
  answers: { 'show running-config': configuration },
});
process.stdout.write(
  `${JSON.stringify({ port: device.port, hostKeyLine: device.hostKeyLine, bytes: configuration.length })}\n`,
);
