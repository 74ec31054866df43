/**
 * Top-level statements of ASA (7.x to 9.x) and PIX 6 that cannot change which packets pass, by the reason. What stands
 * below them has no effect either.
 */
export const NO_EFFECT: readonly { readonly reason: string; readonly forms: string }[] = [
  {
    reason: 'names, time and banners',
    forms: `domain-name; banner; clock; ntp; prompt; terminal; pager; command-alias; console; asdm; ftp mode; boot; enable;
      passwd; help; session; location`,
  },
  {
    reason: 'management of the device, not traffic through it',
    forms: `username; privilege; ssh; telnet; http; icmp; ipv6 icmp; snmp-server; snmp-map; ssl; rest-api;
      management-access; aaa-server; aaa accounting; aaa local; aaa proxy-limit; aaa mac-exempt; aaa authentication;
      aaa authorization; aaa authentication-exec; ldap; auth-prompt; user-identity; dns; dns server-group; dns-group-map; dns-group; dns-guard; key chain; dp-tcp-proxy; tftp-server;
      config-register; crashinfo; coredump; checkheaps; process; service call-home; call-home; license; license-server;
      service; service-module; hw-module; software; password-policy; monitor-interface; mount; quota; snort;
      smart-tunnel; feature; hpm; object-group-search; forward-reference; tls-proxy`,
  },
  {
    reason: 'limits and timers of permitted connections',
    forms: `timeout; xlate; fragment; threat-detection; sysopt connection tcpmss; sysopt connection timewait;
      sysopt connection preserve-vpn-flows; sysopt connection reclassify-vpn; sysopt noproxyarp; sysopt nodnsalias;
      sysopt radius; sysopt security; sysopt uauth; sysopt np; sysopt route; sysopt traffic; sysopt ipsec;
      sysopt connection permit-pptp; sysopt connection permit-l2tp; floodguard; fixup; conn; tcp-map; flow-offload;
      priority-queue; resource; jumbo-frame; mtu; sctp-map; gtp-map; mac-list; cpu; pdm; asp`,
  },
  {
    reason: 'inspection of permitted connections: never permits a first packet',
    forms: `policy-map type; regex; url-block; url-cache; url-server; scansafe; dynamic-filter use-database;
      dynamic-filter updater-client; dynamic-filter whitelist; dynamic-filter blacklist; dynamic-filter enable;
      dynamic-filter ambiguous-is-black; ip audit name; ip audit signature; ip audit info`,
  },
  {
    reason: 'VPN settings: tunnels end on the device',
    forms: `crypto; isakmp; tunnel-group; tunnel-group-map; vpdn; vpn-addr-assign; vpn-sessiondb; vpnclient; webvpn;
      ip local pool; ipv6 local pool; dynamic-access-policy-record; dynamic-access-policy-config; anyconnect-custom-data;
      anyconnect; svc; vpn load-balancing; ca; saml; compression; ipsec; vpngroup; ikev1; ikev2; uc-ime; phone-proxy;
      ctl-file; ctl-provider; media-termination; smart-license`,
  },
  {
    reason: 'routing and address services: no packet filter',
    forms: `router; prefix-list; ipv6 prefix-list; community-list; as-path; policy-list; arp; arp-inspection; mac-address;
      mac-address-table; mac-learn; mac-learn-flood; dhcpd; dhcprelay; dhcp-client; dhcp; ddns; rip; multicast-routing;
      mroute; pim; igmp; track; sla; bfd-template; bfd; ipv6 nd; ipv6 neighbor; ipv6 dhcp; ipv6 unicast-routing;
      ipv6 enforce-eui64; ipv6 dhcprelay; nve; zone; wccp; ospf; eigrp; bridge-group; interface-policy; isis; cts`,
  },
  {
    reason: 'clusters, failover, contexts and devices',
    forms: `failover; cluster; admin-context; context; class; mac-address auto; redundant-interface; interface-id;
      app-agent; sxp; chassis; vlan; lacp; ssp; service-interface; cluster-member-limit`,
  },
  {
    reason: 'logging settings beside the collectors',
    forms: `logging; flow-export template; flow-export delay; flow-export active; smtp-server; imap4s; pop3s; smtps; event; archive`,
  },
  {
    reason: 'words of a script around the configuration, not of the configuration',
    forms: `write; show; more; configure; config; copy; reload; changeto; debug; ping; cryptochecksum; sleep; quit`,
  },
];

/** Those of the statements above that open a block, for texts that lost their indentation. */
export const INERT_BLOCKS = `policy-map type; tunnel-group; webvpn; dns server-group; dns-group-map; aaa-server; crypto; call-home;
  service call-home; context; class; tcp-map; cluster; isakmp; dynamic-access-policy-record; sla; snmp-map; track;
  interface-policy; prefix-list; rip; mount; key chain; saml; ca; vpdn; multicast-routing; zone; license; failover`;
