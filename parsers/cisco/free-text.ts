import type { Line } from '../syntax/lines.ts';

/** A stretch of free text whose end was not found, or a sign that the device refused a command. */
export interface FreeTextProblem {
  readonly kind: 'unterminated' | 'refused-command';
  readonly line: Line;
  /** What stands there, for a message: `banner motd`, `certificate`, `% Invalid input detected`. */
  readonly what: string;
}

export interface FreeText {
  /** Lines that are statements, in order. A prompt of configuration mode before a statement is taken off. */
  readonly statements: readonly Line[];
  /** Lines that are no statements: banners, hex, prompts, messages of the device. */
  readonly taken: readonly Line[];
  readonly problems: readonly FreeTextProblem[];
}

export type FreeTextDialect = 'ios' | 'asa';

/** A statement that begins free text, and how to know the end. `end` says whether a following line closes the text. */
interface Opening {
  readonly what: string;
  readonly end: (line: Line) => boolean;
  /** False: the closing line is a statement of its own and stays. */
  readonly takesEnd: boolean;
  /** Lines that show that the text was over before, so its end is missing; absent: anything may stand in it. */
  readonly broken?: (line: Line) => boolean;
  /** The opening line itself stays a statement (`certificate`, `macro name`). */
  readonly keepsOpening: boolean;
  /** How to read the opening line when the end is not found: `^Careful^` begins with a caret and a C by chance. */
  readonly instead?: Opening;
}

/**
 * Takes out what is text and not configuration, so that `interface` or `access-list` inside a banner is never read.
 *
 * `ios`: `banner … <delimiter>` up to the next delimiter, which output of `show` writes as a caret and a C and a file may
 * hold as the control character; ASA banners are one statement a line and stay. Both: hex up to `quit`. A text without
 * its end is not swallowed: only its first line is taken, and a problem says so.
 */
export function takeFreeText(lines: readonly Line[], dialect: FreeTextDialect): FreeText {
  const statements: Line[] = [];
  const taken: Line[] = [];
  const problems: FreeTextProblem[] = [];
  // Delimiters that do not occur again: a second search to the end of a long file would find nothing either.
  const missing = new Set<string>();
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined) break;
    const opening = openingOf(line, dialect);
    if (opening === undefined) {
      takeLine(line, statements, taken, problems);
      continue;
    }
    (opening.keepsOpening ? statements : taken).push(line);
    const end = missing.has(opening.what)
      ? undefined
      : (endOf(lines, index, opening) ?? insteadOf(lines, index, opening));
    if (end === undefined) {
      if (opening.broken === undefined) missing.add(opening.what);
      problems.push({ kind: 'unterminated', line, what: opening.what });
      continue;
    }
    for (const inside of lines.slice(index + 1, opening.takesEnd ? end + 1 : end)) taken.push(inside);
    index = opening.takesEnd ? end : end - 1;
  }
  return { statements, taken, problems };
}

function insteadOf(lines: readonly Line[], from: number, { instead }: Opening): number | undefined {
  return instead === undefined ? undefined : endOf(lines, from, instead);
}

/** Index of the line that ends the text, the opening line itself included; undefined when there is none. */
function endOf(lines: readonly Line[], from: number, opening: Opening): number | undefined {
  for (let index = from; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined) return undefined;
    if (opening.end(line)) return index;
    if (index > from && opening.broken?.(line) === true) return undefined;
  }
  return undefined;
}

const ETX = '\u0003';
/** Statements with a text between two delimiters; the delimiter is the first character behind them, or a caret and a C. */
const DELIMITED = new RegExp(
  `^(?:${[
    String.raw`banner(?:\s+(?:motd|login|exec|incoming|slip-ppp|config-save|prompt-timeout))?`,
    'vacant-message|refuse-message',
    'aaa authentication (?:banner|fail-message)',
    'ip (?:admission|auth-proxy) auth-proxy-banner (?:http|ftp|telnet)',
    String.raw`menu \S+ (?:title|prompt)`,
  ].join('|')})${String.raw`\s+(\^C|\S)(.*)$`}`,
  'i',
);
const HEX = /^[0-9A-F]{1,8}(?: [0-9A-F]{1,8})*$/i;

function openingOf(line: Line, dialect: FreeTextDialect): Opening | undefined {
  const text = line.text;
  switch (text.charCodeAt(0) | 32) {
    case 97: // aaa
    case 98: // banner
    case 105: // ip
    case 109: // menu, macro
    case 114: // refuse-message
    case 118: // vacant-message
      return dialect === 'ios' ? delimited(line) : undefined;
    case 99: // certificate
      return certificate(text);
    case 107: // key-string
      return text === 'key-string' ? hexUntilQuit('key-string') : undefined;
    case 45: // -----BEGIN
      return text.startsWith('-----BEGIN ') ? pem(text) : undefined;
    default:
      return undefined;
  }
}

