/* Small configurations that say what a test needs and nothing else. Public addresses are those of RFC 5737. */

/** An internet edge that lets anyone reach a broker in clear text. */
export const EXPOSED_ASA = `ASA Version 9.12(4)
!
hostname edge-1
!
interface GigabitEthernet0/0
 nameif outside
 security-level 0
 ip address 203.0.113.2 255.255.255.0
!
interface GigabitEthernet0/1
 nameif dmz
 security-level 50
 ip address 10.20.30.1 255.255.255.0
!
access-list OUTSIDE-IN extended permit tcp any host 10.20.30.10 eq 1883
access-list OUTSIDE-IN extended deny ip any any
access-list DMZ-IN extended deny ip any any
!
access-group OUTSIDE-IN in interface outside
access-group DMZ-IN in interface dmz
route outside 0.0.0.0 0.0.0.0 203.0.113.1 1
: end
`;

/** The same edge, shut. */
export const CLOSED_ASA = EXPOSED_ASA.replace('hostname edge-1', 'hostname edge-2').replace(
  'extended permit tcp any host 10.20.30.10 eq 1883',
  'extended deny tcp any host 10.20.30.10 eq 1883',
);

/** A branch router with an IPv4 filter on its uplink. */
export const CLOSED_IOS = `version 15.2
!
hostname branch-1
!
interface GigabitEthernet0/0
 ip address 203.0.113.2 255.255.255.0
 ip access-group NOTHING in
 ip access-group NOTHING out
!
interface GigabitEthernet0/1
 ip address 10.20.30.1 255.255.255.0
!
ip access-list extended NOTHING
 deny ip any any
!
ip route 0.0.0.0 0.0.0.0 203.0.113.1
!
end
`;

/** A firewall of another vendor. */
export const FORTIGATE = `config system global
    set hostname "forti"
end
config firewall policy
    edit 1
        set srcintf "wan1"
        set dstintf "dmz"
        set action accept
    next
end
`;

export const ARISTA = `! device: leaf1 (DCS-7050TX, EOS-4.20.1F)
!
hostname leaf1
!
interface Ethernet1
   no switchport
   ip address 192.0.2.1/24
!
end
`;
