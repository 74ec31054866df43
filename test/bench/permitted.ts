import { measureInChild } from './child.ts';
import { RULE_LIST_KINDS } from './rule-lists.ts';
import type { RuleListKind } from './rule-lists.ts';
import { catalogueSlices } from './slices.ts';
import { table } from './table.ts';

const SIZES = [1000, 10_000, 100_000];
const LIMIT_SECONDS = 60;
const HEADER = ['rules', 'count', 'seconds', 'CPU s', 'distinct sets', 'M nodes', 'peak MB'];

/** The permitted sets of every service of the catalogue, for every kind and size of rule list. */
export function benchPermitted(strategy = 'evaluation'): void {
  console.log(`permitted sets of ${catalogueSlices().length} slices, strategy ${strategy}\n`);
  const rows = RULE_LIST_KINDS.flatMap((kind) =>
    SIZES.map((count) => [kind, String(count), ...row(kind, count, strategy)]),
  );
  console.log(`${table(HEADER, rows)}\n`);
}

/** How other strategies and the other order of addresses fare, on lists that all of them can still do. */
export function benchStrategies(): void {
  const strategies: readonly (readonly [strategy: string, order: string])[] = [
    ['evaluation', ''],
    ['all-slices', ''],
    ['all-slices', 'exchanged'],
    ['halves-in-order', ''],
    ['halves-one-apply', ''],
    ['halves-two-applies', ''],
    ['rule-by-rule', ''],
    ['from-the-end', ''],
  ];
  for (const count of [1000, 10_000]) {
    const rows = RULE_LIST_KINDS.flatMap((kind) =>
      strategies.map(([strategy, order]) => [
        `${kind} ${strategy} ${order}`,
        String(count),
        ...row(kind, count, strategy, order),
      ]),
    );
    console.log(`${table(HEADER, rows)}\n`);
  }
}

function row(kind: RuleListKind, count: number, strategy: string, order = ''): string[] {
  const measured = measureInChild('permitted-once.ts', [kind, String(count), strategy, order], LIMIT_SECONDS);
  if (measured === undefined) return [`failed or > ${LIMIT_SECONDS}`, '', '', '', ''];
  const { seconds = 0, cpuSeconds = 0, nodes = 0, distinct = 0 } = measured.values;
  return [
    seconds.toFixed(2),
    cpuSeconds.toFixed(2),
    String(distinct),
    (nodes / 1e6).toFixed(2),
    String(measured.peakMegabytes),
  ];
}
