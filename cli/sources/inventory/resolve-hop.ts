import type { FileKind, FileSystem } from '../file-system.ts';
import { problemAt, type FileProblem } from '../../yaml/problem.ts';
import { chosenAlgorithms, type AlgorithmClass } from '../ssh/algorithm-lists.ts';
import type { Hop, HopAlgorithms } from '../ssh/endpoint.ts';
import { expandPath, type PathTokens } from '../ssh/path-tokens.ts';
import { sshSettings, type SshSetting, type SshSettings } from '../ssh/ssh-config.ts';
import type { SshConfigFile } from '../ssh/ssh-config-file.ts';
import { wordsOf } from '../ssh/ssh-config-words.ts';
import { checkSettings, isYes, requiredRsaBits, type Findings } from './check-settings.ts';
import type { InventoryHop } from './inventory-device.ts';

export interface ResolveWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The home directory. */
  readonly home: string;
  readonly files: FileSystem;
}

interface ResolvedHop {
  readonly hop: Hop;
  /** What `~/.ssh/config` says of the way to it. */
  readonly proxyJump: SshSetting | undefined;
}

/** Those that ssh2 can use, in the order in which ssh tries them. */
const DEFAULT_KEYS = ['id_rsa', 'id_ecdsa', 'id_ed25519'];

const LISTS: readonly (readonly [string, AlgorithmClass])[] = [
  ['kexalgorithms', 'kex'],
  ['ciphers', 'cipher'],
  ['macs', 'mac'],
  ['hostkeyalgorithms', 'hostKey'],
];

/**
 * A host with everything looked up, in the order of ssh(1): what the inventory says (ssh's command line), what the files of
 * ssh_config say, what ssh does by default.
 */
export function resolveHop(
  from: InventoryHop,
  configs: readonly SshConfigFile[],
  world: ResolveWorld,
  findings: Findings,
): ResolvedHop {
  const localUser = world.env['USER'] ?? world.env['LOGNAME'] ?? world.env['USERNAME'] ?? '';
  const given = new Map<string, SshSetting>();
  const explicit = (keyword: string, value: string | number | undefined): void => {
    if (value !== undefined) given.set(keyword, { words: [String(value)], ...UNPLACED });
  };
  explicit('user', from.user);
  explicit('port', from.port);
  const ownKeys: SshSetting[] = (from.identityFiles ?? []).map((file) => ({ words: [file], ...UNPLACED }));
  for (const { keyword, value, source, place } of from.sshOptions ?? []) {
    const name = keyword.toLowerCase();
    const setting = { words: wordsOf(name, value) ?? [value], source, place };
    if (name === 'identityfile') ownKeys.push(setting);
    else if (!given.has(name)) given.set(name, setting);
  }
  const settings = sshSettings(configs, { host: from.host, localUser, given });
  findings.notes.push(...settings.notes);
  const text = (keyword: string): string | undefined => settings.of(keyword)?.words[0];
  const host = settings.hostName().toLowerCase();
  const port = portOf(settings, findings);
  const user = text('user') ?? localUser;
  const alias = text('hostkeyalias')?.toLowerCase();
  const letters = { h: host, n: from.host, p: String(port), r: user, u: localUser, k: alias ?? from.host };
  const paths = new Paths({ home: world.home, env: world.env, letters }, findings);
  if (user === '') findings.problems.push(unplaced(from, `there is no user to log in to ${from.name} as; name one`));
  checkSettings(settings, findings);
  const agentSocket = agentOf(settings, world, paths, findings);
  const hop: Hop = {
    host,
    port,
    user,
    hostKeyName: alias ?? (port === 22 ? host : `[${host}]:${port}`),
    ...(alias === undefined ? {} : { hostKeyIsAlias: true }),
    ...requiredRsaBits(settings, findings),
    knownHostsFiles: knownHostsOf(from, settings, paths),
    identityFiles: identityFilesOf([...ownKeys, ...settings.identityFiles], paths, world),
    identitiesOnly: isYes(settings.of('identitiesonly'), findings),
    ...(agentSocket === undefined ? {} : { agentSocket }),
    algorithms: algorithmsOf(settings, findings),
    legacy: from.legacy ?? false,
    ...(from.credential === undefined ? {} : { credential: from.credential }),
    ...(from.passphrase === undefined ? {} : { passphrase: from.passphrase }),
  };
  return { hop, proxyJump: settings.of('proxyjump') };
}

/** Of what an inventory says itself: it is not looked at for problems, as the inventory's own are found with it. */
const UNPLACED = {
  source: { name: '', text: '' },
  place: { source: '', line: 1, column: 1, endColumn: 2 },
} as const;

const unplaced = ({ place }: InventoryHop & { readonly place?: unknown }, message: string): FileProblem => {
  const file =
    typeof place === 'object' && place !== null && 'source' in place ? String(place.source) : 'the command line';
  return { message, file };
};

