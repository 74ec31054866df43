import type { Source, Span } from '../source.ts';
import type { Tell } from '../platform.ts';
import type { Line } from '../syntax/lines.ts';
import { lineSpan } from '../syntax/lines.ts';

/** Beginnings of lines that only these devices write, by their first character. */
const TELLS: readonly { readonly pattern: RegExp; readonly strength: Tell['strength'] }[] = [
  { pattern: /^(?:ASA|PIX|FWSM|NGFW) Version \d/i, strength: 'strong' },
  { pattern: /^access-list CSM_FW_ACL_ advanced /, strength: 'strong' },
  { pattern: /^access-list \S+ advanced (?:permit|deny|trust) /, strength: 'strong' },
  { pattern: /^access-group \S+ (?:in|out) interface \S/, strength: 'strong' },
  { pattern: /^access-group \S+ global/, strength: 'strong' },
  { pattern: /^-+=+ \[ CONTEXT \S+ FILE /, strength: 'strong' },
  { pattern: /^nameif \S+ \S+ security\d/, strength: 'strong' },
  { pattern: /^nat \([^)]+\) /, strength: 'strong' },
  { pattern: /^static \([^)]+,[^)]+\) /, strength: 'strong' },
  { pattern: /^nameif \S+$/, strength: 'supporting' },
  { pattern: /^security-level \d+$/, strength: 'supporting' },
  { pattern: /^access-list \S+ (?:line \d+ )?extended (?:permit|deny) /, strength: 'supporting' },
  { pattern: /^access-list \S+ standard (?:permit|deny) /, strength: 'supporting' },
  { pattern: /^access-list \S+; \d+ elements/, strength: 'supporting' },
  { pattern: /^object network \S+$/, strength: 'supporting' },
  { pattern: /^same-security-traffic permit /, strength: 'supporting' },
  { pattern: /^: (?:Saved|end|Serial Number:|Hardware:)/, strength: 'supporting' },
  { pattern: /^Cryptochecksum:/, strength: 'supporting' },
  { pattern: /^object-group (?:icmp-type|protocol) \S+$/, strength: 'supporting' },
];

/** The first letters of the patterns: most lines are passed over at once. */
const FIRST: ReadonlySet<string> = new Set(['a', 'A', 'p', 'P', 'f', 'F', 'n', 'N', 's', 'o', 'C', '-', ':']);

/** Entries of access lists that are looked at: all that follow look alike. */
const MOST_ENTRIES = 1000;

/** Places that speak for ASA, PIX, FWSM or FTD, each kind once. */
export function recogniseAsa(source: Source, lines: readonly Line[]): Tell[] {
  const found: Tell[] = [];
  const open = [...TELLS];
  let entries = 0;
  for (const line of lines) {
    if (open.length === 0) break;
    if (!FIRST.has(line.text.charAt(0))) continue;
    if (line.text.startsWith('access-list ')) {
      entries += 1;
      if (entries > MOST_ENTRIES) continue;
    }
    const at = open.findIndex(({ pattern }) => pattern.test(line.text));
    const [tell] = at < 0 ? [] : open.splice(at, 1);
    if (tell === undefined) continue;
    const span: Span = lineSpan(source.name, line);
    const shown = line.text.length > 60 ? `${line.text.slice(0, 57)}…` : line.text;
    found.push({ strength: tell.strength, reason: `"${shown}"`, span });
  }
  return found;
}
