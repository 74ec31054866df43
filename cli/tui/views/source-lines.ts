import type { OpenedText } from '../engine/questions.ts';
import type { Line, Run } from '../line.ts';
import { tokens, type TokenKind } from '../syntax/tokens.ts';
import type { LineMarks } from '../syntax/marked-lines.ts';
import { lineStateStyle, severityStyle, type Style } from '../theme.ts';

const STYLES: Readonly<Record<TokenKind, Style>> = {
  keyword: 'plain',
  'action-permit': 'good',
  'action-deny': 'danger',
  address: 'accent',
  number: 'plain',
  name: 'strong',
  string: 'plain',
  comment: 'faint',
  tag: 'faint',
  plain: 'plain',
  masked: 'faint',
};

/** `C`, `H`, `M`, `L`, `I`: the worst finding on a line. Else `?` and `!`: not understood; `~`: understood within bounds. */
function markRun(marks: LineMarks | undefined): Run {
  if (marks?.worst !== undefined) return [severityStyle(marks.worst), marks.worst.slice(0, 1).toUpperCase()];
  if (marks !== undefined && marks.findings.length > 0) return ['faint', 'a'];
  const state = marks?.state;
  if (state === undefined || state === 'modelled' || state === 'no-effect') return ['plain', ' '];
  return [lineStateStyle(state), { unrecognised: '?', unsupported: '!', conditional: '~' }[state]];
}

/** A line of a configuration with its number, its mark and its colours; what is searched for is underlined. */
export function sourceLine(
  { lines, form }: OpenedText,
  number: number,
  marks: LineMarks | undefined,
  search: string,
): Line {
  const gutter = String(lines.length).length;
  const text = lines[number - 1] ?? '';
  const coloured = tokens(text, form).map((token): Run => [STYLES[token.kind], token.text]);
  return [
    ['faint', `${String(number).padStart(gutter)} `],
    markRun(marks),
    ['plain', ' '],
    ...(search === '' ? coloured : underlined(coloured, text, search)),
  ];
}

/** The runs with every place of a text set off, whatever runs it goes through. */
function underlined(runs: readonly Run[], text: string, search: string): Run[] {
  const places = matches(text, search);
  if (places.length === 0) return [...runs];
  let at = 0;
  return runs.flatMap((run): Run[] => {
    if (typeof run === 'string') return [run];
    const [style, part] = run;
    const begin = at;
    at += part.length;
    const cuts = new Set([begin, at]);
    for (const place of places) {
      for (const edge of [place, place + search.length]) if (edge > begin && edge < at) cuts.add(edge);
    }
    const edges = [...cuts].sort((a, b) => a - b);
    return edges.slice(0, -1).map((edge, index): Run => {
      const isMatch = places.some((place) => place <= edge && edge < place + search.length);
      return [isMatch ? 'match' : style, text.slice(edge, edges[index + 1])];
    });
  });
}

function matches(text: string, search: string): number[] {
  const places: number[] = [];
  const [small, wanted] = [text.toLowerCase(), search.toLowerCase()];
  for (let at = small.indexOf(wanted); at >= 0; at = small.indexOf(wanted, at + wanted.length)) places.push(at);
  return places;
}
