/** Which words stand at which place of a configuration (PAN-OS XML schema, `/config` and below). */

/** Words that a virtual system's own statements begin with; `set` output of a firewall with one leaves `vsys vsys1` out. */
export const SYSTEM_WORDS: ReadonlySet<string> = new Set(
  `address address-group alg-override application application-filter application-group application-status application-tag
authentication-object authentication-profile authentication-sequence captive-portal certificate certificate-profile
data-objects decryption-mirror device-object dns-proxy dynamic-user-group email-scheduler external-list
global-protect group-mapping hip-objects hip-profiles import inline-cloud-analysis ipv6 local-user-database log-settings
ocsp-responder pdf-summary-report profile-group profiles redistribution-agent redistribution-collector region
report-group reports response-page route rulebase saas-tenant-list saas-user-list schedule scep sdwan-interface-profile
server-profile service service-group ssl-decrypt ssl-tls-service-profile tag threats ts-agent url-admin-override
url-content-types user-id-agent user-id-agent-sequence user-id-collector user-id-ssl-auth vm-info-source zone`.split(
    /\s+/,
  ),
);

/** Words that stand directly in a rulebase. */
export const RULE_KINDS: ReadonlySet<string> = new Set(
  `security nat pbf decryption application-override authentication captive-portal qos dos tunnel-inspect sdwan
network-packet-broker default-security-rules`.split(/\s+/),
);

/** What holds a device's or a manager's statements and is left out of the tree: words that stand around the whole. */
export const WRAPPERS: ReadonlySet<string> = new Set(['config', 'result', 'response', 'root']);

/** The name under `devices` that stands for the device itself. */
export const ITSELF = 'localhost.localdomain';

/** The identifier that PAN-OS 9 and later give a rule. */
export const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Verbs of the configure mode that change the configuration. */
export const BEGINS_COMMAND = /^(?:set|delete|move|rename|copy|edit|override|top|up|load|clone|multi-move)(?:\s|$)/;
