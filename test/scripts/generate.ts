/** Writes the generated pages; with `--check` only says which ones are stale and exits 1 when there are any. */
import { writeFileSync } from 'node:fs';
import { drawn, fileOf, PAGES, stalePages } from './generated-pages.ts';

const stale = stalePages();
if (process.argv.includes('--check')) {
  for (const { path } of stale) process.stdout.write(`${path} is stale: run npm run generate\n`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const page of stale) {
    writeFileSync(fileOf(page), drawn(page));
    process.stdout.write(`wrote ${page.path}\n`);
  }
  process.stdout.write(`${PAGES.length - stale.length} of ${PAGES.length} pages were up to date\n`);
}
