/** What looks into permitted traffic, on each platform. */
import { describe, expect, test } from 'vitest';
import { pubsubPermitWithoutIps } from '../../checks/inspection/pubsub-permit-without-ips.ts';
import { tlsPubsubNotDecrypted } from '../../checks/inspection/tls-pubsub-not-decrypted.ts';
import { asaEdge, findingsBy, iosEdge, panEdge, panRule, srxEdge, srxPolicy, summary } from './edge-texts.ts';

describe('pubsub-permit-without-ips', () => {
  const found = (platform: Parameters<typeof findingsBy>[1], text: readonly string[]): string[] =>
    findingsBy(pubsubPermitWithoutIps, platform, text).map(
      ({ severity, confidence, message }) =>
        `${severity} ${confidence} ${/nothing looks|not stopped|not in the text/.exec(message)?.[0] ?? '?'}`,
    );
  const shut = ['ip access-list extended OUT', ' deny ip any any'];
  const router = (lines: readonly string[], inside: readonly string[] = []): readonly string[] =>
    iosEdge([...shut, ...lines], { out: [' ip access-group OUT in'], inside });

  test('PAN-OS: profiles of the rule, by what they do', () => {
    const pan = (profiles: readonly string[], fields: Readonly<Record<string, string>> = {}): string[] =>
      found('paloalto-panos', panEdge([...profiles, ...panRule('out', fields)]));
    const setting = 'profile-setting profiles';
    expect(pan([])).toEqual(['low definite nothing looks']);
    expect(pan([], { [`${setting} vulnerability`]: 'strict' })).toEqual([]);
    expect(pan([], { [`${setting} spyware`]: 'default' })).toEqual([]);
    // Files and names are something else.
    expect(pan([], { [`${setting} virus`]: 'default' })).toEqual(['low definite nothing looks']);
    const alerting = [
      'set profiles vulnerability W rules r severity any',
      'set profiles vulnerability W rules r action alert',
    ];
    expect(pan(alerting, { [`${setting} vulnerability`]: 'W' })).toEqual(['info definite not stopped']);
    expect(pan([], { [`${setting} vulnerability`]: 'GONE' })).toEqual(['info possible not in the text']);
  });

  test('PAN-OS: one finding for a direction, exposure worse than egress', () => {
    const text = panEdge([
      ...panRule('a', { destination: '192.0.2.1' }),
      ...panRule('b', { destination: '192.0.2.2' }),
      ...panRule('in', { from: 'untrust', to: 'trust', destination: '10.1.0.9' }),
    ]);
    const findings = findingsBy(pubsubPermitWithoutIps, 'paloalto-panos', text);
    expect(findings.map(({ severity, rules }) => [severity, rules.length])).toEqual([
      ['medium', 1],
      ['low', 2],
    ]);
    // The packets of all rules together, and one that a trace lets pass.
    const rows = findings[1]?.flows.flows.filter(({ destinationPort }) => destinationPort.includes('1883'));
    expect(rows?.flatMap(({ destination }) => destination)).toEqual(['192.0.2.1-192.0.2.2']);
    expect(findings[1]?.witness).toMatchObject({ protocol: 'tcp', destination: '192.0.2.1', destinationPort: 1883 });
  });

  test('PAN-OS: sessions that are ended carry no attack, and what is only possible is milder', () => {
    expect(found('paloalto-panos', panEdge(panRule('out', { application: 'dns', service: 'any' })))).toEqual([]);
    const schedule = ['set schedule S schedule-type recurring daily 08:00-09:00'];
    expect(found('paloalto-panos', panEdge([...schedule, ...panRule('out', { schedule: 'S' })]))).toEqual([
      'info possible nothing looks',
    ]);
  });

  test('SRX: the IDP policy of the security policy', () => {
    const idp = (action: string): readonly string[] => [
      'set security idp idp-policy P rulebase-ips rule r match attacks predefined-attack-groups Critical',
      `set security idp idp-policy P rulebase-ips rule r then action ${action}`,
    ];
    const srx = (lines: readonly string[], ...then: readonly string[]): string[] =>
      found('juniper-junos', srxEdge([...lines, ...srxPolicy('out', 'permit', ...then)]));
    const uses = 'permit application-services idp-policy P';
    expect(srx([])).toEqual(['low definite nothing looks']);
    expect(srx(idp('recommended'), uses)).toEqual([]);
    expect(srx(idp('drop-connection'), uses)).toEqual([]);
    expect(srx(idp('no-action'), uses)).toEqual(['info definite not stopped']);
    expect(srx([], uses)).toEqual(['info possible not in the text']);
    expect(srx(idp('recommended'), 'permit application-services idp')).toEqual(['low definite nothing looks']);
    expect(srx([...idp('recommended'), 'set security idp active-policy P'], 'permit application-services idp')).toEqual(
      [],
    );
    expect(srx([], 'permit application-services utm-policy U')).toEqual(['low definite nothing looks']);
  });

  test('ASA: a module in a policy that covers the crossing', () => {
    const sfr = (words: string, where: string): readonly string[] => [
      'policy-map P',
      ' class class-default',
      `  ${words}`,
      `service-policy P ${where}`,
    ];
    expect(found('cisco-asa', asaEdge([]))).toEqual(['info definite nothing looks']);
    expect(found('cisco-asa', asaEdge(sfr('sfr fail-open', 'global')))).toEqual([]);
    expect(found('cisco-asa', asaEdge(sfr('ips inline fail-open', 'interface outside')))).toEqual([]);
    expect(found('cisco-asa', asaEdge(sfr('sfr fail-open monitor-only', 'global')))).toEqual([
      'info definite not stopped',
    ]);
    expect(found('cisco-asa', asaEdge(sfr('ips promiscuous fail-open', 'global')))).toEqual([
      'info definite not stopped',
    ]);
    expect(found('cisco-asa', asaEdge(sfr('sfr fail-open', 'interface elsewhere')))).toEqual([
      'low definite nothing looks',
    ]);
  });

  test('FTD: the intrusion policy of a rule is known to the manager', () => {
    const ftd = (action: string): string[] =>
      found('cisco-asa', [
        'NGFW Version 7.2.5',
        ...asaEdge([
          `access-list CSM_FW_ACL_ advanced ${action} tcp ifc inside any ifc outside any eq 1883 rule-id 1`,
          'access-list CSM_FW_ACL_ advanced deny ip any any rule-id 2',
          'access-group CSM_FW_ACL_ global',
        ]).slice(1),
      ]);
    expect(ftd('permit')).toEqual(['info possible not in the text']);
    expect(ftd('trust')).toEqual(['low definite nothing looks']);
  });

  test('IOS: the Snort engine in its two modes, and ip ips', () => {
    const engine = (mode: string): readonly string[] => [
      'utd engine standard',
      ' threat-inspection',
      `  threat ${mode}`,
    ];
    expect(found('cisco-ios', router([]))).toEqual(['info definite nothing looks']);
    expect(found('cisco-ios', router([], [' ip ips RULES in']))).toEqual([]);
    expect(found('cisco-ios', router(engine('protection'), [' utd enable']))).toEqual([]);
    expect(found('cisco-ios', router(engine('detection'), [' utd enable']))).toEqual(['info definite not stopped']);
    expect(found('cisco-ios', router(engine('protection')))).toEqual(['low definite nothing looks']);
    expect(found('cisco-ios', router([...engine('protection'), 'utd', ' all-interfaces', ' engine standard']))).toEqual(
      [],
    );
  });
});

