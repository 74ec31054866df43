import type { Line } from '../syntax/lines.ts';

/** The lines of one security context, or of the whole file. */
export interface ContextLines {
  /** Absent where the text does not say: a single context, or the first lines of a capture. */
  readonly context: string | undefined;
  /** The host name of a prompt. */
  readonly host: string | undefined;
  readonly lines: readonly Line[];
  /** Lines that only separate. */
  readonly separators: readonly Line[];
}

const OXIDIZED = /^-+=+ \[ (?:CONTEXT (\S+) FILE |SYSTEM)/i;
const CHANGE_TO = /^([^\s/#>]+)[^\s#>]*[#>]\s*changeto (?:context (\S+)|system)/i;

/** Splits captures of several contexts: Oxidized's separators, and `changeto` typed at a prompt. */
export function splitContexts(lines: readonly Line[]): ContextLines[] {
  const parts: { context: string | undefined; host: string | undefined; lines: Line[]; separators: Line[] }[] = [];
  let part: (typeof parts)[number] = { context: undefined, host: undefined, lines: [], separators: [] };
  parts.push(part);
  for (const line of lines) {
    const found = separatorOf(line.text);
    if (found === undefined) {
      part.lines.push(line);
      continue;
    }
    const known = parts.find(({ context }) => context === found.context);
    part = known ?? { ...found, lines: [], separators: [] };
    if (known === undefined) parts.push(part);
    part.separators.push(line);
  }
  return parts;
}

function separatorOf(text: string): Pick<ContextLines, 'context' | 'host'> | undefined {
  if (text.charCodeAt(0) === 45) {
    const found = OXIDIZED.exec(text);
    return found === null ? undefined : { context: found[1], host: undefined };
  }
  if (!text.includes('changeto')) return undefined;
  const found = CHANGE_TO.exec(text);
  return found === null ? undefined : { context: found[2], host: found[1] };
}
