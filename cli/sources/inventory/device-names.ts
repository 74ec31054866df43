import type { FileProblem } from '../../yaml/problem.ts';

const LONGEST_NAME = 128;
/** Names that Windows keeps for devices of its own, whatever ending they have. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/iu;

/**
 * The name of the files of a device, without an ending: letters, digits, `.`, `_` and `-` as they are, anything else as the
 * `%41` of its UTF-8 bytes. Different names have different ones.
 */
export function captureFileName(name: string): string {
  const plain = name.replaceAll(/[^\w.-]/gu, percent);
  return plain.replace(RESERVED, (word) => percent(word.slice(0, 1)) + word.slice(1)).replaceAll(/^\.|\.$/gu, percent);
}

const percent = (text: string): string =>
  Array.from(new TextEncoder().encode(text), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');

interface Named {
  readonly name: string;
  /** A problem where the name stands. */
  readonly problem: (message: string) => FileProblem;
  /** `line 7`, or the file and line. */
  readonly where: string;
}

/** Names that are given twice, or that a file system could not tell apart. */
export function nameProblems(all: readonly Named[]): FileProblem[] {
  const first = new Map<string, Named>();
  return all.flatMap((each) => {
    if (each.name.length > LONGEST_NAME) {
      return [each.problem(`a name has at most ${LONGEST_NAME} characters, as files are called by it`)];
    }
    const file = captureFileName(each.name).toLowerCase();
    const earlier = first.get(file);
    if (earlier === undefined) {
      first.set(file, each);
      return [];
    }
    const message =
      earlier.name === each.name
        ? `"${each.name}" is named already in ${earlier.where}`
        : `"${each.name}" and "${earlier.name}" in ${earlier.where} differ in upper and lower case only, and files are called by names`;
    return [each.problem(message)];
  });
}
