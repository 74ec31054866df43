import { describe, expect, it } from 'vitest';
import { single } from '../../parsers/model/service.ts';
import { build, findingsOf, INSIDE, OUTSIDE, type SmallDevice } from './small-device.ts';
import { auditSource } from '../../checks/index.ts';

const NOT_DEFINED = 'filter-not-defined';
const NOT_APPLIED = 'filter-not-applied';
const NOT_UNDERSTOOD = 'line-not-understood';

describe(NOT_DEFINED, () => {
  const gone: SmallDevice = {
    segments: [
      { ...OUTSIDE, in: ['GONE'] },
      { ...INSIDE, in: ['GONE'] },
    ],
  };

  it('finds the binding and says what the platform does', () => {
    const [finding, ...more] = findingsOf(NOT_DEFINED, gone);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'high',
      confidence: 'definite',
      crossings: [],
      message:
        'r1: list GONE is bound in on outside, in on inside but not defined in the text; a list that does not exist filters nothing: all packets pass',
    });
    expect(finding?.evidence.map(({ role, text }) => [role, text])).toEqual([
      ['decides', 'filter GONE in'],
      ['decides', 'filter GONE in'],
    ]);
  });

  it('is milder where the platform does otherwise, and only possible in a text that is cut', () => {
    expect(findingsOf(NOT_DEFINED, { ...gone, platform: 'cisco-asa' })[0]?.severity).toBe('medium');
    const [cut] = findingsOf(NOT_DEFINED, { ...gone, complete: 'no' });
    expect(cut).toMatchObject({ confidence: 'possible' });
    expect(cut?.conditions).toHaveLength(1);
  });

  it('is silent when the list stands in the text', () => {
    expect(
      findingsOf(NOT_DEFINED, { segments: [{ ...OUTSIDE, in: ['IN'] }, INSIDE], lists: { IN: { rules: [] } } }),
    ).toEqual([]);
  });
});

describe(NOT_APPLIED, () => {
  const filter = { rules: [{ action: 'deny', protocol: 'tcp', ports: [single(1883)] }] } as const;
  const one = (name: string, more: Partial<SmallDevice> = {}): SmallDevice => ({
    segments: [OUTSIDE, INSIDE],
    lists: { [name]: filter },
    ...more,
  });

  it('finds a filter that nothing uses, at its first line', () => {
    expect(findingsOf(NOT_APPLIED, one('LOST'))).toMatchObject([
      {
        severity: 'low',
        confidence: 'definite',
        message: 'r1: access list LOST with 1 rule is applied nowhere',
        evidence: [{ text: 'access list LOST' }],
      },
    ]);
  });

  it('is silent about bound lists, lists with another purpose, and lists that look at sources only', () => {
    expect(findingsOf(NOT_APPLIED, one('IN', { segments: [{ ...OUTSIDE, in: ['IN'] }, INSIDE] }))).toEqual([]);
    expect(findingsOf(NOT_APPLIED, one('NAT', { lists: { NAT: { ...filter, usedBy: 'NAT' } } }))).toEqual([]);
    const sources = { rules: [{ action: 'permit', from: '10.0.0.0/8' }] } as const;
    expect(findingsOf(NOT_APPLIED, one('10', { lists: { 10: sources } }))).toEqual([]);
  });

  it('passes over a text without interfaces, which cannot tell', () => {
    expect(findingsOf(NOT_APPLIED, one('LOST', { segments: [] }))).toEqual([]);
  });

  it('doubts itself when a line that was not modelled names the list, but not for a description', () => {
    const naming = (text: string): SmallDevice => one('LOST', { preamble: [[text, 'no-effect']] });
    expect(findingsOf(NOT_APPLIED, naming('line vty access LOST'))).toMatchObject([
      { severity: 'info', confidence: 'possible' },
    ]);
    expect(findingsOf(NOT_APPLIED, naming('description LOST is old'))).toMatchObject([
      { severity: 'low', confidence: 'definite' },
    ]);
  });
});

describe(NOT_UNDERSTOOD, () => {
  it('makes one finding of a list with unread lines, by whether the list filters', () => {
    const lists = { A: { rules: [{ action: 'unknown' }, { action: 'permit' }, { action: 'unknown' }] } } as const;
    const bound = findingsOf(NOT_UNDERSTOOD, { segments: [{ ...OUTSIDE, in: ['A'] }, INSIDE], lists });
    expect(bound).toMatchObject([{ severity: 'medium', confidence: 'definite' }]);
    expect(bound[0]?.evidence.map(({ span }) => span.line)).toEqual([2, 4]);
    expect(bound[0]?.message).toContain('2 lines of access list A');
    expect(findingsOf(NOT_UNDERSTOOD, { segments: [OUTSIDE, INSIDE], lists })).toMatchObject([{ severity: 'low' }]);
  });

  it('groups unknown lines by block and masks what may be a secret', () => {
    const found = findingsOf(NOT_UNDERSTOOD, {
      segments: [OUTSIDE, INSIDE],
      preamble: [
        ['feature unheard of', 'unrecognised'],
        ['thing one', 'modelled'],
        [' strange password hunter2', 'unrecognised'],
        [' strange key', 'unrecognised'],
        ['another outside', 'unrecognised'],
      ],
    });
    expect(found.map(({ severity, message }) => [severity, message])).toEqual([
      ['low', 'r1: 2 lines not recognised at the top level; whether they change which packets pass is not known'],
      [
        'low',
        'r1: 2 lines not recognised below "thing one" (line 2); whether they change which packets pass is not known',
      ],
    ]);
    expect(JSON.stringify(found)).not.toContain('hunter2');
    expect(found[1]?.evidence[0]?.text).toBe('strange password <masked>');
  });

  it('weighs statements that are not modelled by their diagnostic', () => {
    const { parsed, source } = build({
      segments: [OUTSIDE, INSIDE],
      preamble: [
        ['policy routing 1', 'unsupported'],
        ['policy routing 2', 'unsupported'],
      ],
    });
    const diagnostics = [1, 2].map((line) => ({
      code: 'ios/policy-routing',
      severity: 'warning' as const,
      span: { source: 'small.cfg', line, column: 1, endColumn: 9 },
      message: 'policy routing is not modelled',
      consequence: 'crossings may be others',
    }));
    const options = { trust: { untrusted: [], internal: [], internalNetworks: [] } };
    const report = auditSource({ ...parsed, diagnostics }, source, options);
    const found = report.devices[0]?.findings.filter(({ check }) => check === NOT_UNDERSTOOD);
    expect(found).toMatchObject([
      {
        severity: 'medium',
        message: 'r1: 2 lines not modelled: policy routing is not modelled; crossings may be others',
      },
    ]);
  });

  it('is silent when everything was read', () => {
    expect(findingsOf(NOT_UNDERSTOOD, { segments: [OUTSIDE, INSIDE] })).toEqual([]);
  });
});
