/** A word of a line, quotes and backslashes taken out; columns are 0-based, `end` exclusive, quotes included. */
interface ShellWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

type Words =
  | { readonly kind: 'words'; readonly words: readonly ShellWord[] }
  /** What is wrong from `start` on, a sentence without a full stop. */
  | { readonly kind: 'wrong'; readonly start: number; readonly message: string };

/** The words of a line as Python's `shlex.split` has them, which Ansible uses; `#` ends the line where comments are. */
export function shellWords(line: string, hasComments: boolean): Words {
  const words: ShellWord[] = [];
  const ends = hasComments ? /[ \t\r\n#]/u : /[ \t\r\n]/u;
  let at = 0;
  while (at < line.length) {
    if (/[ \t\r\n]/u.test(line.charAt(at))) {
      at += 1;
      continue;
    }
    if (hasComments && line[at] === '#') break;
    const start = at;
    let text = '';
    while (at < line.length && !ends.test(line.charAt(at))) {
      const character = line.charAt(at);
      if (character === '"' || character === "'") {
        const quoted = quotedText(line, at);
        if (quoted === undefined) return { kind: 'wrong', start: at, message: 'a quote that is not closed' };
        text += quoted.text;
        at = quoted.end;
      } else if (character === '\\') {
        if (at + 1 === line.length) return { kind: 'wrong', start: at, message: 'a backslash with nothing behind it' };
        text += line.charAt(at + 1);
        at += 2;
      } else {
        text += character;
        at += 1;
      }
    }
    words.push({ text, start, end: Math.min(at, line.length) });
  }
  return { kind: 'words', words };
}

function quotedText(line: string, start: number): { readonly text: string; readonly end: number } | undefined {
  const quote = line.charAt(start);
  let text = '';
  for (let at = start + 1; at < line.length; at += 1) {
    const character = line.charAt(at);
    if (character === quote) return { text, end: at + 1 };
    const next = line.charAt(at + 1);
    if (quote === '"' && character === '\\' && (next === '"' || next === '\\')) {
      text += next;
      at += 1;
    } else text += character;
  }
  return undefined;
}
