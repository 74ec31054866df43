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
  const fields = fieldsOf(key);
  if (fields === undefined) return undefined;
  const [name, ...rest] = fields;
  const type = name === undefined ? '' : Buffer.from(name).toString('latin1');
  return FIELDS.get(type) === rest.length && rest.every(({ length }) => length > 0) ? type : undefined;
}

/** The fields of a text of fields with their lengths before them (RFC 4251, section 5, `string`). */
function fieldsOf(bytes: Uint8Array): Uint8Array[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    if (at + 4 > bytes.length) return undefined;
    const end = at + 4 + view.getUint32(at);
    if (end > bytes.length) return undefined;
    fields.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

/** The fingerprint as `ssh` and `ssh-keygen -l` print it: `SHA256:` and base64 without padding. */
export function fingerprintOf(key: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/u, '')}`;
}
