import type { LoadedPolicy } from '../../run.ts';
import { failureOf } from '../../sources/failure.ts';
import type { FileSystem } from '../../sources/file-system.ts';
import { POLICY_FILE_NAMES } from '../find-policy.ts';

/** The policy file that an edit goes into. */
export type EditedFile =
  | { readonly kind: 'existing'; readonly path: string; readonly text: string }
  /** `message` says that there will be a file. */
  | { readonly kind: 'new'; readonly path: string; readonly message: string }
  | { readonly kind: 'none'; readonly message: string };

/**
 * The file that the policy was loaded from: an included one is shared with others. Without a policy, a new one in the working directory.
 */
export function whichFile(loaded: Pick<LoadedPolicy, 'file' | 'texts'> | undefined, files: FileSystem): EditedFile {
  if (loaded !== undefined) {
    const source = loaded.texts.find(({ name }) => name === loaded.file);
    if (source === undefined) throw new Error(`the policy of ${loaded.file} has no text of it`);
    return { kind: 'existing', path: loaded.file, text: source.text };
  }
  const [path] = POLICY_FILE_NAMES;
  const present = POLICY_FILE_NAMES.find((name) => isThere(name, files));
  if (present === undefined) {
    return {
      kind: 'new',
      path,
      message: `there is no policy file yet; ${path} will be written in the working directory`,
    };
  }
  return {
    kind: 'none',
    message: `${present} is there, but this run does not use it; run again with --policy ${present}`,
  };
}

/** What cannot be looked at is there as well. */
function isThere(path: string, files: FileSystem): boolean {
  try {
    files.kind(path);
    return true;
  } catch (error) {
    return failureOf(path, error).reason !== 'not-found';
  }
}
