import { describe, expect, test } from 'vitest';
import { ANY_ADDRESS, NO_ADDRESS } from '../../../parsers/model/address.ts';
import { inside, namesOf } from './names-of.ts';

const SOME = ['10.1.1.1', '10.1.2.1', '192.0.2.7', '2001:db8::1', '2001:db9::1'];

describe('an address object', () => {
  test.for([
    ['ip-netmask 10.1.1.0/24', ['10.1.1.1']],
    ['ip-netmask 10.1.1.77/24', ['10.1.1.1']],
    ['ip-netmask 10.0.0.0/255.0.0.0', ['10.1.1.1', '10.1.2.1']],
    ['ip-netmask 192.0.2.7', ['192.0.2.7']],
    ['ip-netmask 0.0.0.0/0', ['10.1.1.1', '10.1.2.1', '192.0.2.7']],
    ['ip-netmask 2001:db8::/32', ['2001:db8::1']],
    ['ip-netmask 2001:db8::1', ['2001:db8::1']],
    ['ip-range 10.1.1.1-10.1.2.1', ['10.1.1.1', '10.1.2.1']],
    ['ip-range 2001:db8::-2001:db9::ffff', ['2001:db8::1', '2001:db9::1']],
    ['ip-wildcard 10.1.0.1/0.0.255.0', ['10.1.1.1', '10.1.2.1']],
  ] as const)('%s is exactly that', ([value, expected]) => {
    const { names, list } = namesOf([`address A ${value}`]);
    const { set, objects, hasWildcard } = names.addresses(list('A'), false);
    expect(set.must).toBe(set.may);
    expect(set.conditions).toEqual([]);
    expect(inside(set.may, SOME)).toEqual(expected);
    expect(objects).toMatchObject([{ name: 'A', kind: 'address', span: { source: 'test.cfg', line: 3 } }]);
    expect(hasWildcard).toBe(value.startsWith('ip-wildcard'));
  });

  test('of IPv6 takes in the IPv4 addresses of the same numbers, and not the other way round', () => {
    const { names, list } = namesOf(['address A6 ip-netmask ::/0', 'address N6 ip-netmask ::10.1.1.0/120']);
    expect(inside(names.addresses(list('A6'), false).set.may, SOME)).toEqual(SOME);
    expect(inside(names.addresses(list('A6'), true).set.may, SOME)).toEqual([]);
    expect(inside(names.addresses(list('N6'), false).set.may, SOME)).toEqual(['10.1.1.1']);
    expect(inside(names.addresses(list('0.0.0.0/0'), true).set.may, SOME)).toEqual(['2001:db8::1', '2001:db9::1']);
  });

  test.for([
    ['ip-range 10.1.1.9-10.1.1.1', 'ends before it starts'],
    ['ip-range 2001:db8::9-2001:db8::1', 'ends before it starts'],
    ['ip-range 10.1.1.1-2001:db8::1', 'one end in IPv4 and one in IPv6'],
    ['ip-netmask 10.1.1.0/33', 'a prefix length that is none'],
    ['ip-netmask 010.1.1.0/24', 'is not what `ip-netmask` takes'],
    ['ip-wildcard 10.1.1.0', 'is not what `ip-wildcard` takes'],
    ['description empty', 'has no address'],
  ] as const)('%s is undecided and diagnosed', ([value, message]) => {
    const { names, list, diagnostics } = namesOf([`address A ${value}`]);
    const { set } = names.addresses(list('A'), false);
    expect([set.must, set.may]).toEqual([NO_ADDRESS, ANY_ADDRESS]);
    expect(set.conditions).toMatchObject([{ kind: 'not-understood', name: 'A' }]);
    expect(diagnostics()).toMatchObject([{ code: 'panos/address-not-understood', span: { line: 3 } }]);
    expect(diagnostics()[0]?.message).toContain(message);
  });

  test('with a host name or an unresolved variable may be any address', () => {
    const { names, list, state } = namesOf(['address F fqdn broker.example', 'address V ip-netmask $broker']);
    const fqdn = names.addresses(list('F'), false).set;
    expect([fqdn.must, fqdn.may]).toEqual([NO_ADDRESS, ANY_ADDRESS]);
    expect(fqdn.conditions).toMatchObject([{ kind: 'fqdn', name: 'broker.example' }]);
    expect(state('vsys', 'vsys1', 'address', 'F')).toBe('conditional');
    const variable = names.addresses(list('V'), false).set;
    expect(variable.conditions).toMatchObject([{ kind: 'undefined-reference', name: '$broker' }]);
    expect(variable.may).toBe(ANY_ADDRESS);
  });
});

