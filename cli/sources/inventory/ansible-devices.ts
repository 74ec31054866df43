import { inOrder, problemAt, type FileProblem } from '../../yaml/problem.ts';
import { COLLECT_PLATFORMS, type CollectPlatform, type SecretReference } from '../ssh/endpoint.ts';
import { hostVariables } from './ansible-groups.ts';
import type { AnsibleHost, AnsibleInventory, AnsibleValue, AnsibleVars } from './ansible-model.ts';
import { sshArguments } from './ansible-ssh-args.ts';
import {
  integerGiven,
  listGiven,
  referenceGiven,
  secretGiven,
  textGiven,
  truthGiven,
  type Given,
} from './ansible-values.ts';
import type { VariableFiles } from './ansible-variables.ts';
import { nameProblems } from './device-names.ts';
import type { InventoryDevice, LoadedInventory, SshOption } from './inventory-device.ts';

/** The last word of `ansible_network_os`, as in `cisco.ios.ios`. */
const PLATFORMS: Readonly<Record<string, CollectPlatform>> = {
  ios: 'cisco-ios',
  nxos: 'cisco-nxos',
  iosxr: 'cisco-iosxr',
  asa: 'cisco-asa',
  // Its text is an ASA's.
  ftd: 'cisco-asa',
  junos: 'juniper-junos',
  panos: 'paloalto-panos',
};

/** The hosts of an Ansible inventory as devices. Other vendors' and the machine itself are passed over with a note. */
export function ansibleDevices(inventory: AnsibleInventory, files: VariableFiles): LoadedInventory {
  const variablesOf = hostVariables(inventory, files);
  const notes: FileProblem[] = [];
  const devices = [...inventory.hosts.values()].flatMap((host) => {
    const { vars, groups } = variablesOf(host.name);
    const reading = new HostReading(host, vars, inventory);
    const left = reading.isLeftOut();
    if (left === undefined) return [reading.device(groups)];
    notes.push(problemAt(left.source, left.place, left.message));
    return [];
  });
  const named = nameProblems(
    devices.map(({ name }) => {
      const at = inventory.hosts.get(name);
      const where = `line ${at?.place.line ?? 0}`;
      return { name, where, problem: (message) => located(at, message) };
    }),
  );
  const problems = [...inventory.problems, ...files.problems, ...named];
  if (problems.length > 0) return { kind: 'problems', problems: inOrder(problems) };
  return { kind: 'inventory', devices, notes: inOrder([...files.notes, ...notes]) };
}

function located(host: AnsibleHost | undefined, message: string): FileProblem {
  return host === undefined ? { message, file: '' } : problemAt(host.source, host.place, message);
}

class HostReading {
  readonly #host: AnsibleHost;
  readonly #vars: AnsibleVars;
  readonly #inventory: AnsibleInventory;

  constructor(host: AnsibleHost, vars: AnsibleVars, inventory: AnsibleInventory) {
    this.#host = host;
    this.#vars = vars;
    this.#inventory = inventory;
  }

  /** Why the host is none to collect from. */
  isLeftOut(): (Pick<AnsibleValue, 'source' | 'place'> & { readonly message: string }) | undefined {
    const own = this.#vars.get('brokerfence_platform');
    const system = this.#vars.get('ansible_network_os');
    const connection = this.#vars.get('ansible_connection');
    if (own !== undefined) return undefined;
    if (system === undefined) {
      if (connection?.value !== 'local') return undefined;
      return {
        ...connection,
        message: `${this.#host.name} is the machine itself (ansible_connection=local); it is left out`,
      };
    }
    const name = textGiven('ansible_network_os', system.value, this.#host.name);
    // A template is a problem, said where the platform is read.
    if (name.kind === 'wrong' || platformOf(name.value) !== undefined) return undefined;
    return { ...system, message: `${this.#host.name} is left out: configurations of ${name.value} are not read here` };
  }

  device(groups: readonly string[]): InventoryDevice {
    const { name } = this.#host;
    const text = (...names: string[]): string | undefined => this.#read(names, (n, given) => textGiven(n, given, name));
    const key = text('ansible_ssh_private_key_file', 'ansible_private_key_file');
    // The port of NETCONF or of an API is none of SSH's shell.
    const connection = this.#vars.get('ansible_connection')?.value;
    const isShell = typeof connection !== 'string' || !/netconf|httpapi|local/u.test(connection);
    const number = (most: number) => (n: string, given: unknown) => integerGiven(n, given, name, most);
    this.#refuseContradictions();
    // On ssh's command line these stand before the port and the user.
    const first = this.#options('ansible_ssh_args');
    const isFirst = (keyword: string): boolean => first.some((option) => option.keyword.toLowerCase() === keyword);
    const port = isShell ? this.#read(['ansible_port', 'ansible_ssh_port'], number(65_535)) : undefined;
    const user = text('ansible_user', 'ansible_ssh_user');
    return {
      name,
      host: text('ansible_host', 'ansible_ssh_host') ?? name,
      port: isFirst('port') ? undefined : port,
      user: isFirst('user') ? undefined : user,
      platform: this.#platform(),
      groups,
      identityFiles: key === undefined ? undefined : [key],
      credential: this.#secret('credential', ['ansible_password', 'ansible_ssh_password', 'ansible_ssh_pass']),
      passphrase: this.#secret('passphrase', ['ansible_ssh_private_key_passphrase', 'ansible_private_key_passphrase']),
      enable: this.#secret('enable', ['ansible_become_password', 'ansible_become_pass']),
      legacy: this.#read(['brokerfence_legacy'], truthGiven),
      contexts: this.#read(['brokerfence_contexts'], (n, given) => listGiven(n, given, name)),
      timeoutSeconds: this.#read(['brokerfence_timeout'], number(86_400)),
      // In the order of `_build_command` in Ansible's `plugins/connection/ssh.py`; of two the first counts for ssh.
      sshOptions: [
        ...first,
        ...this.#options('ansible_ssh_common_args'),
        ...this.#options('ansible_ssh_extra_args'),
        ...this.#proxyCommands(),
      ],
      place: this.#host.place,
    };
  }

  /** The first of the names that has a value, read; what is wrong with it becomes a problem. */
  #read<T>(names: readonly string[], read: (name: string, given: unknown) => Given<T>): T | undefined {
    for (const name of names) {
      const given = this.#vars.get(name);
      if (given === undefined || given.value === null || given.value === '') continue;
      const result = read(name, given.value);
      if (result.kind === 'value') return result.value;
      this.#inventory.problem(given, result.message);
      return undefined;
    }
    return undefined;
  }

