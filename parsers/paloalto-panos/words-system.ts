import { statements, type StatementTable } from './statements.ts';

const OBJECTS = 'named by rules; counts where a rule names it';
const WATCHING = 'reports on, recognises or authenticates; rules say what passes';

/** Statements of a virtual system, of `shared`, and of a device group. */
export const SYSTEM: StatementTable = {
  mode: 'virtual system, shared, device group, pushed policy',
  statements: [
    ...statements(
      'no-effect',
      'a note or a name',
      `(address|address-group|service|service-group|application|application-group|application-filter|region|external-list|schedule|tag|profile-group|dynamic-user-group) * (description|tag|disable-override|id)
address * auto-generated
address-group * auto-generated`,
    ),
    ...statements(
      'modelled',
      OBJECTS,
      `address * (ip-netmask|ip-range|ip-wildcard|fqdn)
address-group * (static|dynamic)
service * protocol (tcp|udp|sctp) (port|source-port)
service-group * members
application * default
application * (parent-app|use-applications|category|subcategory|technology|risk)
application-group * members
application-filter * (category|subcategory|technology|risk|evasive|excessive-bandwidth-use|has-known-vulnerabilities|is-saas|new-appid|pervasive|prone-to-misuse|transfers-files|tunnels-other-apps|used-by-malware|tagging|exclude|saas-certifications|saas-risk)
region * (address|geo-location)
external-list * type
schedule * schedule-type
tag * (color|comments)
profile-group * (virus|spyware|vulnerability|url-filtering|file-blocking|wildfire-analysis|data-filtering|gtp|sctp|ai-security|dns-security)
zone * network (layer2|layer3|virtual-wire|tap|tunnel|external)
import visible-vsys
display-name
dynamic-user-group * filter`,
    ),
    ...statements('no-effect', 'only how long a session lasts', 'service * protocol (tcp|udp|sctp) override'),
    ...statements(
      'no-effect',
      'how the device recognises an application; rules name it',
      `application * (signature|timeout|tcp-timeout|udp-timeout|tcp-half-closed-timeout|tcp-time-wait-timeout|no-appid-caching|alg-disable-capability)
application * (able-to-transfer-file|consume-big-bandwidth|data-ident|evasive-behavior|file-type-ident|has-known-vulnerability|pervasive-use|prone-to-misuse|spyware-ident|tunnel-applications|tunnel-other-application|used-by-malware|virus-ident|tag-names)
application-tag
application-status
content-preview
alg-override`,
    ),
    ...statements(
      'modelled',
      'inspection that a rule names',
      `profiles (vulnerability|spyware|virus|wildfire-analysis|url-filtering|file-blocking|data-filtering|dns-security|decryption)`,
    ),
    ...statements(
      'no-effect',
      'decides about contents, names or rates, not about ports',
      `profiles (custom-url-category|dos-protection|data-objects|hip-objects|hip-profiles|gtp|sctp|sdwan-path-quality|sdwan-traffic-distribution|sdwan-saas-quality|sdwan-error-correction|packet-broker|mobile-network-protection|saas-security|ai-security|advanced-dns-security|lldp|bfd|zone-protection)
profiles`,
    ),
    ...statements(
      'modelled',
      'where logs go',
      `log-settings profiles
log-settings syslog
server-profile syslog`,
    ),
    ...statements(
      'no-effect',
      'where logs of the device itself go',
      `log-settings
server-profile
syslog`,
    ),
    ...statements(
      'no-effect',
      'limits floods and malformed packets, not ports',
      `zone * (user-acl|enable-user-identification|enable-device-identification|device-acl|zone-protection-profile|log-setting|enable-packet-buffer-protection|net-inspection|pre-nat-user-acl|pre-nat-device-acl|prenat-identification|sc-zone-type|id)
zone * network (zone-protection-profile|log-setting|enable-packet-buffer-protection|net-inspection|prenat-identification)`,
    ),
    ...statements(
      'no-effect',
      WATCHING,
      `import (dns-proxy|resource)
import network (virtual-wire|vlan|logical-router|virtual-router|ipsec-tunnel|sdwan-interface)
admin-role
allow-list
authentication-object
authentication-profile
authentication-sequence
authentication
acc-saas-tab
accounting-server-profile
botnet
captive-portal
cert-info
certificate
certificate-profile
cloud-identity-engine
content-id
custom-url-category
data-objects
decryption-mirror
device-object
dlp
dns-proxy
email-scheduler
group-mapping
hip-objects
hip-profiles
hsm
global-protect
inline-cloud-analysis
iptag
ipv6
kerberos
ldap
local-user-database
log-forwarding
motd-banner-settings
ntlm
ocsp-responder
override
pdf-summary-report
policy-match
radius
redistribution-agent
redistribution-collector
report-group
reports
response-page
route
saas-tenant-list
saas-user-list
scep
sdwan-interface-profile
setting
settings
ssh-service-profile
ssl-decrypt
ssl-exclude-cert
ssl-tls-service-profile
tacplus
threats
ts-agent
uid-agent-config
url-admin-override
url-content-types
user-id-agent
user-id-agent-sequence
user-id-collector
user-id-hub
user-id-ssl-auth
vm-info-source
user-context
vsys-id
tag-source
to-sw-version
ipsec-crypto-profiles
license
local-deployment`,
    ),
    ...statements('modelled', 'zones and networks of the system', 'import network interface'),
  ],
};
