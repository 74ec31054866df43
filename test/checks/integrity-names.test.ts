/** Names without a definition, and rules of the text that no device has. */
import { describe, expect, test } from 'vitest';
import type { RuleCount } from '../../parsers/diagnostics.ts';
import { NO_POLICY, type Policy } from '../../checks/policy/policy.ts';
import { rulesLost } from '../../checks/integrity/rules-lost.ts';
import { unresolvedObject } from '../../checks/integrity/unresolved-object.ts';
import {
  asaEdge,
  findingsBy,
  iosEdge,
  panEdge,
  panRule,
  read,
  reportsOf,
  srxEdge,
  srxPolicy,
  summary,
} from './edge-texts.ts';

describe('unresolved-object', () => {
  const found = (platform: Parameters<typeof findingsBy>[1], text: readonly string[]): string[] =>
    findingsBy(unresolvedObject, platform, text).map(summary);

  test('one finding for a name, with the rules that use it', () => {
    const list = [
      'access-list IN extended permit tcp object-group GONE any eq 1883',
      'access-list IN extended permit tcp any object-group GONE eq 8883',
      'access-list IN extended permit tcp any object-group LOST eq 8883',
      'access-group IN in interface inside',
    ];
    const findings = findingsBy(unresolvedObject, 'cisco-asa', asaEdge(list));
    expect(findings.map(summary)).toEqual([
      'medium definite GONE has no definition, or no members, in the text and is used by 2 rules of extended access list IN',
      'medium definite LOST has no definition, or no members, in the text and is used by rule #3 of extended access list IN',
    ]);
    expect(findings[0]?.rules).toEqual(['IN: #1', 'IN: #2']);
    expect(findings[0]?.evidence.map(({ text }) => text)).toEqual(list.slice(0, 2));
  });

  test('is silent when the name is defined, and milder in a list that filters nothing', () => {
    const rule = 'access-list IN extended permit tcp object-group G any eq 1883';
    const group = ['object-group network G', ' network-object host 10.1.0.9'];
    expect(found('cisco-asa', asaEdge([...group, rule, 'access-group IN in interface inside']))).toEqual([]);
    expect(found('cisco-asa', asaEdge([rule]))).toEqual([expect.stringMatching(/^low definite/)]);
  });

  test('a rule that is switched off needs no definition', () => {
    const rule = 'access-list IN extended permit tcp object-group G any eq 1883 inactive';
    expect(found('cisco-asa', asaEdge([rule, 'access-group IN in interface inside']))).toEqual([]);
  });

  test('is possible where the text is cut', () => {
    const cut = [
      'Current configuration : 1200 bytes',
      ...iosEdge(['ip access-list extended A', ' permit tcp object-group GONE any']).slice(0, -1),
    ];
    expect(findingsBy(unresolvedObject, 'cisco-ios', cut)).toMatchObject([{ confidence: 'possible' }]);
  });

  test('IOS: object-groups, time ranges, lists of a class', () => {
    const text = iosEdge([
      'ip access-list extended A',
      ' permit tcp object-group NET any eq 1883',
      ' permit tcp any any eq 1884 time-range SOME',
      'class-map type inspect match-any C',
      ' match access-group name LIST',
      'policy-map type inspect P',
      ' class type inspect C',
      '  inspect',
    ]);
    expect(found('cisco-ios', text).map((each) => each.split(' ')[2])).toEqual(['NET', 'SOME', 'LIST']);
  });

  test('Junos: addresses and applications, not the predefined ones', () => {
    const policy = 'set security policies from-zone trust to-zone untrust policy p';
    const text = srxEdge([
      `${policy} match source-address GONE`,
      `${policy} match destination-address any`,
      `${policy} match application [ MISSING junos-https ]`,
      `${policy} then permit`,
    ]);
    expect(found('juniper-junos', text).map((each) => each.split(' ')[2])).toEqual(['GONE', 'MISSING']);
    expect(found('juniper-junos', srxEdge(srxPolicy('out')))).toEqual([]);
  });

  test('PAN-OS: addresses, services and schedules, not what is fetched or predefined', () => {
    const text = panEdge([
      'set external-list feed type ip url https://lists.example.com/feed.txt',
      ...panRule('a', { destination: 'GONE', service: 'MISSING', schedule: 'NEVER' }),
      ...panRule('b', { destination: 'feed', service: 'service-https', application: 'ssl' }),
    ]);
    const names = found('paloalto-panos', text).map((each) => each.split(' ')[2]);
    expect(new Set(names)).toEqual(new Set(['GONE', 'MISSING', 'NEVER']));
  });
});

