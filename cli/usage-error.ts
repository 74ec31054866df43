/** The user asked for something that cannot be done as written. Shown without a stack; ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