function delimited(line: Line): Opening | undefined {
  if (line.text.startsWith('macro name ')) {
    const isEnd = (other: Line): boolean => other.text === '@';
    return { what: 'macro name', end: isEnd, takesEnd: true, keepsOpening: true };
  }
  const found = DELIMITED.exec(line.text);
  const delimiter = found?.[1];
  if (found === null || delimiter === undefined) return undefined;
  const after = found[2] ?? '';
  // A caret and a C on the opening line may be closed by the control character and the other way round.
  const ends = delimiter === '^C' || delimiter === ETX ? ['^C', ETX] : [delimiter];
  const closedBy = (marks: readonly string[], rest: string): Opening => ({
    what: `${line.text.split(/\s+/, 2).join(' ')} with delimiter ${delimiter === ETX ? '^C' : delimiter}`,
    end: (other) => marks.some((mark) => (other === line ? rest : other.text).includes(mark)),
    takesEnd: true,
    keepsOpening: false,
  });
  const opening = closedBy(ends, after);
  return delimiter === '^C' ? { ...opening, instead: closedBy(['^'], `C${after}`) } : opening;
}

function certificate(text: string): Opening | undefined {
  if (
    !/^certificate(?: (?:ca|self-signed|rollover|ra-sign|ra-encrypt|ra-general))?(?: ca| rollover)? [0-9A-F]+$/i.test(
      text,
    )
  )
    return undefined;
  return hexUntilQuit('certificate');
}

/** Hex lines up to `quit`; anything that is neither shows that the end is missing. */
function hexUntilQuit(what: string): Opening {
  const isEnd = ({ text }: Line): boolean => text === 'quit' || text === 'exit';
  return { what, end: isEnd, takesEnd: true, keepsOpening: true, broken: ({ text }) => !isHexOrBase64(text) };
}

function isHexOrBase64(text: string): boolean {
  return HEX.test(text) || /^[A-Za-z0-9+/=]{16,}$/.test(text) || text.startsWith('-----');
}

function pem(text: string): Opening {
  const end = text.replace('BEGIN', 'END');
  const isEnd = (line: Line): boolean => line.text === end;
  return {
    what: text,
    end: isEnd,
    takesEnd: true,
    keepsOpening: false,
    broken: (line) => !/^[A-Za-z0-9+/=:, -]+$/.test(line.text),
  };
}

const CONFIG_PROMPT = /^[\w.\-/]+\((?:config[\w-]*|cfg[\w-]*)\)#\s*/;
const EXEC_PROMPT = /^[\w][\w.\-/]{0,62}[#>](?:\s*$|\s*[a-z?])/i;
const SYSLOG =
  /^(?:<\d+>)?(?:\d+: )?(?:[*.]?[A-Z][a-z]{2} +\d+ [\d:. ]+[^%]{0,40})?%[A-Z][A-Z0-9_]*(?:-[A-Z0-9_]+)*-[0-7]-[A-Z0-9_]+:/;
const NOISE =
  /^(?:Building configuration\.\.\.|Current configuration ?:|Using \d+ out of \d+ bytes|Load for five secs|Time source is|Uncompressed configuration|Loading |Unable to find|\^$|\[OK\]$)/;
const REFUSED =
  /^(?:ERROR: )?%? ?(?:Invalid input|Incomplete command|Ambiguous command|Unknown command|Command authorization failed|Authorization failed|Permission denied|Access denied|Bad secrets|This command is not authorized)/i;

/** One line outside of free text: a statement, or something that the device or the terminal printed. */
function takeLine(line: Line, statements: Line[], taken: Line[], problems: FreeTextProblem[]): void {
  const { text } = line;
  const first = text.charCodeAt(0);
  if (first === 37 || first === 42 || first === 46 || first === 60 || SPEAKS.has(text.charCodeAt(0))) {
    if (SYSLOG.test(text)) return void taken.push(line);
    if (REFUSED.test(text)) {
      problems.push({ kind: 'refused-command', line, what: text.split(' at ')[0] ?? text });
      return void taken.push(line);
    }
    if (first === 37 || NOISE.test(text)) return void taken.push(line);
  }
  const mark = text.indexOf('#');
  const angle = mark < 0 ? text.indexOf('>') : mark;
  if (angle <= 0 || angle > 64) return void statements.push(line);
  const prompt = CONFIG_PROMPT.exec(text);
  if (prompt !== null) {
    const rest = text.slice(prompt[0].length);
    if (rest === '') taken.push(line);
    else statements.push({ ...line, column: line.column + prompt[0].length, text: rest });
    return;
  }
  (EXEC_PROMPT.test(text) ? taken : statements).push(line);
}

/** First characters of what a device prints by itself: capitals, digits, a caret, a bracket. */
const SPEAKS: ReadonlySet<number> = new Set([
  ...Array.from({ length: 26 }, (_, index) => 65 + index),
  ...Array.from({ length: 10 }, (_, index) => 48 + index),
  91,
  94,
]);
