import type { Diagnostic, LineState } from '../../parsers/diagnostics.ts';
import type { Rule, RuleList } from '../../parsers/model/rule.ts';
import type { Span } from '../../parsers/source.ts';
import { defineCheck, type CheckContext, type LinesReport } from '../check.ts';
import { conditionsOf } from '../evaluate/explain.ts';
import type { Evidence, Severity } from '../finding.ts';
import { limited, quoted } from '../reporting/evidence.ts';
import { worst } from '../reporting/severity.ts';
import type { ReadLines } from '../reporting/source-text.ts';
import { blocksOf, type Block } from './unread-blocks.ts';

const BY_DIAGNOSTIC: Readonly<Record<Diagnostic['severity'], Severity>> = {
  error: 'high',
  warning: 'medium',
  note: 'low',
};

export const lineNotUnderstood = defineCheck({
  id: 'line-not-understood',
  title: 'Lines of the configuration were not understood',
  family: 'integrity',
  severity: 'high',
  severityNote:
    'In a list that filters: medium, in any other list low. Known statements that are not modelled: by what they mean for the verdicts, high, ' +
    'medium or low. Unknown statements in a block that is otherwise modelled, or that name a list or a segment: low; all others info.',
  since: '0.1.0',
  attack: ['M1037'],
  controls: ['nist:CM-6(1)', 'cis:4.2', 'pci:1.2.8'],
  finds:
    'Lines that this program could not read, or knows and does not model although they change which packets pass. One finding for each rule ' +
    'list, each kind of statement that is not modelled, and each block with unknown statements.',
  why:
    'A verdict is worth what was read. A rule that was skipped may open or close what the report says of the rules below it; the device may ' +
    'also have refused the line, which is then not in force.',
  fix: {
    general:
      'Look at the lines by hand. If they are valid, report them with their platform and version; if they are not, correct them.',
    'cisco-ios':
      'Compare with show running-config of the device: it shows only what it accepted. Report statements that it shows and that were not read.',
    'cisco-asa':
      'Compare with show running-config of the device: it shows only what it accepted. Report statements that it shows and that were not read.',
    'juniper-junos':
      'Compare with show configuration | display set of the device: it shows only what it accepted. Report statements that it shows and that ' +
      'were not read.',
    'paloalto-panos':
      'Compare with show config running (or the XML export) of the device: it shows only what it accepted. Report statements that it shows ' +
      'and that were not read.',
  },
  exceptions: 'Statements that cannot change which packets pass; they are harmless but should be known to the program.',
  references: [],
  messages: {
    list: '{device}: {lines} of {kind} {list} could not be read; {consequence}',
    unsupported: '{device}: {lines} not modelled: {what}; {consequence}',
    unrecognised: '{device}: {lines} not recognised {where}; whether they change which packets pass is not known',
  },
  run(context, report) {
    const told = new Set<string>();
    for (const list of context.device.ruleLists) {
      const unread = list.rules.filter(isUnread);
      for (const { span } of unread) told.add(placeOf(span.source, span.line));
      if (unread.length > 0) report.lines(listReport(context, list, unread));
    }
    for (const group of unsupportedGroups(context, told)) report.lines(group);
    for (const read of context.texts) {
      const lines = linesIn(context, read, 'unrecognised').filter((line) => !told.has(placeOf(read.text.name, line)));
      for (const block of blocksOf(read, new Set(lines))) report.lines(blockReport(context, read, block));
    }
  },
});

function placeOf(source: string, line: number): string {
  return `${source}:${line}`;
}

function isUnread(rule: Rule): boolean {
  return rule.action.kind === 'unknown' || conditionsOf(rule).some(({ kind }) => kind === 'not-understood');
}

function linesIn({ ownsLine }: CheckContext, { text, lineStates }: ReadLines, wanted: LineState): number[] {
  return lineStates.flatMap((state, index) => (state === wanted && ownsLine(text.name, index + 1) ? [index + 1] : []));
}

