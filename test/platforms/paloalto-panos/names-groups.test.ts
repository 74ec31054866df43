import { describe, expect, test } from 'vitest';
import { ANY_ADDRESS } from '../../../parsers/model/address.ts';
import { fulfils, readTagFilter } from '../../../parsers/paloalto-panos/address-filter.ts';
import { inside, namesOf } from './names-of.ts';

const SOME = ['10.1.1.1', '10.1.2.1', '10.1.3.1', '192.0.2.7'];
const OBJECTS = [
  'address A1 ip-netmask 10.1.1.0/24',
  'address A2 ip-netmask 10.1.2.0/24',
  'address A3 ip-netmask 10.1.3.0/24',
  'address F fqdn broker.example',
];

describe('a static group', () => {
  test('holds its members, those of inner groups and literals, each use named', () => {
    const { names, list } = namesOf([
      ...OBJECTS,
      'address-group INNER static [ A2 192.0.2.7 ]',
      'address-group OUTER static [ A1 INNER A2 ]',
    ]);
    const { set, objects } = names.addresses(list('OUTER'), false);
    expect(set.must).toBe(set.may);
    expect(inside(set.may, SOME)).toEqual(['10.1.1.1', '10.1.2.1', '192.0.2.7']);
    expect(objects.map(({ name }) => name)).toEqual(['OUTER', 'INNER', 'A1', 'A2']);
  });

  test('is worked out once for all rules', () => {
    const { names, list } = namesOf([...OBJECTS, 'address-group G static [ A1 A2 ]']);
    const first = names.addresses(list('G'), false);
    expect(names.addresses(list('G'), false).set).toBe(first.set);
    expect(names.addresses(list('G', 'A3'), true)).toBe(names.addresses(list('G', 'A3'), true));
  });

  test('with a host name surely holds the others', () => {
    const { names, list } = namesOf([...OBJECTS, 'address-group G static [ A1 F ]']);
    const { set } = names.addresses(list('G'), false);
    expect(inside(set.must, SOME)).toEqual(['10.1.1.1']);
    expect(set.may).toBe(ANY_ADDRESS);
  });

  test('with an undefined member, or without any, is undecided', () => {
    const { names, list, diagnostics } = namesOf([
      ...OBJECTS,
      'address-group G static [ A1 gone ]',
      'address-group E description nothing',
    ]);
    const lost = names.addresses(list('G'), false).set;
    expect(inside(lost.must, SOME)).toEqual(['10.1.1.1']);
    expect(lost.conditions).toMatchObject([{ kind: 'undefined-reference', name: 'gone' }]);
    expect(lost.may).toBe(ANY_ADDRESS);
    expect(names.addresses(list('E'), false).set.may).toBe(ANY_ADDRESS);
    expect(diagnostics().map(({ code, span }) => [code, span.line])).toEqual([
      ['panos/undefined-reference', 7],
      ['panos/address-not-understood', 8],
    ]);
  });

  test('that contains itself, straight or by others, adds nothing there and is diagnosed', () => {
    const { names, list, diagnostics } = namesOf([
      ...OBJECTS,
      'address-group G1 static [ A1 G2 ]',
      'address-group G2 static [ A2 G3 ]',
      'address-group G3 static [ A3 G1 ]',
      'address-group SELF static [ A1 SELF ]',
    ]);
    for (const group of ['G1', 'G2', 'G3'])
      expect([group, inside(names.addresses(list(group), false).set.must, SOME)]).toEqual([
        group,
        ['10.1.1.1', '10.1.2.1', '10.1.3.1'],
      ]);
    expect(inside(names.addresses(list('SELF'), false).set.may, SOME)).toEqual(['10.1.1.1']);
    expect(diagnostics().map(({ code, message }) => `${code} ${message}`)).toEqual(
      ['G1', 'G2', 'G3', 'SELF'].map((name) => `panos/group-cycle group \`${name}\` contains itself`),
    );
  });

  test('of an old release has its members straight below its name', () => {
    const { names, list } = namesOf([...OBJECTS, 'address-group OLD [ A1 A2 ]', 'address-group OLD description old']);
    expect(inside(names.addresses(list('OLD'), false).set.must, SOME)).toEqual(['10.1.1.1', '10.1.2.1']);
  });

  test('that two groups share is no cycle', () => {
    const { names, list, diagnostics } = namesOf([
      ...OBJECTS,
      'address-group BASE static A1',
      'address-group L static [ BASE A2 ]',
      'address-group R static [ BASE A3 ]',
      'address-group TOP static [ L R ]',
    ]);
    expect(inside(names.addresses(list('TOP'), false).set.may, SOME)).toEqual(['10.1.1.1', '10.1.2.1', '10.1.3.1']);
    expect(diagnostics()).toEqual([]);
  });

  test('may be nested as deep as it likes', () => {
    const deep = Array.from({ length: 20_000 }, (_, index) => `address-group G${index} static G${index + 1}`);
    const { names, list } = namesOf([...deep, 'address-group G20000 static 10.1.1.1']);
    expect(inside(names.addresses(list('G0'), false).set.must, SOME)).toEqual(['10.1.1.1']);
  });
});

