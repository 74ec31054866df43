import { statements, type Statement } from './statements.ts';

const ROUTING = 'learns and announces routes; which of them exist is not part of the model';
const DEVICE = 'is about the device itself, not about what it forwards';
const LAYER_2 = 'below IP: does not choose among packets by address or port';
const QUEUES = 'shapes and marks traffic';
const WITHOUT = 'packets that it drops are judged as if they passed';

/** Statements outside of `security` and `applications`. */
const GENERAL: readonly Statement[] = [
  ...statements(
    'modelled',
    '',
    `version
system host-name
system syslog host
apply-groups
apply-groups-except`,
  ),
  ...statements('no-effect', 'a note for scripts', 'apply-macro'),
  ...statements('no-effect', 'hides a stanza from `show configuration`', 'apply-flags'),
  ...statements(
    'no-effect',
    DEVICE,
    `system
chassis
snmp
access
access-profile
accounting-options
event-options
poe
virtual-chassis
ethernet-switching-options
switch-options
multi-chassis
unified-edge
jsrc
diameter
session-limit-group
dynamic-profiles
fabric
host-name`,
  ),
  ...statements('no-effect', QUEUES, 'class-of-service'),
  ...statements(
    'no-effect',
    ROUTING,
    `protocols
policy-options (policy-statement|community|as-path|as-path-group|condition|damping|route-filter-list|rtf-prefix-list|tunnel-attribute|defaults|policy-options)
policy-options (application-maps|mac-list|route-distinguisher)
routing-options
routing-instances * (protocols|routing-options|route-distinguisher|vrf-target|vrf-import|vrf-export|vrf-table-label|vtep-source-interface|description)
routing-instances * (no-vrf-advertise|no-vrf-propagate-ttl|no-local-switching|vxlan|bridge-domains|switch-options|provider-tunnel|system|services|access|vlans|l3-interface|vlan-id|multicast-snooping-options|egress-protection|service-type)
routing-instances (traceoptions|instance-import)`,
  ),
  ...statements(
    'modelled',
    '',
    `protocols sflow
policy-options prefix-list * *
policy-options prefix-list * apply-path
routing-options static route * (next-hop|qualified-next-hop|next-table|discard|reject|receive)
routing-options rib * static route * (next-hop|qualified-next-hop|next-table|discard|reject|receive)
routing-instances * instance-type
routing-instances * interface
routing-instances * routing-options static route * (next-hop|qualified-next-hop|next-table|discard|reject|receive)
routing-instances * routing-options rib * static route * (next-hop|qualified-next-hop|next-table|discard|reject|receive)`,
  ),
  ...statements(
    'modelled',
    '',
    `routing-instances * forwarding-options family * filter (input|output)
forwarding-options family * filter (input|output)
forwarding-options (sampling|port-mirroring|analyzer)
forwarding-options packet-capture
services flow-monitoring
services (jflow-log|flow-collector)`,
  ),
  ...statements(
    'no-effect',
    'relays, hashes or limits below the level of packets and ports',
    `forwarding-options (helpers|dhcp-relay|hash-key|load-balance|storm-control-profiles|storm-control|enhanced-hash-key|link-layer-broadcast-inet-prefix-only)
forwarding-options (accounting|vxlan-routing|satellite|next-hop-group|monitoring|multicast-replication|rpf-loose-mode-discard|local-bias|ip-options-drop|cut-through|fast-reroute-priority)
forwarding-options (apply-groups|next-hop|family-mpls|lpm-profile|evpn-vxlan|tunnel-termination)
routing-instances * forwarding-options (dhcp-relay|hash-key|helpers|load-balance|storm-control)`,
  ),
  ...statements(
    'no-effect',
    'accounts for, tunes or monitors traffic',
    `services (rpm|ssl|ssh|application-identification|user-identification|icap-redirect|security-intelligence|advanced-anti-malware|analytics|web-proxy|hosted-services|video-monitoring|apply-groups|inline-monitoring|dynamic-flow-capture|flow-tap|l2tp|mobile-ip|traceoptions|logging|unified-access-control|captive-portal-content-delivery|pcp|softwire|ptsp|local-policy-decision-function|border-signaling-gateway|cos|adaptive-services-pics|ipsec-vpn|service-interface-pools|service-device-pools|ggsn|packet-triggered-subscribers|subscriber-management|radius-flow-tap|crtp)`,
  ),
  ...statements(
    'unsupported',
    `a packet filter of a services card: ${WITHOUT}`,
    `services (stateful-firewall|service-set|ids)`,
  ),
  ...statements('unsupported', 'translated addresses are judged as they arrive', 'services nat'),
];