describe('a name in a rule', () => {
  test.for([
    [['any'], SOME],
    [[], SOME],
    [['10.1.1.0/24'], ['10.1.1.1']],
    [
      ['10.1.1.5/24', '192.0.2.7'],
      ['10.1.1.1', '192.0.2.7'],
    ],
    [['10.1.1.1-10.1.1.9'], ['10.1.1.1']],
    [['2001:db8::/32'], ['2001:db8::1']],
  ] as const)('%s is a literal', ([words, expected]) => {
    const { names, list } = namesOf([]);
    const { set } = names.addresses(list(...words), false);
    expect(set.must).toBe(set.may);
    expect(inside(set.may, SOME)).toEqual(expected);
  });

  test('that looks like an address is first of all an object', () => {
    const { names, list } = namesOf(['address 10.1.1.1 ip-netmask 192.0.2.7']);
    expect(inside(names.addresses(list('10.1.1.1'), false).set.may, SOME)).toEqual(['192.0.2.7']);
  });

  test('that is not defined may be anything, each time, and is diagnosed once', () => {
    const { names, list, diagnostics } = namesOf([]);
    const first = names.addresses(list('x', 'gone'), false);
    names.addresses(list('gone'), false);
    expect(first.set.must).toBe(NO_ADDRESS);
    expect(first.set.may).toBe(ANY_ADDRESS);
    expect(first.set.conditions.map(({ kind, name }) => [kind, name])).toEqual([
      ['undefined-reference', 'x'],
      ['undefined-reference', 'gone'],
    ]);
    expect(first.objects).toEqual([
      { name: 'x', kind: 'address' },
      { name: 'gone', kind: 'address' },
    ]);
    expect(diagnostics().map(({ code, more }) => [code, more])).toEqual([
      ['panos/undefined-reference', undefined],
      ['panos/undefined-reference', 1],
    ]);
  });

  test('that begins with $ is a template variable without a value', () => {
    const { names, list, diagnostics } = namesOf([]);
    expect(names.addresses(list('$site'), false).set.may).toBe(ANY_ADDRESS);
    expect(diagnostics().map(({ code }) => code)).toEqual(['panos/unresolved-variable']);
  });

  test.for(['US', 'panw-highrisk-ip-list', 'panw-torexit-ip-list'])('%s is known to the device only', (word) => {
    const { names, list, diagnostics } = namesOf([]);
    const { set } = names.addresses(list(word), false);
    expect([set.must, set.may]).toEqual([NO_ADDRESS, ANY_ADDRESS]);
    expect(set.conditions).toMatchObject([{ kind: 'dynamic-group', name: word }]);
    expect(diagnostics()).toEqual([]);
  });
});

describe('a region of the text', () => {
  test('is the addresses it lists', () => {
    const { names, list } = namesOf(['region SITE address [ 10.1.1.0/24 192.0.2.1-192.0.2.9 ]']);
    const { set } = names.addresses(list('SITE'), false);
    expect(set.must).toBe(set.may);
    expect(inside(set.may, SOME)).toEqual(['10.1.1.1', '192.0.2.7']);
  });

  test('that has the code of a country surely holds its own addresses', () => {
    const { names, list } = namesOf(['region DE address 10.1.1.0/24']);
    const { set } = names.addresses(list('DE'), false);
    expect(inside(set.must, SOME)).toEqual(['10.1.1.1']);
    expect(set.may).toBe(ANY_ADDRESS);
  });
});

describe('an external list', () => {
  test.for(['ip', 'predefined-ip'])('of type %s may hold any address', (type) => {
    const { names, list } = namesOf([`external-list L type ${type} url https://lists.example/l.txt`]);
    const { set, objects } = names.addresses(list('L'), false);
    expect([set.must, set.may]).toEqual([NO_ADDRESS, ANY_ADDRESS]);
    expect(set.conditions).toMatchObject([{ kind: 'dynamic-group', name: 'L' }]);
    expect(objects).toMatchObject([{ name: 'L', kind: 'list' }]);
  });

  test.for(['domain', 'url'])('of type %s matches no address, and that is said', (type) => {
    const { names, list, diagnostics } = namesOf([`external-list L type ${type} url https://lists.example/l.txt`]);
    const { set } = names.addresses(list('L'), false);
    expect(set.must).toBe(set.may);
    expect(inside(set.may, SOME)).toEqual([]);
    expect(diagnostics().map(({ code }) => code)).toEqual(['panos/list-without-addresses']);
  });
});

describe('a negated list', () => {
  test('is everything else, in both families', () => {
    const { names, list } = namesOf(['address A ip-netmask 10.1.1.0/24']);
    const { set } = names.addresses(list('A', '2001:db8::/32'), true);
    expect(set.must).toBe(set.may);
    expect(inside(set.may, SOME)).toEqual(['10.1.2.1', '192.0.2.7', '2001:db9::1']);
  });

  test('swaps what is sure and what is possible', () => {
    const { names, list } = namesOf(['address A ip-netmask 10.1.1.0/24', 'address F fqdn broker.example']);
    const { set } = names.addresses(list('A', 'F'), true);
    expect(inside(set.must, SOME)).toEqual([]);
    expect(inside(set.may, SOME)).toEqual(['10.1.2.1', '192.0.2.7', '2001:db8::1', '2001:db9::1']);
    expect(set.conditions).toMatchObject([{ kind: 'fqdn' }]);
  });

  test('of any is undecided', () => {
    const { names, list, diagnostics } = namesOf([]);
    for (const words of [['any'], []]) {
      const { set } = names.addresses(list(...words), true);
      expect([set.must, set.may]).toEqual([NO_ADDRESS, ANY_ADDRESS]);
    }
    expect(diagnostics().map(({ code }) => code)).toEqual(['panos/negated-any']);
  });
});
