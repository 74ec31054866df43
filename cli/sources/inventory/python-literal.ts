import { pythonFloat, pythonInteger } from './python-numbers.ts';

/**
 * A value of an inventory in the INI form: what `ast.literal_eval` of Python makes of it, else the text itself (`_parse_value`
 * in Ansible's `plugins/inventory/ini.py`). So `"a" # b` is `a`, 0x10 is 16 and ['a', 'b'] a list, but `a # b` is all text.
 * As there, tuples and sets become lists. Complex numbers, `set()` and `\N{names}` of characters are left as they are written.
 */
export function pythonValue(text: string): unknown {
  try {
    return new Literal(text.replace(/^[ \t]+/u, '')).whole();
  } catch (error) {
    if (error instanceof NoLiteral) return text;
    throw error;
  }
}

class NoLiteral extends Error {}

const STRING = /(?<prefix>[rub]{0,2})(?<quote>"""|'''|"|')/iuy;
const NUMBER =
  /0x(?:_?[\da-f])+|0o(?:_?[0-7])+|0b(?:_?[01])+|(?:\d(?:_?\d)*)?\.\d(?:_?\d)*(?:e[-+]?\d(?:_?\d)*)?|\d(?:_?\d)*(?:\.(?:e[-+]?\d(?:_?\d)*)?|e[-+]?\d(?:_?\d)*)?/iuy;
const WORD = /[\p{L}_][\p{L}\p{N}_]*/uy;
const GAP = /[ \t\f]*(?:#.*)?/uy;
/** Python's own limit of brackets in brackets. */
const DEEPEST = 200;

const PLAIN_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

class Literal {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): unknown {
    const first = this.#value();
    const isTuple = this.#next(',');
    const value = isTuple ? [first, ...this.#values(() => this.#isAtEnd())] : first;
    if (!this.#isAtEnd()) throw new NoLiteral();
    return value;
  }

  #isAtEnd(): boolean {
    this.#match(GAP);
    return this.#at >= this.#text.length;
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text) ?? undefined;
    if (found !== undefined) this.#at = pattern.lastIndex;
    return found;
  }

  /** Whether this character comes next; if so it is passed. */
  #next(character: string): boolean {
    this.#match(GAP);
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #value(): unknown {
    this.#match(GAP);
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new NoLiteral();
    // `None` is a value too, so that what comes next is only asked for where there was nothing.
    let value: unknown = this.#strings() ?? this.#number();
    if (value === undefined) value = this.#bracketed();
    if (value === undefined) value = this.#word();
    this.#depth -= 1;
    return value;
  }

  /** Values up to the end that is tested for before each; a comma may stand behind the last. */
  #values(isEnd: () => boolean): unknown[] {
    const values: unknown[] = [];
    while (!isEnd()) {
      values.push(this.#value());
      if (this.#next(',')) continue;
      if (!isEnd()) throw new NoLiteral();
      break;
    }
    return values;
  }

  #bracketed(): unknown {
    if (this.#next('[')) return this.#values(() => this.#next(']'));
    if (this.#next('(')) {
      if (this.#next(')')) return [];
      const first = this.#value();
      if (this.#next(')')) return first;
      if (!this.#next(',')) throw new NoLiteral();
      return [first, ...this.#values(() => this.#next(')'))];
    }
    if (!this.#next('{')) return undefined;
    if (this.#next('}')) return {};
    const first = this.#value();
    if (this.#next('}')) return [first];
    if (this.#next(',')) return [first, ...this.#values(() => this.#next('}'))];
    return this.#mapping(first);
  }

  #mapping(first: unknown): unknown {
    const entries: [string, unknown][] = [];
    let key = first;
    do {
      if (!this.#next(':')) throw new NoLiteral();
      entries.push([String(key), this.#value()]);
      if (!this.#next(',') && this.#text[this.#at] !== '}') throw new NoLiteral();
      if (this.#next('}')) return Object.fromEntries(entries);
      key = this.#value();
    } while (this.#at < this.#text.length);
    throw new NoLiteral();
  }

  #number(): number | string | undefined {
    const start = this.#at;
    const sign = this.#next('-') ? '-' : '';
    if (sign === '') this.#next('+');
    this.#match(GAP);
    const [written] = this.#match(NUMBER) ?? [];
    if (written === undefined) {
      this.#at = start;
      return undefined;
    }
    if (this.#match(WORD) !== undefined) throw new NoLiteral();
    const digits = written.replaceAll('_', '').toLowerCase();
    if (/^0[xob]/u.test(digits)) return pythonInteger(sign + digits);
    if (/[.e]/u.test(digits)) return pythonFloat(Number(sign + digits));
    // 007 is an error of Python, 000 is not.
    if (/^0+[1-9]/u.test(digits)) throw new NoLiteral();
    return pythonInteger(sign + digits);
  }

  #word(): unknown {
    switch (this.#match(WORD)?.[0]) {
      case 'True':
        return true;
      case 'False':
        return false;
      case 'None':
        return null;
      case undefined:
        // `Ellipsis`, which no variable can be.
        if (this.#match(/\.{3}/uy) !== undefined) return '...';
    }
    throw new NoLiteral();
  }

  /** One text or several behind each other, which are one. */
  #strings(): string | undefined {
    let all: string | undefined;
    let areBytes: boolean | undefined;
    for (let opened = this.#match(STRING); opened !== undefined; opened = this.#match(STRING)) {
      const { prefix = '', quote = '' } = opened.groups ?? {};
      const kind = prefix.toLowerCase();
      if (!['', 'r', 'u', 'b', 'rb', 'br'].includes(kind)) throw new NoLiteral();
      if (areBytes !== undefined && areBytes !== kind.includes('b')) throw new NoLiteral();
      areBytes = kind.includes('b');
      all = (all ?? '') + this.#quoted(quote, kind.includes('r'));
      this.#match(GAP);
    }
    return all;
  }

  #quoted(quote: string, isRaw: boolean): string {
    let text = '';
    while (!this.#text.startsWith(quote, this.#at)) {
      const character = this.#text[this.#at];
      if (character === undefined) throw new NoLiteral();
      this.#at += 1;
      if (character !== '\\') text += character;
      else if (isRaw) {
        text += `\\${this.#text.charAt(this.#at)}`;
        this.#at += 1;
      } else text += this.#escape();
    }
    this.#at += quote.length;
    return text;
  }

  #escape(): string {
    const coded = this.#match(/[0-7]{1,3}|x[\da-f]{2}|u[\da-f]{4}|U[\da-f]{8}/iuy)?.[0];
    if (coded !== undefined) {
      const code = /^\d/u.test(coded) ? Number.parseInt(coded, 8) : Number.parseInt(coded.slice(1), 16);
      if (code > 0x10_ff_ff) throw new NoLiteral();
      return String.fromCodePoint(code);
    }
    const letter = this.#text.charAt(this.#at);
    // Begun but not whole, and the end of the text.
    if (letter === '' || 'xuUN'.includes(letter)) throw new NoLiteral();
    this.#at += 1;
    return PLAIN_ESCAPES[letter] ?? `\\${letter}`;
  }
}
