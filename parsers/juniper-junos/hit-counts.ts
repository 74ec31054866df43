import type { RuleHits } from '../model/rule.ts';
import { lineSpan, type Line } from '../syntax/lines.ts';
import type { TreeBuilder } from './build.ts';
import { pathOf, type JunosNode } from './tree.ts';

const TITLES = /^Index\s+From zone\s+To zone\s+Name\s+Policy count/i;
const ROW = /^\d+\s+(?<from>\S+)\s+(?<to>\S+)\s+(?<name>\S+)\s+(?<count>\d+)(?:\s+\S+)?$/;
const SYSTEM = /^Logical system:\s*(?<name>\S+)$/i;
/** What else stands around the rows: the command, the members of a cluster, the sum. */
const AROUND = /^(?:show security policies hit-count(?:\s.*)?|node\d+:|-{10,}|Number of policy:\s*\d+)$/i;

/**
 * Takes the tables of `show security policies hit-count` out of a text and keeps what they count. Members of a cluster count
 * apart and print a table each: their counts are added.
 */
export function takeHitCounts(lines: readonly Line[], builder: TreeBuilder): readonly Line[] {
  if (!lines.some(({ text }) => TITLES.test(text))) return lines;
  const kept: Line[] = [];
  const { hits, source } = builder.notes;
  let system = '';
  let isTable = false;
  for (const line of lines) {
    const named = SYSTEM.exec(line.text)?.groups?.['name'];
    const row = isTable ? ROW.exec(line.text)?.groups : undefined;
    if (named !== undefined) system = named === 'root-logical-system' ? '' : named;
    else if (TITLES.test(line.text)) isTable = true;
    else if (row !== undefined) {
      const { from = '', to = '', name = '', count = '0' } = row;
      const key = keyOf(system, from, to, name);
      const before = hits.get(key);
      hits.set(key, {
        count: Number(count) + (before?.count ?? 0),
        span: before?.span ?? lineSpan(source, line),
      });
    } else if (!AROUND.test(line.text)) {
      isTable = false;
      kept.push(line);
      continue;
    }
    builder.fix([line], 'no-effect');
  }
  return kept;
}

/**
 * How often a policy matched.
 *
 * @param place the pair of zones (`to-zone` entry), or `global`.
 */
export function hitsOf(
  hits: ReadonlyMap<string, RuleHits>,
  place: JunosNode,
  policy: string,
  zones: { readonly from: string; readonly to: string } | undefined,
): RuleHits | undefined {
  if (hits.size === 0) return undefined;
  const [kind, name = ''] = pathOf(place);
  const system = kind === 'logical-systems' || kind === 'tenants' ? name : '';
  const { from, to } = zones ?? { from: 'junos-global', to: 'junos-global' };
  return hits.get(keyOf(system, from, to, policy));
}

function keyOf(system: string, from: string, to: string, policy: string): string {
  return [system, from, to, policy].join('\n');
}
