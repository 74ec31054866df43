import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunGit } from '../../../cli/compare/run-git.ts';
import type { Input } from '../../../cli/sources/input.ts';
import { openRevision } from '../../../cli/compare/git-revision.ts';
import { processGit } from '../../../cli/compare/run-git.ts';
import { nodeFileSystem } from '../../../cli/sources/file-system.ts';
import { fakeIo } from '../support/fake-io.ts';

const OPTIONS = { maxFileBytes: 1 << 20 };
const git = processGit(process.env);
let root = '';
let repository = '';

/** Runs git for the test; no configuration of the machine takes part. */
function commit(...args: readonly string[]): void {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.net', '-c', 'commit.gpgsign=false'];
  execFileSync('git', ['-C', repository, ...who, ...args], { env, stdio: 'pipe' });
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'brokerfence-revision-'));
  repository = join(root, 'repository');
  mkdirSync(join(repository, 'configs', 'site a'), { recursive: true });
  const write = (path: string, text: string): void => writeFileSync(join(repository, path), text);
  commit('init', '-q', '-b', 'main');
  write('configs/kept.cfg', 'hostname kept-1\n');
  write('configs/gone.cfg', 'hostname gone\n');
  write('configs/site a/ä.cfg', 'hostname other\n');
  write('configs/notes.md', 'not read\n');
  symlinkSync('kept.cfg', join(repository, 'configs', 'link.cfg'));
  symlinkSync('loop.cfg', join(repository, 'configs', 'loop.cfg'));
  commit('add', '.');
  commit('commit', '-q', '-m', 'one');
  write('configs/kept.cfg', 'hostname kept-2\n');
  rmSync(join(repository, 'configs', 'gone.cfg'));
  write('configs/new.cfg', 'hostname new\n');
  commit('add', '-A');
  commit('commit', '-q', '-m', 'two');
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

function io() {
  return { ...fakeIo({}).io, files: nodeFileSystem(process.cwd()) };
}

async function read(paths: readonly string[], revision: string, runGit: RunGit = git): Promise<string[]> {
  const opened = await openRevision(paths, revision, OPTIONS, runGit, io());
  if (opened.kind === 'problem') return [`${opened.reason}: ${opened.message}`];
  return [...opened.inputs.read()].map(shown);
}

function shown(input: Input): string {
  const name = (input.kind === 'text' ? input.source.name : input.name).replace(`${repository}/`, '');
  return input.kind === 'text' ? `${name}: ${input.source.text.trim()}` : `${name}: ${input.kind}, ${input.message}`;
}

describe('a revision', () => {
  test('has the files of a directory as they were, also those that are gone, under their paths', async () => {
    expect(await read([join(repository, 'configs')], 'HEAD~1')).toEqual([
      'configs/gone.cfg: hostname gone',
      'configs/kept.cfg: hostname kept-1',
      'configs/link.cfg: skipped, is the same as ' + join(repository, 'configs/kept.cfg') + ', which is read already',
      'configs/loop.cfg: failure, is a link that leads back to itself',
      'configs/notes.md: skipped, not read, by its name',
      'configs/site a/ä.cfg: hostname other',
    ]);
  });

  test('has single files, files that are gone, and patterns', async () => {
    const gone = join(repository, 'configs/gone.cfg');
    expect(await read([gone], 'HEAD~1')).toEqual(['configs/gone.cfg: hostname gone']);
    expect(await read([join(repository, 'configs/link.cfg')], 'HEAD~1')).toEqual(['configs/link.cfg: hostname kept-1']);
    expect(await read([join(repository, 'configs/*n*.cfg')], 'main')).toEqual([
      'configs/link.cfg: hostname kept-2',
      'configs/new.cfg: hostname new',
    ]);
  });

  test('says of a path that it is not in it', async () => {
    expect(await read([join(repository, 'configs/new.cfg')], 'HEAD~1')).toEqual([
      'configs/new.cfg: failure, is not in revision HEAD~1',
    ]);
    expect(await read([join(repository, 'configs/kept.cfg'), join(root, 'outside.cfg')], 'HEAD')).toEqual([
      'configs/kept.cfg: hostname kept-2',
      `${root}/outside.cfg: failure, is not in revision HEAD`,
    ]);
  });

  test('is named in full by its commit', async () => {
    const opened = await openRevision([repository], 'main', OPTIONS, git, io());
    expect(opened).toMatchObject({
      kind: 'revision',
      revision: 'main',
      commit: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
  });

  test('that the repository has not is a value', async () => {
    expect(await read([repository], 'no-such-branch')).toEqual([
      `unknown-revision: the repository of ${repository} has no commit "no-such-branch"`,
    ]);
  });

  test('of no repository is a value', async () => {
    expect(await read([root], 'HEAD')).toEqual([`no-repository: ${root} is in no git repository`]);
  });

  test('is a value where git is not installed', async () => {
    const none = processGit({ PATH: join(root, 'empty') });
    expect(await read([repository], 'HEAD', none)).toEqual(['git: git is not installed']);
  });
});

describe('a name', () => {
  test.each(['', '--output=/tmp/x', '-n', 'HEAD:configs/kept.cfg', ':/text', 'main..HEAD', 'a\nb', 'a\0b'])(
    'that is none is refused before git sees it: %j',
    async (revision) => {
      let asked = 0;
      const counting: RunGit = (...args) => {
        asked += 1;
        return git(...args);
      };
      const [answer] = await read([repository], revision, counting);
      expect(answer).toMatch(/^revision: /);
      expect(asked).toBe(0);
    },
  );

  test('never stands where git takes an option, and no shell sees it', async () => {
    const seen: (readonly string[])[] = [];
    const recording: RunGit = (directory, args, limitBytes) => {
      seen.push(args);
      return git(directory, args, limitBytes);
    };
    await read([repository], '$(touch pwned);main', recording);
    const named = seen.filter((args) => args.some((arg) => arg.includes('pwned')));
    expect(named).toEqual([['rev-parse', '--verify', '--quiet', '--end-of-options', '$(touch pwned);main^{commit}']]);
  });
});
