/** What devices show beside the usual: other prompts, questions that must not be answered, errors in place of texts. */
import { describe, expect, test } from 'vitest';
import { COLLECT_PLATFORMS } from '../../../cli/sources/ssh/endpoint.ts';
import { recordedDialogue, type Dialogue } from '../../support/fake-device/dialogue.ts';
import { collect, device, endpointAt, textOf } from './collecting.ts';

/** A recorded dialogue with other prompts, without exec channels. */
function withPrompts(name: string, prompts: Readonly<Record<string, string>>): Dialogue {
  const { exec: _none, ...dialogue } = recordedDialogue(name);
  return { ...dialogue, modes: new Map([...dialogue.modes, ...Object.entries(prompts)]) };
}

describe('a prompt is learnt', () => {
  test.each([
    ['cisco-nxos', 'exec', 'leaf-101(maint-mode)# ', 'maintenance mode'],
    [
      'juniper-junos',
      'operational',
      '\r\n{secondary-hold:node1}\r\nauditor@dc-srx-2> ',
      'a node about to be secondary',
    ],
    ['juniper-junos', 'operational', '\r\n{ineligible:node1}\r\nauditor@dc-srx-2> ', 'a node that lost its link'],
    ['juniper-junos', 'operational', '\r\n{master:member0-re0}\r\nauditor@mx> ', 'a member of a virtual chassis'],
    ['juniper-junos', 'operational', 'auditor@example.net@dc-srx-1> ', 'a user of a domain'],
    ['juniper-junos-root', 'shell', '[vrf:none] root@mx-edge-1:~# ', 'a shell of Junos OS Evolved'],
    ['paloalto-panos', 'operational', 'auditor@example.net@edge-pa(active)> ', 'a user of a domain'],
    ['paloalto-panos', 'operational', 'corp\\auditor@edge-pa> ', 'a user of a Windows domain'],
  ])('of %s in %s: %o, %s', async (name, mode, prompt) => {
    const dialogue = withPrompts(name, { [mode]: prompt });
    const platform = name === 'juniper-junos-root' ? 'juniper-junos' : name;
    const usual = textOf(
      await collect(endpointAt((await device({ dialogue: recordedDialogue(name) })).port)),
      'configuration',
    );
    for (const wanted of ['auto', ...COLLECT_PLATFORMS.filter((each) => each === platform)] as const) {
      const { port } = await device({ dialogue, pieceSize: (left) => (left > 2000 ? 999 : 1) });
      const result = await collect(endpointAt(port, { platform: wanted }));
      expect(result).toMatchObject({ kind: 'collected', platform });
      expect(textOf(result, 'configuration')).toBe(usual);
    }
  });
});

test('an enable secret is not typed where it would be set (ASA 9.12 and later without one)', async () => {
  const asa = recordedDialogue('cisco-asa');
  const asking = {
    text: 'The enable password is not set.  Please set it now.\n',
    goes: 'asking',
    asksPassword: false,
    ends: false,
  };
  const dialogue: Dialogue = {
    ...asa,
    modes: new Map([...asa.modes, ['asking', 'Enter  Password: ']]),
    answers: new Map([...asa.answers, ['user enable', asking]]),
  };
  const fake = await device({ dialogue });
  const result = await collect(endpointAt(fake.port, { platform: 'cisco-asa' }));
  expect(result).toMatchObject({
    reason: 'enable-refused',
    message: expect.stringMatching(/asks "Enter +Password:", which sets a new secret; none was typed/),
  });
  expect(fake.typed).toEqual(['enable']);
});

describe('an error is not taken for a configuration in braces', () => {
  test.each([
    ['juniper-junos', 'show configuration | display omit | no-more', 'Unexpected failure in the management daemon\n'],
    ['juniper-junos', 'show configuration | display omit | no-more', 'version 21.2R3;\nsystem;\nlost the connection\n'],
    ['paloalto-panos', 'show config running', 'An error occurred. Try again later.\n'],
  ])('of %s', async (name, command, text) => {
    const { port } = await device({ dialogue: recordedDialogue(name), answers: { [command]: text } });
    const result = await collect(endpointAt(port));
    expect(result).toMatchObject({ reason: 'partial', message: expect.stringContaining('is no statement') });
  });

  test('but statements and comments behind the braces are one', async () => {
    const text =
      'version 21.2R3;\nsystem {\n    host-name a; ## SECRET-DATA\n}\napply-groups g; ## SECRET-DATA\n# end\n';
    const answers = { 'show configuration | display omit | no-more': text };
    const { port } = await device({ dialogue: recordedDialogue('juniper-junos'), answers });
    expect(textOf(await collect(endpointAt(port)), 'configuration')).toBe(text);
  });
});

test('a platform that cannot be told because the login may not ask is not one that says nothing', async () => {
  const answers = { 'show version': "% Invalid input detected at '^' marker.\n" };
  const { port } = await device({ dialogue: recordedDialogue('cisco-ios'), answers });
  expect(await collect(endpointAt(port))).toMatchObject({
    reason: 'unknown-platform',
    message: expect.stringContaining('alone, and `show version` was refused; name it in the inventory'),
  });
});
