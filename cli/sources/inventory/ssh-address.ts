import type { InventoryDevice } from './inventory-device.ts';

interface Address {
  readonly host: string;
  readonly port?: number;
  readonly user?: string;
}

type AddressReading =
  | { readonly kind: 'address'; readonly address: Address }
  /** A sentence without a full stop. */
  | { readonly kind: 'wrong'; readonly message: string };

/** `[user@]host[:port]` or `ssh://[user@]host[:port]`, as ssh(1) takes them; IPv6 in brackets where a port follows. */
export function readAddress(text: string): AddressReading {
  const wrong = (message: string): AddressReading => ({ kind: 'wrong', message });
  const isUri = /^ssh:\/\//iu.test(text);
  if (!isUri && /^\w+:\/\//u.test(text)) return wrong(`"${withoutSecret(text)}" is not an address of ssh`);
  const rest = isUri ? text.slice('ssh://'.length).replace(/\/$/u, '') : text;
  const end = rest.lastIndexOf('@');
  const user = end < 0 ? undefined : rest.slice(0, end);
  if (isUri && user?.includes(':') === true) {
    return wrong(`"ssh://${withoutSecret(rest)}" holds a password; leave it out, it is asked for`);
  }
  const groups = HOST_AND_PORT.exec(rest.slice(end + 1))?.groups;
  const host = groups?.['bracketed'] ?? groups?.['ipv6'] ?? groups?.['name'];
  // A host that begins with a dash would be an option to those who hand it on; a shell's characters are in no host's name.
  if (host === undefined || /^-|[\s/'"`$;&|<>()\\]/u.test(host) || user === '' || user?.startsWith('-') === true) {
    return wrong(`"${withoutSecret(text)}" is not an address such as admin@fw1 or ssh://admin@fw1:2222`);
  }
  const port = groups?.['port'];
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return wrong(`port ${port} is not 1 to 65535`);
  return {
    kind: 'address',
    address: {
      host,
      ...(port === undefined ? {} : { port: Number(port) }),
      ...(user === undefined ? {} : { user: isUri ? decoded(user) : user }),
    },
  };
}

const HOST_AND_PORT = /^(?:\[(?<bracketed>[^\]]+)\]|(?<ipv6>[^:]*:[^:]*:.*)|(?<name>[^:[\]]+))(?::(?<port>\d{1,5}))?$/u;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `user:password@` as it must not be repeated. */
const withoutSecret = (text: string): string => text.replace(/(?<=[^/:@]):(?!\/\/)[^@]*(?=@)/u, ':<masked>');

/** A device that is named on the command line, without an inventory; its platform is found out. */
export function deviceOfAddress(
  text: string,
):
  | { readonly kind: 'device'; readonly device: InventoryDevice }
  | { readonly kind: 'wrong'; readonly message: string } {
  const read = readAddress(text);
  if (read.kind === 'wrong') return read;
  return { kind: 'device', device: { name: read.address.host, platform: 'auto', groups: [], ...read.address } };
}
