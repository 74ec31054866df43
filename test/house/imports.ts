/** What modules import, and who may import whom. */
import type { ProjectFile } from './project-files.ts';
import { posix } from 'node:path';

export interface Import {
  /** Path from the root for a module of the project; else the package, `node:` builtins as written. */
  readonly target: string;
  readonly kind: 'project' | 'package' | 'builtin';
  readonly typeOnly: boolean;
}

const STATEMENT =
  /^(?:import|export)\s+(?<type>type\s)?(?:[^'"`;]*?\sfrom\s+)?['"](?<from>[^'"]+)['"]|\bimport\(\s*(?:['"](?<dynamic>[^'"]+)['"])?/gmu;

/** Every import of a module: static, re-exporting and dynamic. A dynamic import of a computed name is reported as `?`. */
export function importsOf({ path, text }: ProjectFile): Import[] {
  return [...text.matchAll(STATEMENT)].map(({ groups }): Import => {
    const name = groups?.['from'] ?? groups?.['dynamic'] ?? '?';
    const typeOnly = groups?.['type'] !== undefined;
    if (name.startsWith('.')) return { target: posix.join(posix.dirname(path), name), kind: 'project', typeOnly };
    if (name.startsWith('node:')) return { target: name, kind: 'builtin', typeOnly };
    const parts = name.split('/');
    return { target: parts.slice(0, name.startsWith('@') ? 2 : 1).join('/'), kind: 'package', typeOnly };
  });
}

interface Rule {
  /** The rule as a sentence, for the message. */
  readonly says: string;
  /** Modules it is about. */
  readonly where: RegExp;
  /** Whether such a module may import this. */
  readonly allows: (imported: Import, from: string) => boolean;
}

const PLATFORM_FOLDER = /^parsers\/(?:cisco|juniper|paloalto)-[a-z]+\//u;
const PLATFORM_MAY_IMPORT = /^parsers\/(?:syntax|model)\/|^parsers\/(?:source|diagnostics|platform)\.ts$/u;

/** A package and the only modules that may import it. */
const HOMES: readonly (readonly [string, RegExp])[] = [
  ['ssh2', /^cli\/sources\/ssh\//u],
  ['ink', /^cli\/tui\//u],
  ['react', /^cli\/tui\//u],
  ['yargs', /^cli\/(?:(?:main|program)\.ts$|commands\/)/u],
  ['saxes', /^parsers\/syntax\//u],
  ['netmask', /^parsers\/model\//u],
  ['ts-pattern', /^(?:parsers\/[a-z-]+\/convert|checks\/(?!packet-space\/)|cli\/)/u],
  ['zod', /^cli\//u],
  ['yaml', /^cli\/(?:yaml|policy\/edit)\//u],
  ['diff', /^cli\/policy\/edit\//u],
];

const inProject =
  (allowed: RegExp) =>
  ({ kind, target }: Import): boolean =>
    kind !== 'project' || allowed.test(target);

const IMPORT_RULES: readonly Rule[] = [
  {
    says: 'parsers import only parsers',
    where: /^parsers\//u,
    allows: inProject(/^parsers\//u),
  },
  {
    says: 'the model imports only the model, sources and diagnostics',
    where: /^parsers\/model\//u,
    allows: inProject(/^parsers\/(?:model\/|source\.ts$|diagnostics\.ts$)/u),
  },
  {
    says: 'readers of shape know no platform and no meaning',
    where: /^parsers\/syntax\//u,
    allows: inProject(/^parsers\/(?:syntax\/|source\.ts$|diagnostics\.ts$)/u),
  },
  {
    says: 'what the Cisco platforms share knows none of them',
    where: /^parsers\/cisco\//u,
    allows: ({ kind, target }) =>
      kind !== 'project' || target.startsWith('parsers/cisco/') || PLATFORM_MAY_IMPORT.test(target),
  },
  {
    says: 'a platform never imports another',
    where: PLATFORM_FOLDER,
    allows: ({ kind, target }, from) => {
      const own = PLATFORM_FOLDER.exec(from)?.[0] ?? '';
      const shared = own.startsWith('parsers/cisco-') && target.startsWith('parsers/cisco/');
      return kind !== 'project' || target.startsWith(own) || shared || PLATFORM_MAY_IMPORT.test(target);
    },
  },
  {
    says: 'checks import checks and the model; what a parse results in as a type only',
    where: /^checks\//u,
    allows: ({ kind, target, typeOnly }) =>
      kind !== 'project' ||
      /^checks\/|^parsers\/(?:model\/|source\.ts$|diagnostics\.ts$)/u.test(target) ||
      (typeOnly && target === 'parsers/index.ts'),
  },
  {
    says: 'the packet algebra knows numbers and no device',
    where: /^checks\/packet-space\//u,
    allows: inProject(/^(?:checks\/packet-space\/|parsers\/model\/(?:address|service)\.ts$)/u),
  },
  {
    says: 'reports and views never compute',
    where: /^cli\/(?:reports|tui|terminal)\//u,
    allows: ({ target, typeOnly }) => typeOnly || !/^checks\/(?:evaluate|packet-space)\//u.test(target),
  },
  {
    says: 'parsers and checks are pure: no builtin of node, no computed import',
    where: /^(?:parsers|checks)\//u,
    allows: ({ kind, target }) => kind !== 'builtin' && target !== '?',
  },
  {
    says: 'nobody imports test, and only cli and test import cli',
    where: /^(?:parsers|checks|cli)\//u,
    allows: ({ target }, from) =>
      !target.startsWith('test/') && (from.startsWith('cli/') || !target.startsWith('cli/')),
  },
  {
    says: 'every package has one home',
    where: /^(?:parsers|checks|cli)\//u,
    allows: ({ kind, target }, from) =>
      kind !== 'package' || target === '?' || HOMES.some(([name, home]) => name === target && home.test(from)),
  },
];

/** Imports that break a rule, in words. Throws when there is nothing to look at: a rule about nothing holds always. */
export function importViolations(files: readonly ProjectFile[]): string[] {
  if (files.length === 0) throw new Error('no modules to look at');
  return files.flatMap((file) =>
    importsOf(file).flatMap((imported) =>
      IMPORT_RULES.filter(({ where, allows }) => where.test(file.path) && !allows(imported, file.path)).map(
        ({ says }) => `${file.path} imports ${imported.target}: ${says}`,
      ),
    ),
  );
}
