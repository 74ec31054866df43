import { failureOf } from '../../sources/failure.ts';
import type { FileSystem } from '../../sources/file-system.ts';

/** Where a policy file stands, and what it includes and names can be read. */
export interface PolicyPlace {
  readonly path: string;
  readonly files: FileSystem;
}

/** The files as they would be with this text in the policy file: whether a policy is right is known before it is written. */
export function filesWith({ path, files }: PolicyPlace, text: string): FileSystem {
  const bytes = new TextEncoder().encode(text);
  return {
    kind: (each) => (each === path ? 'file' : files.kind(each)),
    list: (each) => files.list(each),
    realPath: (each) => (each === path ? realPathOf(path, files) : files.realPath(each)),
    read: (each, limitBytes) => {
      if (each !== path) return files.read(each, limitBytes);
      return bytes.length > limitBytes ? 'too-large' : bytes;
    },
    head: (each, count) => (each === path ? bytes.subarray(0, count) : files.head(each, count)),
    glob: (pattern) => files.glob(pattern),
    writeWhole: (each, content) => files.writeWhole(each, content),
  };
}

function realPathOf(path: string, files: FileSystem): string {
  try {
    return files.realPath(path);
  } catch (error) {
    if (failureOf(path, error).reason !== 'not-found') throw error;
    return path;
  }
}