function counted(lines: number): string {
  return lines === 1 ? '1 line' : `${lines} lines`;
}

type Report = LinesReport<'list' | 'unsupported' | 'unrecognised'>;

function listReport({ device, text }: CheckContext, { name, kind }: RuleList, unread: readonly Rule[]): Report {
  const filters = device.bindings.some(({ list, plane }) => list === name && plane === 'transit');
  const consequence = filters
    ? 'what they match, and the rules below them, is possible and not definite'
    : 'the list filters no through-traffic by itself';
  const evidence = limited(
    unread.map(({ span, id }) => quoted(text, 'decides', span, `rule ${id} of ${kind} ${name}`)),
  );
  return {
    message: 'list',
    severity: filters ? 'medium' : 'low',
    confidence: 'definite',
    evidence: nonEmpty(evidence),
    data: { list: name, kind, lines: counted(unread.length), consequence },
  };
}

/** Lines that are known and not modelled, by what was said of them. */
function unsupportedGroups(context: CheckContext, told: ReadonlySet<string>): Report[] {
  const { diagnostics, texts, text } = context;
  const byLine = new Map(
    diagnostics.map((diagnostic) => [placeOf(diagnostic.span.source, diagnostic.span.line), diagnostic]),
  );
  const groups = new Map<string, { lines: Span[]; said: Diagnostic[] }>();
  for (const read of texts) {
    let above: { readonly line: number; readonly diagnostic: Diagnostic | undefined } | undefined;
    for (const line of linesIn(context, read, 'unsupported')) {
      const place = placeOf(read.text.name, line);
      if (told.has(place)) continue;
      // A statement of many lines is spoken of at its first.
      const goesOn = above !== undefined && line === above.line + 1 ? above.diagnostic : undefined;
      const diagnostic: Diagnostic | undefined = byLine.get(place) ?? goesOn;
      above = { line, diagnostic };
      const key = diagnostic?.code ?? '';
      const group = groups.get(key) ?? { lines: [], said: [] };
      group.lines.push(read.text.spanOf(line));
      if (diagnostic !== undefined) group.said.push(diagnostic);
      groups.set(key, group);
    }
  }
  return [...groups.values()].map(({ lines, said }) => {
    const note = said[0]?.code ?? 'not modelled';
    const evidence = limited(lines.map((span) => quoted(text, 'decides', span, note)));
    return {
      message: 'unsupported',
      severity: said.length === 0 ? 'medium' : worst(said.map(({ severity }) => BY_DIAGNOSTIC[severity])),
      confidence: 'definite',
      evidence: nonEmpty(evidence),
      data: {
        lines: counted(lines.length),
        what: said[0]?.message ?? 'known statements that change which packets pass',
        consequence: said[0]?.consequence ?? 'verdicts that depend on them may be wrong',
      },
    };
  });
}

function blockReport({ device }: CheckContext, { text }: ReadLines, { header, lines, besideModelled }: Block): Report {
  const names = new Set([...device.ruleLists.map(({ name }) => name), ...device.segments.map(({ name }) => name)]);
  const namesSome = lines.some((line) => (text.line(line) ?? '').split(/\s+/).some((word) => names.has(word)));
  const where =
    header === undefined ? 'at the top level' : `below "${text.quote(text.spanOf(header))}" (line ${header})`;
  const evidence = limited(lines.map((line) => quoted(text, 'decides', text.spanOf(line), 'not recognised')));
  return {
    message: 'unrecognised',
    severity: besideModelled || namesSome ? 'low' : 'info',
    confidence: 'definite',
    evidence: nonEmpty(evidence),
    data: { lines: counted(lines.length), where },
  };
}

function nonEmpty(evidence: readonly Evidence[]): readonly [Evidence, ...Evidence[]] {
  const [first, ...rest] = evidence;
  if (first === undefined) throw new Error('a finding about lines needs at least one line');
  return [first, ...rest];
}
