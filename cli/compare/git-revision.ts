import { posix } from 'node:path';
import type { Input } from '../sources/input.ts';
import { openInputs, type Inputs, type InputWorld } from '../sources/read.ts';
import type { FileSystem } from '../sources/file-system.ts';
import { revisionFiles } from './revision-files.ts';
import type { GitAnswer, RunGit } from './run-git.ts';

/** The configurations of a revision, under the names that they have in the working tree. */
export interface Revision {
  readonly kind: 'revision';
  /** As the user wrote it. */
  readonly revision: string;
  /** Its commit: 40 or 64 hex digits. */
  readonly commit: string;
  readonly inputs: Inputs;
}

/** Why there is nothing to compare with: a sentence for the user. */
export interface RevisionProblem {
  readonly kind: 'problem';
  readonly reason: 'revision' | 'no-repository' | 'unknown-revision' | 'git';
  readonly message: string;
}

export interface RevisionOptions {
  readonly maxFileBytes: number;
  readonly combine?: boolean;
}

/** Listings and names are short; a tree of a million files is listed in less. */
const LISTING_BYTES = 256 * 1024 * 1024;

/**
 * Opens paths as they were at a git revision: the same files, directories and patterns, walked in the tree of the commit, so that
 * files deleted since are among them. The repository is the one that the first path lies in.
 */
export async function openRevision(
  paths: readonly string[],
  revision: string,
  options: RevisionOptions,
  runGit: RunGit,
  io: InputWorld,
): Promise<Revision | RevisionProblem> {
  const wrong = whyNoRevision(revision);
  if (wrong !== undefined) return problem('revision', `"${revision}" is no revision: ${wrong}`);
  const directory = nearestDirectory(paths[0] ?? '.', io.files);
  const placed = runGit(directory, ['rev-parse', '--show-prefix'], LISTING_BYTES);
  if (placed.kind !== 'done') return notARepository(directory, placed);
  const found = runGit(
    directory,
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`],
    LISTING_BYTES,
  );
  if (found.kind !== 'done') {
    return found.kind === 'refused'
      ? problem('unknown-revision', `the repository of ${directory} has no commit "${revision}"`)
      : failed(found);
  }
  const commit = textOf(found).trim();
  const tree = ['ls-tree', '-r', '-l', '-z', '--full-tree', '--end-of-options', commit];
  const listing = runGit(directory, tree, LISTING_BYTES);
  if (listing.kind !== 'done') return failed(listing);
  const placing = { directory, prefix: textOf(placed).replace(/\n$/, '') };
  const files = revisionFiles(textOf(listing), placing, runGit);
  const opened = await openInputs(paths, options.maxFileBytes, { ...io, files }, options.combine);
  return { kind: 'revision', revision, commit, inputs: inRevision(opened, revision) };
}

/** What is asked of a name before git sees it; which ones exist is for git to say (gitrevisions(7)). */
function whyNoRevision(revision: string): string | undefined {
  if (revision === '') return 'it is empty';
  if (revision.startsWith('-')) return 'it begins with a dash';
  if (/\p{Cc}/u.test(revision)) return 'it has control characters';
  if (revision.includes('..')) return 'it is a range; name one commit';
  // `REV:path` is a file and `:/text` a search.
  return revision.includes(':') ? 'it has a colon; name one commit, the paths are given apart' : undefined;
}

/** The path itself or the first directory above it that is still there: a path may have been deleted since. */
function nearestDirectory(path: string, files: FileSystem): string {
  for (let at = path; ; at = posix.dirname(at)) {
    try {
      if (files.kind(at) === 'directory') return at;
    } catch {
      // Deleted since, or a pattern.
    }
    if (at === posix.dirname(at)) return at;
  }
}

/** Says of paths that are not there that it is the revision which has none. */
function inRevision({ count, read }: Inputs, revision: string): Inputs {
  const renamed = (input: Input): Input =>
    input.kind === 'failure' && input.reason === 'not-found'
      ? { ...input, message: `is not in revision ${revision}` }
      : input;
  return {
    count,
    *read() {
      for (const input of read()) yield renamed(input);
    },
  };
}

function notARepository(directory: string, answer: Exclude<GitAnswer, { kind: 'done' }>): RevisionProblem {
  if (answer.kind !== 'refused') return failed(answer);
  // "detected dubious ownership": safe.directory of git-config(1).
  if (!answer.message.startsWith('not a git repository')) return failed(answer);
  return problem('no-repository', `${directory} is in no git repository`);
}

function failed(answer: Exclude<GitAnswer, { kind: 'done' }>): RevisionProblem {
  const message = answer.kind === 'too-large' ? 'the repository lists more than fits into memory' : answer.message;
  return problem('git', answer.kind === 'refused' ? `git refuses: ${message}` : message);
}

function problem(reason: RevisionProblem['reason'], message: string): RevisionProblem {
  return { kind: 'problem', reason, message };
}

function textOf({ bytes }: Extract<GitAnswer, { kind: 'done' }>): string {
  return new TextDecoder().decode(bytes);
}