const UNIT = 'interfaces * unit * family';

/** `interfaces`; valid below `interface-range` too. */
const INTERFACES: readonly Statement[] = [
  ...statements(
    'modelled',
    '',
    `interfaces * (description|disable|enable)
interfaces * unit * (description|disable|enable)
interfaces * unit * family (inet|inet6) (address|dhcp|dhcp-client|dhcpv6-client|negotiate-address|unnumbered-address|autoconf)
interfaces * unit * family * filter (input|output|input-list|output-list|group)
interfaces * unit * family * sampling
interfaces interface-range * (member|member-range)
interfaces * unit * family ethernet-switching vlan
interfaces * unit * family ethernet-switching (interface-mode|port-mode)`,
  ),
  ...statements(
    'no-effect',
    LAYER_2,
    `interfaces * (mtu|vlan-tagging|flexible-vlan-tagging|stacked-vlan-tagging|encapsulation|gigether-options|ether-options|fastether-options|aggregated-ether-options|redundant-ether-options|fabric-options|link-mode|speed|native-vlan-id|hold-time|traps|no-traps|mac|esi|lacp|auto-negotiation|optics-options|framing|clocking|sonet-options|t1-options|e1-options|t3-options|ppp-options|interface-transmit-statistics|gratuitous-arp-reply|no-gratuitous-arp-request|no-gratuitous-arp-reply|damping|passive-monitor-mode|per-unit-scheduler|hierarchical-scheduler|multiservice-options|services-options|modem-options|dialer-options|cellular-options|logical-tunnel-options|anchor-point|unidirectional|keepalives|no-keepalives|lmi|dsl-options|vdsl-options|otn-options|dce|arp-l2-validate|lsq-failure-options|multi-chassis-protection|promiscuous-mode|forwarding-class-accounting|input-native-vlan-push|number-of-sub-ports|unused|ether-type|link-degrade-monitor|radius-options|load-balancing-options|media-type|layer2-policer|input-traffic-control-profile|output-traffic-control-profile|redundancy-options|serial-options|shdsl-options|cisco-interface-compatibility|redundant-parent|tunnel-services|priority|802.3ad|targeted-distribution)
interfaces * unit * (vlan-id|vlan-tags|vlan-id-range|vlan-id-list|encapsulation|bandwidth|mtu|tunnel|point-to-point|multipoint|peer-unit|dlci|vci|proxy-arp|interface-id|input-vlan-map|output-vlan-map|traps|no-traps|ppp-options|pppoe-options|dial-options|dialer-options|swap-by-poppush|family-any|arp-resp|native-inner-vlan-id|statistics|copy-tos-to-outer-ip-header|reassemble-packets|alias|alias-interface|demux-options|demux-source|demux-destination|esi|multi-chassis-protection|virtual-gateway-v4-mac|virtual-gateway-v6-mac|no-virtual-gateway-esi|keepalives|mac|input-traffic-control-profile|rpm|service-domain|ip-address-owner|radio-router|forwarding-class-accounting|allow-any-destination|clear-dont-fragment-bit|backup-options|compression|disable-mlppp-inner-ppp-pfc|drop-timeout|multicast-vlan|accounting-profile|layer2-policer|targeted-options|transmit-weight|auto-configure|actual-transit-statistics|l2tp-interface-id|etree-ac-role|advisory-options|peer-interface|speed|host-prefix-only|unit-ext)
interfaces * unit * family (inet|inet6) (mtu|no-redirects|redirects|no-redirects-ipv6|arp-max-cache|arp-new-hold-limit|primary|preferred|targeted-broadcast|no-neighbor-learn|ndp-proxy|dad-proxy|dad-disable|nd6-stale-time|nd6-max-cache|nd6-new-hold-limit|accounting|destination-class-usage|unconditional-src-learn|multicast-only|receive-options-packets|receive-ttl-exceeded|tcp-mss|policer-overhead|mac-validate|demux-source|demux-destination|next-hop-tunnel|ipsec-sa|input-hierarchical-policer|force-v6-only|urpf-pass|local-router-address|no-validate-source|load-balance|master-only)
interfaces (traceoptions|interface-set|stacked-interface-set)
interfaces * unit * family (mpls|iso|ethernet-switching|bridge|ccc|vpls|tcc|any|mlppp|mlfr-end-to-end|mlfr-uni-nni|pppoe|fibre-channel|evpn|tnp)`,
  ),
  ...statements(
    'unsupported',
    `a packet whose source is not routed back to the interface is dropped there: ${WITHOUT}`,
    `${UNIT} * rpf-check`,
  ),
  ...statements('conditional', 'drops by rate what it permits', `${UNIT} * policer`),
  ...statements(
    'unsupported',
    `a filter of another kind: ${WITHOUT}`,
    `${UNIT} * (service|simple-filter)
interfaces * unit * (service|filter|targeted-distribution-filter)
interfaces * filter`,
  ),
];

