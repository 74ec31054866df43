import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Io } from '../../cli/io.ts';
import { runProgram } from '../../cli/program.ts';
import { nodeFileSystem } from '../../cli/sources/file-system.ts';
import { collectedOutput } from './support/collected-output.ts';
import { fakeIo } from './support/fake-io.ts';

/*
 * README.md says only what is true: each command it shows is run, and what it shows below must be in the output. A line `…`
 * stands for lines left out.
 */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Shown {
  readonly argv: readonly string[];
  readonly output: string;
}

function shownCommands(): Shown[] {
  const blocks = readFileSync(`${ROOT}/README.md`, 'utf8')
    .split(/^(?! {4}|$)/m)
    .map(indented);
  const text = blocks.filter((block) => block !== '').join('\n\u0000');
  return text
    .split(/^(?=.*npx brokerfence )/m)
    .filter((part) => part.includes('npx brokerfence '))
    .map((part) => {
      const [command = '', ...output] = part.split('\n\u0000')[0]?.split('\n') ?? [];
      return {
        argv: command.replace(/^.*npx brokerfence /, '').split(' '),
        output: output.join('\n').trim(),
      };
    });
}

/** The indented lines of a piece of Markdown, without their indentation. */
function indented(block: string): string {
  const lines = block.split('\n').filter((line) => line.startsWith('    ') || line === '');
  return lines
    .map((line) => line.slice(4))
    .join('\n')
    .trim();
}

/** The inventory that is shown. */
function inventoryShown(): string {
  const text = readFileSync(`${ROOT}/README.md`, 'utf8');
  const [, section = ''] = text.split('## Collect over SSH\n');
  const block = section
    .split(/^(?! {4}|$)/m)
    .map(indented)
    .find((each) => each.startsWith('version: 1'));
  return `${block ?? ''}\n`;
}

async function outputOf(argv: readonly string[]): Promise<string> {
  if (argv[0] === 'collect') return collectedOutput(argv, inventoryShown());
  const { io, outcome } = fakeIo({});
  const real: Io = { ...io, files: nodeFileSystem(ROOT) };
  await runProgram(argv, real);
  return outcome().stdout;
}

describe('README', () => {
  const commands = shownCommands();

  test('shows commands with their output', () => {
    expect(commands.map(({ argv }) => argv[0])).toEqual(['audit', 'trace', 'collect']);
  });

  test.each(commands)('$argv.0 prints what is shown', async ({ argv, output }) => {
    let rest = await outputOf(argv);
    for (const shown of output.split('\n…\n')) {
      expect(shown.length).toBeGreaterThan(20);
      expect(rest).toContain(shown);
      rest = rest.slice(rest.indexOf(shown) + shown.length);
    }
  });
});
