/** Whether a name fits a pattern: case-insensitive, `*` for anything. */
export function fits(name: string, pattern: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const text = name.toLowerCase();
  const [head = '', ...rest] = parts;
  if (!text.startsWith(head)) return false;
  if (rest.length === 0) return text === head;
  let at = head.length;
  for (const [index, part] of rest.entries()) {
    if (index === rest.length - 1) return text.length - part.length >= at && text.endsWith(part);
    const next = text.indexOf(part, at);
    if (next < 0) return false;
    at = next + part.length;
  }
  return true;
}
