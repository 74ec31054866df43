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
