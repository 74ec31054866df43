/**
 * Words that Cisco devices print for ports, protocols and ICMP types. The same word can mean another number on another
 * system (`radius` is udp 1645 on ASA) or for another protocol (`who` is udp 513, `login` tcp 513), so every look-up names
 * the dialect. Sources: `show` help of IOS-XE 16.9 and ASA 9.12 as tabulated by vladimirs-git/cisco-acl `port_name.py`;
 * Cisco ASA CLI reference, "Protocols and applications", "TCP and UDP ports", "ICMP types"; IOS command reference,
 * `access-list (IP extended)` and `permit (IPv6)`.
 */
export type Dialect = 'ios' | 'asa';

/** An ICMP or ICMPv6 message; without `code` every code of the type. */
export interface IcmpMessage {
  readonly type: number;
  readonly code?: number;
}

type Numbers = ReadonlyMap<string, number>;
type ByDialect<T> = Readonly<Record<Dialect, T>>;

/** `name number` pairs, blank separated. */
function numbers(text: string, base: Numbers = new Map()): Numbers {
  const found = new Map(base);
  const words = text.trim().split(/\s+/);
  for (let index = 0; index + 1 < words.length; index += 2) found.set(words[index] ?? '', Number(words[index + 1]));
  return found;
}

const COMMON_TCP = numbers(`
  echo 7 discard 9 daytime 13 chargen 19 ftp-data 20 ftp 21 telnet 23 smtp 25 whois 43 tacacs 49 domain 53 gopher 70
  finger 79 www 80 hostname 101 pop2 109 pop3 110 sunrpc 111 ident 113 nntp 119 bgp 179 irc 194 pim-auto-rp 496
  exec 512 login 513 cmd 514 lpd 515 talk 517 uucp 540 klogin 543 kshell 544`);

const COMMON_UDP = numbers(`
  echo 7 discard 9 time 37 nameserver 42 tacacs 49 domain 53 bootps 67 bootpc 68 tftp 69 sunrpc 111 ntp 123
  netbios-ns 137 netbios-dgm 138 snmp 161 snmptrap 162 xdmcp 177 dnsix 195 mobile-ip 434 pim-auto-rp 496 isakmp 500
  biff 512 who 513 syslog 514 talk 517 rip 520`);

const TCP: ByDialect<Numbers> = {
  ios: numbers(
    `time 37 msrpc 135 syslog 514 drip 3949 onep-plain 15001 onep-tls 15002 connectedapps-plain 15001
     connectedapps-tls 15002`,
    COMMON_TCP,
  ),
  asa: numbers(
    `ssh 22 http 80 netbios-ssn 139 imap4 143 ldap 389 https 443 rsh 514 rtsp 554 ldaps 636 kerberos 750
     lotusnotes 1352 citrix-ica 1494 sqlnet 1521 h323 1720 pptp 1723 nfs 2049 ctiqbe 2748 cifs 3020 sip 5060 aol 5190
     pcanywhere-data 5631`,
    COMMON_TCP,
  ),
};

const UDP: ByDialect<Numbers> = {
  ios: numbers('netbios-ss 139 ripv6 521 non500-isakmp 4500', COMMON_UDP),
  asa: numbers(
    `www 80 http 80 kerberos 750 radius 1645 radius-acct 1646 nfs 2049 cifs 3020 vxlan 4789 sip 5060 secureid-udp 5510
     pcanywhere-status 5632`,
    COMMON_UDP,
  ),
};

const COMMON_PROTOCOLS = numbers(`
  icmp 1 igmp 2 ipinip 4 tcp 6 igrp 9 udp 17 gre 47 esp 50 eigrp 88 ospf 89 nos 94 pim 103 pcp 108 sctp 132`);

const PROTOCOLS: ByDialect<Numbers> = {
  ios: numbers('ahp 51', COMMON_PROTOCOLS),
  // `ipsec` and `pptp` are the words ASA has for the protocols that carry them.
  asa: numbers('ah 51 ahp 51 ipsec 50 pptp 47 icmp6 58 snp 109', COMMON_PROTOCOLS),
};

function messages(text: string): ReadonlyMap<string, IcmpMessage> {
  const found = new Map<string, IcmpMessage>();
  const words = text.trim().split(/\s+/);
  for (let index = 0; index + 1 < words.length; index += 2) {
    const [type, code] = (words[index + 1] ?? '').split('/');
    found.set(
      words[index] ?? '',
      code === undefined ? { type: Number(type) } : { type: Number(type), code: Number(code) },
    );
  }
  return found;
}

