import { LOG_MESSAGE } from './log-message.ts';
import type { Completeness, PlatformDialogue, Refusal } from './platform-dialogue.ts';

/** Longer answers are what was asked for, whatever stands in them. */
const MAX_REFUSAL_LINES = 15;

/** How an answer refuses a command; undefined: it does not. */
export function refusalIn(text: string, { refusals }: Pick<PlatformDialogue, 'refusals'>): Refusal | undefined {
  const lines = text.split('\n', MAX_REFUSAL_LINES + 2);
  if (lines.length > MAX_REFUSAL_LINES) return undefined;
  return refusals.find(({ says }) => lines.some((line) => says.test(line.trim())));
}

/** Comments that may stand behind the last statement. */
const MAX_COMMENTS = 5;

/** Log messages that may stand behind the end. */
const MAX_LOG_MESSAGES = 5;

/** What is missing at a captured configuration, in words; undefined: nothing that could be told. */
export function missingFrom(text: string, complete: Completeness, pager: RegExp): string | undefined {
  if (text.trim() === '') return 'the device answered nothing';
  if (hasPagerLine(text, pager)) return 'a pager stands between its lines, so that lines may be missing';
  switch (complete.kind) {
    case 'last-line': {
      const lines = lastLines(text, MAX_LOG_MESSAGES + 1).filter((line) => !LOG_MESSAGE.test(line));
      return complete.marker.test(lines.at(-1) ?? '') ? undefined : `it does not end with \`${complete.shown}\``;
    }
    case 'braces':
      return missingFromBraces(text);
    case 'xml':
      return missingFromXml(text);
    case 'no-end-mark':
      return complete.begins.test(text) ? undefined : 'its beginning is missing';
  }
}

function hasPagerLine(text: string, pager: RegExp): boolean {
  // Only the beginnings of lines are looked at, each once.
  for (let at = 0; at < text.length;) {
    const end = text.indexOf('\n', at);
    const stop = end === -1 ? text.length : end;
    if (stop - at < 60 && pager.test(text.slice(at, stop).trim())) return true;
    at = stop + 1;
  }
  return false;
}

/** The last lines that are not blank, in order. */
function lastLines(text: string, count: number): string[] {
  const lines: string[] = [];
  let end = text.length;
  while (end > 0 && lines.length < count) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end).trimEnd();
    if (line !== '') lines.unshift(line);
    end = start - 1;
  }
  return lines;
}

/** Comments may stand behind a statement (`## SECRET-DATA`), and below the last one. */
const STATEMENT_END = /[;}]\s*(?:#.*)?$/;

/** Braces that are closed say nothing of a text that has none: an error message would be a whole configuration. */
function missingFromBraces(text: string): string | undefined {
  if (openBraces(text) !== 0) return 'its braces are not all closed';
  const last = lastLines(text, MAX_COMMENTS + 1).findLast((line) => !line.startsWith('#'));
  return STATEMENT_END.test(last ?? '') ? undefined : 'its last line is no statement';
}

const QUOTE = 34;
const BACKSLASH = 92;
const OPENING = 123;
const CLOSING = 125;
const HASH = 35;

/** Opening braces less closing ones, but for those in quotes and comments. */
function openBraces(text: string): number {
  let open = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === OPENING) open += 1;
    else if (code === CLOSING) open -= 1;
    else if (code === QUOTE) at = endOfQuotes(text, at);
    else if (code === HASH && isCommentStart(text, at)) at = orEnd(text.indexOf('\n', at), text);
    else if (code === 47 && text.charCodeAt(at + 1) === 42) at = orEnd(text.indexOf('*/', at + 2), text) + 1;
  }
  return open;
}

/** Behind a blank or at the beginning of a line. */
function isCommentStart(text: string, at: number): boolean {
  return at === 0 || /\s/.test(text.charAt(at - 1));
}

function endOfQuotes(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at += 1;
    else if (code === QUOTE) return at;
  }
  return text.length;
}

function orEnd(index: number, text: string): number {
  return index === -1 ? text.length : index;
}

/** PAN-OS prints braces or set lines where it does not take the output format: their ends tell less. */
function missingFromXml(text: string): string | undefined {
  const beginning = text.slice(0, 2000).trimStart();
  if (beginning.startsWith('<')) {
    const root = /^(?:<\?xml[^>]*\?>\s*)?<(?<name>[\w-]+)[\s/>]/.exec(beginning)?.groups?.['name'];
    if (root === undefined) return 'it begins in the middle of something';
    return text.trimEnd().endsWith(`</${root}>`) ||
      new RegExp(`^(?:<\\?xml[^>]*\\?>\\s*)?<${root}[^>]*/>\\s*$`).test(text)
      ? undefined
      : `its element <${root}> is not closed`;
  }
  if (beginning.startsWith('set ')) return text.endsWith('\n') ? undefined : 'its last line is not complete';
  return missingFromBraces(text);
}
