import { conditional, noEffect, unsupported, type Form } from '../syntax/statements.ts';
import { inert } from './inert.ts';
import type { IosText } from './text.ts';

function forms(reason: string, words: string): Form<IosText>[] {
  return words
    .split(/[\n,]/)
    .map((form) => form.trim())
    .filter((form) => form !== '')
    .map((form) => noEffect<IosText>(form, reason));
}

function modes(reason: string, words: string, inside: string): Form<IosText>[] {
  const known = inside.split(/[\s,]+/).filter((word) => word !== '');
  return words
    .split(/[\n,]/)
    .map((form) => form.trim())
    .filter((form) => form !== '')
    .map((form) => inert(form, reason, known));
}

/** Top-level statements that cannot change which packets pass, with the reason for each group. */
export const TOP_WORDS: readonly Form<IosText>[] = [
  ...forms(
    'management of the device itself',
    `cpd, nls, dot11, spd, ftp-server, appqoe, sslproxy, sdwan-manager, licensing, banner-text, write, configure, service, boot-start-marker, boot-end-marker, boot, enable, username, privilege, aaa, tacacs-server, tacacs, radius-server, radius, snmp-server, snmp,
     ntp, clock, logging, banner, alias, prompt, no-more, scheduler, config-register, file, memory, memory-size, process, exception, buffers,
     ip http, ip https, ip ssh, ip scp, ip telnet, ip ftp, ip tftp, ip rcmd, ip finger, ip identd, ip domain, ip domain-name, ip domain-lookup,
     ip domain-list, ip name-server, ip host, ip hostname, ip dns, ip sla, ip bootp, ip boot, ip radius, ip tacacs, ip netconf, ip drp, login,
     password, archive, redundancy mode, hw-module, diagnostic, license, call-home, platform, power, environment, system, errdisable,
     tftp-server, rmon, kron, macro, parser, do, terminal, warm-reboot, software, upgrade, card, slot, module, process-max-time, usb, cns, netconf,
     netconf-yang, restconf, nat64 settings, subscriber, mmi, smart, pnp, iox, telemetry, transport, default-value, ipv6 host, ipv6 hop-limit,
     ipv6 icmp, ipv6 ioam, icmp, ipc, remote-management, configuration, setup, hostkey, transceiver, license-level, trustpoint, dying-gasp, shell,
     feature-set, resource, process cpu, cli, time-period, test, debug, profile flow, vstack, object, ip icmp, event, processor, show, device, cpu, facility-alarm,
     service-module, virtual-service, app-hosting, guestshell, enhanced-controller, fhrp, gnss, licence, install, stack-power, stack-mac, switch,
     energywise, sdm, system-id, ip port-channel, md-lock, web-certificate, management, memory-size, wireless, ap, multilink, ip console, tclsh, zone-based`,
  ),
  ...forms(
    'layer 2',
    `vlan, vtp, spanning-tree, lldp, cdp, udld, mac, mac-address-table, mls, lacp, port-channel, l2protocol-tunnel, l2vpn, bridge irb, bridge, bridge-domain,
     ip igmp, ipv6 mld, ip arp, arp, ip dhcp, ipv6 dhcp, ip device, dot1x, authentication, dot1q, link, monitor, switchport, vmps,
     ipv6 snooping, ipv6 nd, device-tracking, access-session, identity, ip source, epm, mab, ethernet, cfm, erps, sampler, ptp, l2, frame-relay,
     x25, dialer-list, dialer, isdn, lane, atm, network-clock, network-clock-select, network-clock-participate, controller, card type, storm-control, port, private-vlan, macsec, mka`,
  ),
  ...forms(
    'routing: which way a packet goes, not whether it may',
    `ip prefix-list, ipv6 prefix-list, ip community-list, ip extcommunity-list, ip as-path, ip bgp-community, ip cef, ipv6 cef, no-cef, ip classless,
     ip subnet-zero, ip default-gateway, ip default-network, ip multicast-routing, ip multicast, ip pim, ipv6 pim, ip mroute, ip mroute-cache, ip msdp, ip sap,
     ip forward-protocol, ip source-route, ipv6 source-route, ip gratuitous-arps, ip local, ipv6 local, ip icmp rate-limit, ip redirects, ip rsvp, mpls, tag-switching,
     key, nhrp, bfd, ip load-sharing, ip tcp, ip options, ip routing protocol, ip rip, ip ospf, ip vrf select, ip nhrp, ipv6 multicast-routing, ipv6 flowset,
     ipv6 address, segment-routing, ip explicit-path, ip route-cache, ip accounting, ip accounting-list, ip sctp, ip slb, ip irdp, ip mobile, ip summary-address,
     ip large-community-list, global-address-family, ip unreachables, ip wccp version, frr, lisp, ipv6 general-prefix, ip multipath, decnet, appletalk, ipx, clns, ip spd,
     ip aggregate, ip mfib, ipv6 mfib, ip fast-convergence, ip reflexive-list, address-family, ip virtual-reassembly, ip dvmrp, ip nbar, ip cache, ip rtcp, ip urlfilter alert, ip cgmp`,
  ),
  ...forms(
    'VPN and certificates: filters of interfaces are judged on their own',
    'crypto, vpdn, vpdn-group, l2tp-class, pseudowire-class, ip vpn, webvpn, l2tp, pptp, vpn, ppp, pppoe',
  ),
  ...forms(
    'voice',
    'voice, voice-port, dial-peer, sip-ua, gateway, mgcp, sccp, ccm-manager, telephony-service, call-manager-fallback, ephone, ephone-dn, dspfarm, gatekeeper, call, ivr, num-exp, translation-rule, rtr, h323, media, codec, voice-card, stcapp',
  ),
  ...forms(
    'counts, marks or schedules',
    'qos, queue-list, priority-list, auto, flow record, flow-sampler-map, table-map, ip flow-cache, ip flow-top-talkers, ip flow-export, ip flow-capture, performance, class, control-plane, queueing, policy-list, metadata, avc, ip nbar custom, ip nbar attribute-map',
  ),
  ...forms(
    'watches or redirects traffic of the device itself',
    'ip audit, ip ips, ip sdf, track, ip tcp intercept, standby, ip auth-proxy max-nodata-conns, ip admission max-nodata-conns, ip admission watch-list, ip admission service-policy, ip trigger-authentication',
  ),
  ...modes(
    'overlay and proxies of SD-WAN',
    'sdwan, omp, appqoe, sslproxy, bba-group, endpoint-tracker, security',
    'advertise exit timers tunnel-interface encapsulation interface',
  ),
  ...modes(
    'log-in and accounting',
    'aaa group server, radius server, tacacs server, aaa server radius, ldap server, archive, call-home, policy-map type control, class-map type control, ip admission name, ip auth-proxy name',
    'server address key log path hidekeys logging notify contact profile ip timeout',
  ),
  ...modes(
    'layer 2',
    'vlan, bridge-domain, redundancy, spanning-tree mst configuration, vlan internal, l2 vfi, monitor session',
    'name member mode state instance revision source destination',
  ),
  ...modes(
    'addresses that the device gives out',
    'ip dhcp pool, ipv6 dhcp pool',
    'network host default-router dns-server domain-name lease option bootfile import client-identifier hardware-address netbios-name-server netbios-node-type next-server address',
  ),
  ...modes(
    'VPN and certificates: filters of interfaces are judged on their own',
    'crypto isakmp policy, crypto isakmp client configuration group, crypto isakmp profile, crypto ipsec transform-set, crypto ipsec profile, crypto pki trustpoint, crypto pki certificate chain, crypto pki certificate map, crypto ca trustpoint, crypto ca certificate chain, crypto keyring, crypto ikev2 proposal, crypto ikev2 policy, crypto ikev2 profile, crypto ikev2 keyring, crypto ikev2 authorization, crypto gdoi group, crypto key pubkey-chain rsa, ip ssh pubkey-chain, crypto pki server',
    'encr encryption authentication group hash lifetime mode set enrollment revocation-check subject-name rsakeypair certificate pre-shared-key peer address proposal integrity match identity keyring serial-number fqdn ip-address subject-alt-name eku usage',
  ),
  ...modes(
    'routing: which way a packet goes, not whether it may',
    'key chain, ip sla, track, ip explicit-path, mpls traffic-eng, peer, template peer-policy, template peer-session, router lisp',
    'key key-string icmp-echo frequency timeout delay accept-lifetime send-lifetime cryptographic-algorithm threshold owner tag vrf udp-jitter tcp-connect http',
  ),
  ...modes(
    'runs commands on the device: what it changes while running is not known',
    'event manager',
    'event action description trigger',
  ),
  ...modes(
    'management',
    'control-plane, flow record, sampler, subscriber templating, parser view, dial-peer, voice service, ephone, telephony-service, sip-ua, gatekeeper, telemetry ietf subscription, app-hosting appid, virtual-service, policy-list, configuration mode',
    'match collect service-policy mode commands',
  ),
  conditional('ip wccp', 'some packets may be sent to a cache instead', () => undefined, { readNo: () => 'no-effect' }),
  conditional('ipv6 wccp', 'some packets may be sent to a cache instead', () => undefined, {
    readNo: () => 'no-effect',
  }),
  unsupported('firewall', 'what a content filter denies is not judged'),
  unsupported('ip urlfilter', 'what a content filter denies is not judged'),
  unsupported('nat64', 'packets between the families are not judged'),
  unsupported('nat66', 'addresses that IPv6 translation changes are judged as written'),
  unsupported('ip nat-pt', 'packets between the families are not judged'),
  unsupported('ipv6 nat', 'packets between the families are not judged'),
  noEffect('nat setting', 'how translations are kept'),
];
