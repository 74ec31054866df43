import type { Channel } from '../io.ts';

/** Ways to set text off. Meaning never rests on them alone: every severity and verdict is written out too. */
export type Tone = 'bold' | 'dim' | 'danger' | 'warning' | 'good' | 'accent';

/** Puts a tone around a text, or leaves it alone. */
export type Paint = (tone: Tone, text: string) => string;

/** Select Graphic Rendition codes of ECMA-48, from the 16 colours every terminal has. */
const CODES: Readonly<Record<Tone, readonly [on: string, off: string]>> = {
  bold: ['1', '22'],
  dim: ['2', '22'],
  danger: ['31', '39'],
  warning: ['33', '39'],
  good: ['32', '39'],
  accent: ['36', '39'],
};

export const plainPaint: Paint = (_tone, text) => text;

export const ansiPaint: Paint = (tone, text) => {
  const [on, off] = CODES[tone];
  return text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`;
};

/** `--color`/`--no-color` decides; else NO_COLOR (no-color.org), a dumb terminal, and whether it is a terminal at all. */
export function choosePaint(
  wanted: boolean | undefined,
  channel: Channel,
  env: Readonly<Record<string, string | undefined>>,
): Paint {
  const suits = channel.isTTY && env['TERM'] !== 'dumb' && (env['NO_COLOR'] ?? '') === '';
  return (wanted ?? suits) ? ansiPaint : plainPaint;
}
