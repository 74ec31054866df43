import type { Source, Span } from '../../../parsers/source.ts';
import type { FileProblem } from '../../yaml/problem.ts';
import type { CollectPlatform, SecretReference } from '../ssh/endpoint.ts';

/** An option of ssh as an inventory gives it: it wins over what `~/.ssh/config` says. */
export interface SshOption {
  readonly keyword: string;
  readonly value: string;
  readonly source: Source;
  readonly place: Span;
}

/** A host to log in to as an inventory names it; what is absent is looked up in `~/.ssh/config`. */
export interface InventoryHop {
  /** As messages call it. */
  readonly name: string;
  /** An address, a name of the DNS, or a host of `~/.ssh/config`. */
  readonly host: string;
  readonly port?: number | undefined;
  readonly user?: string | undefined;
  /** `~` stands for the home directory. */
  readonly identityFiles?: readonly string[] | undefined;
  readonly knownHostsFiles?: readonly string[] | undefined;
  readonly credential?: SecretReference | undefined;
  readonly passphrase?: SecretReference | undefined;
  readonly legacy?: boolean | undefined;
  /** Connected to without a jump host, whatever `~/.ssh/config` says. */
  readonly isDirect?: boolean | undefined;
  readonly sshOptions?: readonly SshOption[] | undefined;
}

/** A device of an inventory, groups and defaults applied. */
export interface InventoryDevice extends InventoryHop {
  readonly platform: CollectPlatform | 'auto';
  /** Names of its groups, for choosing devices by them. */
  readonly groups: readonly string[];
  readonly enable?: SecretReference | undefined;
  /** In the order in which they are connected to; none where empty; absent: as `~/.ssh/config` says. */
  readonly jumps?: readonly InventoryHop[] | undefined;
  readonly contexts?: readonly string[] | undefined;
  readonly timeoutSeconds?: number | undefined;
  /** Absent for a device that was named on the command line. */
  readonly place?: Span | undefined;
}

export type LoadedInventory =
  | {
      readonly kind: 'inventory';
      readonly devices: readonly InventoryDevice[];
      /** What was passed over, and why: devices of other vendors, encrypted files. */
      readonly notes: readonly FileProblem[];
    }
  | { readonly kind: 'problems'; readonly problems: readonly FileProblem[] };
