/** Reading literate fixtures: what a writer of one relies on. */
import { describe, expect, test } from 'vitest';
import { readFixture } from './fixture.ts';
import { readIp } from './read-ip.ts';

const HEADER = `| from | to | protocol | source | sport | destination | dport | verdict | decided by |
|---|---|---|---|---|---|---|---|---|`;

function page(config: string, table = '', prose = 'findings: none'): string {
  return `# Title\n\n${prose}\n\n\`\`\`cisco-ios\n${config}\n\`\`\`\n\n${table}\n`;
}

function only(text: string): ReturnType<typeof readFixture>[number] {
  const [first, second] = readFixture('a.md', text);
  if (first === undefined || second !== undefined) throw new Error('not one case');
  return first;
}

describe('marks', () => {
  test('behind a statement are about it and leave it with its columns', () => {
    const {
      texts: [{ config }],
      expectations,
    } = only(page('interface a\n ip access-group X in  ! finding: filter-not-defined'));
    expect(config).toBe('interface a\n ip access-group X in\n');
    expect(expectations).toEqual([{ kind: 'finding', value: 'filter-not-defined', line: 2 }]);
  });

  test('on lines of their own are about the next statement, stack, and leave empty comments', () => {
    const text = 'one\n ! finding: a\n ! state: unsupported; diagnostic: ios/b\n two ! finding: c\nthree';
    const {
      texts: [{ config }],
      expectations,
    } = only(page(text));
    expect(config).toBe('one\n !\n !\n two\nthree\n');
    expect(expectations).toEqual([
      { kind: 'finding', value: 'a', line: 4 },
      { kind: 'state', value: 'unsupported', line: 4 },
      { kind: 'diagnostic', value: 'ios/b', line: 4 },
      { kind: 'finding', value: 'c', line: 4 },
    ]);
  });

  test('are only comments that begin with their words; others stay', () => {
    const {
      texts: [{ config }],
      expectations,
    } = only(page('! a finding: none\nbanner ! state of things\n! diagnostics: x'));
    expect(config).toBe('! a finding: none\nbanner ! state of things\n! diagnostics: x\n');
    expect(expectations).toEqual([]);
  });

  test('are XML comments in XML', () => {
    const {
      texts: [{ config }],
      expectations,
    } = only(
      page('<!-- finding: a -->\n<entry name="x"> <!-- state: conditional; diagnostic: b/c -->\n<!-- other -->'),
    );
    expect(config).toBe('<!-- -->\n<entry name="x">\n<!-- other -->\n');
    expect(expectations).toEqual([
      { kind: 'finding', value: 'a', line: 2 },
      { kind: 'state', value: 'conditional', line: 2 },
      { kind: 'diagnostic', value: 'b/c', line: 2 },
    ]);
  });

  test.each([
    ['state: unknown-state', 'cannot read the mark'],
    ['finding:', 'cannot read the mark'],
    ['finding: a, b', 'cannot read the mark'],
  ])('that cannot be read are errors: %s', (mark, message) => {
    expect(() => only(page(`line ! ${mark}`))).toThrow(message);
  });

  test('above nothing are errors', () => {
    expect(() => only(page('line\n! finding: a'))).toThrow('stands above no line');
  });
});

