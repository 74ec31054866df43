import { describe, expect, test } from 'vitest';
import { child } from '../../../parsers/paloalto-panos/tree.ts';
import { policyOf, rule, type Policy } from './security-policy.ts';

const PACKET = 'tcp 198.51.100.9:40000 > 192.0.2.1:1883';
const ZONES = ['trust', 'dmz', 'untrust'];

/** Zone pairs between which the packet passes, of all pairs of three zones; surely, or perhaps with a `?`. */
function open(policy: Policy): string[] {
  return ZONES.flatMap((from) =>
    ZONES.flatMap((to) => {
      const verdict = policy.verdict(`${from} > ${to}`, PACKET);
      return verdict === 'deny' ? [] : [`${from}>${to}${verdict === 'permit' ? '' : '?'}`];
    }),
  );
}

const CLOSED = 'set rulebase default-security-rules rules intrazone-default action deny';

function kinds(policy: Policy, name = 'R'): string[] {
  return policy.rule(name).conditions.map((condition) => `${condition.kind} ${condition.name}`);
}

describe('zones and rule types', () => {
  const between = (type: string, zones = 'from [ trust dmz ] to [ trust dmz ]'): string[] =>
    open(policyOf(`${CLOSED}\n${rule(`R ${zones} ${type} action allow`)}`));

  test('universal, also where no type is written, is between and within', () => {
    const all = ['trust>trust', 'trust>dmz', 'dmz>trust', 'dmz>dmz'];
    expect(between('')).toEqual(all);
    expect(between('rule-type universal')).toEqual(all);
  });

  test('intrazone is within, whatever destination zones', () => {
    expect(between('rule-type intrazone')).toEqual(['trust>trust', 'dmz>dmz']);
    expect(between('rule-type intrazone', 'from trust to any')).toEqual(['trust>trust']);
  });

  test('intrazone with other destination zones is possible', () => {
    const policy = policyOf(`${CLOSED}\n${rule('R from [ trust dmz ] to trust rule-type intrazone action allow')}`);
    expect(open(policy)).toEqual(['trust>trust?', 'dmz>dmz?']);
    expect(policy.codes).toEqual(['panos/intrazone-to']);
  });

  test('interzone is between', () => {
    expect(between('rule-type interzone')).toEqual(['trust>dmz', 'dmz>trust']);
    expect(between('rule-type interzone', 'from any to any')).toHaveLength(6);
  });

  test('any zone is every zone', () => {
    expect(between('', 'from any to dmz')).toEqual(['trust>dmz', 'dmz>dmz', 'untrust>dmz']);
  });

  test('any zone beside others is every zone', () => {
    const policy = policyOf(rule('R from [ trust any ] to dmz action allow'));
    expect(policy.verdict('untrust > dmz', PACKET)).toBe('permit');
    expect(policy.codes).toEqual(['panos/any-beside-names']);
  });

  test('a type that is not known makes the rule possible', () => {
    const policy = policyOf(rule('R from trust to dmz rule-type elsewhere action allow'));
    expect(policy.verdict('trust > dmz', PACKET)).toBe('unknown');
    expect(policy.codes).toEqual(['panos/unknown-rule-type']);
  });

  test('zones that rules name are listed once, words of the system are not', () => {
    const { security } = policyOf(
      [rule('A from trust to [ dmz trust ] action allow'), rule('B from any to multicast action allow')].join('\n'),
    );
    expect(security.zonesNamed.map(({ name, span }) => `${name} ${span.line}`)).toEqual(['trust 1', 'dmz 2']);
  });
});

describe('addresses', () => {
  test('either side may be negated', () => {
    const policy = policyOf(
      [
        'set address-group INSIDE static [ 10.0.0.0/8 192.168.0.0/16 ]',
        rule('R from trust to untrust destination INSIDE negate-destination yes action allow'),
      ].join('\n'),
    );
    expect(policy.verdict('trust > untrust', PACKET)).toBe('permit');
    expect(policy.verdict('trust > untrust', 'tcp 10.0.0.1:4000 > 10.9.9.9:1883')).toBe('deny');
    expect(policy.rule('R').objects.map(({ name }) => name)).toEqual(['INSIDE']);
  });
});

describe('actions', () => {
  test.each([
    ['allow', 'permit'],
    ['deny', 'deny'],
    ['drop', 'deny'],
    ['reset-client', 'deny'],
    ['reset-server', 'deny'],
    ['reset-both', 'deny'],
    ['tarpit', 'unknown'],
  ])('%s: %s', (word, verdict) => {
    const policy = policyOf(`${rule(`R action ${word}`)}\n${rule('ALL action allow')}`);
    expect(policy.verdict('trust > dmz', PACKET)).toBe(verdict);
    expect(policy.rule('R').action.word).toBe(word);
  });

  test('a rule without action may do either', () => {
    const policy = policyOf(rule('R'));
    expect(policy.verdict('trust > dmz', PACKET)).toBe('unknown');
    expect(policy.codes).toEqual(['panos/unknown-action']);
  });

  test('a rule that is switched off decides nothing, and stays', () => {
    const policy = policyOf(rule('R disabled yes action allow'));
    expect(policy.verdict('trust > dmz', PACKET)).toBe('deny');
    expect(policy.rule('R').enabled).toBe(false);
  });
});

