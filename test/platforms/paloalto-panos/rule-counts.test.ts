import { expect, test } from 'vitest';
import type { RuleCount } from '../../../parsers/diagnostics.ts';
import { parse } from '../../../parsers/index.ts';
import { countRules } from '../../../parsers/paloalto-panos/rule-counts.ts';
import { loadText } from '../../../parsers/paloalto-panos/load.ts';
import { Notes } from '../../../parsers/paloalto-panos/notes.ts';
import { child, entries } from '../../../parsers/paloalto-panos/tree.ts';
import { readLines } from '../../../parsers/syntax/lines.ts';

function shown(counts: readonly RuleCount[]): string[] {
  return counts.map(({ kind, written, modelled, disabled, left }) =>
    [
      `${kind}: ${written} written, ${modelled} modelled, ${disabled} disabled`,
      ...left.map((each) => `${each.count} ${each.reason}`),
    ].join('; '),
  );
}

const FIREWALL = [
  'set deviceconfig system hostname fw',
  'set network interface ethernet ethernet1/1 layer3 ip 192.0.2.1/24',
  'set zone a network layer3 ethernet1/1',
  ...['one', 'two', 'three'].flatMap((name) => [
    `set rulebase security rules ${name} from any to any source any destination any application any service any action allow`,
  ]),
  'set rulebase security rules two disabled yes',
  'set rulebase nat rules n from a to a source any destination 192.0.2.9 service any destination-translation translated-address 10.0.0.1',
  'set rulebase nat rules none from a to a source any destination any service any',
  'set rulebase nat rules off from a to a source any destination any service any disabled yes',
  'set rulebase decryption rules d from any to any source any destination any service any category any type ssl-forward-proxy action decrypt',
  'set rulebase application-override rules o from any to any source any destination any protocol tcp port 1883 application ssl',
  'set rulebase default-security-rules rules interzone-default action allow',
  'set rulebase qos rules q from any',
  'set rulebase dos rules x disabled yes',
];

test('every rule of a firewall is counted, and where it went', () => {
  const { ruleCounts, diagnostics } = parse({ name: 'fw', text: FIREWALL.join('\n') });
  expect(shown(ruleCounts).map((each) => each.replace(/; 1 .*/u, '; 1 left out'))).toEqual([
    'security rules: 3 written, 3 modelled, 1 disabled',
    'NAT rules: 3 written, 3 modelled, 1 disabled',
    'decryption rules: 1 written, 1 modelled, 0 disabled',
    'application override rules: 1 written, 1 modelled, 0 disabled',
    'default rules: 1 written, 1 modelled, 0 disabled',
    'QoS rules: 1 written, 0 modelled, 0 disabled; 1 left out',
    'DoS protection rules: 1 written, 0 modelled, 0 disabled; 1 left out',
  ]);
  expect(diagnostics.filter(({ code }) => code === 'panos/rules-lost')).toEqual([]);
});

test('a rule that a script deletes is written and left out', () => {
  const text = [
    ...FIREWALL.slice(0, 6),
    'delete rulebase security rules one',
    'delete rulebase security rules two',
  ].join('\n');
  expect(shown(parse({ name: 'fw', text }).ruleCounts)).toEqual([
    'security rules: 3 written, 1 modelled, 0 disabled; 2 deleted by a later command of the text',
  ]);
});

test('rules where nobody looks are said to be lost', () => {
  const text = `${FIREWALL.join('\n')}\nset container C pre-rulebase security rules hidden action allow`;
  const { ruleCounts, diagnostics } = parse({ name: 'fw', text });
  expect(shown(ruleCounts)[0]).toBe(
    'security rules: 4 written, 3 modelled, 1 disabled; 1 in a part of the configuration that is not known',
  );
  expect(diagnostics.find(({ code }) => code === 'panos/rules-lost')).toMatchObject({
    severity: 'error',
    span: { line: FIREWALL.length + 1 },
  });
});

function counted(
  text: string,
  say: (notes: Notes, root: ReturnType<typeof loadText>['root']) => void,
): [string[], string[]] {
  const notes = new Notes();
  const loaded = loadText({ name: 'fw', text }, readLines(text), notes);
  say(notes, loaded.root);
  const counts = shown(countRules([loaded], [], notes));
  return [counts, notes.collected(['fw']).map(({ code }) => code)];
}

const TWO = 'set rulebase security rules a action allow\nset rulebase security rules b action allow';

test('without a device every rule is lost', () => {
  expect(counted(TWO, () => undefined)).toEqual([
    ['security rules: 2 written, 0 modelled, 0 disabled; 2 lost'],
    ['panos/rules-lost'],
  ]);
});

test('whoever reads rules says what became of them', () => {
  const said = counted(TWO, (notes, root) => {
    const [a] = entries(root, 'vsys', 'vsys1', 'rulebase', 'security', 'rules');
    if (a !== undefined) notes.count(a, 'disabled');
    const rulebase = child(root, 'vsys', 'vsys1', 'rulebase');
    if (rulebase !== undefined) notes.leave(rulebase, 'nobody has it');
  });
  expect(said).toEqual([['security rules: 2 written, 1 modelled, 1 disabled; 1 nobody has it'], []]);
});

test('rules are found wherever a rulebase stands, and nowhere else', () => {
  const [counts] = counted(
    [
      'set shared pre-rulebase security rules a action allow',
      'set device-group D post-rulebase nat rules b disabled yes',
      'set policy panorama pre-rulebase security rules c action allow',
      'set panorama vsys vsys1 pre-rulebase security rules d action allow',
      'set template T config devices localhost.localdomain vsys vsys1 rulebase security rules e action allow',
      'set network shared-gateway sg1 rulebase nat rules f disabled yes',
      'set vsys vsys2 rulebase security rules g action allow',
      'set vsys rulebase rulebase security rules h action allow',
      'set mgt-config role r vsys webui rulebase security rules x',
      'set shared profiles vulnerability p rules y action alert',
      'set template zone config vsys vsys1 rulebase security rules i action allow',
    ].join('\n'),
    () => undefined,
  );
  expect(counts.map((each) => each.split(',')[0])).toEqual(['security rules: 7 written', 'NAT rules: 2 written']);
});

test('rules behind the place where XML breaks off are counted', () => {
  const [counts, codes] = counted(
    [
      '<config><devices><entry name="localhost.localdomain"><vsys><entry name="vsys1"><rulebase><security><rules>',
      '<entry name="a"><from></form></entry>',
      '<entry name="b"><action>allow</action></entry><entry name="c"/>',
      '</rules></security><nat><rules><entry name="d"><from/></entry></rules></nat><qos><rules/></qos>',
      '</rulebase><profiles><virus><entry name="x"><rules><entry name="y"/></rules></entry></virus></profiles>',
    ].join('\n'),
    (notes, root) => {
      const [a] = entries(root, 'vsys', 'vsys1', 'rulebase', 'security', 'rules');
      if (a !== undefined) notes.count(a, 'modelled');
    },
  );
  expect(counts).toEqual([
    'security rules: 3 written, 1 modelled, 0 disabled; 2 behind the place where the XML breaks off',
    'NAT rules: 1 written, 0 modelled, 0 disabled; 1 behind the place where the XML breaks off',
  ]);
  expect(codes).toEqual(['panos/malformed-xml']);
});
