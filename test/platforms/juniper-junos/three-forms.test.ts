import { array, assert, constantFrom, integer, property, record, type Arbitrary } from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { printDevice } from '../../../parsers/model/print.ts';
import { readFixture } from '../../support/fixture.ts';
import { otherForms } from '../../support/junos-forms.ts';
import { readJunos } from './read-junos.ts';

function printed(text: string): string {
  return readJunos(text)
    .devices.map((device) => printDevice(device))
    .join('\n');
}

/** Both other forms give the same devices. Returns whether the text could be written in them. */
function expectSame(name: string, braces: string): boolean {
  const forms = otherForms(braces);
  if (forms === undefined) return false;
  const expected = printed(braces);
  expect(printed(forms.set), `${name} in set lines`).toBe(expected);
  expect(printed(forms.xml), `${name} in XML`).toBe(expected);
  return true;
}

const root = join(import.meta.dirname, '../../..');

test('every fixture in braces is the same device in set lines and in XML', () => {
  const folder = join(root, 'test/fixtures/juniper-junos');
  const cases = readdirSync(folder).flatMap((name) => readFixture(name, readFileSync(join(folder, name), 'utf8')));
  const compared = cases.filter(
    ({ texts: [{ config }], title }) => /\{\s*$/mu.test(config) && expectSame(title, config),
  );
  expect(compared.length).toBeGreaterThan(60);
});

test('every sample in braces is the same device in set lines and in XML', () => {
  const folder = join(root, 'device-samples/juniper-junos');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(?:conf|cfg|txt)$/u.test(name),
  );
  const texts = files.map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
  const compared = texts.filter(({ name, text }) => /\{\s*$/mu.test(text) && expectSame(name, text));
  expect(compared.length).toBeGreaterThan(0);
});

const address: Arbitrary<string> = constantFrom(
  '10.0.0.0/8',
  '10.1.0.0/16',
  '192.0.2.7/32',
  '0.0.0.0/0',
  '10.1.2.0/24',
);

const condition: Arbitrary<string> = constantFrom(
  'protocol tcp;',
  'protocol [ tcp udp ];',
  'inactive: protocol udp;',
  'destination-port 1883;',
  'destination-port [ ssh 8880-8889 ];',
  'inactive: destination-port [ 1 2 ];',
  'source-port-except 0-1023;',
  'tcp-initial;',
  'tcp-flags "(syn & !ack) | rst";',
  'dscp [ ef af11 ];',
  'source-prefix-list { P except; }',
);

const term: Arbitrary<string> = record({
  name: constantFrom('a', 'b', 'two words', '<odd&>', '7'),
  inactive: constantFrom('', '', 'inactive: ', 'protect: '),
  addresses: array(record({ address, except: constantFrom('', ' except'), off: constantFrom('', 'inactive: ') }), {
    maxLength: 3,
  }),
  conditions: array(condition, { maxLength: 3 }),
  action: constantFrom(
    'then accept;',
    'then { count c; discard; }',
    'then { reject tcp-reset; }',
    'then { next term; }',
    '',
  ),
}).map(({ name, inactive, addresses, conditions, action }) => {
  const list = addresses.map((each) => `${each.off}${each.address}${each.except};`).join(' ');
  const from = [...(list === '' ? [] : [`source-address { ${list} }`]), ...conditions].join(' ');
  return `${inactive}term "${name}" { ${from === '' ? '' : `from { ${from} }`} ${action} }`;
});

test('random filters, bindings and groups are the same in three forms', () => {
  const text = record({
    terms: array(term, { maxLength: 4 }),
    inherited: array(term, { maxLength: 2 }),
    unit: integer({ min: 0, max: 2 }),
    binding: constantFrom('input F', 'output F', 'input-list [ F G ]', 'inactive: input F'),
  }).map(({ terms, inherited, unit, binding }) =>
    [
      `groups { G { firewall { family inet { filter F { ${inherited.join('\n')} } } } } }`,
      'apply-groups G;',
      `interfaces { ge-0/0/0 { unit ${unit} { family inet { filter { ${binding}; } address 192.0.2.1/24; } } } lo0 { unit 0 { family inet; } } }`,
      'policy-options { prefix-list P { 10.1.0.0/16; 2001:db8::/32; } }',
      `firewall { family inet { filter F { ${terms.join('\n')} } filter G { term g { then accept; } } } }`,
    ].join('\n'),
  );
  let compared = 0;
  assert(
    property(text, (braces) => {
      if (expectSame('random', braces)) compared += 1;
    }),
    { numRuns: 200 },
  );
  expect(compared).toBeGreaterThan(150);
});
