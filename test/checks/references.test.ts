/** Where named things are defined and used, in every form of text. */
import { describe, expect, test } from 'vitest';
import { createReferences, type References } from '../../checks/references/references.ts';
import { parse } from '../../parsers/index.ts';
import type { Span } from '../../parsers/source.ts';
import { readSamples } from '../samples/sample.ts';
import { ASA, JUNOS, PANOS, panRule } from './plain-firewalls.ts';

interface Opened {
  readonly references: References;
  readonly lines: readonly string[];
  /** `way name @line «word»` for each jump of the line that holds the words. */
  readonly jumps: (words: string) => string[];
}

function opened(lines: readonly string[], name = 'fw.cfg'): Opened {
  const source = { name, text: lines.join('\n') };
  const [device] = parse(source).devices;
  if (device === undefined) throw new Error('no device');
  const references = createReferences(device, [source]);
  return {
    references,
    lines,
    jumps(words) {
      const line = lines.findIndex((each) => each.includes(words)) + 1;
      if (line === 0) throw new Error(`no line has ${words}`);
      return references.at(name, line).map(({ way, thing, target, word }) => {
        const at = word === undefined ? '' : ` «${textAt(lines, word)}»`;
        return `${way} ${thing.kind} ${thing.name} @${lines[target.line - 1]?.trim()}${at}`;
      });
    },
  };
}

function textAt(lines: readonly string[], { line, column, endColumn }: Span): string {
  return (lines[line - 1] ?? '').slice(column - 1, endColumn - 1);
}

describe('from a line', () => {
  test('of ASA one gets to objects, groups, lists and bindings, and back', () => {
    const { jumps } = opened([
      ...ASA,
      'object network BROKER',
      ' host 10.0.0.5',
      'object-group network BROKERS',
      ' network-object object BROKER',
      'access-list OUT extended permit tcp any object-group BROKERS eq 8883',
    ]);
    expect(jumps('permit tcp any')).toEqual([
      'to object BROKERS @object-group network BROKERS «BROKERS»',
      'to object BROKER @object network BROKER',
      'to rule-list OUT @access-list OUT extended permit tcp any object-group BROKERS eq 8883',
      'from binding OUT @access-group OUT in interface outside',
    ]);
    expect(jumps('network-object object')).toEqual([
      'to object BROKER @object network BROKER «BROKER»',
      'within object BROKERS @object-group network BROKERS',
    ]);
    expect(jumps('object network BROKER')).toEqual([
      'from object BROKERS @network-object object BROKER',
      'from rule #1 @access-list OUT extended permit tcp any object-group BROKERS eq 8883',
    ]);
    expect(jumps('access-group OUT')).toEqual([
      'to rule-list OUT @access-list OUT extended permit tcp any object-group BROKERS eq 8883',
      'to segment outside @nameif outside',
    ]);
  });

  test('of Junos in set lines one gets from any line of a policy', () => {
    const policy = 'set security policies from-zone untrust to-zone trust policy p';
    const { jumps } = opened([
      ...JUNOS,
      'set security address-book global address a1 10.0.0.5/32',
      'set security address-book global address-set as address a1',
      'set applications application app protocol tcp',
      'set applications application app destination-port 1883',
      `${policy} match source-address any`,
      `${policy} match destination-address as`,
      `${policy} match application app`,
      `${policy} then permit`,
    ]);
    expect(jumps('match application app')).toEqual([
      'to object app @set applications application app protocol tcp «app»',
      `within rule p @${policy} match source-address any`,
    ]);
    expect(jumps('address-set as')).toEqual([
      'to object a1 @set security address-book global address a1 10.0.0.5/32 «a1»',
      `from rule p @${policy} match destination-address as`,
    ]);
  });

  test('of Junos in braces one gets from a term to its prefix list', () => {
    const { jumps } = opened([
      'system { host-name r; }',
      'interfaces { ge-0/0/0 { unit 0 { family inet { filter { input F; } address 192.0.2.1/24; } } } }',
      'policy-options { prefix-list brokers { 10.0.0.5/32; } }',
      'firewall { family inet {',
      '  filter F {',
      '    term one {',
      '      from {',
      '        # brokers of the plant; not } those',
      '        destination-prefix-list { "brokers"; }',
      '      }',
      '      then accept;',
      '    }',
      '    term two { then discard; }',
      '  }',
      '} }',
    ]);
    expect(jumps('"brokers"')).toEqual([
      'to object brokers @policy-options { prefix-list brokers { 10.0.0.5/32; } } «brokers»',
      'within rule one @term one {',
    ]);
    expect(jumps('then accept')).toEqual(['within rule one @term one {']);
    expect(jumps('term two')).toEqual(['to rule-list F @filter F {']);
    expect(jumps('  filter F {')).toContain(
      'from binding F @' +
        'interfaces { ge-0/0/0 { unit 0 { family inet { filter { input F; } address 192.0.2.1/24; } } } }',
    );
  });

  test('of PAN-OS set lines one gets to objects and zones', () => {
    const { jumps } = opened([
      ...PANOS,
      'set address broker ip-netmask 10.0.0.5/32',
      'set address-group brokers static [ broker ]',
      ...panRule('untrust', 'trust', { destination: 'brokers' }),
    ]);
    expect(jumps('rules r destination')).toEqual([
      'to object brokers @set address-group brokers static [ broker ] «brokers»',
      'within rule r @set rulebase security rules r from untrust',
    ]);
    expect(jumps('rules r to')).toEqual([
      'to segment trust @set zone trust network layer3 ethernet1/2 «trust»',
      'within rule r @set rulebase security rules r from untrust',
    ]);
    expect(jumps('address-group brokers')[0]).toBe(
      'to object broker @set address broker ip-netmask 10.0.0.5/32 «broker»',
    );
  });
});

describe('on the samples', () => {
  const samples = readSamples().flatMap(({ name, config }) => {
    const source = { name, text: config };
    return parse(source).devices.map((device) => ({ name, device, source, lines: config.split('\n') }));
  });

  test('every exact use is the name it says, and rules that use objects name some of them', () => {
    let exact = 0;
    const unseen: string[] = [];
    for (const { device, source, lines } of samples) {
      const { definitions, uses } = createReferences(device, [source]);
      for (const use of uses) {
        if (!use.exact) continue;
        exact += 1;
        expect(textAt(lines, use.span)).toBe(definitions[use.of]?.name);
      }
      for (const [by, { kind, name }] of definitions.entries()) {
        const own = uses.filter((use) => use.by === by && use.relation === 'uses');
        if (kind === 'rule' && own.length > 0 && !own.some((use) => use.exact)) unseen.push(name);
      }
    }
    // What these use comes from a configuration group.
    expect(unseen).toEqual(['drop-internet', 'drop-farm']);
    expect(exact).toBeGreaterThan(300);
  });

  test('from wherever a jump leads, another leads back', () => {
    let taken = 0;
    for (const { device, source, lines } of samples) {
      const references = createReferences(device, [source]);
      for (const [index] of lines.entries()) {
        for (const { way, thing, target } of references.at(source.name, index + 1)) {
          if (way !== 'to' || target.line === index + 1) continue;
          taken += 1;
          const back = references.at(target.source, target.line);
          expect(back.some((jump) => jump.way === 'from') || thing.kind === 'rule-list').toBe(true);
        }
      }
    }
    expect(taken).toBeGreaterThan(300);
  });
});