const problem = ({ source, place }: SshSetting, message: string): FileProblem => problemAt(source, place, message);

function portOf(settings: SshSettings, findings: Findings): number {
  const setting = settings.of('port');
  if (setting === undefined) return 22;
  const [word = ''] = setting.words;
  const port = Number(word);
  if (/^\+?\d+$/u.test(word) && port >= 1 && port <= 65_535) return port;
  findings.problems.push(problem(setting, 'Port must be a number from 1 to 65535'));
  return 22;
}

/** `IdentityAgent`: a socket, `none`, or a variable that names one; by default that of the environment. */
function agentOf(settings: SshSettings, { env }: ResolveWorld, paths: Paths, findings: Findings): string | undefined {
  const setting = settings.of('identityagent');
  const [word] = setting?.words ?? [];
  if (setting === undefined || word === undefined || word === 'SSH_AUTH_SOCK') return given(env['SSH_AUTH_SOCK']);
  if (word.toLowerCase() === 'none') return undefined;
  const variable = /^\$(?<name>[A-Za-z_]\w*)$/u.exec(word)?.groups?.['name'];
  if (variable === undefined && /^\$(?!\{)/u.test(word)) {
    findings.problems.push(problem(setting, `${word} is no name of a variable`));
    return undefined;
  }
  return variable === undefined ? paths.of(setting, word) : given(env[variable]);
}

const given = (value: string | undefined): string | undefined => (value === '' ? undefined : value);

function knownHostsOf(from: InventoryHop, settings: SshSettings, paths: Paths): readonly string[] {
  const all = (setting: SshSetting, words: readonly string[]): readonly string[] =>
    words.filter((word) => word.toLowerCase() !== 'none').flatMap((word) => paths.of(setting, word) ?? []);
  const own = { words: from.knownHostsFiles ?? [], ...UNPLACED };
  if (from.knownHostsFiles !== undefined) return own.words.flatMap((word) => paths.of(own, word) ?? []);
  const user = settings.of('userknownhostsfile') ?? {
    words: ['~/.ssh/known_hosts', '~/.ssh/known_hosts2'],
    ...UNPLACED,
  };
  const system = settings.of('globalknownhostsfile') ?? {
    words: ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2'],
    ...UNPLACED,
  };
  // Tokens are for the user's own files: those of the system are taken as they are written (ssh_config(5), "TOKENS").
  const ofSystem = system.words.filter((word) => word.toLowerCase() !== 'none');
  return [...all(user, user.words), ...ofSystem];
}

function identityFilesOf(
  settings: readonly SshSetting[],
  paths: Paths,
  { home, files }: ResolveWorld,
): readonly string[] {
  if (settings.length === 0) {
    return DEFAULT_KEYS.map((name) => `${home}/.ssh/${name}`).filter((path) => kindOf(path, files) === 'file');
  }
  const named = settings.flatMap((setting) => {
    const [word = ''] = setting.words;
    return word.toLowerCase() === 'none' ? [] : (paths.of(setting, word) ?? []);
  });
  return [...new Set(named)];
}

function kindOf(path: string, files: FileSystem): FileKind | undefined {
  try {
    return files.kind(path);
  } catch {
    return undefined;
  }
}

function algorithmsOf(settings: SshSettings, findings: Findings): HopAlgorithms {
  const lists = LISTS.flatMap(([keyword, of]) => {
    const setting = settings.of(keyword);
    if (setting === undefined) return [];
    const { names, unknown } = chosenAlgorithms(of, setting.words.join(''));
    if (names.length === 0) {
      findings.problems.push(problem(setting, `nothing is left of this list that can be used here`));
    } else if (unknown.length > 0) {
      const left = unknown.join(', ');
      findings.notes.push(problem(setting, `${left} cannot be used here; the rest of the list is`));
    }
    return [[of, names]];
  });
  const order = settings.of('hostkeyalgorithms')?.words[0];
  return {
    ...Object.fromEntries(lists),
    ...(order === undefined || /^[-+]/u.test(order) ? {} : { hostKeyInOrder: true }),
  };
}

/** Paths of settings, tokens filled in; what is wrong with one becomes a problem where it is written. */
class Paths {
  readonly #tokens: PathTokens;
  readonly #findings: Findings;

  constructor(tokens: PathTokens, findings: Findings) {
    this.#tokens = tokens;
    this.#findings = findings;
  }

  of(setting: SshSetting, word: string): string | undefined {
    const expanded = expandPath(word, this.#tokens);
    if (expanded.kind === 'path') return expanded.path;
    const { message } = expanded;
    this.#findings.problems.push(setting.source.name === '' ? { message, file: word } : problem(setting, message));
    return undefined;
  }
}
