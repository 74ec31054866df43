import { expect, test } from 'vitest';
import { decode } from '../../cli/sources/decode.ts';

function messageOf(bytes: Uint8Array): string {
  const decoded = decode(bytes);
  return decoded.kind === 'archive' ? decoded.message : decoded.kind;
}

/** A tar header: the name of the first file, and `ustar` where POSIX has it. */
function tar(name: string): Uint8Array {
  const bytes = new Uint8Array(1024).fill(0x30);
  const encoder = new TextEncoder();
  bytes.set(encoder.encode(name));
  bytes.set(encoder.encode('ustar'), 257);
  return bytes;
}

test('a device state says which text to take instead', () => {
  for (const bytes of [Uint8Array.from([0x1f, 0x8b, 8, 0, 1]), tar('running-config.xml')]) {
    expect(messageOf(bytes)).toMatch(/^is a (?:gzip|tar) archive; unpack it and name the files inside; /u);
    expect(messageOf(bytes)).toContain('`show config running`');
    expect(messageOf(bytes)).toContain('`show config pushed-shared-policy`');
  }
  expect(messageOf(Uint8Array.from([0x50, 0x4b, 3, 4, 20]))).toBe(
    'is a zip archive; unpack it and name the files inside',
  );
});

test('a text that speaks of tar is text', () => {
  expect(messageOf(new TextEncoder().encode(`${'set x\n'.repeat(60)}ustar`))).toBe('text');
});
