import type { NumberRange, ServiceSet, ServiceTerm } from '../model/service.ts';
import { ALL_PORTS, icmpSelector, PROTOCOL, protocolTerm, single } from '../model/service.ts';

/**
 * What an application of `junos-defaults` matches. `learned` names the ALG that has to have seen the port in an earlier
 * conversation (MS-RPC, Sun RPC): the ports are then any of `service`, and surely none.
 */
export interface Predefined {
  readonly service: ServiceSet;
  readonly learned?: 'ms-rpc' | 'sun-rpc';
}

/**
 * Applications that every Junos device knows without configuration, in the words of `show configuration groups
 * junos-defaults applications`: `tcp 80`, `udp 5060`, `tcp 6660-6669`, a protocol number alone, `icmp type[/code]`. Parts
 * are separated by commas. Names stand without their prefix `junos-`.
 *
 * Source: two independent transcriptions of that output agree on all of it. Where other lists differ: `http` is 80 (the
 * table "Internet-Related Predefined Policy Applications" of Junos 10.2 says 8080), `smtps` is 587 only, the GTP applications
 * are for both transports, `r2cp` is 28672, `vnc` is 5800. `geneve` is of later releases (RFC 8926: udp 6081). A text
 * that prints `groups junos-defaults` wins over this table.
 */
const WORDS = `
ftp tcp 21; ftp-data tcp 20; tftp udp 69; twamp tcp 862; rtsp tcp 554; netbios-session tcp 139; smb-session tcp 445;
ssh tcp 22; telnet tcp 23; smtp tcp 25; smtps tcp 587; tacacs tcp 49; tacacs-ds tcp 65; dhcp-client udp 68;
dhcp-server udp 67; dhcp-relay udp 67; bootpc udp 68; bootps udp 67; finger tcp 79; http tcp 80; https tcp 443;
http-ext tcp 7001; pop3 tcp 110; pop3s tcp 995; ident tcp 113; nntp tcp 119; ntp udp 123; imap tcp 143; imaps tcp 993;
bgp tcp 179; ldap tcp 389; internet-locator-service tcp 389; snpp tcp 444; biff udp 512; who udp 513; syslog udp 514;
printer tcp 515; lpr tcp 515; rip udp 520; radius udp 1812; radacct udp 1813; nfsd-tcp tcp 2049; nfsd-udp udp 2049;
cvspserver tcp 2401; ldp-tcp tcp 646; ldp-udp udp 646; xnm-ssl tcp 3220; xnm-clear-text tcp 3221; ike udp 500;
ike-nat udp 4500; aol tcp 5190-5193; chargen udp 19; discard udp 9; dns-udp udp 53; dns-tcp tcp 53; echo udp 7;
gopher tcp 70; gnutella udp 6346-6347; gre 47; gtp udp 2123; gprs-gtp-c tcp 2123, udp 2123; gprs-gtp-c-tcp tcp 2123;
gprs-gtp-c-udp udp 2123; gprs-gtp-u tcp 2152, udp 2152; gprs-gtp-u-tcp tcp 2152; gprs-gtp-u-udp udp 2152;
gprs-gtp-v0 tcp 3386, udp 3386; gprs-gtp-v0-tcp tcp 3386; gprs-gtp-v0-udp udp 3386; gprs-sctp 132; icmp-all 1;
icmp-ping icmp 8; ping 1; pingv6 58; icmp6-all 58; icmp6-dst-unreach-route icmp6 1/0; icmp6-dst-unreach-admin icmp6 1/1;
icmp6-dst-unreach-beyond icmp6 1/2; icmp6-dst-unreach-addr icmp6 1/3; icmp6-dst-unreach-port icmp6 1/4;
icmp6-packet-too-big icmp6 2; icmp6-time-exceed-transit icmp6 3/0; icmp6-time-exceed-reassembly icmp6 3/1;
icmp6-param-prob-header icmp6 4/0; icmp6-param-prob-nexthdr icmp6 4/1; icmp6-param-prob-option icmp6 4/2;
icmp6-echo-request icmp6 128; icmp6-echo-reply icmp6 129; irc tcp 6660-6669; l2tp udp 1701; mail tcp 25;
h323 tcp 1720, udp 1719, tcp 1503, tcp 389, tcp 522, tcp 1731; mgcp-ua udp 2427; mgcp-ca udp 2727; msn tcp 1863;
ms-rpc-tcp tcp 135; ms-rpc-udp udp 135; ms-sql tcp 1433; nbname udp 137; nbds udp 138; nfs udp 111;
ns-global tcp 15397; ns-global-pro tcp 15397; nsm udp 69; ospf 89; pc-anywhere udp 5632; pptp tcp 1723;
realaudio tcp 554; rdp tcp 3389; sccp tcp 2000; sctp-any 132; sip udp 5060, tcp 5060; rsh tcp 514;
smb tcp 139, tcp 445; sql-monitor udp 1434; sqlnet-v1 tcp 1525; sqlnet-v2 tcp 1521; sun-rpc-tcp tcp 111;
sun-rpc-udp udp 111; talk udp 517, tcp 517; ntalk udp 518, tcp 518; tcp-any 6; udp-any 17; uucp udp 540;
vdo-live udp 7000-7010; vnc tcp 5800; wais tcp 210; whois tcp 43; winframe tcp 1494; x-windows tcp 6000-6063;
ymsg tcp 5000-5010, tcp 5050, udp 5000-5010, udp 5050; wxcontrol tcp 3578; snmp-agentx tcp 705;
stun udp 3478-3479, tcp 3478-3479; stun-udp udp 3478-3479; stun-tcp tcp 3478-3479; vxlan udp 4789; geneve udp 6081; persistent-nat 255; r2cp udp 28672`;

