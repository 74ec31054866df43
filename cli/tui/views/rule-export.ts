import type { ListRow } from './rule-lists.ts';
import type { RulesShown } from './rules-shown.ts';
import { visible } from '../../terminal/visible.ts';
import { LOGS, serviceText } from './rule-cells.ts';
import { foundText } from './rule-found.ts';
import { effectText } from './rule-details.ts';
import { listCells } from './rule-lists.ts';
import { effectOf } from './rule-rows.ts';

/** The lists as lines of cells, tabs between them. */
export function exportedLists(rows: readonly ListRow[]): string {
  return rows.map((row) => `${[row.device, ...listCells(row)].map(visible).join('\t')}\n`).join('');
}

const TITLES = [
  'RULE',
  'LINE',
  'EFFECT',
  'ACTION',
  'FROM',
  'TO',
  'SOURCE',
  'DESTINATION',
  'SERVICE',
  'HITS',
  'LOG',
  'MESSAGING',
  'FINDINGS',
];

/** The rules that fit the filter as lines of cells, tabs between them. Effects are there for the rows that were looked at. */
export function exportedRules({ rows, list, asked, findings }: Extract<RulesShown, { kind: 'rules' }>): string {
  const lines = rows.flatMap((each): (readonly string[])[] => {
    if (each.kind === 'open-end') return [];
    if (each.kind === 'end') {
      return each.alike.map((end) =>
        end.kind === 'default'
          ? ['default', '', '', `${end.verdict}: ${end.reason}`]
          : ['then', '', '', `list ${end.list}`],
      );
    }
    const { row } = each;
    const effect = effectOf(asked, row.index);
    return [
      [
        row.id,
        String(row.span.line),
        effect === undefined ? 'not asked for' : effectText(effect, list),
        row.action.word,
        row.from?.short ?? '',
        row.to?.short ?? '',
        row.full?.source ?? row.source.short,
        row.full?.destination ?? row.destination.short,
        serviceText(row),
        row.hits === undefined ? '' : String(row.hits.count),
        LOGS[row.logging.writes],
        row.named.join(','),
        foundText(findings.get(row.rule) ?? []),
      ],
    ];
  });
  return [TITLES, ...lines].map((cells) => `${cells.map(visible).join('\t')}\n`).join('');
}
