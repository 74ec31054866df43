/** Texts as sides of a comparison. */
import type { Comparison } from '../../../cli/compare/comparison.ts';
import type { InputSide } from '../../../cli/compare-run.ts';
import type { Input } from '../../../cli/sources/input.ts';
import { compareRuns, type BaselineSide, type CompareOptions } from '../../../cli/compare-run.ts';
import { analyse } from '../../../cli/run.ts';
import { auditJson } from '../../../cli/reports/json.ts';

export const OPTIONS: CompareOptions = {
  tool: { name: 'brokerfence', version: '0.0.0' },
  platform: undefined,
  trust: { untrusted: [], internal: [], internalNetworks: [] },
  policy: undefined,
  today: '2026-11-22',
  maxUnknownPercent: 5,
  onInput: () => {},
};

export type Texts = Readonly<Record<string, string>>;

export function inputsOf(texts: Texts): Input[] {
  return Object.entries(texts).map(([name, text]) => ({
    kind: 'text',
    source: { name, text },
    combinedWith: [],
    expected: true,
  }));
}

function sideOf(label: string, texts: Texts): InputSide {
  return { kind: 'inputs', label, inputs: inputsOf(texts) };
}

export function compared(before: Texts | BaselineSide, after: Texts, options: CompareOptions = OPTIONS): Comparison {
  const first = isBaseline(before) ? before : sideOf('old', before);
  return compareRuns(first, sideOf('new', after), options);
}

function isBaseline(before: Texts | BaselineSide): before is BaselineSide {
  return 'baseline' in before;
}

/** What `audit --format json` writes of the texts. */
export function reportOf(texts: Texts): string {
  return auditJson(analyse(inputsOf(texts), { ...OPTIONS, only: 'findings' }).run);
}
