import type { Severity } from '../../checks/finding.ts';
import type { CellState } from '../../checks/matrix/coverage-matrix.ts';
import type { LineState } from '../../parsers/diagnostics.ts';
import type { TraceVerdict } from '../../checks/evaluate/evaluation.ts';

/** Ways to set text off. None is the only sign of what it stands for: there is always a word or a mark as well. */
export type Style =
  | 'plain'
  | 'strong'
  | 'faint'
  | 'danger'
  | 'warning'
  | 'good'
  | 'accent'
  | 'cursor'
  | 'match'
  | 'heat-open'
  | 'heat-excess'
  | 'heat-unknown'
  | 'heat-approved'
  | 'heat-blocked';

/** Puts a style around a text that has none. */
export type Theme = (style: Style, text: string) => string;

/**
 * Select Graphic Rendition codes of ECMA-48, of the 16 colours only and never black or white by name, so that they show on light and
 * dark terminals: backgrounds are always made by reversing.
 */
const COLOURS: Readonly<Record<Style, string>> = {
  plain: '',
  strong: '1',
  faint: '2',
  danger: '31',
  warning: '33',
  good: '32',
  accent: '36',
  cursor: '7',
  match: '4',
  'heat-open': '31;7',
  'heat-excess': '33;7',
  'heat-unknown': '35;7',
  'heat-approved': '36',
  'heat-blocked': '32',
};

/** Without colour: bold, faint and reversed text is no colour (no-color.org). */
const PLAIN: Readonly<Record<Style, string>> = {
  plain: '',
  strong: '1',
  faint: '2',
  danger: '1',
  warning: '1',
  good: '',
  accent: '',
  cursor: '7',
  match: '4',
  'heat-open': '7',
  'heat-excess': '7',
  'heat-unknown': '1',
  'heat-approved': '',
  'heat-blocked': '2',
};

const themeOf =
  (codes: Readonly<Record<Style, string>>): Theme =>
  (style, text) => {
    const code = codes[style];
    return code === '' || text === '' ? text : `\u001b[${code}m${text}\u001b[0m`;
  };

export const colourTheme: Theme = themeOf(COLOURS);
export const plainTheme: Theme = themeOf(PLAIN);

const SEVERITY_STYLES: Readonly<Record<Severity, Style>> = {
  critical: 'danger',
  high: 'danger',
  medium: 'warning',
  low: 'accent',
  info: 'faint',
};

export function severityStyle(severity: Severity): Style {
  return SEVERITY_STYLES[severity];
}

const VERDICT_STYLES: Readonly<Record<TraceVerdict, Style>> = { permit: 'good', deny: 'danger', unknown: 'warning' };

export function verdictStyle(verdict: TraceVerdict): Style {
  return VERDICT_STYLES[verdict];
}

export function heatStyle(state: CellState): Style {
  return `heat-${state}`;
}

const LINE_STATE_STYLES: Readonly<Record<LineState, Style>> = {
  modelled: 'good',
  'no-effect': 'faint',
  conditional: 'accent',
  unsupported: 'warning',
  unrecognised: 'danger',
};

export function lineStateStyle(state: LineState): Style {
  return LINE_STATE_STYLES[state];
}
