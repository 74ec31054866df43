/**
 * The lines that a terminal of endless width shows for what a device sends: backspace, carriage return and the escape
 * sequences of pagers do what they do on a terminal, so that a pager's prompt disappears as it does there. Works on single
 * bytes as characters (latin1) and gives the same lines however the input is cut into pieces.
 */
// oxlint-disable-next-line no-control-regex -- control characters are the subject
const CONTROL = /[\u0000-\u0008\u000a\u000d-\u000f\u001b\u007f]/g;
const MAX_SEQUENCE = 64;
const BACKSPACE = 8;
const LINE_FEED = 10;
const RETURN = 13;
const ESCAPE = 27;

export class Screen {
  /** Whole lines since the last `clear`. */
  lines: string[] = [];
  /** Characters received since the last `clear`. */
  received = 0;
  #line = '';
  #cursor = 0;
  /** A carriage return that has not been followed by anything yet: with a line feed it is a line end. */
  #isReturning = false;
  #sequence: string | undefined;

  /** The line that has not ended yet. */
  get line(): string {
    return this.#line;
  }

  /** Forgets the whole lines, not the one that has not ended. */
  clear(): void {
    this.lines = [];
    this.received = 0;
  }

  feed(data: string): void {
    this.received += data.length;
    let at = 0;
    while (at < data.length) {
      if (this.#sequence !== undefined) {
        this.#continueSequence(data.charAt(at));
        at += 1;
        continue;
      }
      CONTROL.lastIndex = at;
      const end = CONTROL.exec(data)?.index ?? data.length;
      if (end > at) this.#put(data.slice(at, end));
      if (end < data.length) this.#control(data.charCodeAt(end));
      at = end + 1;
    }
  }

  #put(text: string): void {
    this.#return();
    const end = this.#cursor + text.length;
    if (this.#cursor === this.#line.length) this.#line += text;
    else this.#line = this.#line.slice(0, this.#cursor) + text + this.#line.slice(end);
    this.#cursor = end;
  }

  #control(code: number): void {
    if (code === LINE_FEED) {
      // Blanks alone are what is left of a pager in front of an empty line.
      this.lines.push(this.#isReturning && /^ *$/.test(this.#line) ? '' : this.#line);
      this.#line = '';
      this.#cursor = 0;
      this.#isReturning = false;
    } else if (code === RETURN) this.#isReturning = true;
    else if (code === BACKSPACE) {
      this.#return();
      this.#moveTo(this.#cursor - 1);
    } else if (code === ESCAPE) {
      this.#return();
      this.#sequence = '';
    }
  }

  #return(): void {
    if (!this.#isReturning) return;
    this.#isReturning = false;
    this.#moveTo(0);
  }

  /** Going back over blanks at the end of a line is how pagers erase: they are gone. */
  #moveTo(column: number): void {
    this.#cursor = Math.min(Math.max(0, column), this.#line.length);
    if (/^ *$/.test(this.#line.slice(this.#cursor))) this.#line = this.#line.slice(0, this.#cursor);
  }

  /** Control sequences of ECMA-48, 5.4: parameters, intermediates, a final byte; others end with their second character. */
  #continueSequence(character: string): void {
    const sequence = (this.#sequence ?? '') + character;
    this.#sequence = undefined;
    const first = sequence.charAt(0);
    if (first === '[') {
      const isOpen = sequence.length === 1 || (character >= ' ' && character <= '?');
      if (isOpen && sequence.length < MAX_SEQUENCE) this.#sequence = sequence;
      else this.#perform(character, sequence.slice(1, -1));
    } else if (first === ']') {
      // An operating system command ends with BEL or with ESC and a backslash.
      const isOpen = character !== '\u0007' && !sequence.endsWith('\u001b\\');
      if (isOpen && sequence.length < MAX_SEQUENCE * 4) this.#sequence = sequence;
    } else if ('()*+ #%'.includes(first) && sequence.length === 1) this.#sequence = sequence;
  }

  #perform(final: string, parameters: string): void {
    const number = Number.parseInt(parameters, 10);
    const count = Number.isNaN(number) || number === 0 ? 1 : number;
    if (final === 'D') this.#moveTo(this.#cursor - count);
    else if (final === 'C') this.#moveTo(this.#cursor + count);
    else if (final === 'G') this.#moveTo(count - 1);
    else if (final === 'K' || final === 'J') this.#erase(Number.isNaN(number) ? 0 : number);
    else if (final === 'P') this.#line = this.#line.slice(0, this.#cursor) + this.#line.slice(this.#cursor + count);
  }

  #erase(what: number): void {
    if (what === 0) this.#line = this.#line.slice(0, this.#cursor);
    else if (what === 1) this.#line = ' '.repeat(this.#cursor) + this.#line.slice(this.#cursor);
    else {
      this.#line = '';
      this.#cursor = 0;
    }
  }
}
