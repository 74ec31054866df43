import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readdir, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

export type Change = 'new' | 'changed' | 'unchanged';

interface Written {
  readonly change: Change;
  /** What stands in the file now. */
  readonly text: string;
}

/**
 * Files for nobody but their owner (0600, in directories of 0700). Every function rejects with an `Error` that has a `code`
 * (`ENOENT`, `EACCES`, …) when the system refuses.
 */
export interface PrivateFiles {
  /**
   * Makes a directory that is not there, with those above it, removes what writers left there that were killed, and gives
   * the names of its files.
   */
  open(directory: string): Promise<readonly string[]>;
  /**
   * Puts a file there whole: whenever the process ends, the path has the old content or all of the new one. A file that has
   * the content already is left alone, except that nobody else may read it any more.
   *
   * @param passing matches lines that say when a text was captured; a file that differs in no others has the content already.
   */
  write(path: string, text: string, passing?: RegExp): Promise<Written>;
  remove(path: string): Promise<void>;
}

const FILE_MODE = 0o600;
const DIRECTORY_MODE = 0o700;
/** `.fw1.cfg.4711-9f86d081.unfinished`: hidden, so that no audit looks at it, and with the process that writes it. */
const UNFINISHED = /^\..+\.(?<pid>\d+)-[0-9a-f]+\.unfinished$/u;

/** Files below a working directory. */
export function nodePrivateFiles(absolute: (path: string) => string): PrivateFiles {
  return {
    async open(directory) {
      const path = absolute(directory);
      await mkdir(path, { recursive: true, mode: DIRECTORY_MODE });
      const names = await readdir(path);
      const left = names.filter((name) => isAbandoned(name));
      await Promise.all(left.map((name) => rm(join(path, name), { force: true })));
      return names.filter((name) => !left.includes(name));
    },
    write: (path, text, passing) => writeWhole(absolute(path), text, passing),
    remove: (path) => rm(absolute(path), { force: true }),
  };
}

async function writeWhole(path: string, text: string, passing: RegExp | undefined): Promise<Written> {
  const content = Buffer.from(text);
  const present = await contentOf(path);
  if (present !== undefined && isSame(present, content, passing)) {
    await tighten(path);
    return { change: 'unchanged', text: present.equals(content) ? text : present.toString('utf8') };
  }
  const temporary = join(
    dirname(path),
    `.${basename(path)}.${process.pid}-${randomBytes(4).toString('hex')}.unfinished`,
  );
  try {
    const file = await open(temporary, 'wx', FILE_MODE);
    await written(file, content);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await synced(dirname(path));
  return { change: present === undefined ? 'new' : 'changed', text };
}

/** The content is on the disk before the file gets its name, or a loss of power could leave the name without the content. */
async function written(file: FileHandle, content: Buffer): Promise<void> {
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the new name last as well, where directories can be opened. */
async function synced(directory: string): Promise<void> {
  try {
    const handle = await open(directory, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // Some systems have no such thing; the content is safe, and the name follows.
  }
}

/** Undefined where there is no file. */
async function contentOf(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function isSame(present: Buffer, content: Buffer, passing: RegExp | undefined): boolean {
  if (present.equals(content)) return true;
  if (passing === undefined) return false;
  const lasting = (bytes: Buffer): string => bytes.toString('utf8').replaceAll(passing, '');
  return lasting(present) === lasting(content);
}

async function tighten(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0) await chmod(path, FILE_MODE);
}

function isAbandoned(name: string): boolean {
  const pid = UNFINISHED.exec(name)?.groups?.['pid'];
  if (pid === undefined || Number(pid) === process.pid) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    // EPERM: it runs, for someone else.
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
