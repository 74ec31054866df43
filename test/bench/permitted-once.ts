/** One measurement of `permitted.ts`, in its own process: kind of rules, how many, strategy, `exchanged` or nothing. */
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';
import { report } from './child.ts';
import { generateRuleList, RULE_LIST_KINDS } from './rule-lists.ts';
import { catalogueSlices } from './slices.ts';
import { exchanged, STRATEGIES } from './strategies.ts';

const [kindName = '', count = '', strategyName = '', order = ''] = process.argv.slice(2);
const kind = RULE_LIST_KINDS.find((known) => known === kindName);
const strategy = STRATEGIES[strategyName];
if (kind === undefined || strategy === undefined) throw new RangeError(`unknown: ${kindName} ${strategyName}`);
const generated = generateRuleList(kind, Number(count));
const list = order === 'exchanged' ? exchanged(generated) : generated;
const slices = catalogueSlices();

const start = performance.now();
const before = process.cpuUsage();
const space = createPacketSpace();
const sets = strategy(space, list, slices);
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(before);
report({
  seconds,
  cpuSeconds: (user + system) / 1e6,
  nodes: space.statistics.nodes,
  slices: slices.length,
  distinct: new Set(sets).size,
});
