const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A line of text that is typed, with the cursor as a UTF-16 offset into it. */
export interface TextField {
  readonly text: string;
  readonly cursor: number;
}

export function textField(text: string): TextField {
  return { text, cursor: text.length };
}

/** The field after a key, as line editors have it; undefined where the key means nothing in a field. */
export function edited(field: TextField, key: string): TextField | undefined {
  const { text, cursor } = field;
  const before = text.slice(0, cursor);
  const after = text.slice(cursor);
  switch (key) {
    case 'left':
    case 'ctrl+b':
      return { text, cursor: cursor - lastGrapheme(before).length };
    case 'right':
    case 'ctrl+f':
      return { text, cursor: cursor + firstGrapheme(after).length };
    case 'home':
    case 'ctrl+a':
      return { text, cursor: 0 };
    case 'end':
    case 'ctrl+e':
      return { text, cursor: text.length };
    case 'backspace':
    case 'ctrl+h': {
      const kept = before.slice(0, before.length - lastGrapheme(before).length);
      return { text: kept + after, cursor: kept.length };
    }
    case 'delete':
      return { text: before + after.slice(firstGrapheme(after).length), cursor };
    case 'ctrl+u':
      return { text: after, cursor: 0 };
    case 'ctrl+k':
      return { text: before, cursor };
    case 'ctrl+w': {
      const kept = before.replace(/\S+\s*$/u, '');
      return { text: kept + after, cursor: kept.length };
    }
    default:
      return undefined;
  }
}

/** The field with a text put in at the cursor; line ends and other controls of a pasted text become blanks. */
export function typed({ text, cursor }: TextField, added: string): TextField {
  // oxlint-disable-next-line no-control-regex -- control characters are what this takes out
  const clean = added.replace(/[\u0000-\u001f\u007f]+/gu, ' ');
  return { text: text.slice(0, cursor) + clean + text.slice(cursor), cursor: cursor + clean.length };
}

function firstGrapheme(text: string): string {
  for (const { segment } of graphemes.segment(text)) return segment;
  return '';
}

function lastGrapheme(text: string): string {
  let last = '';
  for (const { segment } of graphemes.segment(text)) last = segment;
  return last;
}
