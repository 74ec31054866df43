import { expect, test } from 'vitest';
import { realSurroundings, type Suspend } from '../../../cli/tui/surroundings.ts';

test('the terminal is given to one program at a time: a second press of the key while it is away does nothing', async () => {
  let given = 0;
  const suspend: Suspend = async (whileAway) => {
    given += 1;
    await new Promise((noticed) => setImmediate(noticed));
    await whileAway();
  };
  const nothing = (): never => {
    throw new Error('nobody asked for it');
  };
  const surroundings = realSurroundings({ EDITOR: 'false' }, suspend, nothing, nothing, {
    export: nothing,
    collect: nothing,
    stopCollecting: nothing,
    answerSecret: nothing,
    propose: nothing,
    write: nothing,
  });
  const [first, second] = await Promise.all([surroundings.edit('edge.cfg', 1), surroundings.edit('edge.cfg', 1)]);
  expect([first, second, given]).toEqual(['false ended with 1', undefined, 1]);
  expect(await surroundings.edit('edge.cfg', 1)).toBe(first);
});
