import { displayWidth } from '../../../../cli/terminal/width.ts';
import type { ScreenRun, VirtualScreen } from './virtual-screen.ts';

const CELL = { width: 8.4, height: 18, baseline: 13.5 } as const;
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
  return framed(screen, `<g>${rows}</g>`, '');
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
  const font = `text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre}.b{font-weight:bold}.d{opacity:.6}`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">` +
    `<style>${font}${style}</style><rect width="100%" height="100%" rx="6" fill="${PAPER}"/>` +
    `<g transform="translate(8 8)" fill="${INK}" xml:space="preserve">\n${body}\n</g></svg>\n`
  );
}

function rowSvg(runs: readonly ScreenRun[], row: number): string {
  if (runs.length === 0) return '';
  const y = row * CELL.height;
  const rects = runs.map((run) => rectSvg(run, y)).join('');
  const texts = runs.filter(({ text }) => text.trim() !== '').map((run) => textSvg(run, y + CELL.baseline));
  return `${rects}${texts.join('')}\n`;
}

function rectSvg({ column, text, inverse, foreground, background }: ScreenRun, y: number): string {
  const fill = inverse ? (COLOURS[foreground ?? -1] ?? INK) : COLOURS[background ?? -1];
  if (fill === undefined) return '';
  return `<rect x="${x(column)}" y="${y}" width="${x(displayWidth(text))}" height="${CELL.height}" fill="${fill}"/>`;
}

function textSvg({ column, text, inverse, foreground, bold, faint }: ScreenRun, y: number): string {
  const fill = inverse ? PAPER : COLOURS[foreground ?? -1];
  const look = [bold ? 'b' : '', faint ? 'd' : ''].filter((each) => each !== '').join(' ');
  const shown = text.trimEnd();
  const attributes = [
    `x="${x(column)}"`,
    `y="${y}"`,
    `textLength="${x(displayWidth(shown))}"`,
    ...(fill === undefined ? [] : [`fill="${fill}"`]),
    ...(look === '' ? [] : [`class="${look}"`]),
  ];
  return `<text ${attributes.join(' ')}>${escaped(shown)}</text>`;
}

function x(columns: number): string {
  return (columns * CELL.width).toFixed(1).replace(/\.0$/u, '');
}

function escaped(text: string): string {
  return text.replace(/[&<>]/gu, (character) => `&#${character.charCodeAt(0)};`);
}
