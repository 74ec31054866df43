import type { EndRow, RowEffect } from '../../../checks/rule-table/rule-table.ts';
import type { Span } from '../../../parsers/source.ts';
import type { ListedRule } from '../engine/questions.ts';
import type { AskedRules } from '../store/asked-rules.ts';
import type { FindingRow } from '../store/fleet.ts';
import type { ListRow } from './rule-lists.ts';
import type { TableRow } from './rule-rows.ts';
import { count } from '../../reports/layout.ts';
import { visible } from '../../terminal/visible.ts';
import type { Line } from '../line.ts';
import { labelled } from './finding-text.ts';
import { foundText } from './rule-found.ts';
import { effectOf } from './rule-rows.ts';

/** All of the row under the cursor: first what it says and does, then what the columns shorten. */
export function ruleDetails(
  shown: TableRow | undefined,
  list: ListRow,
  asked: AskedRules,
  found: readonly FindingRow[],
  width: number,
): Line[] {
  if (shown === undefined) return [];
  if (shown.kind === 'open-end') return labelled('end', [openEndText(asked)], width).map(({ line }) => line);
  if (shown.kind === 'end') {
    const texts = shown.alike.map((end) => endText(end, list));
    return labelled('end', texts, width).map(({ line }) => line);
  }
  const { row } = shown;
  const judged = asked.judged.get(row.index);
  const details = judged?.kind === 'ready' ? judged.value.details : undefined;
  const effect = effectOf(asked, row.index);
  const whole = (label: string, short: string, terms: readonly string[] | undefined): Line[] =>
    labelled(label, [terms === undefined ? short : terms.join(', ')], width).map(({ line }) => line);
  const one = (label: string, text: string): Line[] => labelled(label, [text], width).map(({ line }) => line);
  return [
    [['strong', visible(`${row.id}, ${placeIn(list, row.span)}${row.name === undefined ? '' : `: ${row.name}`}`)]],
    ...one('statement', details?.statement ?? '…'),
    ...one('effect', effectText(effect, list, width < WIDE ? 3 : undefined)),
    ...one('note', effect?.note ?? ''),
    ...one('matches', details?.never === undefined ? '' : `no first packet: ${details.never}`),
    ...one('depends on', row.conditions.join('; ')),
    ...segmentLines(row, one),
    ...whole('source', row.source.short, details?.source),
    ...whole('destination', row.destination.short, details?.destination),
    ...whole('service', row.service.short, details?.service),
    ...one('applications', details?.applications.join(', ') ?? row.applications?.short ?? ''),
    ...(details?.also ?? []).flatMap((text, index) => one(index === 0 ? 'and' : '', text)),
    ...one('hits', `${hitsText(row)}; ${logText(row)}`),
    ...one('findings', findingsText(found)),
    ...one('messaging', messagingText(row)),
  ];
}

function segmentLines({ from, to }: ListedRule, one: (label: string, text: string) => Line[]): Line[] {
  if (from === undefined && to === undefined) return [];
  return one('segments', `${from?.short ?? 'any'} → ${to?.short ?? 'any'}`);
}

function placeText({ source, line }: Span): string {
  return `${source}:${line}`;
}

/** Narrow screens name the first few rules that cover one, so that its own columns are seen as well. */
const WIDE = 110;

/** `line 20`; with the name of the text where that is not the list's. */
function placeIn({ head }: ListRow, span: Span): string {
  return span.source === head.span.source ? `line ${span.line}` : placeText(span);
}

/**
 * `shadowed by #1 (line 20), OTHER: #3 (line 7)`.
 *
 * @param most rules that are named; absent: all that are known.
 */
export function effectText(effect: RowEffect | undefined, list: ListRow, most?: number): string {
  if (effect === undefined) return '… being worked out';
  const { mark, by, more } = effect;
  const names = by
    .slice(0, most)
    .map((each) => `${each.list === list.head.name ? '' : `${each.list}: `}${each.id} (${placeIn(list, each.span)})`);
  const left = by.length - names.length;
  const others = more || left > 0 ? [...names, more ? 'others' : `${left} more`] : names;
  if (others.length === 0) return EFFECT_MEANINGS[mark];
  return `${EFFECT_MEANINGS[mark]} ${mark === 'redundant' ? 'are' : 'by'} ${others.join(', ')}`;
}

const EFFECT_MEANINGS: Readonly<Record<RowEffect['mark'], string>> = {
  effective: 'effective: decides packets that nothing before it takes',
  shadowed: 'shadowed: all that it may match is taken',
  'partly-shadowed': 'partly shadowed: some of what it may match is taken',
  redundant: 'redundant: without it every packet fares the same; behind it',
  inactive: 'inactive: matches nothing',
  unknown: 'unknown: not judged',
};

function findingsText(found: readonly FindingRow[]): string {
  if (found.length === 0) return '';
  const checks = [...new Set(found.map(({ finding: { check, severity } }) => `${severity} ${check}`))];
  return `${foundText(found)}: ${checks.join(', ')}`;
}

function hitsText({ hits }: ListedRule): string {
  if (hits === undefined) return 'not in the text';
  const since = hits.since === undefined ? '' : ` since ${hits.since}`;
  return `${count(hits.count, 'hit')}${since}`;
}

function logText({ logging: { writes, detail } }: ListedRule): string {
  const says = {
    yes: 'what it decides is logged',
    no: 'nothing is logged',
    unknown: 'whether it logs is not in the text',
  };
  return detail === '' ? says[writes] : `${says[writes]} (${detail})`;
}

function messagingText({ named, services }: ListedRule): string {
  if (named.length > 0) return `about ${named.join(', ')}`;
  return services.length === 0 ? '' : `may match ${count(services.length, 'messaging service')}, names none`;
}

function openEndText({ end }: AskedRules): string {
  return end?.kind === 'failed' ? `not known: ${end.message}` : '… what stands behind the last rule';
}

function endText(end: EndRow, { head }: ListRow): string {
  const reached = { yes: 'packets come to it', no: 'no packet comes to it', unknown: 'packets may come to it' };
  if (end.kind === 'next-list') return `behind ${head.name} goes list ${end.list}; ${reached[end.reached]}`;
  const line = end.span === undefined ? '' : ` (${placeText(end.span)})`;
  return `${end.verdict}: ${end.reason}${line}; ${reached[end.reached]}`;
}