const TERM = ['firewall family * filter * term *', 'firewall filter * term *'];

/** `firewall`. What stands inside of a term is marked by who reads it. */
const FIREWALL: readonly Statement[] = [
  ...statements('modelled', '', TERM.flatMap((term) => [`${term} from`, `${term} then`, `${term} filter`]).join('\n')),
  ...statements(
    'no-effect',
    'counts or is about how the filter is built',
    TERM.map((term) => term.replace(/ term \*$/, ''))
      .map(
        (filter) =>
          `${filter} (interface-specific|accounting-profile|enhanced-mode|enhanced-mode-override|fast-lookup-filter|physical-interface-filter|instance-shared|interface-shared|no-interface-specific|promote|scale-optimized|prefix-action|description|precompute)`,
      )
      .join('\n'),
  ),
  ...statements('modelled', '', 'firewall interface-set'),
  ...statements(
    'conditional',
    'drops by rate what it permits',
    `firewall (policer|three-color-policer|hierarchical-policer|load-balance-group|atm-policer)
firewall family * (policer|prefix-action|dialer-filter|template)`,
  ),
  ...statements(
    'no-effect',
    'only names something',
    'firewall (tunnel-end-point|log-prefix|atm|flexible-match|filter-list-template)',
  ),
  ...statements(
    'unsupported',
    `a filter of another kind: ${WITHOUT}`,
    `firewall family * (service-filter|simple-filter|fast-update-filter)`,
  ),
];

/** VLANs and bridge domains. */
const VLANS: readonly Statement[] = [
  ...statements(
    'no-effect',
    LAYER_2,
    `vlans
bridge-domains`,
  ),
  ...statements('modelled', '', 'vlans * (vlan-id|l3-interface)'),
  ...statements(
    'unsupported',
    `a filter inside of a VLAN: ${WITHOUT}`,
    `vlans * filter
vlans * forwarding-options filter
bridge-domains * forwarding-options filter`,
  ),
];

/** Every statement that is known outside of `security`, `applications` and `schedulers`. */
export const WORDS: readonly Statement[] = [...GENERAL, ...INTERFACES, ...FIREWALL, ...VLANS];
