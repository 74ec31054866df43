import { expect, test } from 'vitest';
import { child, entries, value, type PanNode } from '../../../parsers/paloalto-panos/tree.ts';
import { printTree } from '../../support/panos-forms.ts';
import { codes, load, shownAt, type Read } from './load-panos.ts';

function rules({ root }: Read): readonly PanNode[] {
  return entries(root, 'vsys', 'vsys1', 'rulebase', 'security', 'rules');
}

function names(read: Read): string[] {
  return rules(read).map(({ word }) => word);
}

test('statements of a firewall with one virtual system stand in vsys1', () => {
  const { root, form, role } = load(
    'set deviceconfig system hostname fw',
    'set network interface ethernet ethernet1/1 layer3 ip 192.0.2.1/24',
    'set zone trust network layer3 [ ethernet1/1 ethernet1/2 ]',
    'set shared address a fqdn broker.example',
  );
  expect([form, role]).toEqual(['set', 'firewall']);
  expect(root.children.map(({ word }) => word)).toEqual(['deviceconfig', 'network', 'vsys', 'shared']);
  const layer3 = entries(root, 'vsys', 'vsys1', 'zone', 'trust', 'network', 'layer3');
  expect(layer3.map(({ word }) => word)).toEqual(['ethernet1/1', 'ethernet1/2']);
});

test('the prefix of an exported file is left out', () => {
  const short = load('set deviceconfig system hostname fw', 'set address a ip-netmask 192.0.2.1');
  const long = load(
    'set config devices localhost.localdomain deviceconfig system hostname fw',
    'set config devices localhost.localdomain vsys vsys1 address a ip-netmask 192.0.2.1',
  );
  expect(printTree(long.root)).toEqual(printTree(short.root));
});

test('serial numbers that a manager lists stay', () => {
  const { root } = load('set response result devices 00000001 hostname branch-1');
  expect(value(root, 'devices', '00000001', 'hostname')).toBe('branch-1');
});

test('every word knows where it stands, inside of its quotation marks', () => {
  const read = load('set address "web server" description "front \'end\'"', 'set tag [ one two]');
  const address = child(read.root, 'vsys', 'vsys1', 'address', 'web server');
  expect(address?.span).toEqual({ source: 'fw', line: 1, column: 14, endColumn: 24 });
  const two = child(read.root, 'vsys', 'vsys1', 'tag', 'two');
  expect(two && shownAt(read, two)).toBe('two');
});

test('quotation marks inside of a text do not end it', () => {
  const text = (line: string, ...more: readonly string[]): string | undefined =>
    value(load(`set address a description ${line}`, ...more).root, 'vsys', 'vsys1', 'address', 'a', 'description');
  expect(text('"say "hello" now"')).toBe('say "hello" now');
  expect(text('"ends with ""')).toBe('ends with "');
  expect(text("'has a \" mark'")).toBe('has a " mark');
  expect(text('"first "part""', 'set address b fqdn x.example')).toBe('first "part"');
  expect(text('"one" tag red')).toBe('one');
  expect(text('""')).toBe('');
});

test('a text goes on over lines until its quotation mark', () => {
  const read = load(
    'set address a description "first',
    'second { line }',
    'set in stone? no: third"',
    'set address a description "one "quoted"',
    'and more"',
    'set address b fqdn x.example',
  );
  const addresses = entries(read.root, 'vsys', 'vsys1', 'address');
  expect(addresses.map(({ word }) => word)).toEqual(['a', 'b']);
  // A line that begins like a command ends the text before it.
  expect(codes(read)).toContain('panos/open-string 1:27');
  const plain = load('set address a description "first', 'second"', 'set address b fqdn x.example');
  expect(plain.diagnostics).toEqual([]);
  expect(value(plain.root, 'vsys', 'vsys1', 'address', 'a', 'description')).toBe('first\nsecond');
  expect(entries(plain.root, 'vsys', 'vsys1', 'address').map(({ word }) => word)).toEqual(['a', 'b']);
});

