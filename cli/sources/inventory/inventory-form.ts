import { z } from 'zod';
import { COLLECT_PLATFORMS } from '../ssh/endpoint.ts';

/*
 * The own form of an inventory, `devices.yaml`. Descriptions are what an editor shows. What entries say of one another
 * is looked at in `own-inventory.ts`.
 */

const words = z.string().trim().min(1);
const list = z.array(words).min(1);
const oneOrMore = z.union([words, list], { error: 'must be text or a list of texts' });

const NO_SECRET =
  'must be prompt, {env: NAME} or {command: [program, word]}; a secret itself never stands in an inventory';

const ONE_PLACE = 'a secret comes from one place, {env: NAME} or {command: [program, word]}';

/** Where a secret is; the secret itself cannot be written. */
const ReferenceForm = z.union(
  [
    z.literal('prompt'),
    z
      .strictObject({
        env: words
          .regex(/^[A-Za-z_]\w*$/u, { error: 'must be the name of an environment variable' })
          .optional()
          .describe('Environment variable that holds it.'),
        command: list
          .optional()
          .describe('Program and its words, run without a shell; the first line that it prints is the secret.'),
      })
      .refine(({ env, command }) => (env === undefined) !== (command === undefined), { error: ONE_PLACE })
      .meta({ oneOf: [{ required: ['env'] }, { required: ['command'] }] }),
  ],
  { error: NO_SECRET },
);

const login = {
  port: z.int().min(1).max(65535).optional().describe('TCP port. Default: as ~/.ssh/config has it, else 22.'),
  user: words.optional().describe('Who logs in. Default: as ~/.ssh/config has it, else the one who runs the program.'),
  credential: ReferenceForm.optional().describe(
    'Where the password comes from. Default: BROKERFENCE_PASSWORD, else it is asked for. Not needed with a key.',
  ),
  passphrase: ReferenceForm.optional().describe(
    'Where the passphrase of the private key comes from. Default: BROKERFENCE_PASSPHRASE, else it is asked for.',
  ),
  'identity-file': oneOrMore.optional().describe('Private keys, relative to this file; ~ is the home directory.'),
  'known-hosts': oneOrMore
    .optional()
    .describe('Files of known host keys in place of the usual ones, relative to this file.'),
  jump: oneOrMore
    .optional()
    .describe(
      'Jump hosts in the order they are connected to: names of jump-hosts or devices, or ssh://user@host:port for one of ~/.ssh/config; none for none.',
    ),
  legacy: z
    .boolean()
    .optional()
    .describe('true: old key exchanges and ciphers may be used with it. They are weak. Default: false.'),
};

const device = {
  ...login,
  platform: z
    .enum([...COLLECT_PLATFORMS, 'auto'])
    .optional()
    .describe('Firepower Threat Defense is cisco-asa. Default: auto, found out after the login.'),
  enable: ReferenceForm.optional().describe(
    'Where the enable secret comes from, on Cisco. Default: BROKERFENCE_ENABLE, else it is asked for.',
  ),
  contexts: list.optional().describe('ASA contexts to visit. Default: all.'),
  timeout: z.int().min(1).max(86_400).optional().describe('Seconds for the whole device. Default: 300.'),
};

const SettingsForm = z.strictObject(device);

const DeviceForm = z.strictObject({
  name: words.describe('Names the device and its files; unique, upper and lower case being one.'),
  host: words.optional().describe('Address, name, or host of ~/.ssh/config. Default: the name.'),
  groups: list.optional().describe('Groups whose settings it has. Of two groups the later counts.'),
  ...device,
});

const JumpHostForm = z.strictObject({
  name: words.describe('As jump names it; unique.'),
  host: words.optional().describe('Address, name, or host of ~/.ssh/config. Default: the name.'),
  ...login,
});

export const InventoryForm = z
  .strictObject({
    version: z.literal(1).describe('Version of the form; always 1.'),
    defaults: SettingsForm.nullish().describe('Settings of every device that has no others.'),
    groups: z.record(words, SettingsForm.nullable()).nullish().describe('Settings of the devices of a group.'),
    'jump-hosts': z
      .array(JumpHostForm)
      .nullish()
      .describe('Hosts that others are reached through. They have no defaults: their secrets are their own.'),
    devices: z.array(DeviceForm).nullable().describe('Devices to collect from.'),
  })
  .meta({ title: 'devices.yaml', description: 'The devices that brokerfence collects configurations from.' });

export type InventoryForm = z.output<typeof InventoryForm>;
export type Settings = z.output<typeof SettingsForm>;
export type Reference = z.output<typeof ReferenceForm>;

const keysOf = ({ shape }: { readonly shape: object }): readonly string[] => Object.keys(shape);

/** The keys that may stand at a path of the form. */
export function keysAt([section]: readonly PropertyKey[]): readonly string[] {
  switch (section) {
    case undefined:
      return keysOf(InventoryForm);
    case 'devices':
      return keysOf(DeviceForm);
    case 'jump-hosts':
      return keysOf(JumpHostForm);
    default:
      return keysOf(SettingsForm);
  }
}
