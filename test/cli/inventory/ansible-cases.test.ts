/**
 * Held to Ansible itself: `ansible-expected.txt` is what `ansible-inventory --list` of ansible-core 2.19.14 printed of the
 * inventories in `ansible-cases.ts`, of each host the variables that are used here and its groups, numbers as Python's `str`
 * has them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { InventoryDevice } from '../../../cli/sources/inventory/inventory-device.ts';
import { shellWords } from '../../../cli/sources/inventory/shell-words.ts';
import { ANSIBLE_CASES } from './ansible-cases.ts';
import { loadedDevices } from './inventories.ts';

const expected = new Map(
  readFileSync(join(import.meta.dirname, 'ansible-expected.txt'), 'utf8')
    .split(/^# /mu)
    .slice(1)
    .map((part) => {
      const [name = '', ...lines] = part.trim().split('\n');
      return [name, lines] as const;
    }),
);

test('of every inventory it is known what Ansible makes of it', () => {
  expect([...expected.keys()]).toEqual(Object.keys(ANSIBLE_CASES));
});

test.each(Object.entries(ANSIBLE_CASES))('as Ansible has them: %s', (name, files) => {
  const lines = expected.get(name) ?? [];
  const said = loadedDevices(files).map((device) => lineOf(device, lines));
  expect(said.toSorted()).toEqual(lines.map(withoutArguments).toSorted());
});

/** What we take from arguments of ssh is the jump host. */
function withoutArguments(line: string): string {
  return line.replace(/ansible_ssh_common_args=(?<text>.*?); groups/u, (_, text: string) => {
    const read = shellWords(text, false);
    const words = read.kind === 'words' ? read.words.map((word) => word.text) : [];
    return `jump=${words.at(-1)?.replace('ProxyJump=', '') ?? ''}; groups`;
  });
}

/** A device as a line of the expected; the port as it is written there, where it is the same number. */
function lineOf(device: InventoryDevice, lines: readonly string[]): string {
  const written = lines.find((line) => line.startsWith(`${device.name}: `)) ?? '';
  const port = /ansible_port=(?<digits>\d+)/u.exec(written)?.groups?.['digits'];
  const given: readonly (readonly [string, string | undefined])[] = [
    ['ansible_host', device.host === device.name ? undefined : device.host],
    ['ansible_port', Number(port) === device.port ? port : device.port?.toString()],
    ['ansible_user', device.user],
    ['jump', device.sshOptions?.[0]?.value],
    ['brokerfence_contexts', device.contexts?.join(',')],
    ['brokerfence_legacy', device.legacy === undefined ? undefined : device.legacy ? 'True' : 'False'],
    ['groups', device.groups.toSorted().join(',')],
  ];
  const parts = given.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
  return `${device.name}: ${parts.join('; ')}`;
}
