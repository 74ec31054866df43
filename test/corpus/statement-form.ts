/**
 * A statement with everything that is not a keyword replaced, so that statements of one form count as one:
 * `ip address A A`, ` neighbor A remote-as N`, `<member>…</member>`. Words with capitals, digits or underscores are taken for names; what
 * stands behind the sixth word is left out.
 */
export function statementForm(line: string): string {
  if (/^\s*</u.test(line)) return line.trim().replaceAll(/(?<==")[^"]*(?=")|(?<=>)[^<]+(?=<)/gu, '…');
  const indent = /^\s/u.test(line) ? ' ' : '';
  const words = line.trim().split(/\s+/u);
  const shown = words.slice(0, 6).map((word, index) => placeholder(word, index));
  return `${indent}${shown.join(' ')}${words.length > 6 ? ' …' : ''}`;
}

function placeholder(word: string, index: number): string {
  if (/^\d+$/u.test(word)) return 'N';
  if (/^\d{1,3}(?:\.\d{1,3}){3}(?:\/\d+)?$/u.test(word)) return 'A';
  if (/^[\da-f]*:[\da-f:.]*(?:\/\d+)?$/iu.test(word) && word.includes(':')) return word === ':' ? ':' : 'A6';
  if (/^[\da-f]{8,}$/iu.test(word)) return 'HEX';
  if (/^[a-z][a-z-]*\d*:?$/u.test(word)) return index === 0 ? word : word.replace(/\d+/u, 'N');
  if (/^[\w.:/,"'$@*+-]+$/u.test(word)) return index === 0 ? word.replaceAll(/\d+/gu, 'N') : 'NAME';
  return word.length > 20 ? 'TEXT' : word;
}
