/**
 * Comma-separated values after RFC 4180: fields in double quotes may hold commas, line ends and doubled quotes; records
 * end with CRLF, LF or CR. Lenient where the RFC is silent: a byte order mark and empty lines are passed over.
 */
interface CsvRecord {
  /** 1-based line of the file where the record begins. */
  readonly line: number;
  readonly fields: readonly string[];
}

export type CsvResult =
  | { readonly kind: 'records'; readonly records: readonly CsvRecord[] }
  | { readonly kind: 'problem'; readonly message: string };

/** A field with quotes, or one up to the next comma or line end; then what ends it. */
const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

export function readCsv(text: string): CsvResult {
  const records: CsvRecord[] = [];
  let fields: string[] = [];
  let line = 1;
  let startLine = 1;
  FIELD.lastIndex = text.startsWith('\ufeff') ? 1 : 0;
  while (FIELD.lastIndex < text.length || fields.length > 0) {
    const match = FIELD.exec(text);
    if (match === null)
      return { kind: 'problem', message: `line ${line}: a quote is not closed or stands inside a field` };
    const [whole, quoted, bare = '', end] = match;
    fields.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    line += whole.match(/\r\n|\n|\r/g)?.length ?? 0;
    if (end === ',') continue;
    if (fields.length > 1 || fields[0] !== '') records.push({ line: startLine, fields });
    fields = [];
    startLine = line;
  }
  return { kind: 'records', records };
}

/** One record with its line end; quotes only where they are needed. */
export function writeCsv(fields: readonly string[]): string {
  return `${fields.map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',')}\n`;
}
