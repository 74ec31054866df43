/** By the code of the system (errno(3)). */
const MEANS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EDQUOT: 'the quota is used up',
  EEXIST: 'it is no directory',
  ENOENT: 'it is no longer there',
  ENOSPC: 'no space is left',
  ENOTDIR: 'a part of its path is no directory',
  EPERM: 'permission denied',
  EROFS: 'its file system can only be read',
};

/** Why nothing can be written into a directory, for a person: `configs cannot be written: no space is left (ENOSPC)`. Any error but one of the system is thrown. */
export function notWritten(directory: string, error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  const code = String(error.code);
  const means = MEANS[code];
  return `${directory} cannot be written: ${means === undefined ? code : `${means} (${code})`}`;
}
