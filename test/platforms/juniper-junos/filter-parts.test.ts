import { array, assert, boolean, integer, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateBits, firstPacketFlags, wholePacketFlags } from '../../../parsers/juniper-junos/bit-expression.ts';
import { longestMatch } from '../../../parsers/juniper-junos/longest-match.ts';
import type { AddressTerm } from '../../../parsers/model/address.ts';
import { prefix4 } from '../../../parsers/model/address.ts';
import { junosDevice, readJunos } from './read-junos.ts';

function isIn(terms: readonly AddressTerm[], address: number): boolean {
  return terms.some((term) => term.kind === 'range4' && term.first <= address && address <= term.last);
}

test('the longest prefix decides for every address', () => {
  // Prefixes of an eight-bit address space at the end of 10.0.0.0/24.
  const prefix = record({
    address: integer({ min: 0, max: 255 }),
    length: integer({ min: 24, max: 32 }),
    except: boolean(),
  });
  assert(
    property(array(prefix, { maxLength: 8 }), (list) => {
      const entries = list.map(({ address, length, except }) => ({
        term: prefix4(0x0a000000 + address, length),
        length,
        except,
      }));
      const set = longestMatch(entries);
      for (let low = 0; low < 256; low += 1) {
        const address = 0x0a000000 + low;
        const holding = entries.filter(({ term }) => isIn([term], address)).sort((a, b) => b.length - a.length);
        const longest = holding.filter(({ length }) => length === holding[0]?.length);
        const expected = longest.length > 0 && longest.every(({ except }) => !except);
        const found = isIn(set.include, address) && !isIn(set.exclude, address);
        // Without any prefix that is no exception the set is the exceptions' own, and empty.
        if (found !== expected) return false;
      }
      return true;
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['syn', true],
  ['ack', false],
  ['!ack', true],
  ['syn & !ack', true],
  ['syn & ack', false],
  ['(ack | rst)', false],
  ['ack | syn', true],
  ['ack, syn', true],
  ['syn + fin', false],
  ['!(ack | rst) & syn', true],
  ['rst | syn & ack', false],
  ['0x2', true],
  ['0x12', false],
  ['syn &', 'unreadable'],
  ['(syn', 'unreadable'],
  ['syn ack', 'unreadable'],
  ['cookies', 'unreadable'],
  ['', 'unreadable'],
])('flags %s of a first packet', (expression, expected) => {
  expect(evaluateBits(expression, firstPacketFlags)).toBe(expected);
});

test.each([
  ['more-fragments', false],
  ['!more-fragments', true],
  ['dont-fragment', undefined],
  ['dont-fragment & more-fragments', false],
  ['dont-fragment | !more-fragments', true],
])('fragment flags %s of a packet that is no fragment', (expression, expected) => {
  expect(evaluateBits(expression, wholePacketFlags)).toBe(expected);
});

test('a rule is called by its term and shows what it uses', () => {
  const device = junosDevice(
    'firewall {',
    '    policer SLOW { then discard; }',
    '    family inet {',
    '        filter F {',
    '            term a {',
    '                from { source-prefix-list { P; } }',
    '                then { policer SLOW; syslog; accept; }',
    '            }',
    '        }',
    '    }',
    '}',
    'policy-options { prefix-list P { 10.0.0.0/8; } }',
  );
  const [rule] = device.ruleLists[0]?.rules ?? [];
  expect(rule).toMatchObject({ id: 'a', name: 'a', text: 'term a', logging: { logs: 'yes', detail: 'syslog' } });
  expect(rule?.span).toEqual({ source: 'test.cfg', line: 5, column: 13, endColumn: 19 });
  expect(rule?.objects.map(({ name, kind, span }) => [name, kind, span?.line])).toEqual([
    ['P', 'list', 12],
    ['SLOW', 'other', 2],
  ]);
});

test('bindings say where, which way and whether the filter exists', () => {
  const { bindings } = junosDevice(
    'set interfaces ge-0/0/0 unit 0 family inet filter input-list [ A GONE ]',
    'set interfaces lo0 unit 0 family inet6 filter input S',
    'set forwarding-options family inet filter input A',
    'set firewall family inet filter A term t then accept',
    'set firewall family inet6 filter S term t then accept',
  );
  expect(
    bindings.map(({ list, direction, attachedTo, family, defined, plane }) => [
      list,
      direction,
      attachedTo,
      family,
      defined,
      plane,
    ]),
  ).toEqual([
    ['A', 'input', 'ge-0/0/0.0', 4, true, 'transit'],
    ['GONE', 'input', 'ge-0/0/0.0', 4, false, 'transit'],
    ['S', 'input', 'lo0.0', 6, true, 'control-plane'],
    ['A', 'input', 'forwarding table of default', 4, true, 'transit'],
  ]);
});

test('interfaces tell which side of the device they face', () => {
  const { segments } = junosDevice(
    'set interfaces ge-0/0/0 unit 0 description "ISP uplink"',
    'set interfaces ge-0/0/0 unit 0 family inet address 203.0.113.2/30',
    'set interfaces ge-0/0/1 unit 0 family inet address 10.0.0.1/24',
    'set interfaces ge-0/0/2 unit 0 family inet dhcp',
    'set interfaces ge-0/0/3 unit 0 family inet address 10.9.0.1/30',
    'set routing-options static route 0.0.0.0/0 next-hop 203.0.113.1',
    'set protocols bgp group UP type external',
    'set protocols bgp group UP peer-as 3356',
    'set protocols bgp group UP neighbor 10.9.0.2',
  );
  const told = segments.map(({ name, evidence }) => [
    name,
    evidence.map(({ points, weight }) => `${points} ${weight}`),
  ]);
  expect(told).toEqual([
    ['ge-0/0/0.0', ['untrusted 3', 'untrusted 2', 'untrusted 1']],
    ['ge-0/0/1.0', []],
    ['ge-0/0/2.0', ['untrusted 2']],
    ['ge-0/0/3.0', ['untrusted 2']],
    ['self', []],
  ]);
});

test('records of traffic go where the text says', () => {
  const { telemetry } = junosDevice(
    'set system syslog host 192.0.2.9 any notice',
    'set interfaces ge-0/0/0 unit 0 family inet sampling input',
    'set forwarding-options sampling instance I family inet output flow-server 192.0.2.10 port 2055',
    'set protocols sflow collector 192.0.2.11 udp-port 6343',
    'set forwarding-options port-mirroring input rate 1',
  );
  expect(telemetry.map(({ kind, target, covers, effective }) => [kind, target, covers, effective])).toEqual([
    ['syslog', '192.0.2.9', [], true],
    ['flow-export', '192.0.2.10', ['ge-0/0/0.0'], true],
    ['flow-export', '192.0.2.11', [], false],
    ['packet-capture', 'forwarding-options port-mirroring', [], true],
  ]);
});

test('no text makes the reader throw, and every line that is not blank has a state', () => {
  const texts = [
    'firewall { family inet { filter F { term a { from { address { 10.0.0.0/8; } protocol tcp; } then { accept; } } } } }',
    'set groups G interfaces <*> unit <*> family inet filter input F\nset apply-groups G\nset interfaces ge-0/0/0 unit 0 family inet\ninsert a b before c',
    '<configuration><firewall><filter><name>F</name><term><name>t</name><then><accept/></then></term></filter></firewall></configuration>',
    'security { zones { security-zone z { interfaces { ge-0/0/0.0; } } } nat { source { rule-set r { from zone z; } } } }',
  ];
  const pieces = [
    '{',
    '}',
    ';',
    '[',
    ']',
    '"',
    '/*',
    '*/',
    '#',
    '\n',
    ' except ',
    'inactive: ',
    '<',
    '>',
    '</x>',
    '${node}',
    ' then ',
  ];
  assert(
    property(
      integer({ min: 0, max: texts.length - 1 }),
      array(
        record({
          at: integer({ min: 0, max: 400 }),
          piece: integer({ min: 0, max: pieces.length - 1 }),
          drop: integer({ min: 0, max: 6 }),
        }),
        { maxLength: 6 },
      ),
      (which, edits) => {
        let text = texts[which] ?? '';
        for (const { at, piece, drop } of edits)
          text = `${text.slice(0, at)}${pieces[piece] ?? ''}${text.slice(at + drop)}`;
        const { lineStates } = readJunos(text);
        return text.split('\n').every((line, index) => line.trim() === '' || lineStates[index] !== undefined);
      },
    ),
    { numRuns: 400 },
  );
});
