import { lineSpan, type Line } from '../syntax/lines.ts';
import type { TreeBuilder } from './build.ts';
import type { Notes } from './notes.ts';

/** What a pager of PAN-OS leaves: `lines 1-45`, `--more--` (`less`). */
const PAGER = /^(?:lines \d+-\d+(?:\/\d+)?(?: \(END\))?(?:\s*\d+%)?|--more--|\(END\)|-- More --|:)$/i;
const PAGER_BEFORE = /^(?:lines \d+-\d+(?:\/\d+)?(?: \(END\)| \d+%)?|--more--)\s+(?=\S)/i;
/** Prompts of the operational and the configure mode, with what is typed behind them. */
const PROMPT =
  /^(?:[\w.-]+@[\w.-]+(?:\((?:active|passive|primary|secondary|suspended|non-functional|initial|tentative)[\w-]*\))?[>#](?:\s|$)|\[edit[^\]]*\]$|Entering configuration mode$|Exiting configuration mode$|Configuration committed successfully$|Last login: |Number of failed attempts since last successful login)/;
const SHOW =
  /^show\s+(?:config|$|full|predefined|rulebase|network|deviceconfig|shared|vsys|devices|mgt-config|address)/;
const REFUSED = /^(?:Invalid syntax\.?|Unknown command:|Server error\s*:|Validation Error)/i;
const DENIED = /^Administrator .* does not have permission/i;

/** What archives write above a configuration: `! sw-version: 10.1.6`, from `show system info`. */
const HEADER = /^[!#]\s*(?<key>hostname|serial|sw-version)\s*:\s*(?<value>\S+)/;

/**
 * The lines that are configuration. The others get their state here, and a diagnostic where something may be missing. What
 * an archive's header says of the device becomes statements: `serial`, `version`.
 */
export function takeResidue(lines: readonly Line[], builder: TreeBuilder, notes: Notes): readonly Line[] {
  const kept: Line[] = [];
  const report = (line: Line, code: string, severity: 'error' | 'warning', message: string): void => {
    builder.fix(line.number, severity === 'error' ? 'unrecognised' : 'no-effect');
    const consequence = 'a part of the configuration may be missing';
    notes.diagnose(code, severity, lineSpan(builder.root.source, line), message, consequence);
  };
  for (const line of lines) {
    const { text } = line;
    const first = text.charAt(0);
    if (first === '!' || first === '#') takeHeader(line, builder);
    const before = first === 'l' || first === '-' ? PAGER_BEFORE.exec(text)?.[0] : undefined;
    if (before !== undefined)
      kept.push({ ...line, column: line.column + before.length, text: text.slice(before.length) });
    else if (DENIED.test(text)) report(line, 'panos/access-denied', 'error', 'the login may not see all of it');
    else if (REFUSED.test(text)) report(line, 'panos/refused-command', 'warning', 'the device refused a command here');
    else if (PAGER.test(text) || PROMPT.test(text) || SHOW.test(text)) builder.fix(line.number, 'no-effect');
    else kept.push(line);
  }
  return kept;
}

function takeHeader(line: Line, builder: TreeBuilder): void {
  const found = HEADER.exec(line.text)?.groups;
  const [key, value] = [found?.['key'], found?.['value']];
  if (key === undefined || value === undefined || key === 'hostname') return;
  const from = line.column + line.text.lastIndexOf(value);
  const place = { line: line.number, column: from, endColumn: from + value.length };
  const name = key === 'serial' ? 'serial' : 'version';
  if (builder.root.get(name) !== undefined) return;
  const node = builder.child(builder.root, { ...place, text: name }, false);
  builder.child(node, { ...place, text: value }, false);
  node.state = 'no-effect';
}
