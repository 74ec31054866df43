/** Errors of YAML itself, and texts made to exhaust the reader. */
import { describe, expect, test } from 'vitest';
import { parseYaml } from '../../../cli/yaml/yaml-text.ts';
import { FILE, problemsOf } from '../policy/policies.ts';

const parse = (text: string): ReturnType<typeof parseYaml> => parseYaml({ name: FILE, text });

describe('what YAML reads', () => {
  test('is text unless it plainly is something else: on, off and days are text, in YAML 1.1 too', () => {
    for (const head of ['', '%YAML 1.1\n---\n']) {
      const parsed = parse(`${head}a: off\nb: 2027-03-31\nc: true\nd: 12\n13: no\ne: 1:30\n`);
      expect(parsed.kind === 'yaml' && parsed.yaml.value).toEqual({
        a: 'off',
        b: '2027-03-31',
        c: true,
        d: 12,
        '13': 'no',
        e: '1:30',
      });
    }
  });

  test('is placed on one line, with carriage returns as without', () => {
    const text = 'a:\r\n  - b: one\r\n    c: |\r\n      two\r\n      three\r\n';
    const parsed = parse(text);
    if (parsed.kind === 'problems') throw new Error('not read');
    const at = (...path: PropertyKey[]): number[] => {
      const { line, column, endColumn } = parsed.yaml.placeOf(path);
      return [line, column, endColumn];
    };
    expect(at('a')).toEqual([2, 3, 11]);
    expect(at('a', 0)).toEqual([2, 5, 11]);
    expect(at('a', 0, 'b')).toEqual([2, 8, 11]);
    expect(at('a', 0, 'c')).toEqual([3, 8, 9]);
    expect(at('a', 0, 'missing')).toEqual([2, 5, 11]);
    expect(at('a', 7)).toEqual([2, 3, 11]);
    expect(parsed.yaml.placeOf(['a', 0, 'b'], 'key')).toMatchObject({ line: 2, column: 5, endColumn: 6 });
  });
});

describe('errors of syntax', () => {
  test.each([
    [
      'segments: [{segment: *, role: dmz}]',
      '2:22-23 a value that begins with * is an alias in YAML; put quotes around it',
    ],
    [
      'segments: [{segment: *-dmz, role: dmz}]',
      '2:22-27 a value that begins with * is an alias in YAML; put quotes around it (nothing above is marked &-dmz for it to repeat)',
    ],
    ['version: 1', '2:1-8 key "version" is given already in line 1'],
    ['assume: {fqdn: {a: 10.0.0.1, a: 10.0.0.2}}', '2:30-31 key "a" is given already in line 2'],
    ['waivers: [{reason: a: b}]', 'cannot stand inside of [ ] or { }; text with a colon and a blank needs quotes'],
    ['waivers:\n  - reason: see: this', '3:13-14 two keys on one line; text with a colon and a blank needs quotes'],
    ['\tnetworks: []', '2:1-2 tabs are not allowed as indentation'],
    ['networks: [10.0.0.0/8', 'must be sufficiently indented and end with a ]'],
    ['networks: !!binary aGk=', '2:11-19 unresolved tag: tag:yaml.org,2002:binary'],
    ['networks: !net [10.0.0.0/8]', '2:11-15 unresolved tag: !net'],
    ['---\nversion: 1', '2:1-4 a file is one document here; what follows --- is not read'],
    ['? [a]\n: b', 'a list or group of keys cannot be a key'],
    ['include: &a [*a]', '2:14-16 alias *a stands inside of what it stands for'],
  ])('%j', (text, problem) => {
    const found = problemsOf(`version: 1\n${text}\n`);
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toContain(problem);
  });
});

describe('texts made to exhaust the reader are refused in a moment', () => {
  const letters = 'abcdefghijklm'.split('');

  test('aliases that multiply', () => {
    const bomb = letters.map((letter, index) =>
      index === 0
        ? 'a: &a [x]'
        : `${letter}: &${letter} [${Array(9)
            .fill(`*${letters[index - 1]}`)
            .join(', ')}]`,
    );
    const [problem, ...others] = problemsOf(`version: 1\n${bomb.join('\n')}\n`);
    expect(problem).toContain('aliases inside anchors multiply into too many values');
    expect(others).toEqual([]);
  });

  test('more aliases than anyone writes', () => {
    const aliases = (count: number): string => `a: &a [x]\nb: [${Array(count).fill('*a').join(', ')}]\n`;
    expect(parse(aliases(500)).kind).toBe('yaml');
    const parsed = parse(aliases(501));
    expect(parsed.kind === 'problems' && parsed.problems.map(({ message }) => message)).toEqual([
      'more than 500 aliases',
    ]);
  });

  test('lists in lists without end', () => {
    const [problem, ...others] = problemsOf('['.repeat(100_000));
    expect(problem).toMatch(/ is nested too deeply$/u);
    expect(others).toEqual([]);
  });

  test('a great many keys', () => {
    const hosts = Array.from({ length: 20_000 }, (_, index) => `    h${index}.example.com: [192.0.2.1]`);
    const startMs = performance.now();
    expect(problemsOf(`version: 1\nassume:\n  fqdn:\n${hosts.join('\n')}\n`)).toEqual([]);
    expect(performance.now() - startMs).toBeLessThan(10_000);
  });

  test('a file that is too large', () => {
    expect(problemsOf(`version: 1\n${'#'.repeat(2 ** 20)}`)).toEqual([`${FILE} is larger than 1 MiB`]);
  });
});
