import type { z } from 'zod';
import { unknownName } from '../trace/near-matches.ts';
import { keysAt, PolicyForm } from './policy-form.ts';
import { problemAt, shown, type PolicyProblem } from './problem.ts';
import type { YamlText } from './yaml-text.ts';

/** A policy file of the right form, and where its parts are written. */
export interface Layer {
  readonly yaml: YamlText;
  readonly form: PolicyForm;
}

type FormResult =
  | { readonly kind: 'layer'; readonly layer: Layer }
  | { readonly kind: 'problems'; readonly problems: readonly PolicyProblem[] };

/** What a YAML text says, if it has the form of a policy; else everything that is wrong with it. */
export function toLayer(yaml: YamlText): FormResult {
  const result = PolicyForm.safeParse(yaml.value, { reportInput: true });
  if (result.success) return { kind: 'layer', layer: { yaml, form: result.data } };
  const misspelt = new Set(
    result.error.issues.flatMap(({ code, path }) => (code === 'unrecognized_keys' ? [path.join('/')] : [])),
  );
  // What an entry with an unknown key seems to lack is most likely there under that key.
  const telling = result.error.issues.filter(({ code, path }) => code !== 'custom' || !misspelt.has(path.join('/')));
  return { kind: 'problems', problems: telling.flatMap((issue) => problemsOf(issue, [], yaml)) };
}

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

function problemsOf(issue: Issue, above: Path, yaml: YamlText): PolicyProblem[] {
  const path = [...above, ...issue.path];
  const at = (message: string, place = yaml.placeOf(path)): PolicyProblem => problemAt(yaml.source, place, message);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const what = path[0] === 'checks' ? 'check' : 'key';
        return at(unknownName(what, key, keysAt(path)), yaml.placeOf([...path, key], 'key'));
      });
    case 'invalid_union': {
      // Where a list was meant and one of its entries is wrong, that is what to say.
      const inside = issue.errors.find((each) => each.some((inner) => inner.path.length > 0));
      if (inside !== undefined) return inside.flatMap((inner) => problemsOf(inner, path, yaml));
      return [at(issue.input === undefined ? missing(path) : `${label(path)} ${issue.message}`)];
    }
    case 'invalid_type':
      return [at(typeSentence(issue, path))];
    case 'invalid_value':
      return [at(valueSentence(issue, path))];
    case 'too_small':
      return [
        at(issue.origin === 'number' || issue.origin === 'int' ? limits(path, issue) : `${label(path)} is empty`),
      ];
    case 'too_big':
      return [at(limits(path, issue))];
    case 'invalid_format':
      return [at(`${label(path)} ${issue.message}`)];
    case 'invalid_key':
      return [at('a name is empty', yaml.placeOf(path, 'key'))];
    case 'custom':
      return [at(issue.message)];
    case 'not_multiple_of':
    case 'invalid_element':
      return [at(`${label(path)} cannot be ${shown(issue.input)}`)];
  }
}

/** The key that a value belongs to: `"owner"`, `an entry of "services"`. */
function label(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'a policy file';
  return typeof last === 'number' ? `an entry of "${String(path.at(-2) ?? '')}"` : `"${String(last)}"`;
}

function missing(path: Path): string {
  return `${label(path)} is missing`;
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

function typeSentence({ expected, input }: Extract<Issue, { code: 'invalid_type' }>, path: Path): string {
  if (input === undefined) return missing(path);
  const isBare = typeof path.at(-1) === 'string' && (typeof input === 'number' || typeof input === 'boolean');
  const isPort = path.at(-2) === 'ports' && expected === 'string';
  const wanted = isPort ? 'a protocol and its ports such as tcp/8883' : (WANTED[expected] ?? expected);
  if (path.length === 0) return 'a policy file consists of keys and values and begins with version: 1';
  const hint = isBare && expected === 'string' ? '; put quotes around it if it is right' : '';
  return `${label(path)} must be ${wanted}, not ${shown(input)}${hint}`;
}

function valueSentence({ values, input }: Extract<Issue, { code: 'invalid_value' }>, path: Path): string {
  if (input === undefined) return missing(path);
  const last = String(path.at(-1) ?? '');
  if (last === 'version') return `version ${shown(input)} of the form is not known here; this program reads version 1`;
  const known = values.map(String);
  if (typeof input !== 'string') return `${label(path)} must be ${listed(known)}, not ${shown(input)}`;
  // Of few values all are named: a near one may be the wrong one.
  return known.length <= MOST_NAMED
    ? `${label(path)} must be ${listed(known)}, not ${shown(input)}`
    : unknownName(last, input, known);
}

const MOST_NAMED = 7;

function listed(values: readonly string[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`;
}

function limits(path: Path, issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): string {
  return issue.code === 'too_small'
    ? `${label(path)} must be at least ${issue.minimum}, not ${shown(issue.input)}`
    : `${label(path)} must be at most ${issue.maximum}, not ${shown(issue.input)}`;
}
