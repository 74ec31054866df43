/**
 * SHA-256 (FIPS 180-4) of a text as UTF-8, as 64 hex digits. Written out here because this floor is pure and the
 * runtime's own digests are either asynchronous or a module of the system; a standard hash so that anyone can check a
 * fingerprint with `sha256sum`.
 */
export function sha256(text: string): string {
  const state = Uint32Array.from(INITIAL);
  const message = padded(new TextEncoder().encode(text));
  const words = new Uint32Array(64);
  for (let offset = 0; offset < message.byteLength; offset += 64) compress(state, words, message, offset);
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('');
}

/** Fractional bits of the square (`root` 2) or cube (3) roots of the first primes, as §4.2.2 and §5.3.3 define them. */
function rootBits(count: number, root: 2 | 3): Uint32Array {
  const bits = new Uint32Array(count);
  for (let prime = 2, found = 0; found < count; prime += 1) {
    if (!isPrime(prime)) continue;
    bits[found] = Number(integerRoot(BigInt(prime) << BigInt(32 * root), BigInt(root)) & 0xffffffffn);
    found += 1;
  }
  return bits;
}

function isPrime(value: number): boolean {
  for (let divisor = 2; divisor * divisor <= value; divisor += 1) if (value % divisor === 0) return false;
  return true;
}

/** Largest whole number whose power does not exceed `value`. */
function integerRoot(value: bigint, root: bigint): bigint {
  let [low, high] = [0n, 1n << 40n];
  while (low + 1n < high) {
    const middle = (low + high) >> 1n;
    if (middle ** root <= value) low = middle;
    else high = middle;
  }
  return low;
}

const INITIAL = rootBits(8, 2);
const ROUND = rootBits(64, 3);

function padded(bytes: Uint8Array): DataView {
  const view = new DataView(new ArrayBuffer(Math.ceil((bytes.length + 9) / 64) * 64));
  for (const [index, byte] of bytes.entries()) view.setUint8(index, byte);
  view.setUint8(bytes.length, 0x80);
  view.setBigUint64(view.byteLength - 8, BigInt(bytes.length) * 8n);
  return view;
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

function at(words: Uint32Array, index: number): number {
  return words[index] ?? 0;
}

function compress(state: Uint32Array, words: Uint32Array, message: DataView, offset: number): void {
  for (let i = 0; i < 16; i += 1) words[i] = message.getUint32(offset + 4 * i);
  for (let i = 16; i < 64; i += 1) {
    const [early, late] = [at(words, i - 15), at(words, i - 2)];
    const small = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const large = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    words[i] = (at(words, i - 16) + small + at(words, i - 7) + large) | 0;
  }
  let [a, b, c, d] = [at(state, 0), at(state, 1), at(state, 2), at(state, 3)];
  let [e, f, g, h] = [at(state, 4), at(state, 5), at(state, 6), at(state, 7)];
  for (let i = 0; i < 64; i += 1) {
    const choice = (e & f) ^ (~e & g);
    const first = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + choice + at(ROUND, i) + at(words, i)) | 0;
    const second = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) state[index] = (at(state, index) + word) | 0;
}
