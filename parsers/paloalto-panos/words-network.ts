import { statements, type StatementTable } from './statements.ts';

const PORT = 'interface (ethernet|aggregate-ethernet) *';
const UNIT = '(layer3|layer2) units *';
const ROUTING = 'learns and announces routes; which of them exist is not part of the model';
const LINK = 'below IP, or about the device itself: does not choose among packets by address or port';

const LAYER_3 =
  'mtu|ndp-proxy|adjust-tcp-mss|untagged-sub-interface|lldp|arp|netflow-profile|interface-management-profile|sdwan-link-settings|decrypt-forward|bonjour|df-ignore|traffic-interconnect|cluster-interconnect|rate-limit|ipv6-client|dhcp-ipv6-client|link-tag';

/** Statements of `network`. */
export const NETWORK: StatementTable = {
  mode: 'network',
  statements: [
    ...statements(
      'modelled',
      '',
      `${PORT} (comment|layer3|layer2|virtual-wire|tap|ha|link-state|aggregate-group)
${PORT} layer3 (ip|ipv6|dhcp-client|pppoe|units)
${PORT} ${UNIT} (ip|ipv6|dhcp-client|pppoe|tag|comment)
interface (vlan|loopback|tunnel) (units|ip|ipv6|comment)
interface (vlan|loopback|tunnel) units * (ip|ipv6|comment|dhcp-client)
virtual-wire * (interface1|interface2|tag-allowed)
virtual-router * interface
virtual-router * routing-table (ip|ipv6) static-route * (destination|nexthop|interface)
logical-router * vrf * interface
logical-router * vrf * routing-table (ip|ipv6) static-route * (destination|nexthop|interface)
vlan * (interface|virtual-interface)`,
    ),
    ...statements(
      'no-effect',
      LINK,
      `${PORT} (link-speed|link-duplex|lacp|poe|lldp|mac-address|flow-control|decrypt-mirror|decrypt-forward|log-card|sdwan|link-tag)
${PORT} (layer3|layer2|virtual-wire|ha) (lacp|lldp|netflow-profile)
${PORT} layer3 (${LAYER_3}|ddns-config)
${PORT} ${UNIT} (${LAYER_3}|ddns-config)
interface (vlan|loopback|tunnel) (${LAYER_3}|ddns-config)
interface (vlan|loopback|tunnel) units * (${LAYER_3}|ddns-config)
virtual-wire * (link-state-pass-through|multicast-firewalling)
vlan * (stp|mac|l3-forwarding|comment)
profiles
ike
tunnel
dhcp
dns-proxy
lldp
qos
global-protect-clientless-vpn
global-protect
secure-web-gateway
underlay-net
interface (cellular|sdwan|fail-open|poe)
tcp
lacp
proxy`,
    ),
    ...statements(
      'no-effect',
      ROUTING,
      `virtual-router * (protocol|multicast|admin-dists|ecmp|admin-dist)
virtual-router * routing-table (ip|ipv6) static-route * (metric|path-monitor|bfd|route-table|admin-dist|option|tag)
logical-router * vrf * (bgp|ospf|ospfv3|ecmp|multicast|rip|admin-dists|rib-filter|global-rib-filter)
logical-router * vrf * routing-table (ip|ipv6) static-route * (metric|path-monitor|bfd|route-table|administrative-distance|option|tag)
routing-profile`,
    ),
    ...statements('no-effect', 'shapes traffic', 'sdwan-interface-profile'),
  ],
};
