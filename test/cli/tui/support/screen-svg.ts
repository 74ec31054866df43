import { displayWidth } from '../../../../cli/terminal/width.ts';
import type { ScreenRun, VirtualScreen } from './virtual-screen.ts';

const CELL = { width: 8.4, height: 18, baseline: 13.5 } as const;
/** At this size letters of DejaVu Sans Mono (1233 of 2048 units wide) are as wide as a cell; `textLength` fits other fonts to it. */
const FONT_SIZE = 13.952;
const PAPER = '#12161c';
const INK = '#d5dae2';
/** The 16 colours, muted so that they are told apart on the paper. */
const COLOURS = ['#12161c', '#f07178', '#9ccf7f', '#e8b866', '#6fa8f0', '#c48be8', '#5fc7c7', '#d5dae2'].concat([
  '#5b6572',
  '#ff8b92',
  '#b5e39a',
  '#ffd28a',
  '#8fc1ff',
  '#dba9ff',
  '#7fe3e3',
  '#ffffff',
]);

/** A picture of a screen as it stands: the same screen always gives the same text. */
export function screenSvg(screen: VirtualScreen): string {
  const rows = Array.from({ length: screen.rows }, (_, row) => rowSvg(screen.runs(row), row)).join('');
  return framed(screen, rows, '');
}

/** Pictures one after the other, each for its time, over and over. */
export function animatedSvg(
  size: { readonly columns: number; readonly rows: number },
  frames: readonly { readonly rows: string; readonly seconds: number }[],
): string {
  const total = frames.reduce((sum, { seconds }) => sum + seconds, 0);
  let at = 0;
  const parts = frames.map(({ rows, seconds }, index) => {
    const from = percent(at / total);
    at += seconds;
    const to = percent(at / total);
    const begin = index === 0 ? '' : `0%{visibility:hidden}`;
    const end = index === frames.length - 1 ? '' : `${to},100%{visibility:hidden}`;
    return {
      style: `@keyframes f${index}{${begin}${from}{visibility:visible}${end}}.f${index}{animation:f${index} ${total}s step-end infinite}`,
      group: `<g class="f${index}">${rows}</g>`,
    };
  });
  return framed(size, parts.map(({ group }) => group).join('\n'), parts.map(({ style }) => style).join(''));
}

export function rowsSvg(screen: VirtualScreen): string {
  return Array.from({ length: screen.rows }, (_, row) => rowSvg(screen.runs(row), row)).join('');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}

function framed(
  { columns, rows }: { readonly columns: number; readonly rows: number },
  body: string,
  style: string,
): string {
  const width = Math.ceil(columns * CELL.width) + 16;
  const height = rows * CELL.height + 16;
  const colours = COLOURS.map((colour, index) => `.c${index}{fill:${colour}}`).join('');
  const font = `text{font:${FONT_SIZE}px "DejaVu Sans Mono",ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre}`;
  const looks = `.b{font-weight:bold}.d{fill-opacity:.6}.p{fill:${PAPER}}`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">` +
    `<style>${font}${looks}${colours}${style}</style><rect width="100%" height="100%" rx="6" fill="${PAPER}"/>` +
    `<g transform="translate(8 8)" fill="${INK}">\n${body}\n</g></svg>\n`
  );
}

/** A row: its backgrounds, then one text of pieces that each have a look. */
function rowSvg(runs: readonly ScreenRun[], row: number): string {
  if (runs.length === 0) return '';
  const y = row * CELL.height;
  const rects = backgroundsSvg(runs, y);
  const pieces = runs.flatMap(({ column, text, ...look }) =>
    sureParts(text, column).map((part) => ({ ...part, look })),
  );
  let end = 0;
  let isSure = true;
  const first = pieces.find(({ text }) => text.trim() !== '');
  if (first === undefined) return `${rects}\n`;
  const spans = pieces.map(({ column, text, look }) => {
    const jump = isSure ? '' : ` x="${x(column)}"`;
    const blanks = isSure ? ' '.repeat(Math.max(0, column - end)) : '';
    end = column + displayWidth(text);
    isSure = SURE.test(text);
    const classes = classesOf(look, text);
    if (jump === '' && classes === '') return blanks + escaped(text);
    const attribute = classes === '' ? '' : ` class="${classes}"`;
    return `${blanks}<tspan${jump}${attribute}>${escaped(text)}</tspan>`;
  });
  const body = spans.join('');
  // A length is given to rows of which every letter has its place from the one before.
  const isWhole = pieces.every(({ text }) => SURE.test(text));
  const length = isWhole ? ` textLength="${x(end)}"` : '';
  return `${rects}<text y="${y + CELL.baseline}"${length}>${body}</text>\n`;
}

/** Letters that the usual fonts for terminals have. What stands behind another one is placed anew. */
const SURE = /^[ -~…→←↑↓·•✗]*$/u;

function sureParts(text: string, column: number): { readonly text: string; readonly column: number }[] {
  let at = column;
  return (text.match(/[ -~…→←↑↓·•✗]+|[^ -~…→←↑↓·•✗]+/gu) ?? []).map((part) => {
    const placed = { text: part, column: at };
    at += displayWidth(part);
    return placed;
  });
}

/** The backgrounds of a row, those of one colour in one path. */
function backgroundsSvg(runs: readonly ScreenRun[], y: number): string {
  const filled = runs.filter(({ inverse, background }) => inverse || background !== undefined);
  const byColour = Map.groupBy(filled, ({ inverse, foreground, background }) => (inverse ? foreground : background));
  return Array.from(byColour, ([colour, cells]) => {
    const look = colour === undefined ? '' : ` class="c${colour}"`;
    const parts = cells.map(
      ({ column, text }) => `M${x(column)} ${y}h${x(displayWidth(text))}v${CELL.height}H${x(column)}`,
    );
    return `<path${look} d="${parts.join('')}"/>`;
  }).join('');
}

type Look = Omit<ScreenRun, 'column' | 'text'>;

function classesOf({ inverse, foreground, bold, faint }: Look, text: string): string {
  if (text.trim() === '') return '';
  const colour = inverse ? 'p' : foreground === undefined ? '' : `c${foreground}`;
  return [colour, bold ? 'b' : '', faint ? 'd' : ''].filter((each) => each !== '').join(' ');
}

function x(columns: number): string {
  return (columns * CELL.width).toFixed(1).replace(/\.0$/u, '');
}

function escaped(text: string): string {
  return text.replace(/[&<>]/gu, (character) => `&#${character.charCodeAt(0)};`);
}
