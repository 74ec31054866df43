import type { RuleHits, RuleList } from '../model/rule.ts';
import { lineSpan, type Line } from '../syntax/lines.ts';
import type { TreeBuilder } from './build.ts';
import type { Notes } from './notes.ts';
import { entries, value, type PanNode } from './tree.ts';

const COMMAND = /^(?:\S+[>#]\s*)?show rule-hit-count\s+vsys\s+(?:vsys-name\s+)?(?<vsys>\S+)\s+rule-base\s+(?<base>\S+)/;
const TITLES = /^Rule Name\s+Hit Count\b/i;
const ROW = /^(?<name>\S.*?)\s+(?<count>\d+)\s+(?<times>(?:-|[A-Z][a-z]{2} [A-Z][a-z]{2}\s).*)$/;
const TIME = /-(?=\s|$)|[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) +(?<day>\d{1,2}) [\d:]{8} (?<year>\d{4})/g;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * Takes what `show rule-hit-count` printed out of a text and keeps the counters of security rules. A table without its command
 * above counts for `vsys1`.
 */
export function takeHitCounts(lines: readonly Line[], builder: TreeBuilder, notes: Notes): readonly Line[] {
  if (!lines.some(({ text }) => TITLES.test(text))) return lines;
  const kept: Line[] = [];
  let vsys = 'vsys1';
  let isSecurity = true;
  /** Between the command and its table stands what was asked for. */
  let at: 'outside' | 'above' | 'table' = 'outside';
  let titles: readonly string[] = [];
  for (const line of lines) {
    const { text } = line;
    const asked = COMMAND.exec(text)?.groups;
    const row = at === 'table' ? ROW.exec(text)?.groups : undefined;
    if (asked !== undefined) {
      at = 'above';
      vsys = asked['vsys'] ?? vsys;
      isSecurity = asked['base'] === 'security';
    } else if (TITLES.test(text)) {
      at = 'table';
      titles = text.split(/\s{2,}/);
    } else if (row !== undefined) {
      const since = timesOf(row['times'] ?? '')[titles.indexOf('Last Reset Timestamp') - 2];
      const span = lineSpan(builder.root.source, line);
      const hits = { count: Number(row['count']), span, ...(since === undefined ? {} : { since }) };
      if (isSecurity) notes.hits.set(keyOf(vsys, row['name'] ?? ''), hits);
    } else if (at === 'outside' || (at === 'table' && !/^-+$/.test(text))) {
      at = 'outside';
      kept.push(line);
      continue;
    }
    builder.fix(line.number, 'no-effect');
  }
  return kept;
}

/** Days of a row, in the order of its columns. */
function timesOf(text: string): (string | undefined)[] {
  return [...text.matchAll(TIME)].map(({ groups }) => {
    const month = MONTHS.indexOf(groups?.['month'] ?? '') + 1;
    if (month === 0) return undefined;
    return `${groups?.['year'] ?? ''}-${String(month).padStart(2, '0')}-${(groups?.['day'] ?? '').padStart(2, '0')}`;
  });
}

/** Texts without those that hold nothing but counters, if others are left. */
export function withoutCounters<T extends { readonly root: PanNode }>(
  texts: readonly T[],
  { hits }: Notes,
): readonly T[] {
  if (hits.size === 0) return texts;
  const others = texts.filter(({ root }) => root.children.some(({ word }) => word !== 'rule-hit-count'));
  return others.length === 0 ? texts : others;
}

/** Counters are those of one firewall: among several nobody knows which. */
export function forgetOthers(firewalls: number, notes: Notes): void {
  const [first] = notes.hits.values();
  if (firewalls < 2 || first === undefined) return;
  notes.hits.clear();
  notes.diagnose(
    'panos/hit-counts-of-whom',
    'note',
    first.span,
    'the texts describe several firewalls and do not tell which one counted this',
    'hit counts are left aside; give them together with the texts of their firewall',
  );
}

/** The counters of an answer of the XML API (`<rule-hit-count>`). */
export function readHitCounts(root: PanNode, notes: Notes): void {
  const node = root.get('rule-hit-count');
  if (node === undefined) return;
  notes.mark(node, 'no-effect');
  for (const system of [...entries(node, 'vsys'), ...entries(node, 'vsys', 'vsys-name')])
    for (const rule of entries(system, 'rule-base', 'security', 'rules')) {
      const count = value(rule, 'hit-count');
      if (count === undefined || !/^\d+$/.test(count)) continue;
      const since = dayOf(Number(value(rule, 'last-reset-timestamp') ?? '0'));
      const hits = { count: Number(count), span: rule.span, ...(since === undefined ? {} : { since }) };
      notes.hits.set(keyOf(system.word, rule.word), hits);
    }
}

/** Seconds since 1970 as a day; 0 stands for never. */
function dayOf(seconds: number): string | undefined {
  return seconds > 0 && seconds < 1e11 ? new Date(seconds * 1000).toISOString().slice(0, 10) : undefined;
}

/** The lists of a virtual system with what was counted of their rules. */
export function counted(lists: readonly RuleList[], vsys: string, { hits }: Notes): readonly RuleList[] {
  if (hits.size === 0) return lists;
  return lists.map((list) => ({
    ...list,
    rules: list.rules.map((rule) => {
      const found: RuleHits | undefined = hits.get(keyOf(vsys, rule.id));
      return found === undefined ? rule : { ...rule, hits: found };
    }),
  }));
}

function keyOf(vsys: string, rule: string): string {
  return `${vsys}\n${rule}`;
}
