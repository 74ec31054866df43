/** Which files are read together. */
import { describe, expect, test } from 'vitest';
import type { Capture } from '../../parsers/platform.ts';
import { bundled, combined, type EntryBundle } from '../../cli/sources/bundles.ts';
import type { Candidate, Entry } from '../../cli/sources/collect.ts';

const file = (path: string): Candidate => ({ kind: 'candidate', path, expected: true });

/** Files with `pushed` in their names are parts, those of Cisco have no role, all others stand alone. */
function captureOf({ path }: Candidate): Capture | undefined {
  if (path.includes('cisco')) return undefined;
  return path.includes('pushed') ? { role: 'part', what: 'a part' } : { role: 'whole', what: 'all of it' };
}

function names(bundles: readonly EntryBundle[]): string[][] {
  return bundles.map((bundle) => bundle.map((entry) => (entry.kind === 'candidate' ? entry.path : entry.kind)));
}

describe('captures', () => {
  const read = (...paths: string[]): string[][] => names(bundled(paths.map(file), captureOf));

  test('that stand alone are read one by one, in their order', () => {
    expect(read('b.xml', 'a.xml', 'cisco.cfg')).toEqual([['b.xml'], ['a.xml'], ['cisco.cfg']]);
  });

  test('that are parts go to the only one that stands alone in their directory', () => {
    expect(read('fw/x-pushed.xml', 'fw/running.xml', 'fw/pushed-template.xml', 'other/running.xml')).toEqual([
      ['fw/running.xml', 'fw/x-pushed.xml', 'fw/pushed-template.xml'],
      ['other/running.xml'],
    ]);
  });

  test('that are parts go, among several, to the one whose name they share', () => {
    expect(read('fw1.xml', 'fw2.xml', 'fw2-pushed.xml', 'fw1-pushed.xml')).toEqual([
      ['fw1.xml', 'fw1-pushed.xml'],
      ['fw2.xml', 'fw2-pushed.xml'],
    ]);
  });

  test('that could belong to two stay by themselves, as parts of nothing do', () => {
    expect(read('alpha.xml', 'beta.xml', 'pushed.xml')).toEqual([['alpha.xml'], ['beta.xml'], ['pushed.xml']]);
    expect(read('fw1a.xml', 'fw1b.xml', 'fw1-pushed.xml')).toEqual([['fw1a.xml'], ['fw1b.xml'], ['fw1-pushed.xml']]);
    expect(read('x/pushed.xml', 'y/fw.xml')).toEqual([['x/pushed.xml'], ['y/fw.xml']]);
    expect(read('cisco.cfg', 'pushed.xml')).toEqual([['cisco.cfg'], ['pushed.xml']]);
  });
});

describe('what a collection put there', () => {
  const read = (...paths: string[]): string[][] => names(bundled(paths.map(file), captureOf));

  test('goes with the configuration that it is named after, of whatever platform', () => {
    expect(read('d/cisco1+hit-counts.txt', 'd/cisco1.cfg', 'd/cisco10.cfg', 'd/cisco10+hit-counts.txt')).toEqual([
      ['d/cisco1.cfg', 'd/cisco1+hit-counts.txt'],
      ['d/cisco10.cfg', 'd/cisco10+hit-counts.txt'],
    ]);
  });

  test('goes there also where another name has more of its letters', () => {
    expect(read('a+p.xml', 'a.xml', 'a+pushed-policy+vsys1.xml', 'a+pushed-template.xml')).toEqual([
      ['a+p.xml'],
      ['a.xml', 'a+pushed-policy+vsys1.xml', 'a+pushed-template.xml'],
    ]);
  });

  test('of a context goes with the context, not with the device', () => {
    expect(read('fw@dmz+hit-counts.txt', 'fw@dmz.cfg', 'fw.cfg')).toEqual([
      ['fw@dmz.cfg', 'fw@dmz+hit-counts.txt'],
      ['fw.cfg'],
    ]);
  });

  test('stays by itself without its configuration, and so does any other name with a plus', () => {
    expect(read('cisco1+hit-counts.txt', 'e/cisco1.cfg')).toEqual([['cisco1+hit-counts.txt'], ['e/cisco1.cfg']]);
    expect(read('cisco1+old.cfg', 'cisco1.cfg')).toEqual([['cisco1+old.cfg'], ['cisco1.cfg']]);
  });
});

describe('everything together, as asked', () => {
  test('is one bundle with what stands alone first', () => {
    expect(names(combined(['pushed.xml', 'fw.xml', 'b-pushed.xml', 'panorama.xml'].map(file), captureOf))).toEqual([
      ['fw.xml', 'panorama.xml', 'pushed.xml', 'b-pushed.xml'],
    ]);
  });

  test('leaves what cannot be read apart', () => {
    const failure: Entry = { kind: 'failure', name: 'gone.xml', reason: 'not-found', message: 'does not exist' };
    expect(names(combined([failure, file('fw.xml'), { kind: 'stdin' }], captureOf))).toEqual([
      ['fw.xml', 'stdin'],
      ['failure'],
    ]);
    expect(names(combined([failure], captureOf))).toEqual([['failure']]);
  });
});
