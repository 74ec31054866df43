import type { NumberRange, ServiceSet, ServiceTerm } from '../model/service.ts';
import { ALL_PORTS, protocolTerm, single } from '../model/service.ts';
import type { Span } from '../source.ts';
import { argumentsOf, type IosText } from './text.ts';

/**
 * Ports that `match protocol NAME` stands for: port-to-application mapping, not a look into packets (IOS security
 * command reference, `ip port-map` and `show ip port-map`). `t` TCP, `u` UDP.
 */
const PORT_MAP: ReadonlyMap<string, string> = new Map(
  `aol t5190; bgp t179; biff u512; bittorrent t6881-6889; bootpc u68; bootps u67; cifs t445; cisco-fna t130; cisco-net-mgmt tu1741;
   cisco-svcs t2421; cisco-sys t132; cisco-tdp t711; cisco-tna t131; citrix t1494; citriximaclient t2598; clp u2567; creativepartnr t455;
   creativeserver t453; cuseeme t7648; daytime t13; dbase t217; dbcontrol_agent t3750; ddns-v3 t2164; dhcp-failover t647; discard t9; dns tu53;
   dnsix t90; echo tu7; entrust-svc-handler t3850; entrust-svcs t709; exec t512; finger t79; fragment -; ftp t21; ftps t990; gdoi u848; giop t2481;
   gopher t70; gtpv0 u3386; gtpv1 u2123; h323 t1720; h323callsigalt t11720; h323gatestat t1719; hp-alarm-mgr t383; hp-collector t381; hp-managed-node t382;
   hsrp u1985; http t80; https t443; ica t1494; icabrowser u1604; ident t113; igmpv3lite u465; imap t143; imap3 t220; imaps t993; ipass t2549;
   ipsec-msft u4500; ipx u213; irc t194; irc-serv t529; ircs t994; ircu t6665-6669; isakmp u500; iscsi t3260; iscsi-target t3260; kermit t1649;
   kerberos tu88; l2tp u1701; ldap t389; ldap-admin t3407; ldaps t636; login t513; lotusmtap t3007; lotusnote t1352; microsoft-ds t445; ms-cluster-net t3343;
   ms-dotnetster t3126; ms-sna t1477; ms-sql t1433; ms-sql-m u1434; msexch-routing t691; msrpc t135; mysql t3306; n2h2server t9285; ncp t524;
   net8-cman t1830; netbios-dgm u138; netbios-ns u137; netbios-ssn t139; netshow t1755; netstat t15; nfs tu2049; nntp t119; ntp u123; oem-agent t3872;
   oracle t1521; oracle-em-vp t1809; oraclenames t1575; orasrv t1525; pcanywheredata t5631; pcanywherestat u5632; pop3 t110; pop3s t995; pptp t1723;
   pwdgen t129; qmtp t209; r-winsock t1745; radius u1812 u1645; rdb-dbs-disp t1571; realmedia t7070; realsecure t2998; router u520; rsvd t168;
   rsvp-encap u1698; rsvp_tunnel t363; rtc-pm-port t3891; rtelnet t107; rtsp t554; secure-ftp t990; send t169; shell t514; sip tu5060; sip-tls t5061;
   skinny t2000; sms t2701; smtp t25; snmp u161; snmptrap u162; socks t1080; sqlnet t1521; sqlserv t118; sqlsrv t156; ssh t22; sshell t614; ssp t3249;
   streamworks u1558; stun u3478; sunrpc tu111; syslog u514; syslog-conn t601; tacacs t49 u49; tacacs-ds t65; tarantella t3144; tcp-all -; telnet t23;
   telnets t992; tftp u69; time t37; timed u525; tr-rsrb t1987; ttc t2483; uucp t540; vdolive t7000; vqp u1589; webster t765; who u513; wins tu1512;
   x11 t6000; xdmcp u177; vnc t5900; rdp t3389; nbns u137; kazaa t1214; edonkey t4662; gnutella t6346; amanda u10080; ace-svr u5500`
    .split(';')
    .map((entry): [string, string] => {
      const [name = '', ...ports] = entry.trim().split(/\s+/);
      return [name, ports.join(' ')];
    })
    .filter(([, ports]) => ports !== '-'),
);

/** What `match protocol` may and surely does match; undefined for a name without ports that we know. */
export function protocolMatch(
  name: string,
  text: IosText,
): { must: ServiceSet; may: ServiceSet; span?: Span } | undefined {
  const whole = wholeProtocol(name);
  if (whole !== undefined) return { must: whole, may: whole };
  const own = (PORT_MAP.get(name) ?? '').split(' ').flatMap(portTerms);
  const added = text.portMaps
    .filter(({ words }) => words[2] === name)
    .map((statement) => addedPorts(argumentsOf(statement)));
  if (own.length === 0 && added.length === 0) return undefined;
  const must = [...own, ...added.flatMap(({ terms, always }) => (always ? terms : []))];
  const may = [...own, ...added.flatMap(({ terms }) => terms)];
  return { must, may };
}

/** `tcp`, `udp` and `icmp` are the protocol as a whole; for IPv6 packets `icmp` is ICMPv6. */
function wholeProtocol(name: string): ServiceSet | undefined {
  if (name === 'tcp') return [protocolTerm(6)];
  if (name === 'udp') return [protocolTerm(17)];
  if (name === 'icmp') return [protocolTerm(1), protocolTerm(58)];
  return undefined;
}

/** `t80`, `tu53`, `t6881-6889`. */
function portTerms(entry: string): ServiceTerm[] {
  const found = /^([tu]+)(\d+)(?:-(\d+))?$/.exec(entry);
  if (found === null) return [];
  const [, kinds = '', first = '', last = first] = found;
  const protocols = [...(kinds.includes('t') ? [6] : []), ...(kinds.includes('u') ? [17] : [])];
  return [
    {
      protocols: protocols.map(single),
      sourcePorts: ALL_PORTS,
      destinationPorts: [{ first: Number(first), last: Number(last) }],
    },
  ];
}

/** `NAME port [tcp|udp] (PORT …|from PORT to PORT) [list ACL] [description TEXT]`. With a list only some hosts have the ports. */
function addedPorts(words: readonly string[]): { readonly terms: readonly ServiceTerm[]; readonly always: boolean } {
  const [, , kind = ''] = words;
  const protocols = kind === 'tcp' ? [6] : kind === 'udp' ? [17] : [6, 17];
  const ranges: NumberRange[] = [];
  let at = kind === 'tcp' || kind === 'udp' ? 3 : 2;
  for (; at < words.length && words[at] !== 'list' && words[at] !== 'description'; at += 1) {
    const word = words[at] ?? '';
    if (word === 'from' && words[at + 2] === 'to') {
      ranges.push({ first: Number(words[at + 1]), last: Number(words[at + 3]) });
      at += 3;
    } else if (/^\d{1,5}$/.test(word)) ranges.push(single(Number(word)));
  }
  const known = ranges.filter(({ first, last }) => first <= last && last <= 65535);
  return {
    terms:
      known.length === 0 ? [] : [{ protocols: protocols.map(single), sourcePorts: ALL_PORTS, destinationPorts: known }],
    always: words[at] !== 'list',
  };
}
