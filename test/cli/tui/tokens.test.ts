/** The colours of a line. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskSecrets } from '../../../checks/reporting/mask-secrets.ts';
import { maskedLines } from '../../../checks/reporting/masked-lines.ts';
import { tokens, type SyntaxForm } from '../../../cli/tui/syntax/tokens.ts';
import { readSamples } from '../../samples/sample.ts';

const FORMS: readonly SyntaxForm[] = ['indented', 'braces', 'set', 'xml'];

/** `kind:text` of every run that is not plain. */
function coloured(line: string, form: SyntaxForm): string[] {
  return tokens(line, form).flatMap(({ text, kind }) => (kind === 'plain' ? [] : [`${kind}:${text}`]));
}

describe('a line', () => {
  test('of ASA', () => {
    expect(coloured('access-list OUT extended permit tcp any host 10.0.0.5 eq 8883 log', 'indented')).toEqual([
      'keyword:access-list',
      'name:OUT',
      'keyword:extended',
      'action-permit:permit',
      'keyword:tcp',
      'keyword:any',
      'keyword:host',
      'address:10.0.0.5',
      'keyword:eq',
      'number:8883',
      'keyword:log',
    ]);
    expect(coloured('access-list OUT remark permit any, once', 'indented')).toEqual([
      'keyword:access-list',
      'name:OUT',
      'keyword:remark',
      'comment: permit any, once',
    ]);
    expect(coloured('! deny', 'indented')).toEqual(['comment:! deny']);
  });

  test('of IOS with IPv6', () => {
    expect(coloured(' sequence 10 deny ipv6 2001:db8::/32 any', 'indented')).toEqual([
      'keyword:sequence',
      'number:10',
      'action-deny:deny',
      'keyword:ipv6',
      'address:2001:db8::/32',
      'keyword:any',
    ]);
  });

  test('of Junos in braces and set lines', () => {
    expect(
      coloured('    term broker { from { destination-port [ 1883 8883 ]; } then accept; } # new', 'braces'),
    ).toEqual([
      'keyword:term',
      'name:broker',
      'keyword:from',
      'keyword:destination-port',
      'number:1883',
      'number:8883',
      'keyword:then',
      'action-permit:accept',
      'comment:# new',
    ]);
    expect(coloured('set security policies from-zone untrust to-zone dmz policy "p 1" then reject', 'set')).toEqual([
      'keyword:set',
      'keyword:security',
      'keyword:policies',
      'keyword:from-zone',
      'name:untrust',
      'keyword:to-zone',
      'name:dmz',
      'keyword:policy',
      'string:"p 1"',
      'keyword:then',
      'action-deny:reject',
    ]);
  });

  test('of XML', () => {
    expect(coloured('<entry name="a > b"><member>10.0.0.5</member><action>allow</action></entry>', 'xml')).toEqual([
      'tag:<entry',
      'tag:name=',
      'string:"a > b"',
      'tag:><member>',
      'address:10.0.0.5',
      'tag:</member><action>',
      'action-permit:allow',
      'tag:</action></entry>',
    ]);
    expect(coloured('<!-- <member>x</member> --><a/>', 'xml')).toEqual([
      'comment:<!-- <member>x</member> -->',
      'tag:<a/>',
    ]);
  });

  test('with a secret', () => {
    expect(coloured('snmp-server community hidden RO 10', 'indented')).toEqual([
      'keyword:snmp-server',
      'masked:<masked>',
    ]);
    expect(tokens('<phash>$5$abc$def</phash>', 'xml').map(({ text }) => text)).toEqual([
      '<phash>',
      '<masked>',
      '</phash>',
    ]);
  });
});

describe('runs put together', () => {
  const piece = fc.constantFrom(
    '"',
    '\\',
    '/*',
    '*/',
    '#',
    '!',
    '<',
    '>',
    '<!--',
    '-->',
    "'",
    '=',
    '{',
    ' ',
    'permit',
    '::1',
    '10.0.0.1/',
    'é',
    '\u{1f600}',
    '\ud800',
  );

  test('are the masked line, whatever it is', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.array(piece, { maxLength: 30 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(line, fc.constantFrom(...FORMS), (given, form) => {
        const runs = tokens(given, form);
        expect(runs.map(({ text }) => text).join('')).toBe(maskSecrets(given));
        expect(runs.every(({ text }) => text !== '')).toBe(true);
      }),
      { numRuns: 3000, seed: 5 },
    );
  });

  test('are the lines of the samples', () => {
    for (const { config } of readSamples()) {
      for (const line of maskedLines(config)) {
        for (const form of FORMS)
          expect(
            tokens(line, form)
              .map(({ text }) => text)
              .join(''),
          ).toBe(line);
      }
    }
  });

  test('take no longer than the line is', () => {
    for (const part of ['"', '\\"', '/*', '<!--', '<', '<a ', "'", '::', '1.1.1.', '{', ' ', 'a', '#', '<a b="']) {
      const line = part.repeat(100_000 / part.length);
      for (const form of FORMS) expect(tokens(line, form).length).toBeGreaterThan(0);
    }
  });
});
