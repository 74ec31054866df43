import { MASK, maskSecrets } from './mask-secrets.ts';

/** A PEM block (RFC 7468): keys, certificates, requests. */
const PEM_BEGIN = /-----BEGIN [^-\n]*-----/;
const PEM_END = /-----END [^-\n]*-----/;
/** What stands in a PEM block: base64 and headers of old encrypted keys (RFC 1421). */
const PEM_LINE = /^\s*(?:[\w+/=]*|(?:Proc-Type|DEK-Info):.*)\s*$/;
/** A certificate of IOS and ASA: hexadecimal words from here to `quit` (crypto pki/ca certificate chain). */
const CERTIFICATE = /^\s*certificate\s+[^\s"<]/i;
const HEX_LINE = /^\s*[\da-f]+(?:\s+[\da-f]+)*\s*$/i;
/** `key-string` by itself: a public key of IOS from here to `quit` or `exit`. */
const KEY_STRING = /^\s*key-string\s*$/i;
const KEY_END = /^\s*(?:quit|exit|!.*)$/i;
/** An element for secrets that holds text which does not end on its line. */
const OPEN_ELEMENT =
  /<[\w-]*(?:password|passwd|passphrase|phash|secret|psk|credentials?|token|cookie|key|certificate)(?![\w-])[^<>]*>[^<]*$/i;
/** One word on a line, as long as base64 is broken: what continues a quoted secret. */
const ONE_WORD = /^\s*\S*\s*$/;

/**
 * The lines of a whole configuration, secrets masked: each by itself (`maskSecrets`), and the insides of what is written over
 * several lines: certificates, PEM blocks, key strings, quoted strings and XML elements that hold secrets. There are as many
 * as the text has line feeds, and one more; carriage returns at their ends are left out.
 */
export function maskedLines(text: string): string[] {
  const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  const ends = pemEnds(lines);
  let block: Block = { kind: 'none' };
  return lines.map((line, index) => {
    const inside = continued(block, line, index);
    block = inside?.next ?? blockAfter(line, index, ends);
    return inside?.shown ?? withoutPem(maskSecrets(line));
  });
}

/** What a line stands in. */
type Block =
  | { readonly kind: 'none' }
  /** Up to the line `end`; where the text is cut off before it, as long as lines look like one. */
  | { readonly kind: 'pem'; readonly end: number | undefined }
  | { readonly kind: 'hex' | 'key-string' | 'element' | 'quoted' };

interface Continued {
  readonly shown: string;
  readonly next: Block;
}

const NONE: Block = { kind: 'none' };

/** The line as a part of the block; undefined where it is none. */
function continued(block: Block, line: string, index: number): Continued | undefined {
  switch (block.kind) {
    case 'none':
      return undefined;
    case 'pem':
      if (block.end === index) return { shown: afterMask(line, PEM_END), next: NONE };
      return block.end !== undefined || PEM_LINE.test(line) ? { shown: hidden(line), next: block } : undefined;
    case 'hex':
      return line.trim() === '' || HEX_LINE.test(line) ? { shown: hidden(line), next: block } : undefined;
    case 'key-string':
      return KEY_END.test(line) ? undefined : { shown: hidden(line), next: block };
    case 'element': {
      const tag = line.indexOf('<');
      if (tag < 0) return { shown: hidden(line), next: block };
      return line.slice(0, tag).trim() === ''
        ? undefined
        : { shown: `${MASK}${maskSecrets(line.slice(tag))}`, next: NONE };
    }
    case 'quoted': {
      const quote = line.indexOf('"');
      if (quote >= 0) return { shown: `${MASK}${maskSecrets(line.slice(quote))}`, next: NONE };
      return ONE_WORD.test(line) ? { shown: hidden(line), next: block } : undefined;
    }
  }
}

/** What begins on a line and goes on behind it. */
function blockAfter(line: string, index: number, ends: readonly (number | undefined)[]): Block {
  const begin = PEM_BEGIN.exec(line);
  if (begin !== null && !PEM_END.test(line.slice(begin.index))) return { kind: 'pem', end: ends[index] };
  if (KEY_STRING.test(line)) return { kind: 'key-string' };
  if (CERTIFICATE.test(line)) return { kind: 'hex' };
  if (OPEN_ELEMENT.test(line)) return { kind: 'element' };
  const masked = maskSecrets(line);
  if (!masked.endsWith(MASK)) return NONE;
  const secret = line.slice(masked.length - MASK.length);
  return (secret.match(/"/g)?.length ?? 0) % 2 === 1 ? { kind: 'quoted' } : NONE;
}

/** For each line the next one that ends a PEM block, before another begins. */
function pemEnds(lines: readonly string[]): (number | undefined)[] {
  const ends = Array.from<number | undefined>({ length: lines.length });
  let next: number | undefined;
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    ends[index] = next;
    const line = lines[index] ?? '';
    if (PEM_END.test(line)) next = index;
    if (PEM_BEGIN.test(line)) next = PEM_END.test(line) ? next : undefined;
  }
  return ends;
}

/** The inside of a block on one line, or behind its beginning. */
function withoutPem(line: string): string {
  const begin = PEM_BEGIN.exec(line);
  if (begin === null) return line;
  const start = begin.index + begin[0].length;
  const rest = line.slice(start);
  const end = PEM_END.exec(rest);
  const inside = end === null ? rest : rest.slice(0, end.index);
  if (inside.trim() === '' || inside === MASK) return line;
  return `${line.slice(0, start)}${MASK}${end === null ? '' : maskSecrets(rest.slice(end.index))}`;
}

function afterMask(line: string, end: RegExp): string {
  const at = end.exec(line)?.index ?? 0;
  const before = line.slice(0, at).trim() === '' ? line.slice(0, at) : MASK;
  return `${before}${maskSecrets(line.slice(at))}`;
}

/** Blank lines stay blank. */
function hidden(line: string): string {
  const text = line.trimStart();
  return text === '' ? line : `${line.slice(0, line.length - text.length)}${MASK}`;
}
