import { describe, expect, test } from 'vitest';
import { createNames } from '../../../parsers/paloalto-panos/names.ts';
import { Notes } from '../../../parsers/paloalto-panos/notes.ts';
import { PanNode } from '../../../parsers/paloalto-panos/tree.ts';
import { inside, namesOf } from './names-of.ts';

const SOME = ['10.1.1.1', '10.1.2.1', '10.1.3.1'];
const PANORAMA = [
  'shared address A ip-netmask 10.1.1.1',
  'shared address-group G static [ A B ]',
  'shared address B ip-netmask 10.1.1.1',
  'device-group TOP address B ip-netmask 10.1.2.1',
  'device-group LEAF address A ip-netmask 10.1.3.1',
];

describe('a name that several scopes have', () => {
  test.for([
    [[['shared']], ['10.1.1.1']],
    [
      [['device-group', 'TOP'], ['shared']],
      ['10.1.1.1', '10.1.2.1'],
    ],
    [
      [['device-group', 'LEAF'], ['device-group', 'TOP'], ['shared']],
      ['10.1.2.1', '10.1.3.1'],
    ],
  ] as const)('is that of the nearest, inside groups too: %j', ([paths, expected]) => {
    const { names, list } = namesOf(
      PANORAMA,
      paths.map((path) => [...path]),
    );
    expect(inside(names.addresses(list('G'), false).set.may, SOME)).toEqual(expected);
  });

  test('is found by its kind of list', () => {
    const { names } = namesOf(['shared profile-group strict virus v1', 'shared tag strict color red']);
    expect(names.find('profile-group', 'strict')?.get('virus')?.children[0]?.word).toBe('v1');
    expect(names.find('profile-group', 'gone')).toBeUndefined();
    expect(names.find('profiles', 'strict')).toBeUndefined();
  });

  test('hides one of another kind', () => {
    const { names, list } = namesOf([
      'shared address-group X static 10.1.1.1',
      'address X ip-netmask 10.1.2.1',
      'shared external-list Y type ip url https://lists.example/y.txt',
      'address-group Y static 10.1.3.1',
    ]);
    expect(inside(names.addresses(list('X', 'Y'), false).set.must, SOME)).toEqual(['10.1.2.1', '10.1.3.1']);
  });
});

describe('a schedule', () => {
  test('is a time range, or undefined', () => {
    const { names, list, diagnostics } = namesOf(['schedule NIGHT schedule-type recurring daily 22:00-23:00']);
    const [night, gone] = list('NIGHT', 'GONE');
    if (night === undefined || gone === undefined) throw new Error('no words');
    expect(names.schedule(night)).toMatchObject({ kind: 'time-range', name: 'NIGHT', span: { source: 'test.cfg' } });
    expect(names.schedule(gone)).toMatchObject({ kind: 'undefined-reference', name: 'GONE', span: { source: 'rule' } });
    expect(diagnostics().map(({ code }) => code)).toEqual(['panos/undefined-reference']);
  });
});

describe('objects', () => {
  test('have the states that their use gave them, unused ones that of their list', () => {
    const { names, list, state } = namesOf([
      'address A ip-netmask 10.1.1.1',
      'address F fqdn broker.example',
      'address BAD ip-range 10.1.1.2-10.1.1.1',
      'address-group D dynamic filter web',
      'tag web color red',
    ]);
    names.addresses(list('A', 'F', 'BAD', 'D'), false);
    expect(state('vsys', 'vsys1', 'address')).toBe('modelled');
    expect(state('vsys', 'vsys1', 'address', 'A')).toBe('modelled');
    expect(state('vsys', 'vsys1', 'address', 'F')).toBe('conditional');
    expect(state('vsys', 'vsys1', 'address', 'BAD', 'ip-range')).toBe('unrecognised');
    expect(state('vsys', 'vsys1', 'address-group', 'D')).toBe('conditional');
    expect(state('vsys', 'vsys1', 'tag')).toBe('no-effect');
  });

  test('that the text breaks off in are undecided', () => {
    const { place, root } = bare();
    const object = root.take('address', place).take('A', place);
    object.take('ip-netmask', place).take('10.1.1.0/2', place);
    object.cut = true;
    const rule = new PanNode('source', place, undefined);
    const { set } = createNames([{ title: 'vsys1', node: root }], new Notes()).addresses([rule.add('A', place)], false);
    expect(set.conditions).toMatchObject([{ kind: 'not-understood', name: 'A' }]);
  });

  test('are read only when a rule uses them', () => {
    const { place, root } = bare();
    const addresses = root.take('address', place);
    for (let index = 0; index < 200_000; index += 1)
      addresses
        .add(`A${index}`, place)
        .add('ip-netmask', place)
        .add(`10.${index >> 8}.${index & 255}.1`, place);
    const rule = new PanNode('source', place, undefined);
    const names = createNames([{ title: 'vsys1', node: root }], new Notes());
    for (let index = 0; index < 1000; index += 1) names.addresses([rule.add(`A${index * 7}`, place)], false);
    expect(addresses.children.filter(({ state }) => state !== undefined)).toHaveLength(1000);
  });
});

function bare(): { place: PanNode['span']; root: PanNode } {
  const place = { source: 'test.cfg', line: 1, column: 1, endColumn: 2 };
  return { place, root: new PanNode('vsys1', place, undefined) };
}
