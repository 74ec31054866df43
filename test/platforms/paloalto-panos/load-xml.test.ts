import { expect, test } from 'vitest';
import { child, entries, value, type PanNode } from '../../../parsers/paloalto-panos/tree.ts';
import { printTree } from '../../support/panos-forms.ts';
import { codes, load, shownAt, type Read } from './load-panos.ts';

const RULE = [
  '<entry name="allow mqtt &amp; more" uuid="01234567-89ab-cdef-0123-456789abcdef" loc="BRANCHES">',
  '  <from><member>trust</member><member>dmz</member></from>',
  '  <to>',
  '    <member>untrust</member>',
  '  </to>',
  '  <action>allow</action>',
  '  <description>one',
  '    two</description>',
  '  <option/>',
  '</entry>',
];

function config(...rules: readonly string[]): string[] {
  return [
    '<?xml version="1.0"?>',
    '<config version="10.1.0" urldb="paloaltonetworks" detail-version="10.1.6">',
    '<devices><entry name="localhost.localdomain">',
    '<vsys><entry name="vsys1"><rulebase><security><rules>',
    ...rules,
    '</rules></security></rulebase></entry></vsys>',
    '</entry></devices>',
    '</config>',
  ];
}

function rules({ root }: Read): readonly PanNode[] {
  return entries(root, 'vsys', 'vsys1', 'rulebase', 'security', 'rules');
}

test('entries, members and texts are words', () => {
  const read = load(...config(...RULE));
  expect(read.diagnostics).toEqual([]);
  expect([read.form, read.role, read.complete, read.version]).toEqual(['xml', 'merged', 'yes', '10.1.0']);
  expect(value(read.root, 'detail-version')).toBe('10.1.6');
  const [rule] = rules(read);
  expect(rule && printTree(rule)).toEqual([
    'from',
    ' trust',
    ' dmz',
    'to',
    ' untrust',
    'action',
    ' allow',
    'description',
    ' one\n    two',
    'option',
  ]);
  expect([rule?.word, rule?.uuid, rule?.location]).toEqual([
    'allow mqtt & more',
    '01234567-89ab-cdef-0123-456789abcdef',
    'BRANCHES',
  ]);
});

test('every word knows where it stands', () => {
  const read = load(...config(...RULE));
  const [rule] = rules(read);
  const shown = (...words: readonly string[]): string => {
    const node = child(rule, ...words);
    return node === undefined ? '' : shownAt(read, node);
  };
  expect(rule && shownAt(read, rule)).toBe('allow mqtt &amp; more');
  expect(rule?.span).toMatchObject({ line: 5, column: 14 });
  expect([
    shown('from'),
    shown('from', 'trust'),
    shown('from', 'dmz'),
    shown('to', 'untrust'),
    shown('option'),
  ]).toEqual(['from', 'trust', 'dmz', 'untrust', 'option']);
  expect(child(rule, 'from', 'dmz')?.span).toMatchObject({ line: 6, column: 39, endColumn: 42 });
  expect(shown('description', 'one\n    two')).toBe('one');
});

test('places are right whatever ends the lines, and on one line', () => {
  const lines = config(...RULE.filter((line) => !/one|two/u.test(line)));
  for (const text of [`\uFEFF${lines.join('\r\n')}`, lines.join('\r\n'), lines.join('')]) {
    const read = load(...text.split('\n'));
    const nodes = [rules(read)[0], child(rules(read)[0], 'from', 'dmz'), child(rules(read)[0], 'action', 'allow')];
    expect(nodes.map((node) => node && shownAt(read, node))).toEqual(['allow mqtt &amp; more', 'dmz', 'allow']);
  }
});