/** Applications of MS-RPC interfaces, told apart by UUID: the port is what the endpoint mapper on tcp/135 answered. */
const MS_RPC = [
  'epm',
  'msexchange-directory-rfr',
  'msexchange-info-store',
  'msexchange-directory-nsp',
  'wmic-admin',
  'wmic-admin2',
  'wmic-mgmt',
  'wmic-webm-level1login',
  'wmic-webm-objectsink',
  'wmic-webm-services',
  'wmic-webm-callresult',
  'wmic-webm-login-clientid',
  'wmic-webm-login-helper',
  'wmic-webm-refreshing-services',
  'wmic-webm-remote-refresher',
  'wmic-webm-shutdown',
  'wmic-webm-classobject',
  'iis-com-1',
  'iis-com-adminbase',
  'uuid-any-tcp',
];

/** Programs of Sun RPC, each with an application for either transport and a set of the same name. */
const SUN_RPC = [
  'portmap',
  'nfs',
  'mountd',
  'ypbind',
  'status',
  'ypserv',
  'rquotad',
  'nlockmgr',
  'ruserd',
  'sadmind',
  'sprayd',
  'walld',
  'any',
];

const SETS: readonly (readonly [name: string, members: readonly string[]])[] = [
  ['routing-inbound', ['bgp', 'rip', 'ldp-tcp', 'ldp-udp']],
  ['cifs', ['netbios-session', 'smb-session']],
  ['mgcp', ['mgcp-ua', 'mgcp-ca']],
  ['ms-rpc', ['ms-rpc-tcp', 'ms-rpc-udp']],
  ['ms-rpc-any', ['ms-rpc-tcp', 'ms-rpc-udp', 'ms-rpc-uuid-any-tcp', 'ms-rpc-uuid-any-udp']],
  ['ms-rpc-iis-com', ['ms-rpc-tcp', 'ms-rpc-iis-com-1', 'ms-rpc-iis-com-adminbase']],
  ['ms-rpc-msexchange', ['ms-rpc-tcp', 'ms-rpc-udp', ...startingWith('epm', 'msexchange-')]],
  ['ms-rpc-wmic', ['ms-rpc-tcp', ...startingWith('wmic-')]],
  ['sun-rpc', ['sun-rpc-tcp', 'sun-rpc-udp']],
  [
    'sun-rpc-nfs-access',
    ['sun-rpc-tcp', 'sun-rpc-udp', ...['portmap', 'nfs', 'mountd'].flatMap((name) => sunRpcPair(name))],
  ],
];

function startingWith(...beginnings: readonly string[]): string[] {
  return MS_RPC.filter((name) => beginnings.some((beginning) => name.startsWith(beginning))).map(
    (name) => `ms-rpc-${name}`,
  );
}

function sunRpcPair(name: string): string[] {
  return [`sun-rpc-${name}-tcp`, `sun-rpc-${name}-udp`];
}

/** Predefined applications by their full name (`junos-http`). */
export const PREDEFINED_APPLICATIONS: ReadonlyMap<string, Predefined> = applications();

/** Members of predefined application sets, both by full name. */
export const PREDEFINED_SETS: ReadonlyMap<string, readonly string[]> = sets();

function applications(): Map<string, Predefined> {
  const found = new Map<string, Predefined>();
  for (const entry of WORDS.split(';')) {
    const [name = '', ...rest] = entry.trim().split(/\s+/u);
    const service = rest
      .join(' ')
      .split(',')
      .map((part) => termOf(part.trim()));
    found.set(`junos-${name}`, { service });
  }
  const learned = (name: string, protocol: number, by: 'ms-rpc' | 'sun-rpc'): void => {
    found.set(`junos-${name}`, { service: [protocolTerm(protocol)], learned: by });
  };
  for (const name of MS_RPC) learned(`ms-rpc-${name}`, PROTOCOL.tcp, 'ms-rpc');
  learned('ms-rpc-uuid-any-udp', PROTOCOL.udp, 'ms-rpc');
  for (const name of SUN_RPC) {
    learned(`sun-rpc-${name}-tcp`, PROTOCOL.tcp, 'sun-rpc');
    learned(`sun-rpc-${name}-udp`, PROTOCOL.udp, 'sun-rpc');
  }
  return found;
}

function sets(): Map<string, readonly string[]> {
  const found = new Map(SETS.map(([name, members]) => [`junos-${name}`, members.map(full)] as const));
  for (const name of SUN_RPC) {
    const mapper = name === 'portmap' || name === 'any' ? [] : sunRpcPair('portmap');
    found.set(`junos-sun-rpc-${name}`, ['sun-rpc-tcp', 'sun-rpc-udp', ...mapper, ...sunRpcPair(name)].map(full));
  }
  return found;
}

function full(name: string): string {
  return `junos-${name}`;
}

/** `tcp 80`, `udp 7000-7010`, `icmp6 1/3`, `89`. The text is this file's own. */
function termOf(words: string): ServiceTerm {
  const [kind = '', value] = words.split(' ');
  if (value === undefined) return protocolTerm(Number(kind));
  if (kind === 'icmp' || kind === 'icmp6') {
    const [type, code] = value.split('/').map(Number);
    const selector = icmpSelector(type ?? 0, code);
    return { protocols: [single(PROTOCOL[kind])], sourcePorts: ALL_PORTS, destinationPorts: [selector] };
  }
  const protocol = kind === 'udp' ? PROTOCOL.udp : PROTOCOL.tcp;
  return { protocols: [single(protocol)], sourcePorts: ALL_PORTS, destinationPorts: [range(value)] };
}

function range(text: string): NumberRange {
  const [first = 0, last = first] = text.split('-').map(Number);
  return { first, last };
}
