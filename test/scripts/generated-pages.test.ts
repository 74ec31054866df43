import { expect, test } from 'vitest';
import { drawn, PAGES, stalePages } from './generated-pages.ts';
import { renderPlatform } from './render-platform.ts';

test('every generated page is what its generator makes now (else: npm run generate)', () => {
  expect(stalePages().map(({ path }) => path)).toEqual([]);
});

test('the catalogue of checks and a page for every platform are generated', () => {
  expect(PAGES.map(({ path }) => path)).toEqual([
    'checks/README.md',
    'parsers/cisco-asa/README.md',
    'parsers/cisco-ios/README.md',
    'parsers/juniper-junos/README.md',
    'parsers/paloalto-panos/README.md',
  ]);
});

test('a generator that produces nothing is an error, and so is a page that is not there', () => {
  expect(() => drawn({ path: 'checks/README.md', draw: () => '\n' })).toThrow('produces nothing');
  expect(() => stalePages([])).toThrow('no generated pages');
  expect(() => renderPlatform({ title: 'Nothing', forms: [{ mode: 'top level', forms: [] }] })).toThrow('no statement');
  expect(stalePages([{ path: 'checks/no-such-page.md', draw: () => 'text' }])).toHaveLength(1);
});

test('the page of a platform lists every form with its state, bars escaped', () => {
  const page = renderPlatform({
    title: 'Platform',
    forms: [
      {
        mode: 'interface',
        forms: [{ form: 'ip access-group NAME (in|out)', state: 'modelled', note: 'binds a list' }],
      },
    ],
  });
  expect(page).toContain('## interface');
  expect(page).toContain('| `ip access-group NAME (in\\|out)` | modelled | binds a list |');
  expect(page).toContain('- `modelled`: ');
  expect(page).not.toContain('- `unsupported`');
});
