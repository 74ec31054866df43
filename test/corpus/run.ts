/**
 * `npm run corpus`: reads configurations that nobody on this project wrote, and compares verdicts known from elsewhere.
 * The corpus is not part of the project; without it nothing is compared and nothing is claimed.
 */
import { stdout } from 'node:process';
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';
import { findCorpus } from './corpus-folder.ts';
import { Disputes } from './disputes.ts';
import { compareForms } from './two-forms.ts';
import { comparePolicies } from './policy-tables.ts';
import { readAll } from './read-all.ts';
import { compareRewritten } from './three-forms.ts';
import { Tally } from './tally.ts';
import { compareVerdicts } from './verdict-rows.ts';

const print = (line: string): void => {
  stdout.write(`${line}\n`);
};

function run(): number {
  const corpus = findCorpus(process.env);
  if (corpus === undefined) {
    print('There is no corpus here, so nothing was compared. BROKERFENCE_CORPUS names its folder.');
    return 0;
  }
  const started = performance.now();
  const disputes = new Disputes();
  const tally = new Tally(disputes);
  const space = createPacketSpace();
  readAll(corpus, space, tally, print);
  const verdicts = compareVerdicts(corpus, space, tally);
  const { rows, pairs } = comparePolicies(corpus, space, tally);
  const forms = compareForms(corpus, tally);
  const { compared, passedOver } = compareRewritten(corpus, tally);
  print(
    `compared: ${verdicts.rows} rows of verdicts.tsv (${verdicts.twice} also in sessions of an application), ${rows} rows of one-policy-many-vendors, ${pairs} pairs of renderings, ` +
      `${forms} pairs of two forms, ${compared} Junos and PAN-OS texts in three forms (${passedOver} have no such form)`,
  );
  print(`${tally.disputed} disagreements are argued in test/corpus/DISPUTED.md`);
  for (const pattern of disputes.unused()) tally.fail(`DISPUTED.md argues about nothing: ${pattern}`);
  if (tally.failures.length > 0) print('\nfailed:');
  for (const failure of tally.failures) print(`  - ${failure}`);
  print(`corpus run: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  print(`${tally.agreed + tally.disputed} passed, ${tally.failures.length} failed`);
  return tally.failures.length === 0 ? 0 : 1;
}

process.exitCode = run();
