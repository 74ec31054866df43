/*
 * Numbers as Python, in which Ansible is written, has them. Where a text is wanted, Ansible takes what `str` makes of a
 * number: of 0x10 "16", of 1.10 "1.1".
 */

/** A whole number; as its decimal text where JavaScript has no such number. */
export function pythonInteger(literal: string): number | string {
  const value = literal.startsWith('-') ? -BigInt(literal.slice(1)) : BigInt(literal.replace('+', ''));
  const number = Number(value);
  return Number.isSafeInteger(number) ? number + 0 : String(value);
}

/** What `str` makes of a number with a fraction: the shortest digits, with an exponent below 0.0001 and from 10^16 on. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    return value.toExponential().replace(/e([+-])(?=\d$)/u, 'e$10');
  }
  const sign = Object.is(value, -0) ? '-' : '';
  return sign + String(value) + (Number.isInteger(value) ? '.0' : '');
}
