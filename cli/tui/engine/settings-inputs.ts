import type { FileSystem } from '../../sources/file-system.ts';
import type { Settings } from './settings.ts';
import { openInputs, type InputFiles, type InputWorld } from '../../sources/read.ts';

/** The inputs behind the paths of the command line, as they are now. */
export function settingsInputs(settings: Settings, world: InputWorld): Promise<InputFiles> {
  const { paths, collectedInto, maxFileBytes, combine } = settings;
  // Before the first collection there is nothing to read, which is nothing that went wrong.
  const there = paths.filter((path) => path !== collectedInto || isThere(path, world.files));
  return openInputs(there, maxFileBytes, world, combine);
}

function isThere(path: string, files: FileSystem): boolean {
  try {
    files.kind(path);
    return true;
  } catch (error) {
    // What else is wrong with it is said when it is read.
    return !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
  }
}
