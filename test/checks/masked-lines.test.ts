/** Whole configurations without their secrets. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskSecrets } from '../../checks/reporting/mask-secrets.ts';
import { maskedLines } from '../../checks/reporting/masked-lines.ts';
import { parse } from '../../parsers/index.ts';
import { readSamples } from '../samples/sample.ts';

describe('secrets over several lines', () => {
  test('certificates of IOS and ASA, up to quit', () => {
    const text = [
      'crypto pki certificate chain TP-self-signed-1',
      ' certificate self-signed 01',
      '  30820330 30820218 A0030201 02020101 300D0609 2A864886 F70D0101 05050030',
      '  31312F30 2D060355',
      '  04',
      '  \tquit',
      'crypto ca certificate chain ASDM',
      ' certificate ca 0509',
      '    308205b7 3082039f',
      '  quit',
      'ip access-list extended OUT',
      ' 10 permit tcp any host 10.0.0.5 eq 1883',
    ].join('\n');
    expect(maskedLines(text)).toEqual([
      'crypto pki certificate chain TP-self-signed-1',
      ' certificate self-signed 01',
      '  <masked>',
      '  <masked>',
      '  <masked>',
      '  \tquit',
      'crypto ca certificate chain ASDM',
      ' certificate ca 0509',
      '    <masked>',
      '  quit',
      'ip access-list extended OUT',
      ' 10 permit tcp any host 10.0.0.5 eq 1883',
    ]);
  });

  test('a certificate that is cut off ends where its digits do', () => {
    const text = ' certificate 1A2B\n  30820330 30820218\naccess-list OUT extended permit ip any any';
    expect(maskedLines(text)).toEqual([
      ' certificate <masked>',
      '  <masked>',
      'access-list OUT extended permit ip any any',
    ]);
  });

  test('key strings of IOS, hexadecimal and base64', () => {
    const text = [
      'crypto key pubkey-chain rsa',
      ' named-key peer.example.com',
      '  key-string',
      '   30819F30 0D06092A',
      '   F5A7',
      '  quit',
      'ip ssh pubkey-chain',
      '  username admin',
      '   key-string',
      '    AAAAB3NzaC1yc2E',
      '    short',
      '   exit',
      'line vty 0 4',
    ].join('\n');
    const shown = maskedLines(text);
    expect(shown.join('\n')).not.toMatch(/F5A7|AAAAB3|short/);
    expect(shown.slice(-2)).toEqual(['   exit', 'line vty 0 4']);
  });

  test('PEM blocks, in quotes, in elements, on one line, and cut off', () => {
    const text = [
      'set shared certificate web private-key "-----BEGIN RSA PRIVATE KEY-----',
      'Proc-Type: 4,ENCRYPTED',
      'c2VjcmV0MQ==',
      '',
      'c2VjcmV0Mg==',
      '-----END RSA PRIVATE KEY-----"',
      'set address broker ip-netmask 10.0.0.5/32',
      '<entry name="a">-----BEGIN CERTIFICATE-----',
      'c2VjcmV0Mw==',
      'c2VjcmV0NA==-----END CERTIFICATE-----</entry>',
      'x -----BEGIN PUBLIC KEY-----c2VjcmV0NQ==-----END PUBLIC KEY----- y',
      '-----BEGIN CERTIFICATE-----',
      'c2VjcmV0Ng==',
      'set address other ip-netmask 10.0.0.6/32',
    ].join('\n');
    const shown = maskedLines(text);
    expect(shown.join('\n')).not.toContain('c2Vj');
    expect(shown[6]).toBe('set address broker ip-netmask 10.0.0.5/32');
    expect(shown[9]).toBe('<masked>-----END CERTIFICATE-----</entry>');
    expect(shown[10]).toBe('x -----BEGIN PUBLIC KEY-----<masked>-----END PUBLIC KEY----- y');
    expect(shown[13]).toBe('set address other ip-netmask 10.0.0.6/32');
  });

  test('elements whose text does not end on their line', () => {
    const text = [
      '<private-key>',
      '  c2VjcmV0MQ',
      '  c2VjcmV0Mg</private-key>',
      '<certificate>',
      '  <entry name="web">',
      '    <common-name>fw.example.com</common-name>',
      '    <key>c2VjcmV0Mw',
      'c2VjcmV0NA',
      '    </key>',
      '<member>10.0.0.5</member>',
    ].join('\r\n');
    const shown = maskedLines(text);
    expect(shown.join('\n')).not.toContain('c2Vj');
    expect(shown[4]).toBe('  <entry name="web">');
    expect(shown[5]).toBe('    <common-name>fw.example.com</common-name>');
    expect(shown.slice(8)).toEqual(['    </key>', '<member>10.0.0.5</member>']);
  });

  test('quoted strings of Junos', () => {
    const text = [
      'certificate "c2VjcmV0MQ',
      'c2VjcmV0Mg',
      'c2VjcmV0Mw"; ## SECRET-DATA',
      'secret "ab"cd";',
      'term one { from { protocol tcp; } }',
      'pre-shared-key ascii-text "$9$abc"; ## SECRET-DATA',
    ].join('\n');
    const shown = maskedLines(text);
    expect(shown.join('\n')).not.toMatch(/c2Vj|abc/);
    expect(shown[2]).toBe('<masked>"; ## SECRET-DATA');
    expect(shown[4]).toBe('term one { from { protocol tcp; } }');
  });
});

test('a password may hold what looks like an element', () => {
  expect(maskSecrets('username bob password 0 a<b>c')).toBe('username bob password <masked>');
  expect(maskSecrets(' description <see the secret list> of hosts')).toBe(' description <see the secret <masked>');
  expect(maskSecrets('<description>the secret list</description>')).toBe('<description>the secret list</description>');
});

describe('on the samples', () => {
  test('no rule, name or address is masked but where a secret stands', () => {
    let [masked, rules] = [0, 0];
    for (const { name, config } of readSamples()) {
      const lines = config.split('\n');
      const shown = maskedLines(config);
      expect(shown).toHaveLength(lines.length);
      for (const [index, line] of lines.entries()) {
        if (shown[index] === line) continue;
        masked += 1;
        expect(line).toMatch(
          /password|secret|key |community|phash|<key>|<private-key>|priv nocuser|\bcertificate [\da-f]+$|^\s+[\da-f ]+$/i,
        );
      }
      for (const device of parse({ name, text: config }).devices) {
        for (const { span } of [
          ...device.ruleLists.flatMap((list) => list.rules),
          ...device.bindings,
          ...device.segments,
        ]) {
          rules += 1;
          expect(shown[span.line - 1]).toBe(lines[span.line - 1]);
        }
      }
    }
    expect(masked).toBeGreaterThan(50);
    expect(rules).toBeGreaterThan(300);
  });
});

const FRAGMENTS = [
  '-----BEGIN A KEY-----',
  '-----END A KEY-----',
  ' certificate 01',
  '  0A0B',
  'quit',
  'key-string',
  '<key>',
  '</key>',
  'password "',
  '"',
  '<',
  '>',
  'permit ip any any',
  '$9$x',
  '\n',
  '\r\n',
  ' ',
  'AAAA',
  '<masked>',
];
const fragment = fc.constantFrom(...FRAGMENTS);

test('any text keeps its number of lines, and masking twice changes nothing', () => {
  const text = fc.oneof(
    fc.array(fragment, { maxLength: 30 }).map((parts) => parts.join('')),
    fc.string({ maxLength: 200 }),
  );
  fc.assert(
    fc.property(text, (given) => {
      const shown = maskedLines(given);
      expect(shown).toHaveLength(given.split('\n').length);
      for (const line of shown) expect(maskSecrets(line)).toBe(line);
    }),
    { numRuns: 2000, seed: 3 },
  );
});

test('long lines and many blocks take no longer than they are', () => {
  const length = 100_000;
  const texts = [
    'a',
    '-',
    '<',
    '"',
    ' ',
    '$9$',
    'key ',
    '<key>',
    '://',
    '-----BEGIN A-----\n',
    ' certificate 1\n',
    '/*',
  ];
  for (const part of texts) {
    const text = part.repeat(length / part.length);
    expect(maskedLines(text).length).toBe(text.split('\n').length);
  }
});