describe('rules-lost', () => {
  const withCounts = (...ruleCounts: readonly RuleCount[]): string[] => {
    const { source, parsed } = read('paloalto-panos', panEdge(panRule('out')));
    return reportsOf([rulesLost], { source, parsed: { ...parsed, ruleCounts } }).flatMap(({ findings }) =>
      findings.map(({ severity, message }) => `${severity} ${message}`),
    );
  };
  const count = { kind: 'security rules', written: 5, modelled: 5, disabled: 1, left: [] };

  test('is silent when all rules are accounted for', () => {
    expect(withCounts(count)).toEqual([]);
    expect(findingsBy(rulesLost, 'paloalto-panos', panEdge(panRule('out')))).toEqual([]);
    expect(findingsBy(rulesLost, 'cisco-ios', iosEdge([]))).toEqual([]);
  });

  test('rules that nothing accounts for are high, too many as well as too few', () => {
    const lost = 'are in the text and in no device: verdicts of this text cannot be trusted';
    expect(withCounts({ ...count, modelled: 3 })).toEqual([`high edge.cfg: 2 of 5 security rules ${lost}`]);
    expect(withCounts({ ...count, modelled: 6 })).toEqual([`high edge.cfg: 1 of 5 security rules ${lost}`]);
    expect(withCounts({ ...count, modelled: 4, left: [{ reason: 'lost', count: 1 }] })).toEqual([
      `high edge.cfg: 1 of 5 security rules ${lost}`,
    ]);
  });

  test('rules that are left out for a reason are one finding', () => {
    const left = [{ reason: 'target no firewall of the text', count: 2 }];
    const nat = {
      kind: 'NAT rules',
      written: 1,
      modelled: 0,
      disabled: 0,
      left: [{ reason: 'of a template', count: 1 }],
    };
    expect(withCounts({ ...count, modelled: 3, left }, nat)).toEqual([
      'info edge.cfg: rules that are in no device, for a reason: 2 security rules target no firewall of the text, 1 NAT rules of a template',
    ]);
  });

  test('what a policy assumes of users takes no count away', () => {
    const { source, parsed } = read('paloalto-panos', panEdge(panRule('out', { 'source-user': 'known-user' })));
    const lost = { ...parsed, ruleCounts: [{ ...count, modelled: 3 }] };
    const place = { source: 'brokerfence.yaml', line: 1, column: 1, endColumn: 2 };
    const policy: Policy = {
      ...NO_POLICY,
      assumptions: [{ kind: 'identity', name: 'known-user', matches: true, place }],
    };
    expect(reportsOf([rulesLost], { source, parsed: lost }, policy).flatMap(({ findings }) => findings)).toHaveLength(
      1,
    );
  });

  test('a text with several devices says it once', () => {
    const { source, parsed } = read('paloalto-panos', panEdge(panRule('out')));
    const [device] = parsed.devices;
    if (device === undefined) throw new Error('no device');
    const two = { ...parsed, devices: [device, { ...device, name: 'other' }], ruleCounts: [{ ...count, modelled: 3 }] };
    const reports = reportsOf([rulesLost], { source, parsed: two });
    expect(reports.map(({ findings }) => findings.length)).toEqual([1, 0]);
  });
});
