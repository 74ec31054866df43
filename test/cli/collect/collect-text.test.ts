/** The table of results. */
import { expect, test } from 'vitest';
import { collectText } from '../../../cli/reports/collect-text.ts';
import { plainPaint } from '../../../cli/terminal/paint.ts';
import { exampleRecord } from '../support/example-record.ts';

test('the result says of each device what came of it, and what is to be known', () => {
  expect(collectText(exampleRecord(), { width: 90, paint: plainPaint, verbose: false })).toBe(
    `device  platform        version  result     size    time
pa1     paloalto-panos  10.2.4   changed  247 kB   4.3 s
fw2     -               -        lost          -  61.0 s
 = pa1: old algorithms are used
 = pa1: removed, as the device no longer has it: pa1+pushed-policy+vsys2.xml
 = fw2: the connection to fw2 was lost in the middle
 = fw2: what arrived is kept in fw2.partial, and is never audited
 = fw2: still there from an earlier collection: fw2.cfg

1 of 2 devices collected into 2 files in 65.4 s; 1 failed; secrets are masked; ended
before every device had its turn
`,
  );
});
