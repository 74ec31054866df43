import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { z } from 'zod';

const Package = z.object({ version: z.string() });

/** The package's version. The package file stands at another distance from `cli/` than from `dist/cli/`. */
export function toolVersion(): string {
  const path = findPackageJSON(import.meta.url);
  if (path === undefined) throw new Error('package.json of brokerfence was not found');
  return Package.parse(JSON.parse(readFileSync(path, 'utf8'))).version;
}
