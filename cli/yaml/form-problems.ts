import type { z } from 'zod';
import { unknownName } from '../trace/near-matches.ts';
import { problemAt, shown, type FileProblem } from './problem.ts';
import type { YamlText } from './yaml-text.ts';

type Path = readonly PropertyKey[];

/** How one kind of file is spoken of when its form is not kept. */
export interface FormWords {
  /** `a policy file` */
  readonly file: string;
  /** The keys that may stand at a path. */
  readonly keysAt: (path: Path) => readonly string[];
  /** What a key at a path is called; absent: `key`. */
  readonly keyName?: (path: Path) => string | undefined;
  /** What is wanted at a path in place of `text`, with an example. */
  readonly textName?: (path: Path) => string | undefined;
  /** What to say of a key that is known to be wrong at a path; absent: that there is no such key, and the nearest. */
  readonly wrongKey?: (path: Path, key: string) => string | undefined;
  /** Whether what stands at a path may be quoted in a message; absent: everything may. */
  readonly mayQuote?: (path: Path) => boolean;
  /** Values of keys that do not exist are not shown: one of them may be a misspelt password. */
  readonly hidesUnknown?: true;
}

/** Everything that is wrong with the form of a YAML text, each with its place and the nearest right word. */
export function formProblems(error: z.ZodError, yaml: YamlText, words: FormWords): FileProblem[] {
  const misspelt = new Set(
    error.issues.flatMap(({ code, path }) => (code === 'unrecognized_keys' ? [path.join('/')] : [])),
  );
  // What an entry with an unknown key seems to lack is most likely there under that key.
  const telling = error.issues.filter(({ code, path }) => code !== 'custom' || !misspelt.has(path.join('/')));
  return telling.flatMap((issue) => problemsOf(issue, [], yaml, words));
}

/** The line up to the key that is meant. */
function withoutValue(problem: FileProblem): FileProblem {
  const { span, text = '' } = problem;
  const end = span === undefined ? 0 : span.endColumn - 1;
  return text.length > end ? { ...problem, text: `${text.slice(0, end)}: <masked>` } : problem;
}

type Issue = z.core.$ZodIssue;

function problemsOf(issue: Issue, above: Path, yaml: YamlText, words: FormWords): FileProblem[] {
  const path = [...above, ...issue.path];
  const at = (message: string, place = yaml.placeOf(path)): FileProblem => problemAt(yaml.source, place, message);
  const label = labelOf(path, words);
  const quoted = (input: unknown): string => (words.mayQuote?.(path) === false ? 'this' : shown(input));
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const unknown = unknownName(words.keyName?.(path) ?? 'key', key, words.keysAt(path));
        const problem = at(words.wrongKey?.(path, key) ?? unknown, yaml.placeOf([...path, key], 'key'));
        return words.hidesUnknown === true ? withoutValue(problem) : problem;
      });
    case 'invalid_union': {
      // Where a list was meant and one of its entries is wrong, that is what to say.
      const inside = issue.errors.find((each) => each.some((inner) => inner.path.length > 0));
      if (inside !== undefined) return inside.flatMap((inner) => problemsOf(inner, path, yaml, words));
      return [at(issue.input === undefined ? `${label} is missing` : `${label} ${issue.message}`)];
    }
    case 'invalid_type':
      return [at(typeSentence(issue, path, label, quoted(issue.input), words))];
    case 'invalid_value':
      return [at(valueSentence(issue, path, label, quoted(issue.input)))];
    case 'too_small': {
      const isNumber = issue.origin === 'number' || issue.origin === 'int';
      return [
        at(isNumber ? `${label} must be at least ${issue.minimum}, not ${quoted(issue.input)}` : `${label} is empty`),
      ];
    }
    case 'too_big':
      return [at(`${label} must be at most ${issue.maximum}, not ${quoted(issue.input)}`)];
    case 'invalid_format':
      return [at(`${label} ${issue.message}`)];
    case 'invalid_key':
      return [at('a name is empty', yaml.placeOf(path, 'key'))];
    case 'custom':
      return [at(issue.message)];
    case 'not_multiple_of':
    case 'invalid_element':
      return [at(`${label} cannot be ${quoted(issue.input)}`)];
  }
}

/** The key that a value belongs to: `"owner"`, `an entry of "services"`. */
function labelOf(path: Path, { file }: FormWords): string {
  const last = path.at(-1);
  if (last === undefined) return file;
  return typeof last === 'number' ? `an entry of "${String(path.at(-2) ?? '')}"` : `"${String(last)}"`;
}

const WANTED: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys and values',
  record: 'keys and values',
};

function typeSentence(
  { expected, input }: Extract<Issue, { code: 'invalid_type' }>,
  path: Path,
  label: string,
  quoted: string,
  words: FormWords,
): string {
  if (input === undefined) return `${label} is missing`;
  if (path.length === 0) return `${words.file} consists of keys and values and begins with version: 1`;
  const isBare = typeof path.at(-1) === 'string' && (typeof input === 'number' || typeof input === 'boolean');
  const special = expected === 'string' ? words.textName?.(path) : undefined;
  const hint = isBare && expected === 'string' ? '; put quotes around it if it is right' : '';
  return `${label} must be ${special ?? WANTED[expected] ?? expected}, not ${quoted}${hint}`;
}

function valueSentence(
  { values, input }: Extract<Issue, { code: 'invalid_value' }>,
  path: Path,
  label: string,
  quoted: string,
): string {
  if (input === undefined) return `${label} is missing`;
  const last = String(path.at(-1) ?? '');
  if (last === 'version') return `version ${quoted} of the form is not known here; this program reads version 1`;
  const known = values.map(String);
  // Of few values all are named: a near one may be the wrong one.
  return typeof input !== 'string' || known.length <= MOST_NAMED
    ? `${label} must be ${listed(known)}, not ${quoted}`
    : unknownName(last, input, known);
}

const MOST_NAMED = 7;

function listed(values: readonly string[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`;
}