describe('tls-pubsub-not-decrypted', () => {
  const RULE = 'set rulebase decryption rules';
  const decrypts = (name: string, fields: Readonly<Record<string, string>>): string[] =>
    Object.entries({
      from: 'trust',
      to: 'untrust',
      source: 'any',
      destination: 'any',
      service: 'any',
      category: 'any',
      'type ssl-forward-proxy': '',
      action: 'decrypt',
      ...fields,
    }).map(([field, value]) => `${RULE} ${name} ${field} ${value}`.trim());
  const out = panRule('out', { destination: '192.0.2.0/24' });
  const found = (...lines: readonly string[]): readonly string[] =>
    findingsBy(tlsPubsubNotDecrypted, 'paloalto-panos', panEdge(lines)).map(summary);

  test('TLS that no rule opens, in one finding for the direction', () => {
    const [finding, ...more] = findingsBy(tlsPubsubNotDecrypted, 'paloalto-panos', panEdge(out));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'info',
      confidence: 'definite',
      crossings: [{ from: 'trust', to: 'untrust' }],
    });
    expect(finding?.services).toContain('mqtts');
    expect(finding?.services).not.toContain('mqtt');
  });

  test('is silent where a rule surely opens all of it', () => {
    expect(found(...out, ...decrypts('d', {}))).toEqual([]);
    expect(found(...out, ...decrypts('d', { destination: '192.0.2.0/24' }))).toEqual([]);
  });

  test('a rule for fewer, for another direction, for SSH, or behind no-decrypt is not enough', () => {
    expect(found(...out, ...decrypts('d', { destination: '192.0.2.0/25' }))).toHaveLength(1);
    expect(found(...out, ...decrypts('d', { from: 'untrust', to: 'trust' }))).toHaveLength(1);
    expect(found(...out, ...decrypts('n', { action: 'no-decrypt' }), ...decrypts('d', {}))).toHaveLength(1);
    const { length: others } = found(
      ...out,
      ...decrypts('d', {}).map((line) => line.replace('ssl-forward-proxy', 'ssh-proxy')),
    );
    expect(others).toBe(1);
  });

  test('is possible where the text does not decide it', () => {
    const [finding] = found(
      ...out,
      ...decrypts('d', { destination: 'broker' }),
      'set address broker fqdn broker.example.com',
    );
    expect(finding).toMatch(/^info possible .* may stay encrypted/);
  });

  test('has no subject without TLS or where the platform cannot decrypt', () => {
    expect(found(...panRule('out', { application: 'dns' }))).toEqual([]);
    expect(findingsBy(tlsPubsubNotDecrypted, 'cisco-ios', iosEdge([]))).toEqual([]);
  });
});
