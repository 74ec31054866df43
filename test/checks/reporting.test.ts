import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditDevice } from '../../checks/audit-device.ts';
import { explainCheck, renderCatalogue } from '../../checks/catalogue.ts';
import { unnamedPorts } from '../../checks/egress/alike-ports.ts';
import { CHECKS, SERVICES } from '../../checks/index.ts';
import { statementOf } from '../../checks/reporting/decision.ts';
import { fill, listed } from '../../checks/reporting/finding-words.ts';
import { fingerprintOf } from '../../checks/reporting/fingerprint.ts';
import { maskSecrets } from '../../checks/reporting/mask-secrets.ts';
import { sha256 } from '../../checks/reporting/sha256.ts';
import { sourceText } from '../../checks/reporting/source-text.ts';
import { build, DMZ, INSIDE, OUTSIDE, type SmallRule } from './small-device.ts';

describe('sha256', () => {
  it('agrees with another implementation on any text', () => {
    assert(
      property(string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        expect(sha256(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
      }),
    );
  });

  it.each([0, 55, 56, 63, 64, 119, 120])('pads %i bytes', (length) => {
    const text = 'x'.repeat(length);
    expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
  });
});

describe('fingerprints', () => {
  const identity = {
    check: 'a/b',
    device: 'r1',
    crossings: [{ from: 'x', to: 'y' }],
    services: ['mqtt'],
    place: ['L: permit'],
  };

  it('change with every part of the identity and with nothing else', () => {
    const changed = [
      { ...identity, check: 'a/c' },
      { ...identity, device: 'r2' },
      { ...identity, crossings: [{ from: 'y', to: 'x' }] },
      { ...identity, services: [] },
      { ...identity, place: ['L: deny'] },
    ].map((one) => fingerprintOf(one, 0));
    const all = [fingerprintOf(identity, 0), fingerprintOf(identity, 1), ...changed];
    expect(new Set(all).size).toBe(7);
    expect(fingerprintOf({ ...identity }, 0)).toBe(all[0]);
  });

  it('do not see the number of a rule', () => {
    expect(statementOf({ id: '20', text: '  20 permit  tcp any any' })).toBe('permit tcp any any');
    expect(statementOf({ id: '20', text: 'permit tcp any any sequence 20' })).toBe('permit tcp any any');
    expect(
      statementOf({
        id: '1',
        text: 'access-list OUT line 1 extended permit tcp any any eq 1883 (hitcnt=7) 0x61fe98bb',
      }),
    ).toBe('access-list OUT extended permit tcp any any eq 1883');
    expect(statementOf({ id: '10', text: '10 permit tcp any any eq 1883 (12 matches)' })).toBe(
      'permit tcp any any eq 1883',
    );
    expect(statementOf({ id: '20', text: 'permit tcp any any eq 1883 (1 match) sequence 20' })).toBe(
      'permit tcp any any eq 1883',
    );
    expect(statementOf({ id: '#2', text: 'access-list X extended permit ip any any' })).toBe(
      'access-list X extended permit ip any any',
    );
  });
});

describe('quoted lines', () => {
  it.each([
    ['snmp-server community s3cret RO', 's3cret'],
    ['enable secret 9 $9$abcdefgh', 'abcdefgh'],
    ['username bob privilege 15 password 7 0822455D0A16', '0822455D0A16'],
    ['crypto isakmp key hunter2 address 0.0.0.0', 'hunter2'],
    ['copy https://bob:pw@host/x flash', 'bob:pw'],
    ['tacacs-server-key hunter2', 'hunter2'],
    ['3082024B 308201B4A0030201020201 30820B4A0030201020201AABBCCDD', '30820B4A0030201020201AABBCCDD'],
  ])('masks the secret of %s', (line, secret) => {
    expect(maskSecrets(line)).not.toContain(secret);
    expect(maskSecrets(line)).toContain('<masked>');
  });

  it.each([
    'permit tcp any host 10.1.2.3 eq 1883 log',
    'access-list OUTSIDE-IN extended permit tcp object-group KEY-SERVERS host 2001:db8:1111:2222:3333:4444:5555:6666 eq 8883',
    'ip access-group KEYS in',
    'interface GigabitEthernet0/0/0',
  ])('leaves %s alone', (line) => {
    expect(maskSecrets(line)).toBe(line);
  });
});

describe('words of findings', () => {
  it('fill in every place and refuse a place without a value', () => {
    expect(fill('{a} → {b}', { a: '$&', b: 'x' })).toBe('$& → x');
    expect(() => fill('{c}', {})).toThrow('no value for {c}');
  });

  it('count what they leave out', () => {
    expect(listed(['a', 'b', 'c'], 2)).toBe('a, b and 1 more');
    expect(listed(['a'], 2, true)).toBe('a and more');
  });
});

describe('ports that no rule names', () => {
  const groups = (...rules: SmallRule[]) => {
    const { parsed } = build({ segments: [OUTSIDE, { ...INSIDE, in: ['OUT'] }], lists: { OUT: { rules } } });
    const crossing = parsed.devices[0]?.crossing('inside', 'outside');
    if (crossing === undefined || 'none' in crossing) throw new Error('no crossing');
    return unnamedPorts(crossing, 6);
  };

  it('are all ports where no rule has ports', () => {
    expect(groups({ action: 'permit' })).toEqual([{ ports: [{ first: 0, last: 65535 }], example: 1024 }]);
  });

  it('are told apart by wide ranges, the widest group first', () => {
    expect(
      groups(
        {
          action: 'permit',
          protocol: 'tcp',
          ports: [
            { first: 2000, last: 4000 },
            { first: 3000, last: 3000 },
          ],
        },
        { action: 'deny', protocol: 'udp', ports: [{ first: 5, last: 5 }] },
      ),
    ).toEqual([
      {
        ports: [
          { first: 0, last: 1999 },
          { first: 4001, last: 65535 },
        ],
        example: 1024,
      },
      {
        ports: [
          { first: 2000, last: 2999 },
          { first: 3001, last: 4000 },
        ],
        example: 2000,
      },
    ]);
  });

  it('stay few with thousands of ranges', () => {
    const rules = Array.from({ length: 3000 }, (_, index): SmallRule => {
      return { action: 'permit', protocol: 'tcp', ports: [{ first: index * 7, last: index * 7 + 20_000 }] };
    });
    const found = groups(...rules);
    expect(found).toHaveLength(32);
    expect(found[0]?.ports).toEqual([{ first: 40994, last: 65535 }]);
  });
});

describe('a device that outgrows its memory', () => {
  it('is reported with the crossings that could not be judged, and why', () => {
    const rules = Array.from({ length: 300 }, (_, index): SmallRule => {
      const host = `${(index * 7919) % 256}.${(index * 104_729) % 256}.${index % 256}.${(index * 31) % 256}/32`;
      return {
        action: index % 3 === 0 ? 'deny' : 'permit',
        protocol: 'tcp',
        from: host,
        to: `10.1.${index % 256}.0/24`,
      };
    });
    const { parsed, source } = build({ segments: [{ ...OUTSIDE, in: ['IN'] }, INSIDE, DMZ], lists: { IN: { rules } } });
    const [device] = parsed.devices;
    if (device === undefined) throw new Error('no device');
    const report = auditDevice(device, {
      parsed,
      texts: [{ text: sourceText(source), lineStates: parsed.texts[0].lineStates }],
      trust: { untrusted: [], internal: [], internalNetworks: [] },
      checks: CHECKS,
      catalogue: SERVICES,
      ownsLine: () => true,
      maxNodes: 5000,
    });
    expect(report.unjudged).toContainEqual({
      crossing: { from: 'outside', to: 'inside' },
      reason: 'its packet sets outgrow the memory set aside for them',
    });
    expect(report.flows.filter(({ crossing }) => crossing.from === 'outside')).toEqual([]);
  });
});

describe('the catalogue page', () => {
  const page = renderCatalogue(CHECKS, SERVICES);

  it('has every check and every service, and no place left to fill in', () => {
    for (const { id } of CHECKS) expect(page).toContain(`## ${id}\n`);
    for (const { name } of SERVICES) expect(page).toContain(`| \`${name}\` |`);
    expect(page).not.toMatch(/\{\w+\}/);
  });

  it('is the one in the repository', async () => {
    expect(await readFile(new URL('../../checks/README.md', import.meta.url), 'utf8'), 'run npm run generate').toBe(
      page,
    );
  });

  it('says for the terminal what the page says', () => {
    for (const check of CHECKS) {
      const text = explainCheck(check);
      expect(text).toContain(check.id);
      expect(text).toContain(check.why);
      if (check.runFleet === undefined) expect(text, check.id).toContain('Palo Alto PAN-OS: ');
      expect(text).not.toMatch(/\{\w+\}/);
    }
  });
});