  #secret(purpose: 'credential' | 'passphrase' | 'enable', names: readonly string[]): SecretReference | undefined {
    const own = `brokerfence_${purpose}`;
    if (this.#vars.has(own)) return this.#read([own], referenceGiven);
    return this.#read(names, (name, given) => secretGiven(name, given, purpose));
  }

  #platform(): CollectPlatform | 'auto' {
    const own = this.#read(['brokerfence_platform'], (name, given): Given<CollectPlatform | 'auto'> => {
      const found = [...COLLECT_PLATFORMS, 'auto' as const].find((each) => each === given);
      if (found !== undefined) return { kind: 'value', value: found };
      return { kind: 'wrong', message: `${name} must be one of ${COLLECT_PLATFORMS.join(', ')} or auto` };
    });
    if (own !== undefined) return own;
    const system = this.#read(['ansible_network_os'], (name, given) => textGiven(name, given, this.#host.name));
    return (system === undefined ? undefined : platformOf(system)) ?? 'auto';
  }

  #options(name: string): readonly SshOption[] {
    const given = this.#vars.get(name);
    const text = this.#read([name], (n, value) => textGiven(n, value, this.#host.name));
    if (given === undefined || text === undefined) return [];
    const options = sshArguments(text, given);
    if (typeof options !== 'string') return options;
    this.#inventory.problem(given, `${name} has ${options}`);
    return [];
  }

  /** The way to a device when Ansible does not use ssh(1) itself: without it another device may have the same address. */
  #proxyCommands(): readonly SshOption[] {
    return ['ansible_libssh_proxy_command', 'ansible_paramiko_proxy_command'].flatMap((name) => {
      const given = this.#vars.get(name);
      const value = this.#read([name], (n, text) => textGiven(n, text, this.#host.name));
      return given === undefined || value === undefined ? [] : [{ ...given, keyword: 'ProxyCommand', value }];
    });
  }

  /**
   * Of two spellings Ansible's ssh connection takes the one with `ssh` in it, and its `network_cli` the other: which device
   * is meant, and who logs in to it, must not hang on that.
   */
  #refuseContradictions(): void {
    for (const what of ['host', 'port', 'user']) {
      const [name, other] = [`ansible_${what}`, `ansible_ssh_${what}`];
      const given = this.#vars.get(name);
      const also = this.#vars.get(other);
      if (given === undefined || also === undefined || given.value === null || also.value === null) continue;
      const [one, two] = [textGiven(name, given.value, this.#host.name), textGiven(other, also.value, this.#host.name)];
      if (one.kind === 'value' && two.kind === 'value' && one.value === two.value) continue;
      this.#inventory.problem(
        also,
        `${other} differs from ${name}, and which counts depends on the connection; name one`,
      );
    }
    const host = this.#vars.get('ansible_host') ?? this.#vars.get('ansible_ssh_host');
    if (host?.value === '') this.#inventory.problem(host, 'the address of the device is empty');
  }
}

function platformOf(system: string): CollectPlatform | undefined {
  const word = system.toLowerCase().split('.').at(-1) ?? '';
  return Object.hasOwn(PLATFORMS, word) ? PLATFORMS[word] : undefined;
}
