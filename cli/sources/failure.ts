import type { Failure, FailureReason } from './input.ts';

const REASONS: ReadonlyMap<string, { readonly reason: FailureReason; readonly message: string }> = new Map([
  ['ENOENT', { reason: 'not-found', message: 'does not exist' }],
  ['ENOTDIR', { reason: 'not-found', message: 'does not exist' }],
  ['EACCES', { reason: 'no-permission', message: 'cannot be read: permission denied' }],
  ['EPERM', { reason: 'no-permission', message: 'cannot be read: permission denied' }],
  ['ELOOP', { reason: 'loop', message: 'is a link that leads back to itself' }],
  ['EISDIR', { reason: 'unreadable', message: 'is a directory' }],
]);

/** The failure behind an error of the file system; errors that are none of its are bugs and go on. */
export function failureOf(name: string, error: unknown): Failure {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error;
  const known = REASONS.get(error.code) ?? { reason: 'unreadable', message: `cannot be read: ${error.code}` };
  return { kind: 'failure', name, ...known };
}
