import xterm from '@xterm/headless';

/** A character cell run of one look. */
export interface ScreenRun {
  readonly column: number;
  readonly text: string;
  /** One of the 16 colours of the terminal, or its own. */
  readonly foreground: number | undefined;
  readonly background: number | undefined;
  readonly bold: boolean;
  readonly faint: boolean;
  readonly inverse: boolean;
}

/** A terminal without a window: what was written to it can be read back as a person would see it. */
export class VirtualScreen {
  readonly #terminal: xterm.Terminal;
  #written: Promise<void> = Promise.resolve();
  #isFrozen = false;

  constructor(columns: number, rows: number) {
    this.#terminal = new xterm.Terminal({
      cols: columns,
      rows,
      allowProposedApi: true,
      convertEol: true,
      scrollback: 0,
    });
  }

  get columns(): number {
    return this.#terminal.cols;
  }

  get rows(): number {
    return this.#terminal.rows;
  }

  /** Shows nothing further: what a program draws when it leaves is not meant. */
  freeze(): void {
    this.#isFrozen = true;
  }

  write(data: string | Uint8Array): void {
    if (this.#isFrozen) return;
    const written = new Promise<void>((done) => this.#terminal.write(data, done));
    this.#written = this.#written.then(() => written);
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows);
  }

  /** Resolves when all that was written is on the screen. */
  drawn(): Promise<void> {
    return this.#written;
  }

  /** The lines of the screen, without blanks at their ends. */
  lines(): string[] {
    const { active } = this.#terminal.buffer;
    return Array.from({ length: this.#terminal.rows }, (_, row) =>
      (active.getLine(active.viewportY + row)?.translateToString(true) ?? '').trimEnd(),
    );
  }

  text(): string {
    return `${this.lines().join('\n').trimEnd()}\n`;
  }

  get isAlternate(): boolean {
    return this.#terminal.buffer.active.type === 'alternate';
  }

  /** The runs of a row, blanks without a look left out. */
  runs(row: number): ScreenRun[] {
    const { active } = this.#terminal.buffer;
    const line = active.getLine(active.viewportY + row);
    const runs: ScreenRun[] = [];
    if (line === undefined) return runs;
    for (let column = 0; column < this.#terminal.cols; column += 1) {
      const cell = line.getCell(column);
      if (cell === undefined || cell.getWidth() === 0) continue;
      const look = {
        foreground: cell.isFgPalette() ? cell.getFgColor() : undefined,
        background: cell.isBgPalette() ? cell.getBgColor() : undefined,
        bold: cell.isBold() !== 0,
        faint: cell.isDim() !== 0,
        inverse: cell.isInverse() !== 0,
      };
      const text = cell.getChars() === '' ? ' ' : cell.getChars();
      const last = runs.at(-1);
      if (last !== undefined && isSameLook(last, look)) runs[runs.length - 1] = { ...last, text: last.text + text };
      else runs.push({ column, text, ...look });
    }
    return runs.filter(({ text, inverse, background }) => inverse || background !== undefined || text.trim() !== '');
  }
}

type Look = Omit<ScreenRun, 'column' | 'text'>;

function isSameLook(a: Look, b: Look): boolean {
  return (
    a.foreground === b.foreground &&
    a.background === b.background &&
    a.bold === b.bold &&
    a.faint === b.faint &&
    a.inverse === b.inverse
  );
}