test('a filter keeps the marks of its own', () => {
  const filter = (line: string): string | undefined =>
    value(
      load(`set address-group g dynamic filter ${line}`).root,
      'vsys',
      'vsys1',
      'address-group',
      'g',
      'dynamic',
      'filter',
    );
  expect(filter(`"'a' and 'b'"`)).toBe(`'a' and 'b'`);
  expect(filter(`'"a b" or c'`)).toBe('"a b" or c');
});

test('one line of a script may hold several statements of a rule', () => {
  const read = load(
    'set rulebase security rules r from trust to [ untrust dmz ] source any destination any application ssl service tcp-1 action allow profile-setting group strict log-end no',
    'set rulebase application-override rules o port 1883 protocol tcp application custom',
    'set rulebase nat rules n from a to b source-translation dynamic-ip-and-port interface-address interface ethernet1/1 ip 192.0.2.1 service any',
    'set service s protocol tcp port 1883 source-port 1024-65535',
    'set rulebase pbf rules p from zone a action no-pbf',
    'set rulebase decryption rules d type ssl-inbound-inspection certificate-1 action decrypt',
  );
  const [rule] = rules(read);
  expect(rule?.children.map(({ word }) => word)).toEqual([
    'from',
    'to',
    'source',
    'destination',
    'application',
    'service',
    'action',
    'profile-setting',
    'log-end',
  ]);
  expect(entries(rule, 'to').map(({ word }) => word)).toEqual(['untrust', 'dmz']);
  expect(value(rule, 'profile-setting', 'group')).toBe('strict');
  const rulebase = child(read.root, 'vsys', 'vsys1', 'rulebase');
  const override = child(rulebase, 'application-override', 'rules', 'o');
  expect([value(override, 'port'), value(override, 'protocol'), value(override, 'application')]).toEqual([
    '1883',
    'tcp',
    'custom',
  ]);
  const nat = child(rulebase, 'nat', 'rules', 'n');
  const translation = child(nat, 'source-translation', 'dynamic-ip-and-port', 'interface-address');
  expect([value(translation, 'interface'), value(translation, 'ip'), value(nat, 'service')]).toEqual([
    'ethernet1/1',
    '192.0.2.1',
    'any',
  ]);
  const tcp = child(read.root, 'vsys', 'vsys1', 'service', 's', 'protocol', 'tcp');
  expect([value(tcp, 'port'), value(tcp, 'source-port')]).toEqual(['1883', '1024-65535']);
  const decryption = child(rulebase, 'decryption', 'rules', 'd');
  expect([value(decryption, 'type', 'ssl-inbound-inspection'), value(decryption, 'action')]).toEqual([
    'certificate-1',
    'decrypt',
  ]);
  expect(value(rulebase, 'pbf', 'rules', 'p', 'from', 'zone')).toBe('a');
});

test('later values take the place of earlier ones, members join them', () => {
  const read = load(
    'set rulebase security rules r action deny',
    'set rulebase security rules r from [ a b ]',
    'set rulebase security rules r from b',
    'set rulebase security rules r from c',
    'set rulebase security rules r action allow',
    'set address x ip-netmask 192.0.2.1',
    'set address x fqdn x.example',
    'set schedule one',
    'set schedule two',
  );
  const [rule] = rules(read);
  expect(entries(rule, 'action').map(({ word }) => word)).toEqual(['allow']);
  expect(entries(rule, 'from').map(({ word }) => word)).toEqual(['a', 'b', 'c']);
  const address = child(read.root, 'vsys', 'vsys1', 'address', 'x');
  expect(address?.children.map(({ word }) => word)).toEqual(['fqdn']);
  expect(entries(read.root, 'vsys', 'vsys1', 'schedule')).toHaveLength(2);
});

