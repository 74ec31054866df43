import { noEffect, type Form } from '../syntax/statements.ts';
import { inert } from './inert.ts';
import type { IosText } from './text.ts';

/** One form for each word list, all with the same reason. */
function forms(reason: string, words: string): Form<IosText>[] {
  return words
    .split('\n')
    .flatMap((line) => line.split(','))
    .map((form) => form.trim())
    .filter((form) => form !== '')
    .map((form) => noEffect<IosText>(form, reason));
}

/** Interface statements that cannot change which packets pass, with the reason for each group. */
export const INTERFACE_WORDS: readonly Form<IosText>[] = [
  ...forms(
    'link layer',
    `congestion-control, pause, tunnel-interface, endpoint-tracker, bundle-enable, bandwidth, delay, duplex, speed, mtu, ip mtu, ipv6 mtu, media-type, negotiation, auto, carrier-delay, keepalive, clock, load-interval,
     hold-queue, tx-ring-limit, tx-queue-limit, encapsulation, frame-relay, full-duplex, half-duplex, flowcontrol, mdix, mac-address, power,
     dampening, link, logging event, snmp, cdp, lldp, udld, arp, no-arp, macro, channel-group, channel-protocol, lacp, pagp, port-channel,
     duplex-mode, transmit-interface, fair-queue, random-detect, priority-queue, queue-limit, max-reserved-bandwidth, srr-queue, mls,
     wrr-queue, rcv-queue, auto qos, trust, platform, hw-module, medium, beacon, efm, ethernet, l2protocol-tunnel, l2protocol, mop, vmps,
     dsl, atm, serial, framing, linecode, cablelength, crc, invert, loopback, down-when-looped, fddi, ring-speed, early-token-release,
     fec, transceiver, plim, isis, clns, bfd, cem, ima, lan-name, ntp, mka, macsec, hdlc, compress, squeeze, tag-switching, squelch, bupsw,
     bert, t1, e1, controller, antenna, station-role, ssid, channel, world-mode, rts, beamform, payload-compression, dot11, packet, stackwise-virtual,
     ptp, synchronous, network-clock, energywise, peer, async, routing, vtp, spanning-tree, line-protocol, physical-layer, lex, pvc,
     oam-pvc, ubr, vbr-nrt, cell-packing, protocol, dialer, dialer-group, pulse-time, group-range, no-keepalive, storm-control`,
  ),
  ...forms(
    'layer 2 port settings',
    `ipv6 source-guard, cts layer3, dot11 qos, broadcast-key, switchport trunk, switchport nonegotiate, switchport voice, switchport port-security, switchport block, switchport protected,
     switchport encapsulation, switchport autostate, switchport private-vlan, switchport backup, switchport host, switchport priority, switchport vlan,
     ip arp, ip dhcp, ipv6 dhcp, ipv6 nd, ip igmp, ipv6 mld, ip device, private-vlan, vlan, rmon, autostate, errdisable, device-tracking,
     ipv6 snooping, ipv6 guard, ip proxy-arp, ip local-proxy-arp, ip gratuitous-arps`,
  ),
  ...forms(
    'who may use the port, not which packets',
    'authentication, dot1x, mab, access-session, webauth, identity, nmsp, service-template, subscriber, epm, domain',
  ),
  ...forms(
    'routing and its protocols',
    `ip ospf, ipv6 ospf, ospfv3, ip rip, ipv6 rip, ip eigrp, ipv6 eigrp, ip router, ipv6 router, ip summary-address, ip split-horizon,
     ip hello-interval, ip hold-time, ip bandwidth-percent, ip authentication, ip rsvp, mpls, ip pim, ipv6 pim, ip mroute-cache, ip multicast,
     ip mfib, ipv6 mfib, ip cgmp, ip dvmrp, ip sdr, ip mrm, ip nhrp, ipv6 nhrp, ip next-hop-self, bgp-policy, ip bgp, ip cef, ip route-cache,
     ipv6 cef, ipv6 mtu, ip load-sharing, ip flowspec, ipv6 flowspec, ip topology, topology, ip rip advertise, cfm, ip wide-metric, ip mobile, ip irdp,
     ip gdp, ip evpn, lisp, ip lisp, ipv6 lisp, domain-path, otv, nat64, nhrp, if-state, member, vni, host-reachability, source-interface, ip router isis,
     ip dampening-change, ip dampening-interval, ip default-gateway, ip probe, ip nat-pt, evc`,
  ),
  ...forms('router redundancy', 'standby, vrrp, glbp, fhrp, redundancy, backup, track, hsrp, carrier'),
  ...forms(
    'answers of the device itself, and what it relays',
    `ip unreachables, ipv6 unreachables, ip redirects, ipv6 redirects, ip mask-reply, ip information-reply, ip helper-address, ipv6 dhcp relay,
     ip directed-broadcast, ip broadcast-address, ip tcp, ipv6 tcp, ip virtual-reassembly, ipv6 virtual-reassembly, ip forward-protocol, ip security,
     ip accounting, ip stream, ip rtp, ip ddns, ip icmp, ip identd, ip dns, ip verify drop-rate, ip nbar, ip rgmp, ip inspect log, ip sla, ip pgm,
     ip options, ip urd, ip vrf receive, ip policy-list, ip trigger-authentication, h323-gateway, ip http, ipv6 general-prefix, ipv6 ospf mtu-ignore,
     ip ssh, ip name-server, ipv6 traffic-class, service-module, entity, ipv6 destination-guard, ip tftp`,
  ),
  ...forms(
    'tunnel and PPP parameters: filters of the interface are judged on their own',
    `tunnel, ppp, pppoe, pppoe-client, pppoe enable, peer default, dialer, isdn, compression, multilink, x25, lapb, cellular, script, modem,
     autodetect, virtual-template, vpdn, l2tp, crypto ipsec, crypto engine, crypto isakmp, ipsec, cts dot1x, cts role-based sgt-map, cts sap, propagate, ip sctp, keys`,
  ),
  ...forms(
    'scheduling and marking, no filter',
    'rate-limit, traffic-shape, shape, priority-group, custom-queue-list, qos, service-policy history, qos-group, load-balance, ip qos, policy-map, bandwidth qos-reference',
  ),
  ...forms(
    'shows or logs only',
    'monitor, mls netflow, flow, sflow, datalink, performance, ip traffic-export, remote-span',
  ),
  inert('service instance', 'layer 2 service; filters of routed interfaces are judged'),
];
