/** One statement of a PAN-OS text as a plain look at it finds it: the words that lead to it, and the line it begins on. */
export interface PlainStatement {
  readonly path: readonly string[];
  /** 0-based. */
  readonly line: number;
}

/**
 * The statements of a PAN-OS text of any form, found with a few regular expressions, apart from the parsers that it helps to
 * judge. Elements, entries and blocks are told when they open; a set line is one statement.
 */
export function plainStatements(text: string): {
  readonly form: 'xml' | 'set' | 'braces';
  readonly found: PlainStatement[];
} {
  if (/^\s*</mu.test(text)) return { form: 'xml', found: ofXml(text) };
  if (/^\s*set\s/mu.test(text)) return { form: 'set', found: ofSetLines(text) };
  return { form: 'braces', found: ofBraces(text) };
}

function ofXml(text: string): PlainStatement[] {
  const found: PlainStatement[] = [];
  const open: string[] = [];
  const lines = new LineCount(text);
  const markup =
    /<!--.*?-->|<(?<close>\/)?(?<tag>[\w.:-]+)(?<attributes>(?:"[^"]*"|'[^']*'|[^"'>])*?)(?<empty>\/)?>/gsu;
  for (const { groups, index } of text.matchAll(markup)) {
    const tag = groups?.['tag'];
    if (tag === undefined) continue;
    if (groups?.['close'] !== undefined) {
      open.pop();
      continue;
    }
    const named = /\bname=(?:"(?<double>[^"]*)"|'(?<single>[^']*)')/u.exec(groups?.['attributes'] ?? '')?.groups;
    const word = tag === 'entry' ? (named?.['double'] ?? named?.['single'] ?? '') : tag;
    found.push({ path: [...open, word], line: lines.at(index) });
    if (groups?.['empty'] === undefined) open.push(word);
  }
  return found;
}

function ofSetLines(text: string): PlainStatement[] {
  return text.split('\n').flatMap((written, line): PlainStatement[] => {
    const command = /^\s*set\s+(?<rest>.*)$/u.exec(written)?.groups?.['rest'];
    return command === undefined ? [] : [{ path: wordsOf(command), line }];
  });
}

function wordsOf(text: string): string[] {
  return [...text.matchAll(/"(?<quoted>[^"]*)"|'(?<single>[^']*)'|(?<bare>[^\s[\]]+)/gu)].map(
    ({ groups }) => groups?.['quoted'] ?? groups?.['single'] ?? groups?.['bare'] ?? '',
  );
}

function ofBraces(text: string): PlainStatement[] {
  const found: PlainStatement[] = [];
  const open: string[] = [];
  const lines = new LineCount(text);
  let words: string[] = [];
  let begins = 0;
  const tokens = /^[ \t]*[!#].*$|"(?<quoted>[^"]*)"|(?<mark>[{};])|(?<bare>[^\s{};[\]"]+)/gmu;
  for (const { groups, index } of text.matchAll(tokens)) {
    const word = groups?.['quoted'] ?? groups?.['bare'];
    if (word !== undefined) {
      if (words.length === 0) begins = index;
      words.push(word);
    }
    const mark = groups?.['mark'];
    if (mark === undefined) continue;
    const [first] = words;
    if (first !== undefined) found.push({ path: [...open, first], line: lines.at(begins) });
    if (mark === '{') open.push(first ?? '');
    else if (mark === '}') open.pop();
    words = [];
  }
  return found;
}

/** Which line a place of the text is on, for places that are asked in order. */
class LineCount {
  private readonly text: string;
  private from = 0;
  private line = 0;

  constructor(text: string) {
    this.text = text;
  }

  at(index: number): number {
    for (
      let end = this.text.indexOf('\n', this.from);
      end >= 0 && end < index;
      end = this.text.indexOf('\n', this.from)
    ) {
      this.line += 1;
      this.from = end + 1;
    }
    return this.line;
  }
}
