import type { Source } from '../source.ts';
import { readBraces, type BraceProblem } from '../syntax/braces.ts';
import type { Line } from '../syntax/lines.ts';
import { lineSpan } from '../syntax/lines.ts';
import { spanOfWord } from '../syntax/quoted-words.ts';
import { readCommand } from '../syntax/set-lines.ts';
import { readXml } from '../syntax/xml.ts';
import { TreeBuilder } from './build.ts';
import { BEGINS_COMMAND, Commands } from './commands.ts';
import { expandApplyPaths, expandInterfaceRanges, pruneInactive, takeGroupWords } from './expand.ts';
import { takeHitCounts } from './hit-counts.ts';
import { Inheriting } from './inherit.ts';
import { Notes } from './notes.ts';
import { takeResidue } from './residue.ts';
import type { JunosNode } from './tree.ts';
import { addXml } from './tree-xml.ts';

/** A text as one tree, with groups applied and everything switched off taken out. */
export interface Loaded {
  readonly root: JunosNode;
  /** The groups' own statements, taken out of the tree. */
  readonly groups: JunosNode | undefined;
  /** `apply-groups` and the like, taken out of the tree once they have done their work. */
  readonly groupWords: readonly JunosNode[];
  readonly notes: Notes;
  readonly builder: TreeBuilder;
  /** Whether the text shows that nothing is missing at its end. */
  readonly complete: 'yes' | 'no' | 'unknown';
}

/** Reads a text of any form into one tree. Never throws on input. */
export function load(source: Source, lines: readonly Line[]): Loaded {
  const notes = new Notes(source.name, lines);
  const builder = new TreeBuilder(notes);
  const residue = takeResidue(lines, builder);
  const ending = readForm(source, takeHitCounts(residue.lines, builder), builder);
  const complete = residue.isCut ? 'no' : ending;
  const { root } = builder;
  pruneInactive(root);
  const groups = root.get('groups');
  if (groups !== undefined) root.detach(groups);
  new Inheriting(groups, notes).run(root);
  expandInterfaceRanges(root, notes);
  expandApplyPaths(root, notes);
  const groupWords = takeGroupWords(root);
  return { root, groups, groupWords, notes, builder, complete };
}

function readForm(source: Source, lines: readonly Line[], builder: TreeBuilder): Loaded['complete'] {
  const form = formOf(lines);
  if (form === 'xml') return readXmlForm(source, lines, builder);
  if (form === 'json') return refuseJson(lines, builder);
  if (form === 'set') return readSetForm(lines, builder);
  return readBraceForm(lines, builder);
}

