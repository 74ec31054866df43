import { describe, expect, it } from 'vitest';
import { judgeTrust, unmatchedPatterns, type TrustOptions } from '../../checks/policy/trust.ts';
import type { Device, Segment, TrustEvidence } from '../../parsers/model/device.ts';

const span = { source: 'fw.cfg', line: 7, column: 1, endColumn: 9 };
const NONE: TrustOptions = { untrusted: [], internal: [], internalNetworks: [] };

function fact(points: TrustEvidence['points'], weight: TrustEvidence['weight'], reason: string): TrustEvidence {
  return { points, weight, reason, span };
}

function segment(name: string, evidence: readonly TrustEvidence[], address?: number): Segment {
  const addresses = address === undefined ? [] : [{ family: 4 as const, address, prefixLength: 24, span }];
  const port = { name, addresses, families: [4 as const], dynamicAddress: false, enabled: true, span };
  return {
    name,
    aliases: [`if-${name}`],
    kind: 'interface',
    interfaces: [port],
    routingContext: 'default',
    transit: 'yes',
    families: [4],
    evidence,
    span,
  };
}

function device(...segments: Segment[]): Device {
  return {
    name: 'fw1',
    platform: 'cisco-asa',
    source: 'fw.cfg',
    segments,
    ruleLists: [],
    bindings: [],
    translations: [],
    routes: [],
    telemetry: [],
    addressView: 'real',
    crossing: (from, to) => ({ from, to, none: 'not asked here' }),
  };
}

function trustOf(segments: readonly Segment[], options: TrustOptions = NONE): (string | undefined)[] {
  return judgeTrust(device(...segments), options).map(({ trust }) => trust);
}

describe('judgeTrust', () => {
  it('lets the heaviest evidence win and shows it with its line', () => {
    const outside = segment('inside', [
      fact('internal', 1, 'named inside'),
      fact('untrusted', 3, 'default route leaves here'),
    ]);
    const [judged] = judgeTrust(device(outside), NONE);
    expect(judged).toMatchObject({
      trust: 'untrusted',
      source: 'inferred',
      reasons: ['default route leaves here (line 7)'],
    });
  });

  it('says unknown, with both reasons, when evidence of one weight contradicts itself', () => {
    const torn = segment('x', [fact('untrusted', 2, 'public address'), fact('internal', 2, 'security-level 100')]);
    const [judged] = judgeTrust(device(torn), NONE);
    expect(judged?.trust).toBe('unknown');
    expect(judged?.reasons).toEqual([
      'public address (line 7)',
      'security-level 100 (line 7)',
      'evidence contradicts itself',
    ]);
  });

  it('takes a DMZ for a DMZ when internal words stand beside it', () => {
    expect(trustOf([segment('dmz', [fact('dmz', 2, 'level 50'), fact('internal', 2, 'private')])])).toEqual(['dmz']);
  });

  it('keeps management apart unless the default route leaves there', () => {
    const quiet = segment('mgmt', [fact('management', 2, 'management-only'), fact('internal', 1, 'private')]);
    const uplink = segment('mgmt2', [
      fact('management', 1, 'named mgmt'),
      fact('untrusted', 3, 'default route leaves here'),
    ]);
    expect(trustOf([quiet, uplink])).toEqual(['management', 'untrusted']);
  });

  it('falls back to private addresses, and to unknown without any', () => {
    const lan = segment('lan', [], 0x0a010101);
    const public4 = segment('pub', [], 0xcb007101);
    expect(trustOf([lan, public4, segment('none', [])])).toEqual(['internal', 'unknown', 'unknown']);
  });

  it('takes public addresses for a DMZ when names say so and the default route leaves elsewhere', () => {
    const uplink = segment('up', [fact('untrusted', 3, 'default route leaves here')]);
    const servers = segment('srv', [fact('untrusted', 2, 'public address'), fact('dmz', 1, 'described as servers')]);
    const second = segment('up2', [
      fact('untrusted', 2, 'public address'),
      fact('untrusted', 1, 'described as transit'),
    ]);
    const bare = segment('x', [fact('untrusted', 2, 'public address')]);
    expect(trustOf([uplink, servers, second, bare])).toEqual(['untrusted', 'dmz', 'untrusted', 'untrusted']);
    expect(trustOf([servers, second])).toEqual(['untrusted', 'untrusted']);
  });

  it('lets the user win by name, alias, device and wildcard, and refuses to choose between two orders', () => {
    const wan = segment('wan', [fact('internal', 3, 'default route elsewhere')]);
    expect(trustOf([wan], { ...NONE, untrusted: ['IF-WAN'] })).toEqual(['untrusted']);
    expect(trustOf([wan], { ...NONE, untrusted: ['fw*:w*n'] })).toEqual(['untrusted']);
    expect(trustOf([wan], { ...NONE, untrusted: ['fw2:wan'] })).toEqual(['internal']);
    expect(trustOf([wan], { ...NONE, untrusted: ['wan'], internal: ['*'] })).toEqual(['unknown']);
  });

  it('counts a segment with an address in an internal network as internal, of the same family only', () => {
    const lan = segment('lan', [fact('untrusted', 2, 'public address')], 0xc6336401);
    expect(trustOf([lan], { ...NONE, internalNetworks: ['198.51.100.0/24'] })).toEqual(['internal']);
    expect(trustOf([lan], { ...NONE, internalNetworks: ['::/0'] })).toEqual(['untrusted']);
  });
});

describe('unmatchedPatterns', () => {
  it('names patterns that fit no segment of any device', () => {
    const devices = [device(segment('inside', []))];
    expect(unmatchedPatterns(devices, ['in*', 'fw1:inside', 'fw2:inside', 'outsde'])).toEqual(['fw2:inside', 'outsde']);
  });
});
