import type { Paint, Tone } from '../terminal/paint.ts';
import type { Severity } from '../../checks/finding.ts';
import { wrap } from '../terminal/width.ts';

/** How a text report is drawn. */
export interface Layout {
  /** Columns to draw for. */
  readonly width: number;
  readonly paint: Paint;
  /** Shows what is otherwise counted: notes, skipped files, every extra address. */
  readonly verbose: boolean;
}

const TONES: Readonly<Record<Severity, Tone>> = {
  critical: 'danger',
  high: 'danger',
  medium: 'warning',
  low: 'accent',
  info: 'dim',
};

export function severityTone(severity: Severity): Tone {
  return TONES[severity];
}

/** `  = label: text`, wrapped with the continuation below the text. */
export function note(label: string, text: string, indent: number, { width, paint }: Layout): string[] {
  const head = `${' '.repeat(indent)} = ${label}: `;
  const lines = wrap(text, Math.max(24, width - head.length));
  return lines.map((line, index) =>
    index === 0
      ? `${' '.repeat(indent)} ${paint('accent', '=')} ${paint('bold', `${label}:`)} ${line}`
      : ' '.repeat(head.length) + line,
  );
}

/** `1 finding`, `2 findings`. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${grouped(number)} ${number === 1 ? singular : plural}`;
}

/** `12,345`. */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** Share in percent with one decimal, rounded down, so that `100.0%` is said only of all. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? '100.0%' : `${(Math.floor((part * 1000) / whole) / 10).toFixed(1)}%`;
}
