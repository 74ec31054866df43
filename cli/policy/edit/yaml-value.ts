import { word } from '../../reports/yaml-parts.ts';

/** Words between single blanks, of characters that mean nothing in YAML inside of a word; `, ` and `; ` only outside of [ ] and { }. */
const PLAIN = /^[A-Za-z0-9][\w./()+'-]*(?:[,;]? [\w./()+'-]+)*$/u;
const PLAIN_IN_FLOW = /^[A-Za-z0-9][\w./()+'-]*(?: [\w./()+'-]+)*$/u;

/** What YAML 1.2, or a reader that is still at 1.1, takes for a truth value, nothing or a number. */
const SPOKEN_FOR = /^(?:true|false|yes|no|on|off|null|y|n|0[xob][\da-f_]*|\d[\d_.e+-]*)$/iu;
const DAY_OR_ADDRESS = /^(?:\d{4}-\d{2}-\d{2}|\d{1,3}(?:\.\d{1,3}){3}(?:[/-][\d.]+)?)$/u;

/** A text as a YAML value, quoted where it needs that. @param style inside of `[ ]` or `{ }`, or not. */
export function yamlValue(text: string, style: 'block' | 'flow'): string {
  const isPlain = (style === 'block' ? PLAIN : PLAIN_IN_FLOW).test(text);
  if (isPlain && (!SPOKEN_FOR.test(text) || DAY_OR_ADDRESS.test(text))) return text;
  return word(text);
}

/** Items on as few lines as fit; each line but the first begins with `margin`. */
export function wrapped(head: string, items: readonly string[], tail: string, margin: string): string[] {
  const lines: string[] = [];
  let line = head;
  for (const [index, item] of items.entries()) {
    const piece = `${item}${index === items.length - 1 ? tail : ','}`;
    const isFirst = index === 0;
    const longer = isFirst ? `${line}${piece}` : `${line} ${piece}`;
    if (!isFirst && longer.length > COLUMNS) {
      lines.push(line);
      line = `${margin}${piece}`;
    } else line = longer;
  }
  return [...lines, line];
}

const COLUMNS = 100;
