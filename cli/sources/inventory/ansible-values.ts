import { shown } from '../../yaml/problem.ts';
import { TaggedText } from '../../yaml/yaml-text.ts';
import type { SecretReference } from '../ssh/endpoint.ts';

/** What a variable gives, or a sentence without a full stop and without the value of a secret. */
export type Given<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'wrong'; readonly message: string };

const value = <T>(given: T): Given<T> => ({ kind: 'value', value: given });
const wrong = (message: string): { readonly kind: 'wrong'; readonly message: string } => ({ kind: 'wrong', message });

const ENVIRONMENT =
  /^\{\{\s*(?:lookup|query|q)\(\s*(?<quote>["'])(?:ansible\.builtin\.)?env\k<quote>\s*,\s*(?<second>["'])(?<variable>[A-Za-z_]\w*)\k<second>\s*\)\s*\}\}$/u;
const INSTEAD = `write "{{ lookup('env', 'NAME') }}", or set brokerfence_`;

/** A text; of Jinja only the host's own name can be filled in. */
export function textGiven(name: string, given: unknown, host: string): Given<string> {
  if (given instanceof TaggedText && given.tag === '!unsafe') return value(given.text);
  if (given instanceof TaggedText) return wrong(`${name} is encrypted with ansible-vault, which is not read here`);
  if (typeof given === 'number') return value(String(given));
  if (typeof given !== 'string') return wrong(`${name} must be text, not ${shown(given)}`);
  const filled = given.replaceAll(/\{\{\s*inventory_hostname\s*\}\}/gu, host);
  if (/\{[{%#]/u.test(filled)) {
    return wrong(
      `${name} is a template of Jinja, which is not worked out here; write the value, or take it from ansible-inventory --list --yaml`,
    );
  }
  return value(filled);
}

export function integerGiven(name: string, given: unknown, host: string, most: number): Given<number> {
  const text = textGiven(name, given, host);
  if (text.kind === 'wrong') return text;
  const number = /^\d{1,9}$/u.test(text.value) ? Number(text.value) : 0;
  return number >= 1 && number <= most
    ? value(number)
    : wrong(`${name} must be a number from 1 to ${most}, not ${shown(given)}`);
}

/** YAML 1.1 and Python's words for true and false, as Ansible has them. */
export function truthGiven(name: string, given: unknown): Given<boolean> {
  const text = String(given).toLowerCase();
  if (['true', 'yes', 'on', '1'].includes(text)) return value(true);
  if (['false', 'no', 'off', '0'].includes(text)) return value(false);
  return wrong(`${name} must be true or false, not ${shown(given)}`);
}

export function listGiven(name: string, given: unknown, host: string): Given<readonly string[]> {
  const entries: readonly unknown[] = Array.isArray(given) ? given : String(given).split(',');
  const read = entries.map((entry) => textGiven(name, typeof entry === 'string' ? entry.trim() : entry, host));
  const bad = read.find((each) => each.kind === 'wrong');
  if (bad?.kind === 'wrong') return bad;
  return value(read.flatMap((each) => (each.kind === 'value' && each.value !== '' ? [each.value] : [])));
}

/**
 * Where the secret of an Ansible variable comes from: the environment, if a lookup says so. A secret that stands in the
 * inventory itself is never taken from there, encrypted or not.
 */
export function secretGiven(name: string, given: unknown, instead: string): Given<SecretReference> {
  const todo = `${INSTEAD}${instead} to prompt, env:NAME or {command: [program, word]}`;
  if (given instanceof TaggedText)
    return wrong(`${name} is encrypted with ansible-vault, which is not read here; ${todo}`);
  const text = typeof given === 'string' ? given.trim() : '';
  if (text.startsWith('$ANSIBLE_VAULT'))
    return wrong(`${name} is encrypted with ansible-vault, which is not read here; ${todo}`);
  const variable = ENVIRONMENT.exec(text)?.groups?.['variable'];
  if (variable !== undefined) return value({ kind: 'environment', variable });
  if (/\{[{%]/u.test(text)) return wrong(`${name} is a template of Jinja, which is not worked out here; ${todo}`);
  return wrong(`${name} stands here in clear text, from where it is not taken; remove it and ${todo}`);
}

/** `brokerfence_credential` and the like: `prompt`, `env:NAME`, `{env: NAME}` or `{command: [program, word]}`. */
export function referenceGiven(name: string, given: unknown): Given<SecretReference> {
  if (given === 'prompt') return value({ kind: 'prompt' });
  const fields = new Map<string, unknown>(typeof given === 'object' && given !== null ? Object.entries(given) : []);
  const variable = typeof given === 'string' ? /^env:(?<name>.+)$/u.exec(given)?.groups?.['name'] : fields.get('env');
  if (typeof variable === 'string' && /^[A-Za-z_]\w*$/u.test(variable) && fields.size < 2) {
    return value({ kind: 'environment', variable });
  }
  const command: readonly unknown[] = Array.isArray(fields.get('command')) ? [fields.get('command')].flat() : [];
  const words = command.filter((word) => typeof word === 'string');
  if (fields.size === 1 && words.length > 0 && words.length === command.length)
    return value({ kind: 'command', command: words });
  return wrong(
    `${name} must be prompt, env:NAME, {env: NAME} or {command: [program, word]}; a secret itself never stands in an inventory`,
  );
}
