/** One measurement of `parse-speed.ts`, in its own process: platform and megabytes of text. */
import { parse } from '../../parsers/index.ts';
import { generateAsaText } from './asa-text.ts';
import { report } from './child.ts';
import { generatePanosText } from './panos-text.ts';

const generate = process.argv[2] === 'asa' ? generateAsaText : generatePanosText;
const text = generate(Number(process.argv[3]));
const warmUp = generate(1);
parse({ name: 'warm-up.cfg', text: warmUp });

const start = performance.now();
const { devices, diagnostics } = parse({ name: 'bench.cfg', text });
const seconds = (performance.now() - start) / 1000;
const rules = devices[0]?.ruleLists.reduce((sum, list) => sum + list.rules.length, 0) ?? 0;
report({ seconds, rules, diagnostics: diagnostics.length, megabytes: text.length / 1e6 });
