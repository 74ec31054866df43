import type { ServiceSet } from '../model/service.ts';
import { PROTOCOL, protocolTerm } from '../model/service.ts';
import { readDefaultPorts } from './application-ports.ts';
import { OWN_PORTS } from './application-table.ts';
import { SHARED_PORTS } from './application-table-web.ts';

/**
 * Which content release the tables stand for. Source: the list of applications that Palo Alto Networks publishes for log
 * analysis (Splunk add-on, app_list.csv, 2020-03, some 2,500 applications), of which the tables hold those that other
 * lists and rule bases name. Numbers of IP protocols are IANA's.
 */
export const APPLICATION_CONTENT = 'default ports of March 2020';

/** Default ports of predefined applications. An application that is not among them may have any. */
export const PREDEFINED_APPLICATIONS: ReadonlyMap<string, ServiceSet> = new Map([...shared(), ...own()]);

/**
 * Applications that stand for what no other one fits, and others whose default ports the list does not tell: what is
 * known of their ports is the protocol.
 */
export const PORTS_NOT_KNOWN: ReadonlyMap<string, ServiceSet> = new Map([
  ['unknown-tcp', [protocolTerm(PROTOCOL.tcp)]],
  ['non-syn-tcp', [protocolTerm(PROTOCOL.tcp)]],
  ['unknown-udp', [protocolTerm(PROTOCOL.udp)]],
  ['kafka', [protocolTerm(PROTOCOL.tcp)]],
  ['coap', [protocolTerm(PROTOCOL.tcp), protocolTerm(PROTOCOL.udp)]],
  ['diameter-over-sctp', [protocolTerm(PROTOCOL.sctp)]],
]);

/**
 * Ports on which an application is at home once decryption has taken its TLS off, since PAN-OS 9.0 ("Strict Default Ports
 * for Decrypted Applications").
 */
export const SECURE_PORTS: ReadonlyMap<string, ServiceSet> = new Map(
  Object.entries({
    'web-browsing': ['tcp/443'],
    smtp: ['tcp/465'],
    ftp: ['tcp/990'],
    ldap: ['tcp/636'],
    pop3: ['tcp/995'],
    imap: ['tcp/993'],
  }).map(([name, words]) => [name, readDefaultPorts(words) ?? []]),
);

/** Containers whose functions do not all begin with their name: `container function …;`. */
const MIXED = `
ipsec ike ipsec-ah ipsec-esp ipsec-esp-udp; ms-ds-smb ms-ds-smb-base ms-ds-smbv1 ms-ds-smbv2 ms-ds-smbv3;
snmp snmp-base snmp-trap snmpv1 snmpv2 snmpv3; ms-office365 ms-office365-base ms-delve ms-powerbi sway office-on-demand
sharepoint-online outlook-web-online ms-lync-online ms-lync-online-apps-sharing ms-lync-online-file-transfer
ms-onedrive-base ms-onedrive-downloading ms-onedrive-share ms-onedrive-uploading ms-teams ms-teams-downloading
ms-teams-editing ms-teams-posting ms-teams-sharing ms-teams-uploading office365-consumer-access
office365-enterprise-access;
`;

/**
 * Containers: names that stand for several applications, `facebook` for `facebook-base`, `facebook-chat` and the others. A
 * function of a newer release is missing here just as a newer application is.
 */
export const PREDEFINED_CONTAINERS: ReadonlyMap<string, readonly string[]> = new Map([...byName(), ...mixed()]);

function byName(): (readonly [string, readonly string[]])[] {
  const names = [...PREDEFINED_APPLICATIONS.keys()];
  return names
    .filter((name) => name.endsWith('-base'))
    .map((name) => name.slice(0, -'-base'.length))
    .filter((container) => !PREDEFINED_APPLICATIONS.has(container))
    .map((container) => [container, names.filter((name) => name.startsWith(`${container}-`))] as const);
}

function mixed(): (readonly [string, readonly string[]])[] {
  return MIXED.split(';').flatMap((entry) => {
    const [container, ...functions] = words(entry);
    return container === undefined ? [] : [[container, functions] as const];
  });
}

function shared(): (readonly [string, ServiceSet])[] {
  return SHARED_PORTS.split(';').flatMap((group) => {
    const [ports = '', names = ''] = group.trim().split(': ');
    const service = readDefaultPorts(ports.split(' '));
    return service === undefined ? [] : words(names).map((name) => [name, service] as const);
  });
}

function own(): (readonly [string, ServiceSet])[] {
  return OWN_PORTS.split(';').flatMap((entry) => {
    const match = /^(?<before>[^\s{]+)(?:\{(?<list>[^}]*)\})?\s+(?<ports>.+)$/su.exec(entry.trim());
    const { before = '', list, ports = '' } = match?.groups ?? {};
    const service = readDefaultPorts(words(ports));
    if (before === '' || service === undefined) return [];
    const names = list === undefined ? [before] : words(list).map((ending) => `${before}${ending}`);
    return names.map((name) => [name, service] as const);
  });
}

function words(text: string): string[] {
  return text.split(/\s+/u).filter((word) => word !== '');
}
