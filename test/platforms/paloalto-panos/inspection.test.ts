import { describe, expect, test } from 'vitest';
import { policyOf, rule } from './security-policy.ts';

const SAYS = 'set rulebase security rules R profile-setting';

function inspection(...lines: readonly string[]): string[] | undefined {
  const found = policyOf([rule('R action allow'), ...lines].join('\n')).rule('R').inspection;
  return found?.map(
    ({ kind, name, effect, span }) => `${kind} ${name} ${effect}${span === undefined ? '' : ' defined'}`,
  );
}

describe('profiles of a rule', () => {
  test('none where it names none', () => {
    expect(inspection()).toEqual([]);
    expect(inspection('set profile-group default virus default')).toEqual([]);
  });

  test('those it names, with what shipped ones do', () => {
    expect(
      inspection(
        `${SAYS} profiles vulnerability strict`,
        `${SAYS} profiles spyware default`,
        `${SAYS} profiles virus default`,
        `${SAYS} profiles file-blocking "basic file blocking"`,
        `${SAYS} profiles wildfire-analysis default`,
      ),
    ).toEqual([
      'vulnerability strict blocks',
      'anti-spyware default blocks',
      'antivirus default blocks',
      'file-blocking basic file blocking blocks',
      'sandbox default alerts',
    ]);
  });

  test('those of its group, the nearest of the name', () => {
    expect(
      inspection(
        `${SAYS} group G`,
        'set shared profile-group G spyware strict',
        'set profile-group G vulnerability V',
        'set shared profiles vulnerability V rules A action alert',
      ),
    ).toEqual(['vulnerability V alerts defined']);
  });

  test('nothing where the rule blocks', () => {
    const policy = policyOf([rule('R action deny'), `${SAYS} profiles vulnerability strict`].join('\n'));
    expect(policy.rule('R').inspection).toBeUndefined();
  });

  test('what is not in the text does something unknown', () => {
    const policy = policyOf([rule('R action allow'), `${SAYS} group G`].join('\n'));
    expect(policy.rule('R').inspection).toEqual([{ kind: 'other', name: 'G', effect: 'unknown' }]);
    expect(policy.codes).toEqual(['panos/undefined-profile']);
    expect(inspection(`${SAYS} profiles virus OWN`)).toEqual(['antivirus OWN unknown']);
  });
});

describe('what a profile of the text does', () => {
  const effect = (kind: string, ...said: readonly string[]): string | undefined =>
    inspection(`${SAYS} profiles ${kind} P`, ...said.map((each) => `set profiles ${kind} P ${each}`))?.[0]?.split(
      ' ',
    )[2];

  test.each([
    ['vulnerability', ['rules A action reset-both'], 'blocks'],
    ['vulnerability', ['rules A action block-ip track-by source'], 'blocks'],
    ['vulnerability', ['rules A action alert', 'rules B action drop'], 'blocks'],
    ['vulnerability', ['rules A action alert'], 'alerts'],
    ['vulnerability', ['rules A action allow'], 'nothing'],
    ['vulnerability', ['rules A action default', 'rules A severity [ high medium ]'], 'blocks'],
    ['vulnerability', ['rules A action default', 'rules A severity low'], 'unknown'],
    ['vulnerability', ['rules A action default'], 'blocks'],
    ['vulnerability', ['description empty'], 'nothing'],
    ['spyware', ['botnet-domains lists default-paloalto-dns action sinkhole'], 'blocks'],
    ['spyware', ['rules A action alert'], 'alerts'],
    ['virus', ['decoder http action reset-both'], 'blocks'],
    ['virus', ['decoder http action default'], 'blocks'],
    ['virus', ['decoder smtp action default'], 'alerts'],
    ['virus', ['decoder ftp action allow', 'decoder ftp wildfire-action alert'], 'alerts'],
    ['url-filtering', ['block [ malware phishing ]'], 'blocks'],
    ['url-filtering', ['credential-enforcement block malware'], 'blocks'],
    ['url-filtering', ['alert [ news ]'], 'alerts'],
    ['url-filtering', ['allow [ news ]'], 'nothing'],
    ['file-blocking', ['rules A action block'], 'blocks'],
    ['file-blocking', ['rules A action alert'], 'alerts'],
    ['data-filtering', ['rules A block-threshold 3'], 'blocks'],
    ['data-filtering', ['rules A alert-threshold 3', 'rules A block-threshold 0'], 'alerts'],
    ['wildfire-analysis', ['rules A analysis public-cloud'], 'alerts'],
    ['sctp', ['rules A action block'], 'unknown'],
  ])('%s %j: %s', (kind, said, expected) => {
    expect(effect(kind, ...said)).toBe(expected);
  });
});