/** The form that a text was saved in. */
function formOf(lines: readonly Line[]): 'braces' | 'set' | 'xml' | 'json' {
  for (const { text } of lines) {
    if (/^<(?:\?xml|rpc-reply|configuration|data|config)\b/.test(text)) return 'xml';
    if (/^\{\s*$|^\{\s*"/.test(text)) return 'json';
    if (/^[#!]|^\/?\*/.test(text)) continue;
    if (BEGINS_COMMAND.test(text) || /[{;]\s*$/.test(text)) break;
  }
  const isBrace = ({ text }: Line): boolean =>
    !BEGINS_COMMAND.test(text) && !/^[#!]/.test(text) && /[{}]\s*(?:#.*)?$/.test(text);
  return lines.some(isBrace) || !lines.some(({ text }) => BEGINS_COMMAND.test(text)) ? 'braces' : 'set';
}

function readSetForm(lines: readonly Line[], builder: TreeBuilder): Loaded['complete'] {
  const commands = new Commands(builder);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined) break;
    if (/^[#!]|^\/\*.*\*\/$/.test(line.text)) builder.fix([line], 'no-effect');
    else if (Commands.is(line)) {
      const command = readCommand(lines, at, line, BEGINS_COMMAND);
      commands.take(command);
      at += command.lines.length - 1;
    } else {
      builder.fix([line], 'unrecognised');
      builder.notes.diagnose(
        'junos/not-a-command',
        'warning',
        lineSpan(builder.notes.source, line),
        'this line is no command of Junos',
        'what it would configure is not judged',
      );
    }
  }
  return 'unknown';
}

function readBraceForm(lines: readonly Line[], builder: TreeBuilder): Loaded['complete'] {
  const isCommand = ({ text }: Line): boolean => BEGINS_COMMAND.test(text) && !/[{;]\s*(?:#.*)?$/.test(text);
  const { items, problems } = readBraces(lines, isCommand);
  const commands = new Commands(builder);
  builder.braces(builder.root, items, (at) => {
    const line = lines[at];
    if (line !== undefined) commands.take(readCommand(lines, at, line, BEGINS_COMMAND));
  });
  for (const problem of problems) reportBraces(problem, builder);
  const isOpen = problems.some(({ kind }) => kind === 'missing-close' || kind === 'open-comment');
  return isOpen ? 'no' : items.some(({ kind }) => kind === 'statement') ? 'yes' : 'unknown';
}

const BRACE_PROBLEMS: Readonly<Record<BraceProblem['kind'], readonly [message: string, consequence: string]>> = {
  'missing-end': ['a statement has no semicolon', 'it is taken to end with its line'],
  'missing-close': [
    'a brace is opened here and never closed',
    'the text is cut off or damaged: what is missing is not judged',
  ],
  'extra-close': [
    'a brace is closed that was never opened',
    'what follows may stand in another place than it is judged in',
  ],
  'open-string': ['a string has no end', 'it is taken to end with its line'],
  'open-comment': ['a comment has no end', 'everything behind it is missing'],
  'open-list': ['a list has no end', 'it is taken to end with its statement'],
  nameless: ['a brace is opened without a statement', 'what stands in it is taken to stand outside of it'],
};

function reportBraces({ kind, word }: BraceProblem, { notes, fixed }: TreeBuilder): void {
  const [message, consequence] = BRACE_PROBLEMS[kind];
  const isCut = kind === 'missing-close' || kind === 'open-comment' || kind === 'extra-close';
  const isHarmless = kind === 'missing-end' || kind === 'open-list';
  if (kind === 'extra-close' || kind === 'nameless') fixed.set(word.line, 'unrecognised');
  const code = isCut ? 'junos/unbalanced' : 'junos/broken-statement';
  notes.diagnose(
    code,
    isCut ? 'error' : isHarmless ? 'note' : 'warning',
    spanOfWord(notes.source, word),
    message,
    consequence,
  );
}

function readXmlForm(source: Source, lines: readonly Line[], builder: TreeBuilder): Loaded['complete'] {
  const { notes } = builder;
  const { roots, problem } = readXml(source.text);
  const isFound = addXml(builder, roots);
  const [first] = lines;
  if (!isFound && first !== undefined) {
    notes.diagnose(
      'junos/no-configuration',
      'error',
      lineSpan(notes.source, first),
      'there is no <configuration> element',
      'nothing in it was audited',
    );
    builder.fix(lines, 'unrecognised');
  }
  if (problem === undefined) return isFound ? 'yes' : 'unknown';
  const line = lines.find(({ number }) => number >= problem.line) ?? lines.at(-1);
  if (line !== undefined) {
    notes.diagnose(
      'junos/xml',
      'error',
      lineSpan(notes.source, line),
      `the XML is not well-formed: ${problem.message}`,
      'what follows may be missing or stand in another place than it is judged in',
    );
  }
  return 'no';
}

function refuseJson(lines: readonly Line[], builder: TreeBuilder): Loaded['complete'] {
  const { notes } = builder;
  const [first] = lines;
  builder.fix(lines, 'unrecognised');
  if (first !== undefined) {
    notes.diagnose(
      'junos/json',
      'error',
      lineSpan(notes.source, first),
      'the JSON form of a Junos configuration is not read',
      'nothing in it was audited; save it with `show configuration | display set`',
    );
  }
  return 'unknown';
}
