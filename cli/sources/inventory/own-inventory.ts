import { dirname, isAbsolute, join } from 'node:path';
import { unknownName } from '../../trace/near-matches.ts';
import { formProblems, type FormWords } from '../../yaml/form-problems.ts';
import { inOrder, problemAt, type FileProblem } from '../../yaml/problem.ts';
import type { YamlText } from '../../yaml/yaml-text.ts';
import type { SecretReference } from '../ssh/endpoint.ts';
import { nameProblems } from './device-names.ts';
import type { InventoryDevice, LoadedInventory } from './inventory-device.ts';
import { InventoryForm, keysAt, type Reference, type Settings } from './inventory-form.ts';
import { jumpChains, type JumpEntry } from './jump-chains.ts';

const SECRET_KEY = /^(?:ansible_)?(?:ssh_)?(?:become_|enable[-_]?)?(?:pass|password|passwd|secret)$/iu;
const INSTEAD = 'credential: {env: NAME}, credential: {command: [program, word]} or credential: prompt';

const WORDS: FormWords = {
  file: 'an inventory',
  keysAt,
  wrongKey: (_, key) =>
    SECRET_KEY.test(key) ? `a secret does not stand in an inventory; say where it comes from: ${INSTEAD}` : undefined,
  hidesUnknown: true,
  mayQuote: (path) => !path.some((step) => step === 'credential' || step === 'enable' || step === 'passphrase'),
};

/** The devices of an inventory in its own form, with the settings of their groups and the defaults. */
export function ownInventory(yaml: YamlText): LoadedInventory {
  const result = InventoryForm.safeParse(yaml.value, { reportInput: true });
  if (!result.success) return { kind: 'problems', problems: inOrder(formProblems(result.error, yaml, WORDS)) };
  const form = result.data;
  const at = (path: readonly PropertyKey[], message: string): FileProblem =>
    problemAt(yaml.source, yaml.placeOf(path), message);
  const devices = (form.devices ?? []).map((device, index) => {
    const path = ['devices', index];
    const settings = merged(form, device.groups ?? [], { ...device });
    return { device, path, jumps: listOf(settings.jump), read: deviceOf(yaml, path, device, settings) };
  });
  const jumpHosts = (form['jump-hosts'] ?? []).map((jump, index) => {
    const path = ['jump-hosts', index];
    const settings: Levelled = { ...jump, scope: () => jump.name };
    return { path, jumps: listOf(jump.jump), read: deviceOf(yaml, path, jump, settings) };
  });
  const entries: JumpEntry[] = [...jumpHosts, ...devices].map(({ path, jumps, read }) => ({
    hop: read,
    jumps,
    problem: (message) => at([...path, 'jump'], message),
  }));
  const chains = jumpChains(entries);
  const problems = [
    ...(devices.length === 0 ? [at(['devices'], 'the inventory names no devices')] : []),
    ...named(yaml, devices),
    ...named(yaml, jumpHosts),
    ...clashes(yaml, jumpHosts, devices),
    ...devices.flatMap(({ device, path }) =>
      (device.groups ?? []).flatMap((group, index) =>
        Object.hasOwn(form.groups ?? {}, group)
          ? []
          : [at([...path, 'groups', index], unknownName('group', group, Object.keys(form.groups ?? {})))],
      ),
    ),
    ...chains.problems,
  ];
  if (problems.length > 0) return { kind: 'problems', problems: inOrder(problems) };
  return {
    kind: 'inventory',
    devices: devices.map(({ read }) => ({ ...read, jumps: chains.of(read) })),
    notes: [],
  };
}

interface Read {
  readonly path: readonly PropertyKey[];
  readonly read: InventoryDevice;
}

function named(yaml: YamlText, entries: readonly Read[]): FileProblem[] {
  return nameProblems(
    entries.map(({ path, read: { name } }) => {
      const place = yaml.placeOf([...path, 'name']);
      return { name, where: `line ${place.line}`, problem: (message) => problemAt(yaml.source, place, message) };
    }),
  );
}

/** A name that `jump` could mean two things by. */
function clashes(yaml: YamlText, jumpHosts: readonly Read[], devices: readonly Read[]): FileProblem[] {
  const names = new Set(devices.map(({ read }) => read.name));
  return jumpHosts
    .filter(({ read }) => names.has(read.name))
    .map(({ path, read }) =>
      problemAt(
        yaml.source,
        yaml.placeOf([...path, 'name']),
        `"${read.name}" is a device, too; a device can be named in jump as it is`,
      ),
    );
}

/** Settings, and for what a prompt of theirs is asked: the group or device that says so. */
interface Levelled extends Settings {
  readonly scope: (key: 'credential' | 'enable' | 'passphrase') => string | undefined;
}

/** Defaults, below groups in their order, below the device's own. */
function merged(
  form: InventoryForm,
  groups: readonly string[],
  device: Settings & { readonly name: string },
): Levelled {
  const levels: { readonly scope?: string; readonly settings: Settings }[] = [
    { settings: form.defaults ?? {} },
    ...groups.map((group) => ({ scope: group, settings: form.groups?.[group] ?? {} })),
    { scope: device.name, settings: device },
  ];
  const settings: Settings = {};
  for (const level of levels) Object.assign(settings, level.settings);
  return { ...settings, scope: (key) => levels.findLast((level) => level.settings[key] !== undefined)?.scope };
}

function deviceOf(
  yaml: YamlText,
  path: readonly PropertyKey[],
  entry: { readonly name: string; readonly host?: string | undefined; readonly groups?: readonly string[] | undefined },
  settings: Levelled,
): InventoryDevice {
  const folder = dirname(yaml.source.name);
  const files = (given: string | readonly string[] | undefined): readonly string[] | undefined =>
    listOf(given)?.map((file) => (isAbsolute(file) || file.startsWith('~') ? file : join(folder, file)));
  const reference = (key: 'credential' | 'enable' | 'passphrase'): SecretReference | undefined =>
    referenceOf(settings[key], settings.scope(key));
  return {
    name: entry.name,
    host: entry.host ?? entry.name,
    platform: settings.platform ?? 'auto',
    groups: entry.groups ?? [],
    port: settings.port,
    user: settings.user,
    identityFiles: files(settings['identity-file']),
    knownHostsFiles: files(settings['known-hosts']),
    credential: reference('credential'),
    passphrase: reference('passphrase'),
    enable: reference('enable'),
    legacy: settings.legacy,
    contexts: settings.contexts,
    timeoutSeconds: settings.timeout,
    place: yaml.placeOf([...path, 'name']),
  };
}

function referenceOf(form: Reference | undefined, scope: string | undefined): SecretReference | undefined {
  if (form === undefined) return undefined;
  if (form === 'prompt') return { kind: 'prompt', ...(scope === undefined ? {} : { scope }) };
  if (form.env !== undefined) return { kind: 'environment', variable: form.env };
  return { kind: 'command', command: form.command ?? [] };
}

const listOf = (given: string | readonly string[] | undefined): readonly string[] | undefined =>
  typeof given === 'string' ? [given] : given;
