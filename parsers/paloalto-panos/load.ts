import type { Source } from '../source.ts';
import { lineSpan, type Line } from '../syntax/lines.ts';
import { TreeBuilder, type PlacedWord } from './build.ts';
import { readHitCounts, takeHitCounts } from './hit-counts.ts';
import { loadBraces } from './load-braces.ts';
import { SetLoader } from './load-set.ts';
import { loadXml } from './load-xml.ts';
import type { Notes } from './notes.ts';
import { BEGINS_COMMAND } from './places.ts';
import { takeResidue } from './residue.ts';
import { roleOf, typedCommand, type Role } from './roles.ts';
import { entries, value, type PanNode } from './tree.ts';

/** A text as one tree, the same whichever form it was written in. */
export interface LoadedText {
  /** Name of the text. */
  readonly source: string;
  readonly form: 'xml' | 'braces' | 'set';
  readonly role: Role;
  /**
   * `config`, `devices → localhost.localdomain`, `response → result` are left out; children are `mgt-config`, `shared`,
   * `deviceconfig`, `network`, `vsys`, `device-group`, `template`, `template-stack`, `readonly`, `panorama`, `policy`, and
   * `version`, `detail-version`, `serial` with one value where the text says them.
   */
  readonly root: PanNode;
  /** Whether the text shows that nothing is missing at its end. */
  readonly complete: 'yes' | 'no' | 'unknown';
  /** The release that the text says: of the header above it, else of `<config>`. */
  readonly version: string | undefined;
  readonly serial: string | undefined;
  /** The virtual system whose pushed policy was asked for (`show config pushed-shared-policy vsys vsys2`). */
  readonly vsys: string | undefined;
  /** What became of its lines, for their states. */
  readonly builder: TreeBuilder;
}

/** Reads a text of any form into one tree. Never throws on input. */
export function loadText(source: Source, lines: readonly Line[], notes: Notes): LoadedText {
  const builder = new TreeBuilder(source.name, lines[0]);
  const form = formOf(lines);
  let complete: LoadedText['complete'] = 'unknown';
  if (form === 'xml') complete = loadXml(source, builder, notes);
  else {
    const kept = takeResidue(takeHitCounts(lines, builder, notes), builder, notes);
    if (form === 'braces') complete = loadBraces(kept, builder, notes);
    else new SetLoader(builder, notes, kept).run();
  }
  for (const entry of builder.root.children) if (isLooseProfile(entry)) entry.state = 'no-effect';
  readHitCounts(builder.root, notes);
  if (builder.root.children.length === 0 && notes.hits.size === 0) empty(source, lines, notes);
  if (builder.tooDeep !== undefined) reportDepth(builder, builder.tooDeep, notes);
  const { root } = builder;
  const typed = typedCommand(lines);
  return {
    source: source.name,
    form,
    role: roleOf(builder, typed.what),
    root,
    complete,
    version: value(root, 'version'),
    serial: value(root, 'serial'),
    vsys: typed.vsys,
    builder,
  };
}

/** The form that a text was saved in. */
function formOf(lines: readonly Line[]): LoadedText['form'] {
  let isSet = false;
  for (const { text } of lines) {
    if (/^<(?:\?xml|!--|[A-Za-z])/.test(text)) return 'xml';
    if (/^[#!]/.test(text)) continue;
    if (BEGINS_COMMAND.test(text) && !/[{;]\s*$/.test(text)) isSet = true;
    else if (/\{\s*$|^[\w.-]+ \{ /.test(text)) return 'braces';
  }
  return isSet ? 'set' : 'braces';
}

/** Profiles, saved without what they stand in: whatever names them is not in the text. */
function isLooseProfile(entry: PanNode): boolean {
  if (entry.get('from') !== undefined || entry.get('action') !== undefined) return false;
  if (entry.get('botnet-domains') !== undefined || entry.get('mlav-engine-filebased-enabled') !== undefined)
    return true;
  const rules = entries(entry, 'rules');
  return rules.length > 0 && rules.every((rule) => PROFILE_RULE.some((word) => rule.get(word) !== undefined));
}

const PROFILE_RULE = ['severity', 'file-type', 'vendor-id', 'threat-name', 'analysis'];

function reportDepth(builder: TreeBuilder, word: PlacedWord, notes: Notes): void {
  notes.diagnose(
    'panos/too-deep',
    'error',
    builder.span(word),
    'statements stand deeper in each other than those of a configuration do',
    'what is that deep is not judged',
  );
}

function empty(source: Source, lines: readonly Line[], notes: Notes): void {
  const [first] = lines;
  if (first === undefined) return;
  notes.diagnose(
    'panos/no-configuration',
    'error',
    lineSpan(source.name, first),
    'there is no statement of a configuration in this text',
    'nothing in it was audited; save it with `show config running`',
  );
}
