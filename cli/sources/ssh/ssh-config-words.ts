/*
 * How lines of ssh_config(5) fall apart into words, to the letter as in OpenSSH 9.2 (readconf.c; misc.c, strdelim and
 * argv_split), since every blank, quote and sign of a comment that is read in another way makes another host of it.
 */

import { lowerCase } from './patterns.ts';

/** A line that says something. */
interface SshConfigStatement {
  readonly kind: 'statement';
  /** In small letters, as their case makes no difference. */
  readonly keyword: string;
  readonly words: readonly string[];
}

export type SshConfigReading =
  | SshConfigStatement
  | { readonly kind: 'nothing' }
  /** Follows the line's place. */
  | { readonly kind: 'wrong'; readonly message: string };

const wrong = (message: string): SshConfigReading => ({ kind: 'wrong', message });

/** Of those that are used here, they take one word (readconf.c, parse_string and the like). */
const OF_ONE_WORD = new Set([
  'ciphers',
  'hostkeyalgorithms',
  'hostkeyalias',
  'hostname',
  'identitiesonly',
  'identityagent',
  'identityfile',
  'kexalgorithms',
  'macs',
  'port',
  'user',
]);

const FILE_LISTS = new Set(['globalknownhostsfile', 'userknownhostsfile']);

const NO_STATEMENT = 'is no statement of ssh_config: a keyword, then its value';

/** What a line of a file says. */
export function readStatement(text: string): SshConfigReading {
  const line = text.replace(/[ \t\r\n\f]+$/u, '');
  let first = upToDelimiter(line);
  if (first?.word === '') first = first.rest === undefined ? undefined : upToDelimiter(first.rest);
  if (first === undefined || first.word === '' || first.word.startsWith('#')) {
    return line.trim() === '' || first?.word.startsWith('#') === true ? { kind: 'nothing' } : wrong(NO_STATEMENT);
  }
  const keyword = lowerCase(first.word);
  if (!/^[a-z0-9]+$/u.test(keyword)) return wrong(`"${first.word}" is no keyword of ssh_config`);
  const rest = (first.rest ?? '').replace(/^[ \t\r\n]+/u, '');
  if (rest === '') return wrong(NO_STATEMENT);
  const words = wordsOf(keyword, rest);
  if (words === undefined) return wrong('has a quote that is not closed');
  const problem = countProblem(keyword, words);
  return problem === undefined ? { kind: 'statement', keyword, words } : wrong(problem);
}

/** The words of what follows a keyword, in a file or in an option on ssh's command line; `undefined` for an open quote. */
export function wordsOf(keyword: string, text: string): readonly string[] | undefined {
  const words = splitWords(text);
  if (words === undefined) return undefined;
  // These take the line as it is written, with its quotes (readconf.c, parse_command and parse_jump).
  const written = text.replace(/^[ \t\r\n=]+/u, '');
  if (keyword === 'proxycommand') return [written];
  // What stands behind the hosts is passed over, but "none" is then the name of a host.
  if (keyword === 'proxyjump') return [/^none[ \t]/iu.test(written) ? written : written.replace(/[ \t].*$/su, '')];
  return keyword === 'match' ? matchWords(text) : words;
}

function countProblem(keyword: string, words: readonly string[]): string | undefined {
  const [first] = words;
  if (first === undefined || words.includes('')) return 'lacks a value';
  if (OF_ONE_WORD.has(keyword) && words.length > 1) return `has more than one value: ${words.join(' ')}`;
  if (FILE_LISTS.has(keyword) && words.length > 1 && words.some((word) => word.toLowerCase() === 'none')) {
    return '"none" must stand alone';
  }
  return undefined;
}

/** Words with blanks or tabs between them; quotes of both kinds group, a backslash is for quotes, backslashes and blanks. */
function splitWords(text: string): string[] | undefined {
  const words: string[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const start = text.charAt(at);
    if (start === ' ' || start === '\t') continue;
    if (start === '#') break;
    let word = '';
    let quote = '';
    for (; at < text.length; at += 1) {
      const char = text.charAt(at);
      const next = text.charAt(at + 1);
      if (char === '\\' && (/^['"\\]$/u.test(next) || (quote === '' && next === ' '))) {
        at += 1;
        word += next;
      } else if (quote === '' && (char === ' ' || char === '\t')) break;
      else if (quote === '' && (char === '"' || char === "'")) quote = char;
      else if (quote !== '' && char === quote) quote = '';
      else word += char;
    }
    if (quote !== '') return undefined;
    words.push(word);
  }
  return words;
}

/** The criteria of a `Match` are taken one by one, and may have a `=` before what they are compared with. */
function matchWords(text: string): string[] {
  const words: string[] = [];
  let rest: string | undefined = text;
  while (rest !== undefined) {
    const found = upToDelimiter(rest);
    if (found === undefined || found.word === '' || found.word.startsWith('#')) break;
    words.push(found.word);
    ({ rest } = found);
  }
  return words;
}

interface Delimited {
  readonly word: string;
  /** Behind the delimiter; absent at the end. */
  readonly rest: string | undefined;
}

/** Up to a blank, a quote or one `=`; `undefined` for a quote that is not closed. */
function upToDelimiter(text: string): Delimited | undefined {
  const at = text.search(/[ \t\r\n"=]/u);
  if (at < 0) return { word: text, rest: undefined };
  if (text.charAt(at) === '"') {
    const end = text.indexOf('"', at + 1);
    if (end < 0) return undefined;
    return { word: text.slice(0, at) + text.slice(at + 1, end), rest: text.slice(end + 1).replace(/^[ \t\r\n]+/u, '') };
  }
  const behind = text.slice(at + 1).replace(/^[ \t\r\n]+/u, '');
  const rest = text.charAt(at) === '=' ? behind : behind.replace(/^=[ \t\r\n]*/u, '');
  return { word: text.slice(0, at), rest };
}