test('commands of scripts move, delete, rename and copy', () => {
  const define = ['one', 'two', 'three', 'four'].map((name) => `set rulebase security rules ${name} action deny`);
  expect(names(load(...define, 'move rulebase security rules four top'))).toEqual(['four', 'one', 'two', 'three']);
  expect(names(load(...define, 'move rulebase security rules one bottom'))).toEqual(['two', 'three', 'four', 'one']);
  expect(names(load(...define, 'move rulebase security rules four before two'))).toEqual([
    'one',
    'four',
    'two',
    'three',
  ]);
  expect(names(load(...define, 'move rulebase security rules one after three'))).toEqual([
    'two',
    'three',
    'one',
    'four',
  ]);
  expect(names(load(...define, 'delete rulebase security rules two'))).toEqual(['one', 'three', 'four']);
  expect(names(load(...define, 'rename rulebase security rules two to TWO'))).toEqual(['one', 'TWO', 'three', 'four']);
  const copied = load(...define, 'copy rulebase security rules two to five');
  expect(names(copied)).toEqual(['one', 'two', 'three', 'four', 'five']);
  expect(value(rules(copied)[4], 'action')).toBe('deny');
  const member = load('set rulebase security rules r from [ a b c ]', 'delete rulebase security rules r from [ a c ]');
  expect(entries(rules(member)[0], 'from').map(({ word }) => word)).toEqual(['b']);
});

test('commands about what the text does not have are said', () => {
  const read = load(
    'delete rulebase security rules gone',
    'move rulebase security rules gone top',
    'rename address a to b',
    'set rulebase security rules r action deny',
    'move rulebase security rules r before gone',
    'load config partial from x.xml',
    'what is this',
  );
  expect(codes(read)).toEqual([
    'panos/script 1:1',
    'panos/script 3:1',
    'panos/script 5:1',
    'panos/script 6:1',
    'panos/not-a-command 7:1',
  ]);
  expect(read.diagnostics[0]?.more).toBe(1);
});

test('edit, up and top move where paths begin', () => {
  const read = load(
    'edit rulebase security',
    'set rules r action deny',
    'edit rules r',
    'set from a',
    'up',
    'up',
    'set rules s action allow',
    'top',
    'set address a fqdn x.example',
  );
  expect(names(read)).toEqual(['r', 's']);
  expect(value(rules(read)[0], 'from')).toBe('a');
  expect(child(read.root, 'vsys', 'vsys1', 'address', 'a')).toBeDefined();
});

test('prompts, banners, comments and operational commands are no statements', () => {
  const read = load(
    'admin@fw(active)> set cli config-output-format set',
    'admin@fw> configure',
    'Entering configuration mode',
    '[edit]',
    'admin@fw# show',
    'set address a fqdn x.example',
    '--more--',
    'lines 1-23',
    '# a note',
    '! sw-version: 10.1.6-h3',
    '! serial: 012345678901',
    'set cli pager off',
    'exit',
  );
  expect(read.diagnostics).toEqual([]);
  expect(read.root.children.map(({ word }) => word)).toEqual(['version', 'serial', 'vsys']);
  expect([read.version, read.serial]).toEqual(['10.1.6-h3', '012345678901']);
});

test('what a device refuses is said', () => {
  const read = load(
    'Invalid syntax.',
    'Administrator bob does not have permission to view the configuration',
    'set address a fqdn x',
  );
  expect(codes(read)).toEqual(['panos/refused-command 1:1', 'panos/access-denied 2:1']);
});

test('an identifier names its rule and is no statement', () => {
  const read = load(
    'set rulebase security rules r uuid 01234567-89ab-cdef-0123-456789abcdef',
    'set rulebase security rules r action allow',
  );
  expect(rules(read)[0]?.uuid).toBe('01234567-89ab-cdef-0123-456789abcdef');
  expect(rules(read)[0]?.children.map(({ word }) => word)).toEqual(['action']);
});

test('placeholders of templates are one word', () => {
  const { root, role } = load('set device-group {{ DEVICE_GROUP }} devices 0001');
  expect(entries(root, 'device-group').map(({ word }) => word)).toEqual(['{{ DEVICE_GROUP }}']);
  expect(role).toBe('panorama');
});
