/** What the process ends with; where several apply, the order of precedence is `usage`, `notUnderstood`, `findings`. */
export const EXIT = {
  /** Nothing at or above `--fail-on`. */
  ok: 0,
  findings: 1,
  /** Wrong flags, names that no device has, an output that cannot be written. */
  usage: 2,
  /** An input could not be read, or not understood well enough to trust the answer. */
  notUnderstood: 3,
} as const;
