/** What stands where a secret stood. */
export const MASK = '<masked>';

/**
 * Words that a secret follows, as whole words. What follows them is masked to the end of the line. Not so behind the name of
 * a certificate chain, and behind `auto-key`, which begins the settings of a tunnel.
 */
const INTRODUCES_SECRET =
  /(?<![\w-])(?!auto-key\b|certificate\s+(?:chain|self-signed|ca|rootca)\b)(?:[\w-]*(?:password|passwd|passphrase|secret|psk|credentials?|token|cookie)|[\w-]*-key|key|key-string|community|md5|sha|sha1|sha256|sha512|priv|encrypted|phash|certificate)(?![\w-])\s+(?=\S)/i;

/** The content of XML elements that hold secrets, as PAN-OS and Junos name them. */
const SECRET_ELEMENT =
  /(<[\w-]*(?:password|passwd|passphrase|phash|secret|psk|credentials?|token|cookie|key|private-key|community|md5|sha|sha1|sha256|certificate)\b[^<>]*>)([^<]+)/gi;

/** Crypt hashes (`$9$…`), user information of a URL, long runs of hexadecimal digits or base64. */
const LOOKS_SECRET =
  /\$\d{1,2}\$\S+|(?<=:\/\/)[^\s/@]+(?=@)|(?<![\w:.])[0-9A-Fa-f]{24,}(?![\w:.])|(?<!\S)[\w+/]{40,}={0,2}(?!\S)/g;

/** A line that begins with an element, or a quote that was cut at one. */
const IS_XML = /^\s*…?<[\w/!?]/;

/** What PAN-OS encrypts with its master key begins so. */
const PAN_ENCRYPTED = /-AQ==[\w+/=]+/g;

/**
 * A line of a configuration with what may be a password, key, community or hash masked. Quoted statements are filters,
 * bindings and lines that were not understood; of the last anything can be expected, so too much is masked rather than
 * too little. An XML text may have several lines, and keeps as many.
 */
export function maskSecrets(line: string, mask = MASK): string {
  const withoutHashes = (text: string): string => text.replace(LOOKS_SECRET, mask).replace(PAN_ENCRYPTED, mask);
  const masked = (content: string): string => content.replace(/[^\n]*\S[^\n]*/g, mask);
  const elements = line.includes('<')
    ? line.replace(SECRET_ELEMENT, (_, tag: string, content: string) => tag + masked(content))
    : line;
  // In XML what introduces a secret is the element; elsewhere a `<` is a character like any other, of a password for one.
  const keyword = IS_XML.test(line) ? null : INTRODUCES_SECRET.exec(elements);
  if (keyword === null) return withoutHashes(elements);
  return withoutHashes(elements.slice(0, keyword.index + keyword[0].length)) + mask;
}