describe('packet tables', () => {
  const row = (cells: string): string => `${HEADER}\n| ${cells} |`;
  const packetsOf = (cells: string): ReturnType<typeof only>['packets'] =>
    only(page('first line\nsecond line\nthird', row(cells))).packets;

  test('a row with its defaults', () => {
    expect(packetsOf('out | in | tcp | 192.0.2.1 | | 10.0.0.1 | 1883 | deny | 2')).toMatchObject([
      {
        line: 13,
        route: { kind: 'crossing', from: 'out', to: 'in' },
        packet: {
          family: 4,
          source: 0xc0000201n,
          destination: 0x0a000001n,
          protocol: 6,
          sourcePort: 49152,
          destinationPort: 1883,
        },
        verdict: 'deny',
        decidedBy: { kind: 'lines', lines: [2] },
      },
    ]);
  });

  test('lists alone, IPv6, ICMP selectors, numbers of protocols', () => {
    expect(packetsOf('list X | | icmp6 | 2001:db8::1 | | ::2 | 128/0 | permit | 1')).toMatchObject([
      {
        route: { kind: 'list', name: 'X' },
        packet: { family: 6, protocol: 58, destinationPort: 32768, destination: 2n },
      },
    ]);
    expect(packetsOf('list X | | icmp | 10.0.0.1 | | 10.0.0.2 | 3/13 | permit | 1')[0]?.packet.destinationPort).toBe(
      781,
    );
    expect(packetsOf('a | b | 89 | 10.0.0.1 | | 10.0.0.2 | | permit | 1')[0]?.packet).toMatchObject({
      protocol: 89,
      destinationPort: 0,
    });
  });

  test.each([
    ['3', { kind: 'lines', lines: [3] }],
    ['`second`', { kind: 'lines', lines: [2] }],
    ['1, `third`', { kind: 'lines', lines: [1, 3] }],
    ['"implicit deny"', { kind: 'default', reason: 'implicit deny' }],
    ['no crossing', { kind: 'no crossing' }],
  ])('decided by %s', (text, decidedBy) => {
    expect(packetsOf(`a | b | tcp | 10.0.0.1 | | 10.0.0.2 | 80 | deny | ${text}`)[0]?.decidedBy).toEqual(decidedBy);
  });

  test.each([
    ['a | b | tcp | 10.0.0.1 | | 10.0.0.2 | 80 | deny | `line`', 'which line'],
    ['a | b | tcp | 10.0.0.1 | | 10.0.0.2 | 80 | deny | 4', 'which line'],
    ['a | b | tcp | 10.0.0.1 | | 10.0.0.2 | 80 | deny | ', 'which line'],
    ['a | b | tcp | 10.0.0.1 | | 10.0.0.2 | 80 | maybe | 1', 'no verdict'],
    ['a | b | tcp | 10.0.0.1 | | 10.0.0.2 | | deny | 1', 'dport is missing'],
    ['a | b | tcp | 10.0.0.1 | | ::1 | 80 | deny | 1', 'different families'],
    ['a | b | tcp | 10.0.0 | | 10.0.0.2 | 80 | deny | 1', 'no address'],
    ['a | b | tcp | 10.0.0.1 | | 10.0.0.2 | 70000 | deny | 1', 'no port'],
    ['a | b | ftp | 10.0.0.1 | | 10.0.0.2 | 80 | deny | 1', 'no protocol'],
    ['a | | tcp | 10.0.0.1 | | 10.0.0.2 | 80 | deny | 1', 'segment each'],
    ['list a | b | tcp | 10.0.0.1 | | 10.0.0.2 | 80 | deny | 1', 'leads nowhere'],
    ['a | b | tcp | 10.0.0.1 | | 10.0.0.2 | 80 | permit | no crossing', 'verdict is deny'],
    ['a | b | tcp | 10.0.0.1 | | 10.0.0.2 | 80 | deny | no filter', 'verdict is permit'],
    ['a | b | tcp | 10.0.0.1 | 10.0.0.2 | 80 | deny | 1', 'cells'],
  ])('a wrong row is an error: %s', (cells, message) => {
    expect(() => packetsOf(cells)).toThrow(message);
  });

  test('other columns are an error', () => {
    expect(() => only(page('a', '| from | to |\n|---|---|\n| a | b |'))).toThrow('must have the columns');
  });

  test('a column for the device may come first', () => {
    const table = `| device ${HEADER.replace('\n', '\n|---')}\n| fw/a | a | b | tcp | 10.0.0.1 | | 10.0.0.2 | 80 | deny | 1 |`;
    expect(only(page('x', table)).packets[0]?.device).toBe('fw/a');
  });
});

