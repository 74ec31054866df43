/** Masked configurations: no secret is left, and the audit says the same. */
import { describe, expect, test } from 'vitest';
import { auditSource } from '../../../checks/index.ts';
import type { CapturedText } from '../../../cli/sources/ssh/collected.ts';
import { maskCaptures, maskPartial } from '../../../cli/collect/mask-captures.ts';
import { parse } from '../../../parsers/index.ts';
import { readSamples } from '../../samples/sample.ts';

function captured(text: string, what: CapturedText['what'] = 'configuration'): CapturedText {
  return { device: 'fw1', what, command: 'show running-config', text };
}

function masked(...texts: readonly CapturedText[]): readonly string[] {
  const result = maskCaptures(texts);
  if (result.kind === 'problem') throw new Error(result.message);
  return result.texts.map(({ text }) => text);
}

function fingerprints(text: string): string[] {
  const source = { name: 'a.cfg', text };
  const { devices } = auditSource(parse(source), source, {
    trust: { internal: [], untrusted: [], internalNetworks: [] },
  });
  return devices.flatMap(({ findings }) => findings.map(({ fingerprint }) => fingerprint));
}

const SECRETS =
  /NOT-A-REAL|notARealHash|not\.a\.real|unreal\.hash|\$9\$EXAMPLEnotakey|EXAMPLE-not-a-community|notARealKey/u;

describe.for(readSamples())('$name', ({ config }) => {
  test('is audited as before once its secrets are masked', () => {
    const [text = ''] = masked(captured(config));
    expect(text).not.toMatch(SECRETS);
    expect(text.split('\n')).toHaveLength(config.split('\n').length);
    expect(fingerprints(text)).toEqual(fingerprints(config));
    expect(parse({ name: 'a', text }).texts[0].lineStates).toEqual(
      parse({ name: 'a', text: config }).texts[0].lineStates,
    );
  });
});

test('samples hold secrets, or nothing is shown by their being gone', () => {
  expect(readSamples().filter(({ config }) => SECRETS.test(config)).length).toBeGreaterThan(6);
});

const IOS = `version 15.2
hostname branch-1
snmp-server community s3cr3t RO READERS
snmp-server host 192.0.2.9 version 2c s3cr3t bgp
snmp-server host 192.0.2.9 vrf MGMT informs s3cr3t
username admin privilege 15 secret 9 $9$s3cr3t$s3cr3t
 key-string s3cr3t with blanks s3cr3t
ip access-list standard READERS
 permit 192.0.2.0 0.0.0.255
ip access-list extended KEY-SERVERS
 remark password of the broker is with the owner
 permit tcp any host 192.0.2.7 eq 1883
end
`;

describe('masking', () => {
  test('leaves behind a secret what the audit reads', () => {
    const [text = ''] = masked(captured(IOS));
    expect(text).not.toContain('s3cr3t');
    expect(text).toContain('snmp-server community masked RO READERS\n');
    expect(text).toContain('snmp-server host 192.0.2.9 version 2c masked bgp\n');
    expect(text).toContain('snmp-server host 192.0.2.9 vrf MGMT informs masked\n');
    expect(text).toContain('permit tcp any host 192.0.2.7 eq 1883\n');
  });

  test('keeps the ends of statements and blocks', () => {
    const junos = [
      'version 21.4R3;',
      'snmp {',
      '    community "s3cr3t" {',
      '        authorization read-only;',
      '    }',
      '}',
      'system { host-name srx; }',
      'security {',
      '    ike {',
      '        policy hq { pre-shared-key ascii-text "$9$s3cr3t"; } ## SECRET-DATA',
      '    }',
      '}',
    ];
    const [text = ''] = masked(captured(`${junos.join('\n')}\n`));
    expect(text).not.toContain('s3cr3t');
    expect(text).toContain('    community masked {\n');
    expect(text.match(/[{]/gu)).toHaveLength(6);
    expect(text.match(/[}]/gu)).toHaveLength(6);
  });

  test('keeps XML well-formed, also where a secret goes over several lines', () => {
    const sample = readSamples().find(({ file }) => file.endsWith('.xml'));
    const secret =
      '<shared><certificate><entry name="a"><private-key>s3cr3t\ns3cr3t\n</private-key></entry></certificate>';
    const xml = (sample?.config ?? '').replace('<shared>', secret);
    expect(xml).toContain('s3cr3t');
    const [text = ''] = masked(captured(xml));
    expect(text).not.toContain('s3cr3t');
    expect(text).toContain('<private-key>masked\nmasked\n</private-key>');
    expect(text.split('\n')).toHaveLength(xml.split('\n').length);
  });

  test('takes private keys away that stand in a text of lines', () => {
    const key = ['"-----BEGIN RSA PRIVATE KEY-----', 'MIIEs3cr3t', 's3cr3t==', '-----END RSA PRIVATE KEY-----";'];
    const [text = ''] = masked(captured(`${IOS}${key.join('\n')}\n`));
    expect(text).not.toContain('s3cr3t');
  });

  test('leaves counters alone, which name rules', () => {
    const counters = 'Extended IP access list key\n    10 permit tcp any host 192.0.2.7 eq 1883 (412 matches)\n';
    expect(masked(captured(IOS), captured(counters, 'hit-counts'))[1]).toBe(counters);
  });

  test('masks what was not captured whole', () => {
    expect(maskPartial(captured('hostname a\nenable secret 9 $9$s3cr3t')).text).toBe(
      'hostname a\nenable secret masked',
    );
  });
});