describe('a dynamic group', () => {
  const TAGGED = ['address A1 tag [ web "site B" ]', 'address A2 tag web', 'address A3 tag db', 'address F tag web'];

  test('surely holds the objects whose tags fulfil the filter, and may hold any address', () => {
    const { names, list } = namesOf([
      ...OBJECTS,
      ...TAGGED,
      `address-group D dynamic filter "'web' and ('site B' or 'db')"`,
      'address-group W dynamic filter web',
      'address-group OUTER static [ W A3 ]',
    ]);
    const { set, objects } = names.addresses(list('D'), false);
    expect(inside(set.must, SOME)).toEqual(['10.1.1.1']);
    expect(set.may).toBe(ANY_ADDRESS);
    expect(set.conditions).toMatchObject([{ kind: 'dynamic-group', name: 'D' }]);
    expect(objects.map(({ name }) => name)).toEqual(['D', 'A1']);
    expect(inside(names.addresses(list('W'), false).set.must, SOME)).toEqual(['10.1.1.1', '10.1.2.1']);
    expect(inside(names.addresses(list('OUTER'), false).set.must, SOME)).toEqual(['10.1.1.1', '10.1.2.1', '10.1.3.1']);
    expect(inside(names.addresses(list('W'), true).set.may, SOME)).toEqual(['10.1.3.1', '192.0.2.7']);
    expect(inside(names.addresses(list('W'), true).set.must, SOME)).toEqual([]);
  });

  test('looks at the objects in sight: a nearer one hides another of its name', () => {
    const { names, list } = namesOf([
      'shared address A1 ip-netmask 10.1.1.1',
      'shared address A1 tag web',
      'shared address A2 ip-netmask 10.1.2.1',
      'shared address A2 tag web',
      'address A1 ip-netmask 10.1.3.1',
      'address-group W dynamic filter web',
    ]);
    expect(inside(names.addresses(list('W'), false).set.must, SOME)).toEqual(['10.1.2.1']);
  });

  test.for([`'web' and`, `('web'`, `web db`, `'web`, ``, `and`, `'web' or )`])(
    'with the filter %j is undecided',
    (filter) => {
      expect(readTagFilter(filter)).toBeUndefined();
    },
  );

  test.for([
    [`a`, ['a'], true],
    [`'a b' or c`, ['c'], true],
    [`'a b' or c`, ['a', 'b'], false],
    [`a or b and c`, ['a'], true],
    [`a or b and c`, ['b'], false],
    [`(a or b) and c`, ['a'], false],
    [`(a or b) AND c`, ['b', 'c'], true],
    [`'and' and 'or'`, ['and', 'or'], true],
    [`a and not b`, ['a'], false],
    [`a or not b`, ['a'], true],
  ] as const)('with the filter %s and tags %s: %s', ([text, tags, expected]) => {
    const filter = readTagFilter(text);
    expect(filter === undefined ? undefined : fulfils(filter, new Set(tags))).toBe(expected);
  });

  test('that is static too, or whose filter cannot be read, is undecided', () => {
    const { names, list, diagnostics } = namesOf(['address-group D dynamic filter "web or"']);
    const { set } = names.addresses(list('D'), false);
    expect(set.may).toBe(ANY_ADDRESS);
    expect(set.conditions).toMatchObject([{ kind: 'not-understood', name: 'D' }]);
    expect(diagnostics().map(({ code }) => code)).toEqual(['panos/address-not-understood']);
  });
});
