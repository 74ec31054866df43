import type { Settings } from './settings.ts';
import { isThere } from '../../sources/file-system.ts';
import { openInputs, type InputFiles, type InputWorld } from '../../sources/read.ts';

/** The inputs behind the paths of the command line, as they are now. */
export function settingsInputs(settings: Settings, world: InputWorld): Promise<InputFiles> {
  const { paths, collectedInto, maxFileBytes, combine } = settings;
  // Before the first collection there is nothing to read, which is nothing that went wrong.
  const there = paths.filter((path) => path !== collectedInto || isThere(path, world.files));
  return openInputs(there, maxFileBytes, world, combine);
}
