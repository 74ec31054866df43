/** Whether everything that says where it stands stands there. */
import type { ParseResult } from '../../parsers/index.ts';
import type { Device } from '../../parsers/model/device.ts';
import type { Source, Span } from '../../parsers/source.ts';

/** Spans that point outside of the text, at nothing, or at other words than their owner has. Each problem once. */
export function checkSpans(bundle: readonly Source[], parsed: ParseResult): string[] {
  const texts = new Map(bundle.map(({ name, text }) => [name, text.split(/\r\n|\r|\n/u)]));
  const problems = new Set<string>();
  const visit = (value: unknown, path: string, seen: Set<unknown>): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (isSpan(value)) {
      const problem = spanProblem(texts, value);
      if (problem !== undefined) problems.add(`${path}: ${problem}`);
      return;
    }
    const wrong = textProblem(texts, value, isCanonical);
    if (wrong !== undefined) problems.add(`${path}: ${wrong}`);
    for (const [key, inner] of Object.entries(value)) visit(inner, /^\d+$/u.test(key) ? path : `${path}.${key}`, seen);
  };
  const seen = new Set<unknown>();
  // Where a rule is many statements, its text is one line made of them.
  const isCanonical = parsed.detection.platform === 'paloalto-panos';
  visit(parsed.diagnostics, 'diagnostics', seen);
  for (const device of parsed.devices) {
    visit(device, device.name, seen);
    for (const crossing of crossingsOf(device)) visit(crossing, `${device.name} crossing`, seen);
  }
  return [...problems];
}

function crossingsOf(device: Device): unknown[] {
  return device.segments.flatMap((from) => device.segments.map((to) => device.crossing(from.name, to.name)));
}

function isSpan(value: object): value is Span {
  return 'source' in value && 'line' in value && 'column' in value && 'endColumn' in value;
}

type Texts = ReadonlyMap<string, readonly string[]>;

function spanProblem(texts: Texts, span: Span): string | undefined {
  const shown = `${span.line}:${span.column}-${span.endColumn}`;
  const lines = texts.get(span.source);
  if (lines === undefined) return `span ${shown} is of source ${span.source}`;
  const line = lines[span.line - 1];
  if (line === undefined) return `span ${shown} is on no line`;
  const isEmptyText = lines.length === 1 && line === '';
  if (span.column < 1 || span.endColumn > line.length + 1) return `span ${shown} leaves its line "${line}"`;
  return span.endColumn > span.column || isEmptyText ? undefined : `span ${shown} is empty`;
}

/** Statements stand where they say, letter by letter; the place of an object's definition names the object. */
function textProblem(texts: Texts, owner: object, isCanonical: boolean): string | undefined {
  if (!('span' in owner) || typeof owner.span !== 'object' || owner.span === null || !isSpan(owner.span))
    return undefined;
  const { source, line, column, endColumn } = owner.span;
  const lines = texts.get(source) ?? [];
  const text = lines[line - 1]?.slice(column - 1, endColumn - 1);
  if ('text' in owner && typeof owner.text === 'string' && !saysText(owner, owner.text, text, isCanonical)) {
    return `"${owner.text}" is said to stand at ${line}:${column}, where "${text}" stands`;
  }
  const isObjectUse = 'name' in owner && 'kind' in owner && ['address', 'service', 'list'].includes(String(owner.kind));
  if (isObjectUse && typeof owner.name === 'string' && !withoutEntities(lines[line - 1] ?? '').includes(owner.name)) {
    return `object ${owner.name} is said to be defined on line ${line}, which does not name it`;
  }
  return undefined;
}

function saysText(owner: object, said: string, text: string | undefined, isCanonical: boolean): boolean {
  if (!isCanonical) return said === text;
  const isStandIn = 'action' in owner && JSON.stringify(owner.action).includes('"unknown"');
  return isStandIn || (text !== undefined && said.includes(withoutEntities(text)));
}

/** XML writes some characters of a name as entities. */
function withoutEntities(text: string): string {
  const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return text.replaceAll(/&(lt|gt|quot|apos|amp);/gu, (_, name: string) => named[name] ?? '');
}
