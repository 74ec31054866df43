import type { PlainScalar, YamlDialect } from '../../yaml/yaml-text.ts';
import { pythonFloat, pythonInteger } from './python-numbers.ts';

/*
 * Ansible reads YAML with PyYAML, which is YAML 1.1: `yes` is true, 010 is 8, 1:30 is 90, 1e3 is text, `<<` merges. The
 * patterns are those of PyYAML's `resolver.py`, the values those of its `constructor.py`.
 */

const OCTAL = /^[-+]?0[0-7_]+$/u;

const tag = (name: string): string => `tag:yaml.org,2002:${name}`;

const PLAIN: readonly PlainScalar[] = [
  { tag: tag('null'), test: /^(?:~|null|Null|NULL|)$/u, resolve: () => null },
  {
    tag: tag('bool'),
    test: /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/u,
    resolve: (text) => /^(?:yes|true|on)$/iu.test(text),
  },
  {
    tag: tag('int'),
    test: /^(?:[-+]?0b_*[01][01_]*|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x_*[0-9a-fA-F][0-9a-fA-F_]*|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/u,
    resolve: integer,
  },
  {
    tag: tag('float'),
    test: /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/u,
    resolve: float,
  },
];

/** The YAML of Ansible's files. */
export const ANSIBLE_YAML: YamlDialect = { tags: ['!vault', '!unsafe', '!vault-encrypted'], plain: PLAIN };

function integer(text: string): number | string {
  const digits = text.replaceAll('_', '');
  const sign = digits.startsWith('-') ? '-' : '';
  const unsigned = digits.replace(/^[-+]/u, '');
  if (unsigned.includes(':')) return pythonInteger(sign + String(sexagesimal(unsigned)));
  return pythonInteger(sign + (OCTAL.test(text) && unsigned !== '0' ? `0o${unsigned.slice(1)}` : unsigned));
}

function float(text: string): string {
  const plain = text.replaceAll('_', '').toLowerCase();
  if (plain.endsWith('.nan')) return pythonFloat(Number.NaN);
  const sign = plain.startsWith('-') ? -1 : 1;
  const unsigned = plain.replace(/^[-+]/u, '');
  if (unsigned === '.inf') return pythonFloat(sign * Infinity);
  return pythonFloat(sign * (unsigned.includes(':') ? sexagesimal(unsigned) : Number(unsigned)));
}

/** `1:30` is ninety. */
const sexagesimal = (text: string): number => text.split(':').reduce((sum, digits) => sum * 60 + Number(digits), 0);
