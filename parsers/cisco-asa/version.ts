/** Which software wrote the text. It decides what `any` means, what addresses rules see, and what the defaults are. */
export interface Software {
  readonly product: 'asa' | 'pix' | 'fwsm' | 'ftd';
  /** As printed: `9.12(4)37`. Absent when the text does not tell. */
  readonly printed?: string;
  readonly major: number;
  readonly minor: number;
}

const VERSION = /^(ASA|PIX|FWSM|NGFW) Version (\d+)\.(\d+)(\S*)/i;

/** Reads `ASA Version 9.12(4)37`; undefined for other lines. */
export function readVersion(text: string): Software | undefined {
  const found = VERSION.exec(text);
  if (found === null) return undefined;
  const [, word = '', major = '', minor = '', rest = ''] = found;
  const product = word.toLowerCase();
  return {
    product: product === 'pix' || product === 'fwsm' ? product : product === 'ngfw' ? 'ftd' : 'asa',
    printed: `${major}.${minor}${rest}`,
    major: Number(major),
    minor: Number(minor),
  };
}

/** How this software reads rules. */
export interface Semantics {
  readonly product: Software['product'];
  /** ASA 9.0 and later: one access list for both families, `any` is both. Before: `any` is IPv4, `ipv6 access-list` IPv6. */
  readonly unified: boolean;
  /** ASA 8.3 and later: access rules are compared with real addresses. */
  readonly realAddresses: boolean;
}

/**
 * What the version says; where the text has none, what its statements say: `static (in,out)`, `nat (in) 1` and `global`
 * exist before 8.3 only, `ipv6 access-list` before 9.0 only. With no sign at all, a current release.
 */
export function semanticsOf(
  software: Software | undefined,
  signs: { readonly oldTranslation: boolean; readonly ip6Lists: boolean; readonly oldInterfaces: boolean },
): Semantics {
  if (software === undefined) {
    const old = signs.oldTranslation || signs.oldInterfaces;
    return { product: signs.oldInterfaces ? 'pix' : 'asa', unified: !old && !signs.ip6Lists, realAddresses: !old };
  }
  const { product, major, minor } = software;
  if (product === 'ftd') return { product, unified: true, realAddresses: true };
  if (product !== 'asa') return { product, unified: false, realAddresses: false };
  return { product, unified: major >= 9, realAddresses: major > 8 || (major === 8 && minor >= 3) };
}
