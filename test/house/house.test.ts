/** The rules of the house, kept by test. */
import { describe, expect, test } from 'vitest';
import { importsOf, importViolations } from './imports.ts';
import { filesBelow, modules, topLevel } from './project-files.ts';
import { decisionViolations, textViolations, word } from './text-rules.ts';

const FLOORS = ['parsers', 'checks', 'cli', 'test'] as const;

test('the top level holds the rooms of the house and nothing else', () => {
  const rooms = ['parsers', 'checks', 'cli', 'test', 'device-samples'];
  const files = ['LICENSE', 'README.md', 'package-lock.json', 'package.json', 'tsconfig.json'];
  const strangers = topLevel().filter((name) => !name.startsWith('.') && ![...rooms, ...files].includes(name));
  expect(strangers).toEqual([]);
  expect(topLevel()).toEqual(expect.arrayContaining(rooms));
});

describe('every module', () => {
  for (const floor of FLOORS) {
    test(`of ${floor} imports only what it may`, () => {
      expect(importViolations(modules(floor))).toEqual([]);
    });

    test(`of ${floor} keeps the rules about text, size and names`, () => {
      expect(textViolations(modules(floor))).toEqual([]);
    });
  }
});

test('decisions are short', () => {
  const files = FLOORS.flatMap((floor) => filesBelow(floor, /DECISIONS\.md$/u));
  expect(files.length).toBeGreaterThan(0);
  expect(decisionViolations(files)).toEqual([]);
});

describe('the rules notice', () => {
  const breaks = (path: string, text: string): string[] => importViolations([{ path, text }]);

  test('that there was nothing to look at', () => {
    expect(() => importViolations([])).toThrow('no modules');
    expect(() => textViolations([])).toThrow('no modules');
  });

  test('every form of import', () => {
    const text = [
      "import type { A } from './a.ts';",
      "import {\n  b,\n  c,\n} from '../b.ts';",
      "import 'node:fs';",
      "export * from '@scope/pack/deep';",
      "const d = await import('./d.ts');",
      'const e = await import(name);',
    ].join('\n');
    expect(importsOf({ path: 'cli/x/y.ts', text }).map(({ target, typeOnly }) => [target, typeOnly])).toEqual([
      ['cli/x/a.ts', true],
      ['cli/b.ts', false],
      ['node:fs', false],
      ['@scope/pack', false],
      ['cli/x/d.ts', false],
      ['?', false],
    ]);
  });

  test.each([
    ['parsers/cisco-asa/read.ts', "import { x } from '../../checks/check.ts';", 'parsers import only parsers'],
    ['parsers/cisco-asa/read.ts', "import { x } from '../cisco-ios/words.ts';", 'never imports another'],
    ['parsers/juniper-junos/read.ts', "import { x } from '../cisco/names.ts';", 'never imports another'],
    ['parsers/cisco/names.ts', "import { x } from '../cisco-ios/words.ts';", 'knows none of them'],
    ['parsers/model/rule.ts', "import { x } from '../syntax/lines.ts';", 'the model imports only'],
    ['checks/check.ts', "import { x } from '../cli/run.ts';", 'checks import checks'],
    ['checks/check.ts', "import { parse } from '../parsers/index.ts';", 'as a type only'],
    ['checks/egress/a.ts', "import { x } from '../../parsers/cisco-ios/index.ts';", 'checks import checks'],
    ['checks/packet-space/a.ts', "import type { x } from '../../parsers/model/rule.ts';", 'knows numbers'],
    ['checks/check.ts', "import { readFileSync } from 'node:fs';", 'are pure'],
    ['parsers/detect.ts', 'const x = await import(name);', 'are pure'],
    ['checks/check.ts', "import { z } from 'zod';", 'one home'],
    ['parsers/detect.ts', "import { Netmask } from 'netmask';", 'one home'],
    ['cli/run.ts', "import React from 'react';", 'one home'],
    ['cli/run.ts', "import x from 'left-pad';", 'one home'],
    ['cli/run.ts', "import { x } from '../test/support/oracle.ts';", 'nobody imports test'],
    ['cli/reports/text.ts', "import { x } from '../../checks/evaluate/evaluate.ts';", 'never compute'],
  ])('a forbidden import in %s: %s', (path, text, rule) => {
    expect(breaks(path, text).join('\n')).toContain(rule);
  });

  test.each([
    ['parsers/cisco-asa/read.ts', "import { x } from '../cisco/names.ts';"],
    ['checks/check.ts', "import type { ParseResult } from '../parsers/index.ts';"],
    ['cli/main.ts', "import yargs from 'yargs';"],
  ])('and leave alone what is allowed in %s: %s', (path, text) => {
    expect(breaks(path, text)).toEqual([]);
  });

  test.each([
    ['checks/check.ts', `// ${word('TO', 'DO')}: later`, 'unfinished'],
    ['checks/check.ts', `const a = b as ${word('a', 'ny')};`, 'assertion'],
    ['test/a.test.ts', `test.${word('sk', 'ip')}('a', () => {});`, 'left out'],
    ['test/a.test.ts', `// @ts-${word('ig', 'nore')}`, 'type checker'],
    ['checks/check.ts', 'const now = Date.now();', 'pure'],
    ['parsers/detect.ts', 'const home = process.env;', 'pure'],
    ['checks/string-utils.ts', '', 'says nothing'],
    ['cli/helpers/a.ts', '', 'says nothing'],
    ['cli/camelCase.ts', '', 'kebab'],
  ])('a forbidden text in %s: %s', (path, text, rule) => {
    expect(textViolations([{ path, text }]).join('\n')).toContain(rule);
  });

  test('a file that is too long', () => {
    expect(textViolations([{ path: 'cli/long.ts', text: 'x\n'.repeat(501) }]).join('\n')).toContain('501 lines');
  });

  test('but not what a comment or a string only talks about, nor 500 lines', () => {
    const text = ['// reads process.env nowhere', "const a = 'console.log';", ...Array<string>(498).fill('x')].join(
      '\n',
    );
    expect(textViolations([{ path: 'checks/check.ts', text: `${text}\n` }])).toEqual([]);
  });

  test('a long decision', () => {
    const text = `# Decisions\n\n## One\n${'line\n'.repeat(25)}\n## Two\nline\n`;
    expect(decisionViolations([{ path: 'checks/DECISIONS.md', text }])).toHaveLength(1);
  });
});
