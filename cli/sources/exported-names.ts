/* How the terminal UI names files that it writes what is shown to: `brokerfence-findings.txt`, `brokerfence-findings-2.txt`. */

/** One for each view. */
const EXPORTED_NAMES = [
  'overview',
  'findings',
  'finding',
  'flows',
  'rules',
  'trace',
  'changes',
  'coverage',
  'source',
  'collect',
  'help',
] as const;
export type ExportedName = (typeof EXPORTED_NAMES)[number];

export function exportedFile(name: ExportedName, number: number): string {
  return `brokerfence-${name}${number === 1 ? '' : `-${number}`}.txt`;
}

const EXPORTED = new RegExp(`^brokerfence-(?:${EXPORTED_NAMES.join('|')})(?:-\\d+)?\\.txt$`, 'u');

/** Whether a file is so named. One of a configuration has its text in it, and beside that would be a second device. */
export function isExported(file: string): boolean {
  return EXPORTED.test(file);
}
