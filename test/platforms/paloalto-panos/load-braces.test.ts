import { array, assert, constantFrom, property, record, uniqueArray, type Arbitrary } from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { child, entries, value, type PanNode } from '../../../parsers/paloalto-panos/tree.ts';
import { allForms, printTree } from '../../support/panos-forms.ts';
import { codes, load, shownAt, type Read } from './load-panos.ts';

function rules({ root }: Read): readonly PanNode[] {
  return entries(root, 'vsys', 'vsys1', 'rulebase', 'security', 'rules');
}

test('nested statements', () => {
  const read = load(
    '!RANCID-CONTENT-TYPE: paloalto',
    'config {',
    '  devices {',
    '    localhost.localdomain {',
    '      deviceconfig {',
    '        system {',
    '          hostname fw;',
    '          type {',
    '            static;',
    '          }',
    '        }',
    '      }',
    '    }',
    '  }',
    '}',
  );
  expect([read.form, read.role, read.complete]).toEqual(['braces', 'firewall', 'yes']);
  expect(printTree(read.root)).toEqual(['deviceconfig', ' system', '  hostname', '   fw', '  type', '   static']);
});

test('an identifier behind the name of a rule is not part of it', () => {
  const read = load(
    'rulebase {',
    '  security {',
    '    rules {',
    '      allow-web 01234567-89ab-cdef-0123-456789abcdef {',
    '        from [ trust "guest wifi" ];',
    '        to untrust;',
    '      }',
    '      "deny all" {',
    '        uuid 89abcdef-89ab-cdef-0123-456789abcdef;',
    '        action deny;',
    '      }',
    '      empty 11111111-89ab-cdef-0123-456789abcdef;',
    '    }',
    '  }',
    '}',
  );
  expect(read.diagnostics).toEqual([]);
  expect(rules(read).map(({ word, uuid }) => `${word} #${uuid}`)).toEqual([
    'allow-web #01234567-89ab-cdef-0123-456789abcdef',
    'deny all #89abcdef-89ab-cdef-0123-456789abcdef',
    'empty #11111111-89ab-cdef-0123-456789abcdef',
  ]);
  const [web, deny] = rules(read);
  expect(entries(web, 'from').map(({ word }) => word)).toEqual(['trust', 'guest wifi']);
  expect(deny?.children.map(({ word }) => word)).toEqual(['action']);
  const guests = child(web, 'from', 'guest wifi');
  expect([deny, guests].map((node) => node && shownAt(read, node))).toEqual(['deny all', 'guest wifi']);
  expect(guests?.span).toMatchObject({ line: 5, column: 23, endColumn: 33 });
});

test('everything may stand on one line', () => {
  const read = load('rulebase { security { rules { R1 { from trust; to [ a b ]; } R2 { action deny; } } } }');
  expect(rules(read).map(({ word }) => word)).toEqual(['R1', 'R2']);
  expect(entries(rules(read)[0], 'to').map(({ word }) => word)).toEqual(['a', 'b']);
});

test('a list may go on over lines', () => {
  const read = load('rulebase { security { rules { r {', 'to [ a', '  "b c"', ']; from', '[', 'd', ']', ';', '} } } }');
  expect(read.diagnostics).toEqual([]);
  expect(rules(read)[0] && printTree(rules(read)[0] ?? read.root)).toEqual(['to', ' a', ' b c', 'from', ' d']);
});

test('marks inside of values are part of them', () => {
  const read = load(
    'mgt-config {',
    '  users {',
    '    admin {',
    '      link https://a.example/wiki/Harvest_(software);',
    '      phash $5$a;b{c}$d;',
    '    }',
    '  }',
    '}',
    'address {',
    '  a {',
    '    description "says "x; y" {z}";',
    '    fqdn a.example;',
    '  }',
    '}',
  );
  const admin = child(read.root, 'mgt-config', 'users', 'admin');
  expect([value(admin, 'link'), value(admin, 'phash')]).toEqual([
    'https://a.example/wiki/Harvest_(software)',
    '$5$a;b{c}$d',
  ]);
  const address = child(read.root, 'vsys', 'vsys1', 'address', 'a');
  expect([value(address, 'description'), value(address, 'fqdn')]).toEqual(['says "x; y" {z}', 'a.example']);
});

test('texts go on over lines', () => {
  const read = load(
    'deviceconfig {',
    '  system {',
    '    login-banner "####',
    'set up; {',
    '####";',
    '    hostname fw;',
    '  }',
    '}',
    'shared {',
    '  certificate {',
    '    c {',
    '      public-key "-----BEGIN',
    'AAAA',
    '-----END',
    '";',
    '      algorithm RSA;',
    '    }',
    '  }',
    '}',
  );
  expect(read.diagnostics).toEqual([]);
  const system = child(read.root, 'deviceconfig', 'system');
  expect([value(system, 'login-banner'), value(system, 'hostname')]).toEqual(['####\nset up; {\n####', 'fw']);
  expect(value(read.root, 'shared', 'certificate', 'c', 'algorithm')).toBe('RSA');
});

