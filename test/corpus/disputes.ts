import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An argument of DISPUTED.md for rows of the corpus that we hold to be wrong. */
interface Dispute {
  readonly pattern: string;
  used: number;
}

/**
 * The arguments of DISPUTED.md. Each has one or more lines `id: PATTERN`, where PATTERN is the name of a row as the run
 * prints it and `*` stands for anything.
 */
export class Disputes {
  private readonly disputes: readonly Dispute[];

  constructor(text = readFileSync(join(import.meta.dirname, 'DISPUTED.md'), 'utf8')) {
    this.disputes = [...text.matchAll(/^id: (?<pattern>.+)$/gmu)].map((found) => ({
      pattern: found.groups?.['pattern']?.trim() ?? '',
      used: 0,
    }));
  }

  /** Whether the disagreement about the row is argued. */
  argues(row: string): boolean {
    const found = this.disputes.find(({ pattern }) => like(row, pattern));
    if (found !== undefined) found.used += 1;
    return found !== undefined;
  }

  /** Arguments that no disagreement needs: the rows agree by now, or the pattern is misspelt. */
  unused(): string[] {
    return this.disputes.filter(({ used }) => used === 0).map(({ pattern }) => pattern);
  }
}

function like(text: string, pattern: string): boolean {
  const escaped = pattern.split('*').map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/gu, String.raw`\$&`));
  return new RegExp(`^${escaped.join('.*')}$`, 'u').test(text);
}