describe('conditions that the text does not decide', () => {
  test.each([
    ['source-user corp\\ann', 'identity source-user corp\\ann'],
    ['source-user [ ben ann ]', 'identity source-user ann, ben'],
    ['hip-profiles managed', 'identity hip-profiles managed'],
    ['source-hip managed', 'identity source-hip managed'],
    ['destination-device printers', 'identity destination-device printers'],
    ['saas-user-list guests', 'identity saas-user-list guests'],
    ['category news', 'runtime-state category news of rule R'],
  ])('%s', (said, condition) => {
    const policy = policyOf(rule(`R from trust to dmz ${said} action allow`));
    expect(kinds(policy)).toEqual([condition]);
    expect(policy.verdict('trust > dmz', PACKET)).toBe('unknown');
    expect(policy.verdict('trust > dmz', PACKET, 'mqtt')).toBe('unknown');
    expect(policy.codes).toEqual([]);
  });

  test('any decides nothing', () => {
    const said = ['source-user', 'category', 'hip-profiles', 'source-hip', 'destination-hip', 'saas-user-list'];
    const policy = policyOf(rule(`R ${said.map((each) => `${each} any`).join(' ')} action allow`));
    expect(kinds(policy)).toEqual([]);
    expect(policy.verdict('trust > dmz', PACKET)).toBe('permit');
  });

  test('a schedule', () => {
    const policy = policyOf(
      ['set schedule NIGHT schedule-type recurring daily 22:00-23:59', rule('R schedule NIGHT action allow')].join(
        '\n',
      ),
    );
    expect(kinds(policy)).toEqual(['time-range NIGHT']);
    expect(policy.verdict('trust > dmz', PACKET)).toBe('unknown');
  });

  test('the same category in a denial above does not settle the verdict', () => {
    const policy = policyOf([rule('NO category news action deny'), rule('YES category news action allow')].join('\n'));
    expect(policy.verdict('trust > dmz', PACKET)).toBe('unknown');
  });

  test('a denial for users leaves what follows possible', () => {
    const policy = policyOf([rule('NO source-user ann action deny'), rule('ALL action allow')].join('\n'));
    expect(policy.verdict('trust > dmz', PACKET)).toBe('unknown');
  });
});

describe('what is missing or not understood', () => {
  test('missing statements are any, with one warning for each kind', () => {
    const policy = policyOf(
      [1, 2].flatMap((number) => [`set rulebase security rules R${number} action allow`]).join('\n'),
    );
    expect(policy.verdict('trust > dmz', PACKET)).toBe('permit');
    expect(policy.diagnostics.map(({ code, message, more }) => [code, message, more])).toEqual(
      ['source', 'destination', 'application', 'service', 'from', 'to'].map((field) => [
        'panos/missing-rule-field',
        `a rule does not say \`${field}\``,
        1,
      ]),
    );
  });

  test('an unknown statement makes the rule possible', () => {
    const policy = policyOf(`${rule('R action allow')}\nset rulebase security rules R mood sunny`);
    expect(policy.verdict('trust > dmz', PACKET)).toBe('unknown');
    expect(policy.diagnostics.map(({ code, span }) => [code, span.line])).toEqual([['panos/unknown-rule-field', 8]]);
    const node = child(policy.root, 'vsys', 'vsys1', 'rulebase', 'security', 'rules', 'R');
    expect([node?.state, child(node, 'mood')?.state]).toEqual(['conditional', 'unrecognised']);
  });

  test('statements that narrow nothing have no effect', () => {
    const said =
      'description text tag red group-tag red icmp-unreachable yes option/disable-server-response-inspection yes';
    const policy = policyOf(rule(`R ${said} qos/marking/ip-dscp ef action allow`));
    expect(policy.codes).toEqual([]);
    expect(policy.verdict('trust > dmz', PACKET)).toBe('permit');
  });

  test('a rule that is cut off may do anything', () => {
    const policy = policyOf(
      'vsys { vsys1 { rulebase { security { rules { A { from any; to any; source any; destination any; application any; service any; action deny; }\n B { from any; source 10',
    );
    expect(policy.codes).toContain('panos/rule-cut-off');
    expect(policy.verdict('trust > dmz', PACKET)).toBe('deny');
    expect(policy.rule('B').action.kind).toBe('unknown');
    const alone = policyOf(
      'vsys {\n vsys1 {\n rulebase {\n security {\n rules {\n B {\n action allow;\n from any;\n source 10',
    );
    expect(alone.verdict('trust > dmz', PACKET)).toBe('unknown');
  });

  test('rules behind the end of the text may do anything', () => {
    const policy = policyOf(
      'vsys {\n vsys1 {\n rulebase {\n security {\n rules {\n A {\n from dmz; to any; source any; destination any; application any; service any; action deny;\n }\n',
    );
    expect(policy.codes).toContain('panos/rules-cut-off');
    expect(policy.verdict('trust > dmz', PACKET)).toBe('unknown');
    expect(policy.verdict('dmz > trust', PACKET)).toBe('deny');
  });

  test('rules that Panorama pushes and that are not there may do anything, at their place', () => {
    const span = { source: 'fw.set', line: 1, column: 1, endColumn: 2 };
    const missing = (where: 'pre' | 'post') => ({ title: 'rules pushed by Panorama', where, span }) as const;
    const own = rule('R from trust to dmz action allow');
    const behind = policyOf(own, { missing: [missing('post')] });
    expect(behind.verdict('trust > dmz', PACKET)).toBe('permit');
    expect(behind.verdict('dmz > trust', PACKET)).toBe('unknown');
    const before = policyOf(own, { missing: [missing('pre')] });
    expect(before.verdict('trust > dmz', PACKET)).toBe('unknown');
    expect(before.security.lists.map(({ name, rules }) => [name, rules.map(({ text }) => text)])).toEqual([
      ['rules pushed by Panorama, before local rules', ['rules pushed by Panorama are not in this text']],
      ['rules of vsys1', ['R: from trust to dmz source any destination any application any service any action allow']],
    ]);
  });
});