test('what stands around a configuration is left out', () => {
  const inner = config('<entry name="r"><action>deny</action></entry>').slice(1);
  const plain = printTree(load(...inner).root);
  const texts = [
    ['<response status="success"><result>', ...inner, '</result></response>'],
    ['admin@fw> show config running', '', ...inner, 'admin@fw> show a & b', 'admin@fw> '],
    inner.slice(1, -1),
    ['<result>', ...inner.slice(1, -1), '</result>'],
    ['<root>', ...inner.slice(1, -1), '</root>'],
  ];
  for (const text of texts) {
    const read = load(...text);
    expect(read.diagnostics).toEqual([]);
    expect(printTree(read.root).filter((line) => !/version|^ 10/u.test(line))).toEqual(
      plain.filter((line) => !/version|^ 10/u.test(line)),
    );
  }
});

test('fragments stand where they belong', () => {
  const words = (...lines: readonly string[]): string[] => printTree(load(...lines).root).map((line) => line.trim());
  expect(words('<rulebase><nat><rules><entry name="n"/></rules></nat></rulebase>')).toEqual([
    'vsys',
    'vsys1',
    'rulebase',
    'nat',
    'rules',
    'n',
  ]);
  expect(words('<entry name="vsys2"><zone><entry name="a"/></zone></entry>')).toEqual(['vsys', 'vsys2', 'zone', 'a']);
  expect(words('<address><entry name="a"/></address>')).toEqual(['vsys', 'vsys1', 'address', 'a']);
});

test('several outputs in one text are one tree', () => {
  const { root } = load(
    'admin@fw> show config running',
    '<?xml version="1.0"?><config><devices><entry name="localhost.localdomain"><deviceconfig><system><hostname>fw</hostname></system></deviceconfig>',
    '<vsys><entry name="vsys1"><zone><entry name="a"/></zone></entry></vsys></entry></devices></config>',
    'admin@fw> show config pushed-shared-policy',
    '<?xml version="1.0"?><policy><panorama><pre-rulebase><security><rules><entry name="r"/></rules></security></pre-rulebase></panorama></policy>',
    '<config><devices><entry name="localhost.localdomain"><vsys><entry name="vsys1"><address><entry name="b"/></address></entry></vsys></entry></devices></config>',
  );
  expect(entries(root, 'vsys').map(({ word }) => word)).toEqual(['vsys1']);
  expect(child(root, 'vsys', 'vsys1')?.children.map(({ word }) => word)).toEqual(['zone', 'address']);
  expect(child(root, 'policy', 'panorama', 'pre-rulebase', 'security', 'rules', 'r')).toBeDefined();
});

test('each of many documents may have its XML declaration', () => {
  const one = (name: string): string[] => ['<?xml version="1.0" ?>', ...config(`<entry name="${name}"/>`).slice(1)];
  const read = load(...one('a'), '', 'text between', ...one('b'), ...one('c'), ...one('d'));
  expect(read.diagnostics).toEqual([]);
  expect(rules(read).map(({ word }) => word)).toEqual(['a', 'b', 'c', 'd']);
});

test('rules of one name are all kept', () => {
  const read = load(...config('<entry name="r"/>', '<entry name="r"/>'));
  expect(rules(read)).toHaveLength(2);
});

test('malformed XML: what stands before it counts, what it stands in is cut', () => {
  const read = load(
    ...config(
      '<entry name="one"><action>allow</action></entry>',
      '<entry name="two"><from><member>a</member></form>',
      '<action>deny</action></entry>',
      '<entry name="three"><action>deny</action></entry>',
    ),
  );
  expect(read.complete).toBe('no');
  expect(codes(read)).toEqual(['panos/malformed-xml 6:49']);
  expect(read.diagnostics[0]?.message).toBe('the XML is not well-formed (line 6, column 49: unexpected close tag)');
  expect(rules(read).map(({ word, cut }) => `${word} ${cut}`)).toEqual(['one false', 'two true']);
  expect(rules(read)[1] && printTree(rules(read)[1] ?? read.root)).toEqual(['from', ' a']);
  // Rules behind it are only counted.
  expect(read.builder.unread.map(({ word, name }) => `${word} ${name.line}:${name.column}`)).toEqual(['security 8:2']);
});

