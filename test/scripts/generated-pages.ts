/** Every page of documentation that is generated, and the pure function that draws it. Add new ones to this list. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { renderCatalogue } from '../../checks/catalogue.ts';
import { CHECKS, SERVICES } from '../../checks/index.ts';
import { PLATFORMS } from '../../parsers/index.ts';
import { renderPlatform } from './render-platform.ts';

const ROOT = resolve(import.meta.dirname, '../..');

interface Page {
  /** From the root of the project. */
  readonly path: string;
  readonly draw: () => string;
}

export const PAGES: readonly Page[] = [
  { path: 'checks/README.md', draw: () => renderCatalogue(CHECKS, SERVICES) },
  ...PLATFORMS.map((reader) => ({
    path: `parsers/${reader.platform}/README.md`,
    draw: () => renderPlatform(reader),
  })),
];

/** Where the page is stored. */
export function fileOf({ path }: Page): string {
  return join(ROOT, path);
}

/** The page as it has to be. Throws when the generator makes nothing of it. */
export function drawn({ path, draw }: Page): string {
  const text = draw().trimEnd();
  if (text === '') throw new Error(`the generator of ${path} produces nothing`);
  return `${text}\n`;
}

/** Pages whose stored text is not what they have to be. Throws when there are no pages. */
export function stalePages(pages: readonly Page[] = PAGES): Page[] {
  if (pages.length === 0) throw new Error('there are no generated pages');
  return pages.filter((page) => stored(fileOf(page)) !== drawn(page));
}

function stored(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
