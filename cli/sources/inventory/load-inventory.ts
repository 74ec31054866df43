import type { Source } from '../../../parsers/source.ts';
import { problemAt } from '../../yaml/problem.ts';
import { readText } from '../../yaml/read-text.ts';
import { parseYaml, type YamlText } from '../../yaml/yaml-text.ts';
import type { FileSystem } from '../file-system.ts';
import { MEBIBYTE } from '../size-limit.ts';
import { ansibleDevices } from './ansible-devices.ts';
import { ANSIBLE_YAML } from './ansible-dialect.ts';
import { readAnsibleIni } from './ansible-ini.ts';
import type { AnsibleInventory } from './ansible-model.ts';
import { variableFiles } from './ansible-variables.ts';
import { readAnsibleYaml } from './ansible-yaml.ts';
import type { LoadedInventory } from './inventory-device.ts';
import { ownInventory } from './own-inventory.ts';

/** Some tens of thousands of devices. */
const MOST_BYTES = 8 * MEBIBYTE;

/**
 * The devices of an inventory: its own form (`devices.yaml`) or one of Ansible, INI or YAML. Which it is, its content says,
 * not its name. With any problem there is no inventory.
 */
export function loadInventory(path: string, files: FileSystem): LoadedInventory {
  const read = readText(path, MOST_BYTES, files);
  if (read.kind === 'unread') return { kind: 'problems', problems: [{ message: read.message, file: path }] };
  const { source } = read;
  if (source.text.trim() === '') return { kind: 'problems', problems: [{ message: 'is empty', file: path }] };
  const ansible = (inventory: AnsibleInventory): LoadedInventory => {
    const loaded = ansibleDevices(inventory, variableFiles(path, files));
    if (loaded.kind === 'problems' || loaded.devices.length > 0) return loaded;
    return { kind: 'problems', problems: [{ message: 'names no devices', file: path }] };
  };
  if (!isYaml(source)) return ansible(readAnsibleIni(source));
  const parsed = parseYaml(source, { tags: ANSIBLE_YAML.tags });
  if (parsed.kind === 'problems') return parsed;
  const form = formOf(parsed.yaml);
  if (form === 'own') return ownInventory(parsed.yaml);
  if (form === 'ansible') {
    const again = parseYaml(source, ANSIBLE_YAML);
    return again.kind === 'problems' ? again : ansible(readAnsibleYaml(again.yaml));
  }
  return { kind: 'problems', problems: [problemAt(source, parsed.yaml.placeOf([]), NOT_READ[form])] };
}

const NOT_READ = {
  plugin:
    'is the configuration of a plugin that makes an inventory; write its result to a file: ansible-inventory --list --yaml',
  vault: 'is encrypted with ansible-vault, which is not read here',
  neither:
    'is no inventory: one of this program begins with version: 1 and has devices, one of Ansible has groups with hosts',
} as const;

/** By the first line that says something: `[group]` and `name key=value` are INI, `key:` is YAML. */
function isYaml({ text }: Source): boolean {
  const first = text.split(/\r?\n/u).find((line) => /^\s*[^\s#;]/u.test(line)) ?? '';
  if (/^(?:---|%YAML|\{|!|\$ANSIBLE_VAULT)/u.test(first)) return true;
  return /^(?:"[^"]*"|'[^']*'|[^\s[\]=:][^=:]*)\s*:(?:\s|$)/u.test(first) && !/\s\w+=/u.test(first);
}

function formOf({ value }: YamlText): 'own' | 'ansible' | keyof typeof NOT_READ {
  if (typeof value === 'string' && value.startsWith('$ANSIBLE_VAULT')) return 'vault';
  if (!isMapping(value)) return 'neither';
  if (Object.hasOwn(value, 'plugin')) return 'plugin';
  if (Object.hasOwn(value, 'version') || Object.hasOwn(value, 'devices')) {
    const isGroup = 'devices' in value && isMapping(value.devices) && !Object.hasOwn(value, 'version');
    return isGroup ? 'ansible' : 'own';
  }
  const isAnsible = Object.values(value).some(
    (group) => isMapping(group) && ['hosts', 'children', 'vars'].some((key) => Object.hasOwn(group, key)),
  );
  return isAnsible ? 'ansible' : 'neither';
}

const isMapping = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
