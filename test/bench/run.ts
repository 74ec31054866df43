/** Runs the benchmarks named on the command line, or the ones that say whether the product is fast enough. */
import { benchCollect } from './collect.ts';
import { machine } from './machine.ts';
import { benchParseSpeed } from './parse-speed.ts';
import { benchPermitted, benchStrategies } from './permitted.ts';
import { benchSetOperations } from './set-operations.ts';
import { benchStartUp } from './start-up.ts';
import { benchTui } from './tui.ts';

const BENCHES: Readonly<Record<string, () => void | Promise<void>>> = {
  permitted: () => benchPermitted(),
  'all-slices': () => benchPermitted('all-slices'),
  strategies: benchStrategies,
  operations: benchSetOperations,
  parse: benchParseSpeed,
  'start-up': benchStartUp,
  tui: benchTui,
  collect: benchCollect,
};

const chosen = process.argv.slice(2);
const names = chosen.length > 0 ? chosen : ['permitted', 'parse', 'start-up', 'collect'];
const unknown = names.filter((name) => BENCHES[name] === undefined);
if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}`);
  process.exitCode = 2;
} else {
  console.log(`${machine()}\n`);
  for (const name of names) await BENCHES[name]?.();
}