test('a text that is cut or damaged is said to be', () => {
  const cut = load(
    'rulebase {',
    '  security {',
    '    rules {',
    '      a {',
    '        action allow;',
    '      }',
    '      b {',
  );
  expect(cut.complete).toBe('no');
  expect(codes(cut)).toEqual(['panos/unbalanced 1:1']);
  expect(cut.diagnostics[0]?.more).toBe(3);
  expect(rules(cut).map(({ word, cut: isCut }) => `${word} ${isCut}`)).toEqual(['a false', 'b true']);
  const extra = load('shared {', '}', '}');
  expect(codes(extra)).toEqual(['panos/unbalanced 3:1']);
  const forgotten = load('address {', '  a {', '    ip-netmask 192.0.2.1', '    description x;', '  }', '}');
  expect(codes(forgotten)).toEqual(['panos/broken-statement 3:5']);
  expect(value(forgotten.root, 'vsys', 'vsys1', 'address', 'a', 'ip-netmask')).toBe('192.0.2.1');
});

test('pagers and prompts leave nothing', () => {
  const read = load(
    'admin@fw> show config running',
    '',
    'address {',
    '  a {',
    'lines 1-23',
    '    fqdn a.example;',
    'lines 24-46     description x;',
    '--more--    tag y;',
    '  }',
    '}',
    'admin@fw>',
  );
  expect(read.diagnostics).toEqual([]);
  expect(child(read.root, 'vsys', 'vsys1', 'address', 'a')?.children.map(({ word }) => word)).toEqual([
    'fqdn',
    'description',
    'tag',
  ]);
});

test('pushed policy and template', () => {
  expect(load('policy {', '  panorama {', '    pre-rulebase {', '    }', '  }', '}').role).toBe('pushed-policy');
  expect(load('template {', '  config {', '    network {', '    }', '  }', '}').role).toBe('pushed-template');
  const merged = load('admin@fw> show config merged', 'deviceconfig {', '}');
  expect(merged.role).toBe('merged');
  const vsys = load('admin@fw> show config pushed-shared-policy vsys vsys2', 'pre-rulebase {', '}');
  expect([vsys.role, vsys.vsys]).toEqual(['pushed-policy', 'vsys2']);
});

/** The statements at the top of a tree, in the order of their words; what only XML says is left out. */
function printTop({ root }: Read): string {
  const shown = root.children
    .filter(({ word }) => !word.endsWith('version'))
    .toSorted((a, b) => (a.word < b.word ? -1 : 1))
    .flatMap((each) => [each.word, ...printTree(each, 1)]);
  return shown.join('\n');
}

/** Every form of a tree is that tree again. */
function expectSame(given: Read): void {
  for (const [form, text] of Object.entries(allForms(given.root))) {
    const read = load(...text.trimEnd().split('\n'));
    expect(read.form).toBe(form);
    expect(read.diagnostics, form).toEqual([]);
    expect(printTop(read), form).toBe(printTop(given));
  }
}

const name: Arbitrary<string> = constantFrom('a', 'web server', 'r-1', "it's", '10.0.0.1', 'x&y', 'any', 'service');
const names = uniqueArray(name, { minLength: 1, maxLength: 3 });
const text: Arbitrary<string> = constantFrom(
  'x',
  'two words',
  'has "marks" in it',
  'a; b {c}',
  '"q"',
  "o'clock",
  '<b>',
);

const quoted = (word: string): string => (word.includes('"') ? `'${word}'` : `"${word}"`);

const rule = record({
  from: names,
  to: names,
  source: names,
  application: names,
  text,
  uuid: constantFrom('', '01234567-89ab-cdef-0123-456789abcdef'),
});

test('random configurations are the same tree in three forms', () => {
  const some = record({
    rules: array(record({ rule, name }), { maxLength: 4 }),
    addresses: uniqueArray(name, { maxLength: 4 }),
    group: names,
  });
  assert(
    property(some, ({ rules: given, addresses, group }) => {
      const list = (words: readonly string[]): string => `[ ${words.map(quoted).join(' ')} ]`;
      const read = load(
        'set deviceconfig system hostname fw',
        'set network interface ethernet ethernet1/1 layer3 ip 192.0.2.1/24',
        ...addresses.map((each) => `set address ${quoted(each)} ip-netmask 192.0.2.1`),
        `set shared address-group g static ${list(group)}`,
        'set shared service s protocol tcp port 1883,8883',
        ...given.flatMap(({ rule: each, name: of }, index) => {
          const path = `set rulebase security rules ${quoted(`${of} ${index}`)}`;
          return [
            ...(each.uuid === '' ? [] : [`${path} uuid ${each.uuid}`]),
            `${path} from ${list(each.from)}`,
            `${path} to ${list(each.to)}`,
            `${path} source ${list(each.source)}`,
            `${path} application ${list(each.application)}`,
            `${path} description ${quoted(each.text)}`,
            `${path} action allow`,
          ];
        }),
      );
      expect(read.diagnostics).toEqual([]);
      expectSame(read);
    }),
    { numRuns: 150 },
  );
});

test('every sample is the same tree in three forms', () => {
  const folder = join(import.meta.dirname, '../../../device-samples/paloalto-panos');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((each) =>
    /\.(?:xml|txt|cfg|conf|set)$/u.test(each),
  );
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) expectSame(load(...readFileSync(join(folder, file), 'utf8').trimEnd().split('\n')));
});
