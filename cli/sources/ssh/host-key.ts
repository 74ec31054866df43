import { createHash } from 'node:crypto';

/** Kinds of host keys, and of how many fields each is made after its name (RFC 4253, 5656, 8709; OpenSSH's PROTOCOL.u2f). */
const FIELDS: ReadonlyMap<string, number> = new Map([
  ['ssh-rsa', 2],
  ['ssh-dss', 4],
  ['ssh-ed25519', 1],
  ['ecdsa-sha2-nistp256', 2],
  ['ecdsa-sha2-nistp384', 2],
  ['ecdsa-sha2-nistp521', 2],
  ['sk-ssh-ed25519@openssh.com', 2],
  ['sk-ecdsa-sha2-nistp256@openssh.com', 3],
]);

/** The type that a public key on the wire names; `undefined` where it is no whole key of a type that is known. */
export function keyTypeOf(key: Uint8Array): string | undefined {
  const { fields, isWhole } = fieldsOf(key, Number.POSITIVE_INFINITY);
  const [name, ...rest] = fields;
  const type = textOf(name);
  return isWhole && FIELDS.get(type) === rest.length && rest.every(({ length }) => length > 0) ? type : undefined;
}

/** A key as a line of a file holds it. */
export interface RecordedKey {
  /** Of the key itself, also where a certificate is on record. */
  readonly keyType: string;
  /** As it stands on the wire (RFC 4253, section 6.6), without what certifies it. */
  readonly key: Uint8Array;
  /** A certificate is on record, which is not the key that a host shows by itself. */
  readonly isCertificate: boolean;
}

const CERTIFICATE = /-cert-v01(?=@openssh\.com$)/u;

/**
 * The key of a line that names its type; `undefined` where it is none of that type. The name may be that of a way to sign
 * (`rsa-sha2-512`) and the key a certificate, as OpenSSH takes both (sshkey.c, sshkey_read).
 */
export function keyNamed(name: string, bytes: Uint8Array): RecordedKey | undefined {
  const written = name.replace(/^rsa-sha2-(?:256|512)(?=$|-cert-)/u, 'ssh-rsa');
  if (!CERTIFICATE.test(written)) {
    return keyTypeOf(bytes) === written ? { keyType: written, key: bytes, isCertificate: false } : undefined;
  }
  // PROTOCOL.certkeys: behind the name a random text and then the fields of the key.
  const keyType = written.replace(CERTIFICATE, '').replace(/^(?!sk-)(.*)@openssh\.com$/u, '$1');
  const count = FIELDS.get(keyType) ?? 0;
  const { fields } = fieldsOf(bytes, count + 2);
  const [type, , ...rest] = fields;
  const key = Buffer.concat([Buffer.from(keyType), ...rest].flatMap((field) => [lengthOf(field), field]));
  return textOf(type) === written && keyTypeOf(key) === keyType ? { keyType, key, isCertificate: true } : undefined;
}

/** The length in bits of an RSA key that has fewer than `least`. */
export function bitsOfShortKey(key: Uint8Array, least: number): number | undefined {
  if (keyTypeOf(key) !== 'ssh-rsa') return undefined;
  const modulus = Buffer.from(fieldsOf(key, 3).fields[2] ?? [])
    .toString('hex')
    .replace(/^0+/u, '');
  const bits = modulus.length * 4 - (modulus === '' ? 0 : Math.clz32(Number.parseInt(modulus.charAt(0), 16)) - 28);
  return bits < least ? bits : undefined;
}

const textOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('latin1');

function lengthOf(field: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(field.length);
  return length;
}

/** The first fields of a text of fields with their lengths before them (RFC 4251, section 5, `string`). */
function fieldsOf(
  bytes: Uint8Array,
  most: number,
): { readonly fields: readonly Uint8Array[]; readonly isWhole: boolean } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields: Uint8Array[] = [];
  let at = 0;
  while (at + 4 <= bytes.length && fields.length < most) {
    const end = at + 4 + view.getUint32(at);
    if (end > bytes.length) break;
    fields.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return { fields, isWhole: at === bytes.length };
}

/** The fingerprint as `ssh` and `ssh-keygen -l` print it: `SHA256:` and base64 without padding. */
export function fingerprintOf(key: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/u, '')}`;
}
