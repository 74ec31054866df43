/** Nothing but read-only commands is typed at a device, whatever a platform file says. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { keystrokes } from '../../../cli/sources/ssh/keystrokes.ts';
import { commandsOf } from '../../../cli/sources/ssh/platform-commands.ts';
import { COLLECT_PLATFORMS } from '../../../cli/sources/ssh/endpoint.ts';
import { isReadOnlyCommand } from '../../../cli/sources/ssh/read-only-commands.ts';
import { Secret } from '../../../cli/sources/ssh/secret.ts';

const FOLDER = new URL('../../../cli/sources/ssh/', import.meta.url);

/** Names that stand for the `*` of a command, of each kind. */
const NAMES = ['vsys1', 'dmz'];

describe.each(COLLECT_PLATFORMS)('%s', (platform) => {
  test('has only commands that are on the list', () => {
    const commands = commandsOf(platform, { hitCounts: true });
    expect(commands.length).toBeGreaterThan(2);
    for (const command of commands)
      expect([command, NAMES.some((name) => isReadOnlyCommand(command.replace('*', name)))]).toEqual([command, true]);
  });
});

test('no platform file holds words of a command that changes something', () => {
  const files = readdirSync(new URL('platforms/', FOLDER)).filter((name) => name.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(COLLECT_PLATFORMS.length);
  const changes =
    /(['"`])(?:conf(?:igure)?|edit|write|copy|reload|request|delete|clear|debug|commit|set (?!cli ))\b[^'"`]*\1/;
  for (const name of files) {
    const text = readFileSync(new URL(`platforms/${name}`, FOLDER), 'utf8');
    expect([name, changes.exec(text)?.[0]]).toEqual([name, undefined]);
  }
});

test('only one module writes to a terminal, and it writes keystrokes', () => {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const writing = files.filter((name) =>
    /\bchannel\.write\(|\bclient\.exec\(/.test(readFileSync(new URL(name, FOLDER), 'utf8')),
  );
  expect(writing).toEqual(['connection.ts']);
  const text = readFileSync(new URL('connection.ts', FOLDER), 'utf8');
  expect(text.match(/channel\.write\([^)]*\)/g)).toEqual(['channel.write(typed.keys)']);
});

test.each([
  'configure terminal',
  'configure',
  'conf t',
  'show running-config | redirect tftp://192.0.2.1/x',
  'show running-config\nreload',
  'show version ',
  ' show version',
  'SHOW VERSION',
  'show tech-support',
  'terminal width 511; reload',
  'changeto context a b',
  'changeto context dmz\nreload',
  'changeto context dmz\n',
  'show config pushed-shared-policy vsys vsys1 extra',
  'write memory',
  // Out of the command lines of Threat Defense and FXOS.
  'system support diagnostic-cli',
  'expert',
  'connect ftd',
  'connect module 1 console',
  '',
])('refused: %o', (command) => {
  expect(isReadOnlyCommand(command)).toBe(false);
  expect(keystrokes({ kind: 'command', command })).toMatchObject({ kind: 'failure' });
});

test.each(['a\nreload', 'a\rreload', '\u0003', 'a\u2028b', 'a\u0000'])('a secret or name %o is not typed', (text) => {
  expect(keystrokes({ kind: 'secret', secret: new Secret(text) })).toMatchObject({
    kind: 'failure',
    reason: 'no-credential',
  });
  expect(keystrokes({ kind: 'user', name: text })).toMatchObject({ kind: 'failure' });
});
