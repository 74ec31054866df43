/** A fixture that cannot be read as one: its writer has to look at this place. */
export class FixtureError extends Error {
  override readonly name = 'FixtureError';

  /** `line` is 1-based, in the Markdown file. */
  constructor(file: string, line: number, message: string) {
    super(`${file}:${line}: ${message}`);
  }
}
