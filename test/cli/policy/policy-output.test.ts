/** What people see of a policy: its problems on a terminal, its form in an editor. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadPolicy } from '../../../cli/policy/load-policy.ts';
import { policySchema } from '../../../cli/policy/policy-schema.ts';
import { policyProblemsText } from '../../../cli/policy/problems-text.ts';
import { plainPaint } from '../../../cli/terminal/paint.ts';
import { run } from '../support/fake-io.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { EXAMPLE, FILE } from './policies.ts';

describe('problems as text', () => {
  const layout = { width: 80, paint: plainPaint, verbose: false };
  const text = (policy: string, verbose = false): string => {
    const loaded = loadPolicy(FILE, new MemoryFiles({ [FILE]: policy }));
    return loaded.kind === 'policy' ? '' : policyProblemsText(loaded.problems, { ...layout, verbose });
  };

  test('have their place, the line and a caret', () => {
    expect(text('version: 1\n\n\n\n\n\n\n\nnetworks: []\nwaivrs: []\nsegments: [{segment: a, role: x}]\n')).toBe(
      [
        'error[policy] no key "waivrs"; did you mean "waivers"?',
        '  --> brokerfence.yaml:10:1',
        '10 | waivrs: []',
        '   | ^^^^^^',
        '',
        'error[policy] "role" must be internal, untrusted, dmz, partner, management or',
        'ot, not "x"',
        '  --> brokerfence.yaml:11:31',
        '11 | segments: [{segment: a, role: x}]',
        '   |                               ^',
        '',
        '2 problems with the policy, so nothing was judged by it',
        '',
      ].join('\n'),
    );
  });

  test('are limited unless all are wanted', () => {
    const many = `version: 1\nnetworks:\n${'  - x\n'.repeat(30)}`;
    expect(text(many).match(/-->/gu)).toHaveLength(20);
    expect(text(many)).toContain('and 10 further problems (--verbose shows them)\n30 problems with the policy');
    expect(text(many, true).match(/-->/gu)).toHaveLength(30);
  });

  test('of a file that could not be read have no place', () => {
    expect(text('')).toBe(
      'error[policy] brokerfence.yaml: is empty\n\n1 problem with the policy, so nothing was judged by it\n',
    );
  });

  test('show neither secrets nor control characters of a file that was named by mistake', () => {
    const config = ['username admin password 0 hunter2', 'a: &x "snmp-server community s3cret RO"'];
    const shown =
      config.map((line) => text(line)).join('') +
      text('version: 1\nnetworks: ["password hunter2 \\e[31m", "x\u001b[31m"]\n') +
      text('version: 1\nnetworks: ["x\u001b[31m"]\n');
    expect(shown).not.toMatch(/hunter2|s3cret/u);
    expect(shown).toContain('username admin password <masked>');
    expect(shown).not.toContain('\u001b');
  });
});

describe('the JSON Schema', () => {
  const schema: unknown = JSON.parse(policySchema());
  const validate = new Ajv2020({ strict: true, strictRequired: false, allErrors: true }).compile(Object(schema));
  const accepts = (text: string): boolean => validate(parse(text));

  test('accepts the example, and what may be left empty', () => {
    accepts(EXAMPLE);
    expect(validate.errors).toBeNull();
    expect(accepts('version: 1\napprovals:\nassume: {fqdn: }\n')).toBe(true);
  });

  test.each([
    ['an unknown key', 'version: 1\nnetwork: []\n'],
    ['an unknown key of an entry', 'version: 1\nsegments: [{segment: a, role: dmz, trust: x}]\n'],
    ['an unknown check', 'version: 1\nchecks: {egress-unfilterd: off}\n'],
    ['an unknown check of a waiver', 'version: 1\nwaivers: [{check: egress-unfilterd, reason: r, owner: o}]\n'],
    ['an unknown severity', 'version: 1\nchecks: {egress-unfiltered: bad}\n'],
    ['no version', 'networks: []\n'],
    ['an approval of nothing', 'version: 1\napprovals: [{name: a, clients: any, brokers: any, owner: o, reason: r}]\n'],
    [
      'an approval that nobody answers for',
      'version: 1\napprovals: [{name: a, services: [mqtt], clients: any, brokers: any}]\n',
    ],
    ['a service of no family', 'version: 1\nservices: [{name: a, protocol: tcp, port: 1}]\n'],
    ['an empty block list', 'version: 1\nblock-lists: [{name: a}]\n'],
    ['a waiver of everything', 'version: 1\nwaivers: [{reason: r, owner: o}]\n'],
  ])('rejects %s', (_, text) => {
    expect(accepts(text)).toBe(false);
  });

  test('describes every key', () => {
    const undescribed: string[] = [];
    const look = (part: unknown, path: string): void => {
      if (typeof part !== 'object' || part === null) return;
      for (const [key, value] of Object.entries(part)) {
        if (key === 'if') continue;
        if (key === 'properties') {
          for (const [name, property] of Object.entries(Object(value))) {
            if (!('description' in Object(property))) undescribed.push(`${path}.${name}`);
          }
        }
        look(value, key === 'properties' ? path : `${path}.${key}`);
      }
    };
    look(schema, '');
    expect(undescribed).toEqual([]);
  });

  test('is printed by brokerfence schema policy', async () => {
    expect(await run(['schema', 'policy'])).toMatchObject({ exitCode: 0, stdout: policySchema() });
  });
});
