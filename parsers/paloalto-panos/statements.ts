import type { LineState } from '../diagnostics.ts';
import type { FormGroup } from '../platform.ts';

/** A statement by its path; `*` stands for a name or value, `(a|b)` for either word. It speaks for all below it too. */
export interface Statement {
  readonly path: string;
  readonly state: LineState;
  /** Why it has no effect, or what its state means for verdicts. */
  readonly note: string;
}

/** Statements that are valid at one kind of place. */
export interface StatementTable {
  /** Which place, for the platform's page: `virtual system, shared, device group`. */
  readonly mode: string;
  readonly statements: readonly Statement[];
}

/** A table of statements: one path a line. */
export function statements(state: LineState, note: string, paths: string): readonly Statement[] {
  return paths
    .split('\n')
    .map((path) => path.trim())
    .filter((path) => path !== '')
    .map((path) => ({ path, state, note }));
}

/** Statements as the platform's page shows them. */
export function formGroups(tables: readonly StatementTable[]): readonly FormGroup[] {
  return tables.map(({ mode, statements }) => ({
    mode,
    forms: statements.map(({ path, state, note }) => ({ form: path.replaceAll('*', 'NAME'), state, note })),
  }));
}

/** Where a path is in the tables. */
export class KnownPlace {
  statement: Statement | undefined;
  private readonly words = new Map<string, KnownPlace>();
  private other: KnownPlace | undefined;

  constructor(table: readonly Statement[] = []) {
    for (const statement of table) for (const end of this.make(statement.path)) end.statement ??= statement;
  }

  /** Where a word leads to; undefined where no table knows it. An exact word goes before `*`. */
  get(word: string): KnownPlace | undefined {
    return this.words.get(word) ?? this.other;
  }

  /** What a path leads to goes on as another place does. */
  link(path: string, to: KnownPlace): void {
    const words = path.split(' ');
    const last = words.pop() ?? '';
    for (const place of words.length === 0 ? [this] : this.make(words.join(' '))) {
      if (last === '*') place.other = to;
      else for (const each of choices(last)) place.words.set(each, to);
    }
  }

  private make(path: string): readonly KnownPlace[] {
    let places: readonly KnownPlace[] = [this];
    for (const word of path.split(' ')) {
      places = places.flatMap((place) => choices(word).map((each) => place.step(each)));
    }
    return places;
  }

  private step(word: string): KnownPlace {
    if (word === '*') {
      this.other ??= new KnownPlace();
      return this.other;
    }
    const known = this.words.get(word);
    if (known !== undefined) return known;
    const made = new KnownPlace();
    this.words.set(word, made);
    return made;
  }
}

function choices(word: string): readonly string[] {
  return word.startsWith('(') ? word.slice(1, -1).split('|') : [word];
}
