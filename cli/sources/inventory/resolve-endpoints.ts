import { inOrder, problemAt, type FileProblem } from '../../yaml/problem.ts';
import type { Endpoint, Hop } from '../ssh/endpoint.ts';
import { sshConfigFiles, type SshConfigFile } from '../ssh/ssh-config-file.ts';
import type { SshSetting } from '../ssh/ssh-config.ts';
import type { InventoryDevice, InventoryHop } from './inventory-device.ts';
import type { Findings } from './check-settings.ts';
import { resolveHop, type ResolveWorld } from './resolve-hop.ts';
import { readAddress } from './ssh-address.ts';

export type ResolvedEndpoints =
  | {
      readonly kind: 'endpoints';
      readonly endpoints: readonly Endpoint[];
      /** What was left out of account: algorithms that cannot be used, conditions that are not looked at. */
      readonly notes: readonly FileProblem[];
    }
  | { readonly kind: 'problems'; readonly problems: readonly FileProblem[] };

/** A large configuration takes a minute or two; a device that takes longer most likely hangs. */
const DEADLINE_SECONDS = 300;
/** More hosts in a row than anyone has. */
const MOST_JUMPS = 8;

/**
 * The devices with everything looked up in the files of ssh: by default `~/.ssh/config` and `/etc/ssh/ssh_config`, else the
 * one that is named, or `none`, as `ssh -F` has it.
 */
export function resolveEndpoints(
  devices: readonly InventoryDevice[],
  world: ResolveWorld & { readonly sshConfigFile?: string },
): ResolvedEndpoints {
  const { files: configs, problems: unread } = sshConfigFiles(world.sshConfigFile, world.home, world.files);
  const resolving = new Resolving(configs, world);
  const endpoints = devices.map((device) => resolving.endpoint(device));
  const problems = [...unread, ...resolving.problems];
  if (problems.length > 0) return { kind: 'problems', problems: inOrder(problems) };
  return { kind: 'endpoints', endpoints, notes: inOrder(resolving.notes) };
}

class Resolving implements Findings {
  readonly problems: FileProblem[] = [];
  readonly notes: FileProblem[] = [];
  readonly #configs: readonly SshConfigFile[];
  readonly #world: ResolveWorld;

  constructor(configs: readonly SshConfigFile[], world: ResolveWorld) {
    this.#configs = configs;
    this.#world = world;
  }

  endpoint(device: InventoryDevice): Endpoint {
    const { hop, proxyJump } = resolveHop(device, this.#configs, this.#world, this);
    const { name, platform, enable, contexts, timeoutSeconds, place } = device;
    const isNamed = device.jumps !== undefined;
    return {
      ...hop,
      name,
      platform,
      ...(enable === undefined ? {} : { enable }),
      jumps: isNamed ? this.#chain(device.jumps, [hop]) : this.#ofConfig(proxyJump, [hop]),
      ...(contexts === undefined ? {} : { contexts }),
      deadlineSeconds: timeoutSeconds ?? DEADLINE_SECONDS,
      ...(place === undefined ? {} : { place }),
    };
  }

  /** The jump hosts in a row: the first is reached as `~/.ssh/config` says, each other one through the one before it. */
  #chain(jumps: readonly InventoryHop[], above: readonly Hop[]): readonly Hop[] {
    return jumps.flatMap((jump, index) => {
      // The devices' password is not for a jump host, unless the inventory says so.
      const own = { ...jump, credential: jump.credential ?? ({ kind: 'prompt', scope: jump.name } as const) };
      const { hop, proxyJump } = resolveHop(own, this.#configs, this.#world, this);
      return [...(index === 0 && jump.isDirect !== true ? this.#ofConfig(proxyJump, [...above, hop]) : []), hop];
    });
  }

  /** `ProxyJump`: hosts with commas between them, or `none`. */
  #ofConfig(setting: SshSetting | undefined, above: readonly Hop[]): readonly Hop[] {
    const written = setting?.words.join(' ').trim() ?? 'none';
    if (setting === undefined || written.toLowerCase() === 'none') return [];
    const problem = (message: string): readonly Hop[] => {
      this.problems.push(problemAt(setting.source, setting.place, message));
      return [];
    };
    const last = above.at(-1);
    const isRound = above.slice(0, -1).some((hop) => hop.host === last?.host && hop.port === last.port);
    if (isRound || above.length > MOST_JUMPS) {
      return problem(
        `the jump hosts lead back to where they began: ${above.map(({ host }) => host).join(' through ')}`,
      );
    }
    const jumps: InventoryHop[] = [];
    for (const text of written.split(',')) {
      const read = readAddress(text.trim());
      if (read.kind === 'wrong') return problem(read.message);
      jumps.push({ name: read.address.host, ...read.address });
    }
    return this.#chain(jumps, above);
  }
}
