import { formProblems, type FormWords } from '../yaml/form-problems.ts';
import type { FileProblem as PolicyProblem } from '../yaml/problem.ts';
import type { YamlText } from '../yaml/yaml-text.ts';
import { keysAt, PolicyForm } from './policy-form.ts';

/** A policy file of the right form, and where its parts are written. */
export interface Layer {
  readonly yaml: YamlText;
  readonly form: PolicyForm;
}

type FormResult =
  | { readonly kind: 'layer'; readonly layer: Layer }
  | { readonly kind: 'problems'; readonly problems: readonly PolicyProblem[] };

const WORDS: FormWords = {
  file: 'a policy file',
  keysAt,
  keyName: (path) => (path[0] === 'checks' ? 'check' : undefined),
  textName: (path) => (path.at(-2) === 'ports' ? 'a protocol and its ports such as tcp/8883' : undefined),
};

/** What a YAML text says, if it has the form of a policy; else everything that is wrong with it. */
export function toLayer(yaml: YamlText): FormResult {
  const result = PolicyForm.safeParse(yaml.value, { reportInput: true });
  if (result.success) return { kind: 'layer', layer: { yaml, form: result.data } };
  return { kind: 'problems', problems: formProblems(result.error, yaml, WORDS) };
}
