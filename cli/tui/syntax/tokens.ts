import { MASK, maskSecrets } from '../../../checks/reporting/mask-secrets.ts';
import { wordKind } from './word-kind.ts';

/** How a configuration is written: IOS, NX-OS, IOS XR and ASA indent; Junos and PAN-OS have braces, set lines and XML. */
export type SyntaxForm = 'indented' | 'braces' | 'set' | 'xml';

export type TokenKind =
  | 'keyword'
  | 'action-permit'
  | 'action-deny'
  | 'address'
  | 'number'
  | 'name'
  | 'string'
  | 'comment'
  | 'tag'
  | 'plain'
  | 'masked';

export interface Token {
  readonly text: string;
  readonly kind: TokenKind;
}

/**
 * A line as runs of one kind, which put together are the line with its secrets masked. Goes by shape and common words alone:
 * it colours, nothing rests on it. Takes time in proportion to the line.
 */
export function tokens(line: string, form: SyntaxForm): Token[] {
  const runs: Token[] = [];
  const parts = maskSecrets(line).split(MASK);
  const state: State = { inTag: false, inComment: false, before: '' };
  for (const [index, part] of parts.entries()) {
    if (index > 0) push(runs, MASK, 'masked');
    if (form === 'xml') readXml(part, runs, state);
    else readWords(part, form, runs, state);
  }
  return runs;
}

/** What the text so far leaves open; a mask may stand inside of a comment or tag. */
interface State {
  inTag: boolean;
  inComment: boolean;
  /** The word before, in small letters. */
  before: string;
}

/** Every character is part of some piece: the last alternative takes whatever is left. */
const WORDS = /\s+|"(?:[^"\\]|\\[^])*"?|\/\*[^]*?(?:\*\/|$)|[{}[\]();]|[^\s"{}[\]();]+|[^]/g;
const IN_TAG = /\s+|"[^"]*"?|'[^']*'?|[/?]?>|[^\s"'<>=/?]+|[^]/y;
const IN_TEXT = /<!--[^]*?(?:-->|$)|<[/?!]?[\w:.-]*|\s+|[^\s<]+/y;

/** Words behind which a line of an indented form is free text. */
const REMARKS = new Set(['remark', 'description']);

function readWords(part: string, form: SyntaxForm, runs: Token[], state: State): void {
  for (const [piece] of part.matchAll(WORDS)) {
    if (state.inComment) push(runs, piece, 'comment');
    else if (piece.trim() === '') push(runs, piece, 'plain');
    else if (beginsComment(piece, form, state)) {
      state.inComment = !piece.startsWith('/*');
      push(runs, piece, 'comment');
    } else if (piece.startsWith('"')) push(runs, piece, 'string');
    else {
      push(runs, piece, wordKind(piece, state.before));
      state.inComment = form === 'indented' && REMARKS.has(piece.toLowerCase());
      state.before = isStop(piece) ? '' : piece.toLowerCase();
    }
  }
}

/** Behind these a new statement begins. */
function isStop(piece: string): boolean {
  return piece === '{' || piece === '}' || piece === ';';
}

function beginsComment(piece: string, form: SyntaxForm, { before }: State): boolean {
  if (form !== 'indented') return piece.startsWith('#') || piece.startsWith('/*');
  return before === '' && (piece.startsWith('!') || piece === ':' || piece.startsWith('#'));
}

function readXml(part: string, runs: Token[], state: State): void {
  let at = 0;
  while (at < part.length) {
    const shape = state.inTag ? IN_TAG : IN_TEXT;
    shape.lastIndex = at;
    const piece = shape.exec(part)?.[0] ?? part.slice(at, at + 1);
    at += piece.length;
    if (piece.startsWith('<!--')) push(runs, piece, 'comment');
    else if (!state.inTag && piece.startsWith('<')) {
      state.inTag = true;
      push(runs, piece, 'tag');
    } else if (state.inTag) {
      if (piece.endsWith('>')) state.inTag = false;
      push(runs, piece, tagPartKind(piece));
    } else push(runs, piece, piece.trim() === '' ? 'plain' : wordKind(piece, 'member'));
  }
}

function tagPartKind(piece: string): TokenKind {
  if (piece.trim() === '') return 'plain';
  return piece.startsWith('"') || piece.startsWith("'") ? 'string' : 'tag';
}

/** Neighbours of one kind are one run. */
function push(runs: Token[], text: string, kind: TokenKind): void {
  if (text === '') return;
  const last = runs.at(-1);
  if (last?.kind === kind && kind !== 'masked') runs[runs.length - 1] = { text: last.text + text, kind };
  else runs.push({ text, kind });
}
