/** What bytes turned out to be. */
export type Decoded =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'empty' | 'binary' | 'archive'; readonly message: string };

/** Looked at to tell text from binary data. */
const SAMPLE_BYTES = 64 * 1024;
const MAX_CONTROL_SHARE = 0.05;

/** First bytes of formats that hold other files, and what they are called. */
const ARCHIVE_MARKS: readonly {
  readonly bytes: readonly number[];
  /** Where the bytes stand, if not at the beginning. */
  readonly at?: number;
  readonly name: string;
}[] = [
  { bytes: [0x1f, 0x8b], name: 'gzip' },
  // `ustar` in the header of the first file (POSIX.1-1988).
  { bytes: [0x75, 0x73, 0x74, 0x61, 0x72], at: 257, name: 'tar' },
  { bytes: [0x50, 0x4b, 0x03, 0x04], name: 'zip' },
  { bytes: [0x42, 0x5a, 0x68], name: 'bzip2' },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], name: 'xz' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], name: 'zstd' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], name: '7z' },
];

/**
 * The device state and the tech support file of Palo Alto devices are such archives, of which most files are no
 * configuration (Panorama Administrator's Guide 9.1, "Partial Device State Generation for Firewalls" and "Manage Panorama and
 * Firewall Configuration Backups"): say which text to take.
 */
const INSTEAD_OF_STATE =
  'for a device state or tech support file of a Palo Alto device export `running-config.xml` or save `show config running` instead, with `show config pushed-shared-policy` and `show config pushed-template` where Panorama manages it';

/**
 * Text of unknown encoding: UTF-8, UTF-16 (with or without byte order mark), else Windows-1252, of which ISO 8859-1 is
 * a part. A byte order mark is not part of the text, so that columns count what an editor counts.
 */
export function decode(bytes: Uint8Array): Decoded {
  const content = withoutTrailingNuls(bytes);
  if (content.length === 0) return { kind: 'empty', message: 'is empty' };
  const archive = ARCHIVE_MARKS.find(({ bytes: mark, at = 0 }) =>
    mark.every((byte, index) => content[at + index] === byte),
  );
  if (archive !== undefined) {
    const { name } = archive;
    const unpack = `is a ${name} archive; unpack it and name the files inside`;
    return { kind: 'archive', message: name === 'gzip' || name === 'tar' ? `${unpack}; ${INSTEAD_OF_STATE}` : unpack };
  }
  const utf16 = utf16Encoding(bytes);
  if (utf16 === undefined && looksBinary(content)) return { kind: 'binary', message: 'is binary data, not text' };
  const text = utf16 === undefined ? decodeBytes(content) : new TextDecoder(utf16).decode(evenLength(bytes));
  if (text.includes('\0')) return { kind: 'binary', message: 'is binary data, not text' };
  if (!/\S/.test(text)) return { kind: 'empty', message: 'is empty (blanks only)' };
  return { kind: 'text', text };
}

/** Some transfers pad the last block with NUL bytes. */
function withoutTrailingNuls(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return bytes.subarray(0, end);
}

function evenLength(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, bytes.length - (bytes.length % 2));
}

function decodeBytes(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** ASCII text in UTF-16 has a NUL in every second byte; that tells it from binary data where the mark is missing. */
function utf16Encoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const pairs = Math.floor(sample.length / 2);
  if (pairs < 8) return undefined;
  let even = 0;
  let odd = 0;
  for (let index = 0; index < pairs * 2; index += 2) {
    if (sample[index] === 0) even += 1;
    if (sample[index + 1] === 0) odd += 1;
  }
  if (even === 0 && odd > pairs * 0.9) return 'utf-16le';
  if (odd === 0 && even > pairs * 0.9) return 'utf-16be';
  return undefined;
}

/** Terminal captures hold a few control characters (backspaces of a pager, escapes, the `^C` around a banner). */
function looksBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  let controls = 0;
  for (const byte of sample) {
    if (byte === 0) return true;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13) controls += 1;
  }
  return controls > sample.length * MAX_CONTROL_SHARE;
}
