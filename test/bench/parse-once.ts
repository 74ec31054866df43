/** One measurement of `parse-speed.ts`, in its own process: megabytes of text. */
import { parse } from '../../parsers/index.ts';
import { generateAsaText } from './asa-text.ts';
import { report } from './child.ts';

const text = generateAsaText(Number(process.argv[2]));
const warmUp = generateAsaText(1);
parse({ name: 'warm-up.cfg', text: warmUp });

const start = performance.now();
const { devices, diagnostics } = parse({ name: 'bench.cfg', text });
const seconds = (performance.now() - start) / 1000;
const rules = devices[0]?.ruleLists.reduce((sum, list) => sum + list.rules.length, 0) ?? 0;
report({ seconds, rules, diagnostics: diagnostics.length, megabytes: text.length / 1e6 });
