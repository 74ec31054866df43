import { expect, test } from 'vitest';
import { exportFile } from '../../../cli/tui/export-file.ts';
import { CLOSED_ASA } from '../support/configs.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { Driver } from './support/driver.ts';

test('what is shown is written beside what was written before', () => {
  const files = new MemoryFiles({ 'brokerfence-flows.txt': 'kept' });
  expect(exportFile('findings', 'one', files)).toEqual({ kind: 'written', path: 'brokerfence-findings.txt' });
  expect(exportFile('findings', 'two', files)).toEqual({ kind: 'written', path: 'brokerfence-findings-2.txt' });
  expect(exportFile('flows', 'three', files)).toEqual({ kind: 'written', path: 'brokerfence-flows-2.txt' });
  expect([...files.written.values()]).toEqual(['one', 'two', 'three']);
});

test('the text of a configuration that is written beside it is not taken for another device', async () => {
  const files = new MemoryFiles({ 'configs/edge.cfg': CLOSED_ASA });
  const driver = await new Driver(['configs'], { files }).audit();
  await driver.press('c', 'x');
  const written = driver.recorded.find((effect) => effect.kind === 'export');
  expect(written?.text).toContain('hostname edge-2');
  const text = written?.text ?? '';
  for (const number of ['', '-2']) files.writeWhole(`configs/brokerfence-source${number}.txt`, text);
  await driver.press('r');
  const { sources, skipped } = driver.model.fleet;
  expect(sources.map(({ source }) => source)).toEqual(['configs/edge.cfg']);
  expect(skipped.map(({ name }) => name)).toEqual([
    'configs/brokerfence-source-2.txt',
    'configs/brokerfence-source.txt',
  ]);
  // A name that is only like it is a configuration's own, and one that is named is meant.
  files.writeWhole('configs/brokerfence-sources.txt', text);
  await driver.press('r');
  expect(driver.model.fleet.sources).toHaveLength(2);
  const named = await new Driver(['configs/brokerfence-source.txt'], { files }).audit();
  expect(named.model.fleet.sources).toHaveLength(1);
});

test('a copied trace command reads every text of the input', async () => {
  const counters =
    'access-list DMZ-IN; 1 elements; name hash: 0x1\naccess-list DMZ-IN line 1 extended deny ip any any (hitcnt=3) 0x2\n';
  const files = new MemoryFiles({ 'configs/edge.cfg': CLOSED_ASA, 'configs/edge+hit-counts.txt': counters });
  const driver = await new Driver(['configs'], { files }).audit();
  await driver.press('t', 'esc', 'y');
  const copied = driver.recorded.find((effect) => effect.kind === 'copy');
  expect(copied?.text).toMatch(
    /^brokerfence trace configs\/edge\.cfg configs\/edge\+hit-counts\.txt --combine --no-policy /u,
  );
});
