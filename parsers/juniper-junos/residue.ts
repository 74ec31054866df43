import type { Line } from '../syntax/lines.ts';
import { lineSpan } from '../syntax/lines.ts';
import type { TreeBuilder } from './build.ts';

/** What terminals leave between the lines of a configuration. */
const PAGER = /^-+\(more(?: \d+%)?\)-+\s*/i;
const PROMPT =
  /^(?:\{(?:master|primary|backup|secondary|linecard|line-card|hold|disabled|lost)(?::[\w-]+)?\}(?:\[edit[^\]]*\])?$|[\w.-]+@[\w.:-]+[>#%](?:\s|$)|\[edit[^\]]*\]$|%\s*(?:cli)?$|--- JUNOS |Last login: |\[?ok\]?$)/;
const SHOW = /^show configuration(?:\s|$)/;
const REFUSED = /^(?:error: |syntax error|unknown command\.|missing argument|could not connect to )/;
const DENIED = /ACCESS-DENIED|^error: permission denied/;

/** The lines that are configuration. The others get their state here, and a diagnostic where something may be missing. */
export function takeResidue(
  lines: readonly Line[],
  builder: TreeBuilder,
): { readonly lines: readonly Line[]; readonly isCut: boolean } {
  const kept: Line[] = [];
  let isCut = false;
  for (const line of lines) {
    const pager = PAGER.exec(line.text)?.[0];
    if (pager !== undefined) {
      const text = line.text.slice(pager.length);
      isCut = text === '' && line === lines.at(-1);
      if (text === '') builder.fix([line], 'no-effect');
      else kept.push({ ...line, column: line.column + pager.length, text });
    } else if (DENIED.test(line.text)) {
      report(builder, line, 'junos/access-denied', 'error', 'the login may not see all of the configuration');
    } else if (REFUSED.test(line.text)) {
      report(builder, line, 'junos/refused-command', 'warning', 'the device refused a command here');
    } else if (line.text.startsWith('!') || PROMPT.test(line.text) || SHOW.test(line.text))
      builder.fix([line], 'no-effect');
    else kept.push(line);
  }
  const last = lines.at(-1);
  if (isCut && last !== undefined) report(builder, last, 'junos/cut-off', 'error', 'the capture stops at a pager');
  return { lines: kept, isCut };
}

function report(builder: TreeBuilder, line: Line, code: string, severity: 'error' | 'warning', message: string): void {
  const { notes } = builder;
  builder.fix([line], severity === 'error' ? 'unrecognised' : 'no-effect');
  notes.diagnose(code, severity, lineSpan(notes.source, line), message, 'a part of the configuration may be missing');
}