describe('packet tables', () => {
  test('may ask about sessions of an application', () => {
    const header = HEADER.replace('| dport |', '| dport | application |').replace('|---|', '|---|---|');
    const row = (application: string): string =>
      `| a | b | tcp | 10.0.0.1 | | 10.0.0.2 | 1883 | ${application} | permit | 1 |`;
    const { packets } = only(page('x', `${header}\n${row('mqtt')}\n${row('')}`));
    expect(packets.map(({ application }) => application)).toEqual(['mqtt', undefined]);
    expect(packets[0]).toMatchObject({ verdict: 'permit', packet: { destinationPort: 1883 } });
  });
});

describe('pages', () => {
  test('hold a case for each heading with a config', () => {
    const text = `# Page\n\nAll about it.\n\n## One\n\ndiagnostics: none\n\n\`\`\`cisco-asa\na\n\`\`\`\n\n## Two\n\ndetect: yes\n\n\`\`\`cisco-ios\n# no heading\n\`\`\`\n`;
    const cases = readFixture('p.md', text);
    expect(cases.map(({ title, platform, line }) => [title, platform, line])).toEqual([
      ['Page › One', 'cisco-asa', 5],
      ['Page › Two', 'cisco-ios', 13],
    ]);
    expect(cases[1]?.texts[0].config).toBe('# no heading\n');
  });

  test('hold several named configs in one case, with lines that go on', () => {
    const block = (name: string, line: string): string => `\`\`\`paloalto-panos ${name}\n${line}\n\`\`\`\n`;
    const text = `# Page\n\n${block('a.txt', 'set x # state: no-effect')}${block('b.txt', 'set y # finding: f')}`;
    const { texts, expectations } = only(text);
    expect(texts).toEqual([
      { name: 'a.txt', config: 'set x\n', linesBefore: 0 },
      { name: 'b.txt', config: 'set y\n', linesBefore: 1 },
    ]);
    expect(expectations.map(({ line }) => line)).toEqual([1, 2]);
  });

  test('set flags, line ends and the byte order mark in their prose', () => {
    const prose = 'flags: --untrusted out dmz --internal in --internal-network 10.0.0.0/8\ntext: crlf, bom';
    const {
      options,
      texts: [{ config }],
    } = only(page('a\nb', '', `${prose}\ndiagnostics: none`));
    expect(options).toEqual({
      untrusted: ['out', 'dmz'],
      internal: ['in'],
      internalNetworks: ['10.0.0.0/8'],
      noFindings: false,
      noDiagnostics: true,
      detect: false,
    });
    expect(config).toBe('\u{feff}a\r\nb\r\n');
  });

  test.each([
    ['no title', 'no heading at all', 'begins with "# title"'],
    ['no config', '# A\n\ntext\n', 'no config block'],
    [
      'two configs',
      page('a').replace('```\n\n\n', '```\n\n```cisco-ios\nb\n```\n'),
      'several config blocks are one bundle',
    ],
    ['nothing expected', page('a', '', 'prose'), 'expects nothing'],
    ['an unknown setting', page('a', '', 'findings: some'), 'is no setting'],
    ['an unknown flag', page('a', '', 'flags: --trusted x'), 'no flag'],
  ])('with %s are errors', (_, text, message) => {
    expect(() => readFixture('a.md', text)).toThrow(message);
  });
});

test('addresses of tests are read apart from the parsers', () => {
  expect(readIp('10.0.0.1')).toEqual({ family: 4, value: 0x0a000001n });
  expect(readIp('2001:db8::1')).toEqual({ family: 6, value: 0x20010db8_00000000_00000000_00000001n });
  expect(readIp('::ffff:192.0.2.1')).toEqual({ family: 6, value: 0xffff_c0000201n });
  expect(readIp('::')).toEqual({ family: 6, value: 0n });
  expect([readIp('10.0.0.1/8'), readIp('any'), readIp('fe80::1%eth0'), readIp('010.0.0.1')]).toEqual(
    Array(4).fill(undefined),
  );
});