const ICMP: ByDialect<ReadonlyMap<string, IcmpMessage>> = {
  ios: messages(`
    echo-reply 0 unreachable 3 net-unreachable 3/0 host-unreachable 3/1 protocol-unreachable 3/2 port-unreachable 3/3
    packet-too-big 3/4 source-route-failed 3/5 network-unknown 3/6 host-unknown 3/7 host-isolated 3/8
    dod-net-prohibited 3/9 dod-host-prohibited 3/10 net-tos-unreachable 3/11 host-tos-unreachable 3/12
    administratively-prohibited 3/13 host-precedence-unreachable 3/14 precedence-unreachable 3/15 source-quench 4
    redirect 5 net-redirect 5/0 host-redirect 5/1 net-tos-redirect 5/2 host-tos-redirect 5/3 alternate-address 6 echo 8
    router-advertisement 9 router-solicitation 10 time-exceeded 11 ttl-exceeded 11/0 reassembly-timeout 11/1
    parameter-problem 12 general-parameter-problem 12/0 option-missing 12/1 no-room-for-option 12/2
    timestamp-request 13 timestamp-reply 14 information-request 15 information-reply 16 mask-request 17 mask-reply 18
    traceroute 30 conversion-error 31 mobile-redirect 32`),
  asa: messages(`
    echo-reply 0 unreachable 3 source-quench 4 redirect 5 alternate-address 6 echo 8 router-advertisement 9
    router-solicitation 10 time-exceeded 11 parameter-problem 12 timestamp-request 13 timestamp-reply 14
    information-request 15 information-reply 16 mask-request 17 mask-reply 18 traceroute 30 conversion-error 31
    mobile-redirect 32`),
};

const ICMP6: ByDialect<ReadonlyMap<string, IcmpMessage>> = {
  ios: messages(`
    unreachable 1 no-route 1/0 no-admin 1/1 beyond-scope 1/2 destination-unreachable 1/3 port-unreachable 1/4
    packet-too-big 2 time-exceeded 3 hop-limit 3/0 reassembly-timeout 3/1 parameter-problem 4 header 4/0
    next-header 4/1 parameter-option 4/2 echo-request 128 echo-reply 129 mld-query 130 mld-report 131
    mld-reduction 132 router-solicitation 133 router-advertisement 134 nd-ns 135 nd-na 136 redirect 137
    router-renumbering 138 renum-command 138/0 renum-result 138/1 renum-seq-number 138/255 mldv2 143
    dhaad-request 144 dhaad-reply 145 mpd-solicitation 146 mpd-advertisement 147`),
  asa: messages(`
    unreachable 1 packet-too-big 2 time-exceeded 3 parameter-problem 4 echo 128 echo-request 128 echo-reply 129
    membership-query 130 membership-report 131 membership-reduction 132 router-solicitation 133
    router-advertisement 134 neighbor-solicitation 135 neighbor-advertisement 136 neighbor-redirect 137 redirect 137
    router-renumbering 138`),
};

/** A decimal number up to `max`; undefined for anything else (`0x10`, `+1`, `1e3`, the empty word). */
function decimal(word: string, max: number): number | undefined {
  let value = 0;
  const { length } = word;
  if (length === 0 || length > 5) return undefined;
  for (let index = 0; index < length; index += 1) {
    const digit = word.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value <= max ? value : undefined;
}

/** TCP port of a name or a decimal number; undefined for a word that is neither. Case does not matter. */
export function tcpPort(dialect: Dialect, word: string): number | undefined {
  return decimal(word, 65535) ?? TCP[dialect].get(word) ?? TCP[dialect].get(word.toLowerCase());
}

/** UDP port of a name or a decimal number. */
export function udpPort(dialect: Dialect, word: string): number | undefined {
  return decimal(word, 65535) ?? UDP[dialect].get(word) ?? UDP[dialect].get(word.toLowerCase());
}

/**
 * Port for a protocol number. Names exist for TCP and UDP only; for others with ports (SCTP) the number, or the name
 * that TCP has for it.
 */
export function portFor(dialect: Dialect, protocol: number, word: string): number | undefined {
  return protocol === 17 ? udpPort(dialect, word) : tcpPort(dialect, word);
}

/**
 * IP protocol of a name or number 0–255; `any` for `ip` (and `ipv6`, which IPv6 access lists write). In IPv6 access
 * lists of IOS (`family` 6) `icmp` means ICMPv6.
 */
export function protocolNumber(dialect: Dialect, word: string, family: 4 | 6 = 4): number | 'any' | undefined {
  const number = decimal(word, 255);
  if (number !== undefined) return number;
  const name = word.toLowerCase();
  if (name === 'ip' || (name === 'ipv6' && dialect === 'ios')) return 'any';
  if (name === 'icmp' && family === 6 && dialect === 'ios') return 58;
  return PROTOCOLS[dialect].get(name);
}

/** ICMP type (and code, where the name stands for one) of a name or type number. */
export function icmpType(dialect: Dialect, word: string): IcmpMessage | undefined {
  const type = decimal(word, 255);
  return type === undefined ? ICMP[dialect].get(word.toLowerCase()) : { type };
}

/** ICMPv6 type (and code, where the name stands for one) of a name or type number. */
export function icmp6Type(dialect: Dialect, word: string): IcmpMessage | undefined {
  const type = decimal(word, 255);
  return type === undefined ? ICMP6[dialect].get(word.toLowerCase()) : { type };
}
