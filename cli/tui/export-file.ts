import { exportedFile, type ExportedName } from '../sources/exported-names.ts';
import { isThere, type FileSystem } from '../sources/file-system.ts';
import type { Surroundings } from './perform.ts';

const MOST_FILES = 1000;

/** Writes a text whole into a file of the working directory that was not there: `brokerfence-findings.txt`, `brokerfence-findings-2.txt`. */
export function exportFile(name: ExportedName, text: string, files: FileSystem): ReturnType<Surroundings['export']> {
  for (let number = 1; number < MOST_FILES; number += 1) {
    const path = exportedFile(name, number);
    if (isThere(path, files)) continue;
    try {
      files.writeWhole(path, text);
      return { kind: 'written', path };
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error)) throw error;
      return { kind: 'failed', message: `${path} cannot be written: ${String(error.code)}` };
    }
  }
  return { kind: 'failed', message: `there are ${MOST_FILES - 1} files brokerfence-${name} already` };
}
