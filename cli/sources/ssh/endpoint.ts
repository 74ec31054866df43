import type { Span } from '../../../parsers/source.ts';

export const COLLECT_PLATFORMS = [
  'cisco-ios',
  'cisco-nxos',
  'cisco-iosxr',
  'cisco-asa',
  'juniper-junos',
  'paloalto-panos',
] as const;

/** Platforms whose configurations can be collected. */
export type CollectPlatform = (typeof COLLECT_PLATFORMS)[number];

/** Where a secret comes from. Never the secret itself: an inventory may be shown, logged and put under version control. */
export type SecretReference =
  | { readonly kind: 'environment'; readonly variable: string }
  | { readonly kind: 'command'; readonly command: readonly string[] }
  /** Asked for on the terminal, once for all devices of the same user and `scope`; no scope: of the whole inventory. */
  | { readonly kind: 'prompt'; readonly scope?: string };

/** OpenSSH algorithm lists in order of preference; an absent one stands for the defaults of ssh2, which are modern. */
export interface HopAlgorithms {
  readonly kex?: readonly string[];
  readonly cipher?: readonly string[];
  readonly hostKey?: readonly string[];
  /** The user gave `hostKey` its order: types on record do not come first. */
  readonly hostKeyInOrder?: true;
  readonly mac?: readonly string[];
}

/** A host to log in to, with everything looked up (inventory, `~/.ssh/config`, defaults). */
export interface Hop {
  /** What is connected to. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /**
   * The name under which its key stands in known_hosts: `HostKeyAlias` as written; else the host, in brackets with its
   * port where that is not 22.
   */
  readonly hostKeyName: string;
  /** It is `HostKeyAlias`. */
  readonly hostKeyIsAlias?: true;
  /** Its RSA key must have as many bits (`RequiredRSASize`). */
  readonly requiredRsaBits?: number;
  /** Files of known host keys. The first one takes the keys that are accepted. */
  readonly knownHostsFiles: readonly string[];
  /** Private keys in the order in which they are offered. Default ones may not exist. */
  readonly identityFiles: readonly string[];
  /** Only the identity files are offered, even where the agent holds more keys (`IdentitiesOnly`). */
  readonly identitiesOnly: boolean;
  /** Path of the agent's socket; absent: no agent. */
  readonly agentSocket?: string;
  readonly algorithms: HopAlgorithms;
  /** Old algorithms may be used, by the user's wish for this device. */
  readonly legacy: boolean;
  /** Of the password; absent: the environment's, else asked for. */
  readonly credential?: SecretReference;
  /** Of the passphrases of the identity files; absent: the environment's, else asked for. */
  readonly passphrase?: SecretReference;
}

/** A device to collect from. */
export interface Endpoint extends Hop {
  /** Unique in the inventory; a file name after `captureFileName`. */
  readonly name: string;
  readonly platform: CollectPlatform | 'auto';
  readonly enable?: SecretReference;
  /** In the order in which they are connected to. */
  readonly jumps: readonly Hop[];
  /** ASA security contexts to visit; absent: all that `show context` lists when the device is in multiple mode. */
  readonly contexts?: readonly string[];
  /** For the whole device. */
  readonly deadlineSeconds: number;
  /** Where the inventory names it. */
  readonly place?: Span;
}
