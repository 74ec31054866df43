import type { LineState } from '../diagnostics.ts';
import type { InterfaceAddress } from '../model/device.ts';
import { netmaskLength, parseIp4, parseIp6 } from '../model/parse-address.ts';
import type { Statement } from '../syntax/statements.ts';
import { argumentsOf, notUnderstood, type IosText } from './text.ts';

/** What it means when an address cannot be read. */
export const UNADDRESSED = 'the interface may carry packets that are not judged';

/** `ip address A M [secondary]`, `ip address dhcp`. */
export function readAddress4(statement: Statement, text: IosText): LineState | void {
  const [address = '', mask = '', ...rest] = argumentsOf(statement);
  const at = statement.arguments;
  if (['dhcp', 'negotiated', 'pool', 'slarp'].includes(address)) {
    for (const target of text.currentInterfaces) target.dynamic.set(4, statement.line);
    return;
  }
  const parsed = prefixOf4(address, mask);
  if (parsed === undefined) return notUnderstood(statement, text, at, UNADDRESSED);
  const span = text.reader.wordSpan(statement, at);
  const added: InterfaceAddress = { family: 4, ...parsed, span };
  const secondary = rest.includes('secondary') || mask === 'secondary';
  for (const target of text.currentInterfaces) {
    // A second primary address replaces the first.
    if (!secondary) target.addresses = target.addresses.filter(({ family }) => family !== 4);
    target.dynamic.delete(4);
    target.addresses.push(added);
  }
}

function prefixOf4(address: string, mask: string): { address: number; prefixLength: number } | undefined {
  const [plain = '', length] = address.split('/');
  const value = parseIp4(plain);
  if (value === undefined) return undefined;
  if (length !== undefined)
    return /^\d{1,2}$/.test(length) && Number(length) <= 32
      ? { address: value, prefixLength: Number(length) }
      : undefined;
  const bits = parseIp4(mask);
  const prefixLength = bits === undefined ? undefined : netmaskLength(bits);
  return prefixLength === undefined ? undefined : { address: value, prefixLength };
}

/** `no ip address [A M]`. */
export function removeAddress4(statement: Statement, text: IosText): void {
  const only = parseIp4(argumentsOf(statement)[0] ?? '');
  for (const target of text.currentInterfaces) {
    target.addresses = target.addresses.filter(
      ({ family, address }) => family !== 4 || (only !== undefined && address !== only),
    );
    target.dynamic.delete(4);
    target.unnumbered.delete(4);
  }
}

/** `ipv6 address PREFIX`, `ipv6 address autoconfig`. */
export function readAddress6(statement: Statement, text: IosText): LineState | void {
  const words = argumentsOf(statement);
  const [first = '', ...options] = words;
  if (['autoconfig', 'dhcp'].includes(first)) {
    for (const target of text.currentInterfaces) target.dynamic.set(6, statement.line);
    return;
  }
  const prefix = first.includes(':') ? first : (options.find((word) => word.includes(':')) ?? '');
  const [plain = '', length] = prefix.split('/');
  const address = parseIp6(plain);
  if (address === undefined) return notUnderstood(statement, text, statement.arguments, UNADDRESSED);
  const prefixLength = Number(length ?? 128);
  if (length === '' || !Number.isInteger(prefixLength) || prefixLength > 128)
    return notUnderstood(statement, text, statement.arguments, UNADDRESSED);
  const span = text.reader.wordSpan(statement, statement.arguments);
  for (const target of text.currentInterfaces) {
    if (options.includes('link-local')) target.ipv6Enabled = true;
    // A prefix that DHCP delegates gives only a part of the address.
    else if (!first.includes(':')) target.dynamic.set(6, statement.line);
    else target.addresses.push({ family: 6, address, prefixLength, span });
  }
}
