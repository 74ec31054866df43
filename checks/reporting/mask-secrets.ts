const MASK = '<masked>';

/** Words that a secret follows, as whole words. What follows them is masked to the end of the line. */
const INTRODUCES_SECRET =
  /(?<![\w-])(?:[\w-]*(?:password|passwd|passphrase|secret|psk|credentials?|token|cookie)|[\w-]*-key|key|key-string|community|md5|sha|sha1|sha256|sha512|priv|encrypted|phash|certificate)(?![\w-])\s+(?=\S)/i;

/** The content of XML elements that hold secrets, as PAN-OS and Junos name them. */
const SECRET_ELEMENT =
  /(<[\w-]*(?:password|passwd|passphrase|phash|secret|psk|credentials?|token|cookie|key|private-key|community|md5|sha|sha1|sha256|certificate)\b[^<>]*>)([^<]+)/gi;

/** Crypt hashes (`$9$…`), user information of a URL, long runs of hexadecimal digits or base64. */
const LOOKS_SECRET =
  /\$\d{1,2}\$\S+|(?<=:\/\/)[^\s/@]+(?=@)|(?<![\w:.])[0-9A-Fa-f]{24,}(?![\w:.])|(?<!\S)[\w+/]{40,}={0,2}(?!\S)/g;

/** What PAN-OS encrypts with its master key begins so. */
const PAN_ENCRYPTED = /-AQ==[\w+/=]+/g;

/**
 * A line of a configuration with what may be a password, key, community or hash masked. Quoted statements are filters,
 * bindings and lines that were not understood; of the last anything can be expected, so too much is masked rather than
 * too little. An XML text may have several lines, and keeps as many.
 */
export function maskSecrets(line: string, mask = MASK): string {
  const withoutHashes = (text: string): string => text.replace(LOOKS_SECRET, mask).replace(PAN_ENCRYPTED, mask);
  if (line.includes('<')) {
    return withoutHashes(
      line.replace(SECRET_ELEMENT, (_, tag: string, content: string) => tag + content.replace(/[^\n]*\S[^\n]*/g, mask)),
    );
  }
  const keyword = INTRODUCES_SECRET.exec(line);
  if (keyword === null) return withoutHashes(line);
  const head = line.slice(0, keyword.index + keyword[0].length);
  return head.replace(LOOKS_SECRET, mask) + mask;
}
