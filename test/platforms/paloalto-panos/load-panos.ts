import { loadText, type LoadedText } from '../../../parsers/paloalto-panos/load.ts';
import { Notes } from '../../../parsers/paloalto-panos/notes.ts';
import { lineStates } from '../../../parsers/paloalto-panos/states.ts';
import type { PanNode } from '../../../parsers/paloalto-panos/tree.ts';
import type { Diagnostic, LineState } from '../../../parsers/diagnostics.ts';
import { readLines } from '../../../parsers/syntax/lines.ts';

export interface Read extends LoadedText {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Loads a text that is given in lines. */
export function load(...lines: readonly string[]): Read {
  const text = lines.join('\n');
  const notes = new Notes();
  const loaded = loadText({ name: 'fw', text }, readLines(text), notes);
  return { ...loaded, text, diagnostics: notes.collected(['fw']) };
}

/** The states of lines, blank ones left out; without converters, by the tables alone. */
export function statesOf(...given: readonly string[]): (LineState | undefined)[] {
  const text = given.join('\n');
  const lines = readLines(text);
  const notes = new Notes();
  const states = lineStates(loadText({ name: 'fw', text }, lines, notes), lines, notes);
  return lines.map(({ number }) => states[number - 1]);
}

/** What the text has at a node's place. */
export function shownAt({ text }: Read, { span }: PanNode): string {
  return text.split('\n')[span.line - 1]?.slice(span.column - 1, span.endColumn - 1) ?? '';
}

export function codes({ diagnostics }: Read): string[] {
  return diagnostics.map(({ code, span }) => `${code} ${span.line}:${span.column}`);
}