test('a text that ends too early is cut where it ends', () => {
  const whole = config(...RULE).join('\n');
  for (const end of ['<action>allow', '<action>al', '<member>untrust</mem', '<action>', '  <to']) {
    const at = whole.indexOf(end) + end.length;
    const read = load(...whole.slice(0, at).split('\n'));
    expect(read.complete, end).toBe('no');
    expect(codes(read)).toHaveLength(1);
    expect(codes(read)[0]).toMatch(/^panos\/malformed-xml \d+:\d+$/u);
    expect(rules(read)[0]?.cut, end).toBe(true);
    expect(value(rules(read)[0], 'action'), end).toBeUndefined();
  }
});

test('an unknown entity leaves the rest as it is', () => {
  const read = load(...config('<entry name="a"><description>x &nbsp; y</description></entry>', '<entry name="b"/>'));
  expect(codes(read)).toEqual(['panos/malformed-xml 5:37']);
  expect(read.diagnostics[0]?.severity).toBe('warning');
  expect(read.complete).toBe('yes');
  expect(rules(read).map(({ word }) => word)).toEqual(['a', 'b']);
});

test('comments and CDATA', () => {
  const read = load(
    ...config(
      '<!-- a note with <entry name="x"> -->',
      '<entry name="a"><description><![CDATA[1 < 2 & 3]]></description><!-- b --><action>deny</action></entry>',
    ),
  );
  expect(rules(read).map(({ word }) => word)).toEqual(['a']);
  const description = child(rules(read)[0], 'description', '1 < 2 & 3');
  expect(description && shownAt(read, description)).toBe('1 < 2 & 3');
  expect(value(rules(read)[0], 'action')).toBe('deny');
});

test('a refused request is said', () => {
  const read = load('<response status="error" code="403"><result><msg>Forbidden</msg></result></response>');
  expect(codes(read)).toEqual(['panos/refused-command 1:2']);
});

test('what goes far deeper than a configuration is left out', () => {
  const read = load('<config><shared>', '<a>'.repeat(5000), '</a>'.repeat(5000), '</shared></config>');
  expect(codes(read)).toEqual([`panos/too-deep 2:${3 * 119 + 2}`]);
});

const role = (...lines: readonly string[]): string => load(...lines).role;

test('each output is known for what it is', () => {
  expect(role('<policy><panorama><pre-rulebase/></panorama></policy>')).toBe('pushed-policy');
  expect(role('<result><shared><pre-rulebase/></shared></result>')).toBe('pushed-policy');
  expect(
    role(
      '<template><config version="10.1.0"><devices><entry name="localhost.localdomain"><network/></entry></devices></config></template>',
    ),
  ).toBe('pushed-template');
  expect(
    role(
      '<config><devices><entry name="localhost.localdomain"><template><entry name="T"><config/></entry></template></entry></devices></config>',
    ),
  ).toBe('panorama');
  expect(role('<config><mgt-config/><shared><post-rulebase/></shared></config>')).toBe('panorama');
  expect(role('<config><panorama><log-settings/></panorama></config>')).toBe('panorama');
  expect(
    role(
      '<config><panorama><vsys><entry name="vsys1"/></vsys></panorama><devices><entry name="localhost.localdomain"><network/><vsys><entry name="vsys1"/></vsys></entry></devices></config>',
    ),
  ).toBe('firewall');
  expect(role(...config('<entry name="r" loc="DG"/>'))).toBe('merged');
  expect(
    role('<config><mgt-config/><devices><entry name="localhost.localdomain"><network/></entry></devices></config>'),
  ).toBe('firewall');
});

test('a pushed template is the configuration in it', () => {
  const { root } = load(
    '<template><config><devices><entry name="localhost.localdomain"><network/></entry></devices></config></template>',
  );
  expect(root.children.map(({ word }) => word)).toEqual(['network']);
});
