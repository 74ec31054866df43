import { describe, expect, test } from 'vitest';
import { ANY_SERVICE } from '../../../parsers/model/service.ts';
import type { ListedServices } from '../../../parsers/paloalto-panos/firewall.ts';
import { namesOf, reaches, type TestNames } from './names-of.ts';

const SOME = ['tcp/80', 'tcp/443', 'tcp/1883', 'tcp/8080', 'udp/1883', 'sctp/1883', '47'];

function ports({ names, list }: TestNames, ...words: readonly string[]): Extract<ListedServices, { kind: 'ports' }> {
  const found = names.services(list(...words));
  if (found.kind !== 'ports') throw new Error(`${words.join()} means ${found.kind}`);
  return found;
}

describe('a service', () => {
  test.for([
    ['protocol tcp port 80,443,1000-2000', ['tcp/80', 'tcp/443', 'tcp/1883']],
    ['protocol tcp port "80, 443"', ['tcp/80', 'tcp/443']],
    ['protocol udp port 1883', ['udp/1883']],
    ['protocol sctp port 1-65535', ['sctp/1883']],
    ['protocol tcp port 0-65535', ['tcp/80', 'tcp/443', 'tcp/1883', 'tcp/8080']],
  ] as const)('%s is exactly that', ([value, expected]) => {
    const found = ports(namesOf([`service S ${value}`]), 'S');
    expect(found.ports.must).toBe(found.ports.may);
    expect(reaches(found.ports.may, SOME)).toEqual(expected);
    expect(found.objects).toMatchObject([{ name: 'S', kind: 'service', span: { line: 3 } }]);
  });

  test('narrows the source port where it says one', () => {
    const { ports: found } = ports(
      namesOf(['service S protocol tcp port 1883', 'service S protocol tcp source-port 1024-2047']),
      'S',
    );
    expect(reaches(found.may, ['tcp/1024>1883', 'tcp/2048>1883', 'tcp/1024>1884'])).toEqual(['tcp/1024>1883']);
  });

  test('takes ports that stand beside its protocol', () => {
    const { ports: found } = ports(namesOf(['service S protocol tcp', 'service S port 1883']), 'S');
    expect(found.must).toBe(found.may);
    expect(reaches(found.may, SOME)).toEqual(['tcp/1883']);
  });

  test('keeps its ports when it only changes timeouts', () => {
    const { ports: found } = ports(
      namesOf(['service S protocol tcp port 1883', 'service S protocol tcp override yes timeout 60']),
      'S',
    );
    expect(found.must).toBe(found.may);
  });

  test.for([
    'protocol tcp port 2000-1000',
    'protocol tcp port 70000',
    'protocol tcp port web',
    'protocol xyz port 1',
    'description x',
  ])('%s is undecided and diagnosed', (value) => {
    const names = namesOf([`service S ${value}`]);
    const { ports: found } = ports(names, 'S');
    expect(found).toMatchObject({ must: [], may: ANY_SERVICE, conditions: [{ kind: 'not-understood', name: 'S' }] });
    expect(names.diagnostics().map(({ code }) => code)).toEqual(['panos/service-not-understood']);
  });
});

describe('a predefined service', () => {
  test('service-http is 80 and 8080, service-https is 443', () => {
    expect(reaches(ports(namesOf([]), 'service-http').ports.may, SOME)).toEqual(['tcp/80', 'tcp/8080']);
    expect(reaches(ports(namesOf([]), 'service-https').ports.may, SOME)).toEqual(['tcp/443']);
  });

  test('gives way to an object of its name', () => {
    const names = namesOf([
      'service service-http protocol tcp port 1',
      'service any protocol tcp port 3',
      'service-group COMBO members [ service-http any service-https ]',
    ]);
    const { ports: found } = ports(names, 'COMBO');
    expect(found.must).toBe(found.may);
    expect(reaches(found.may, ['tcp/1', 'tcp/3', 'tcp/80', 'tcp/443', 'udp/999'])).toEqual([
      'tcp/1',
      'tcp/3',
      'tcp/443',
    ]);
    const any = ports(names, 'any');
    expect(reaches(any.ports.must, ['tcp/3', 'tcp/4'])).toEqual(['tcp/3']);
    expect(any.ports.may).toBe(ANY_SERVICE);
  });

  test('any in a group is every service', () => {
    const { ports: found } = ports(namesOf(['service-group G members [ service-http any ]']), 'G');
    expect(found.must).toBe(found.may);
    expect(reaches(found.may, SOME)).toEqual(SOME);
  });
});

describe('a list of services', () => {
  test('says any or application-default where it does', () => {
    const { names, list } = namesOf(['service S protocol tcp port 1']);
    expect(names.services([])).toEqual({ kind: 'any' });
    expect(names.services(list('any'))).toEqual({ kind: 'any' });
    expect(names.services(list('S', 'any'))).toEqual({ kind: 'any' });
    expect(names.services(list('application-default'))).toEqual({ kind: 'application-default' });
  });

  test('that mixes application-default with services surely holds the services', () => {
    const names = namesOf(['service S protocol tcp port 1883']);
    const { ports: found } = ports(names, 'application-default', 'S');
    expect(reaches(found.must, SOME)).toEqual(['tcp/1883']);
    expect(found.may).toBe(ANY_SERVICE);
    expect(names.diagnostics()).toHaveLength(1);
  });

  test('takes nested groups apart, across scopes, cycles diagnosed', () => {
    const names = namesOf([
      'shared service S1 protocol tcp port 80',
      'shared service S2 protocol udp port 1883',
      'service S1 protocol tcp port 1883',
      'shared service-group IN members [ S1 S2 ]',
      'service-group OUT members [ IN OUT service-https ]',
    ]);
    const { ports: found, objects } = ports(names, 'OUT');
    expect(reaches(found.must, SOME)).toEqual(['tcp/443', 'tcp/1883', 'udp/1883']);
    expect(objects.map(({ name }) => name)).toEqual(['OUT', 'IN', 'S1', 'S2']);
    expect(names.diagnostics().map(({ code }) => code)).toEqual(['panos/group-cycle']);
  });

  test('with an undefined or empty part is undecided', () => {
    const names = namesOf(['service S protocol tcp port 1883', 'service-group E description x']);
    const { ports: found, objects } = ports(names, 'S', 'gone', 'E');
    expect(reaches(found.must, SOME)).toEqual(['tcp/1883']);
    expect(found.may).toBe(ANY_SERVICE);
    expect(found.conditions.map(({ kind, name }) => [kind, name])).toEqual([
      ['undefined-reference', 'gone'],
      ['undefined-reference', 'E'],
    ]);
    expect(objects.map(({ name }) => name)).toEqual(['S', 'gone', 'E']);
  });

  test('of thousands of ports is one term', () => {
    const many = Array.from({ length: 3000 }, (_, index) => `service S${index} protocol tcp port ${index + 1}`);
    const members = many.map((_, index) => `S${index}`).join(' ');
    const { ports: found } = ports(namesOf([...many, `service-group G members [ ${members} ]`]), 'G');
    expect(found.may).toMatchObject([{ destinationPorts: [{ first: 1, last: 3000 }] }]);
  });
});
