import { statements, type StatementTable } from './statements.ts';

const NOTES = '(description|tag|group-tag|uuid|audit-comment)';

/** What stands in a rulebase. What a rule of it says is marked by who reads the rule. */
export const RULES: StatementTable = {
  mode: 'rulebase, pre-rulebase, post-rulebase',
  statements: [
    ...statements(
      'no-effect',
      'a note or a name',
      `(security|nat|application-override|decryption|pbf|qos|dos|authentication|captive-portal|tunnel-inspect|sdwan|network-packet-broker) rules * ${NOTES}`,
    ),
    ...statements(
      'modelled',
      '',
      `security rules * (from|to|source|destination|negate-source|negate-destination|application|service|action|rule-type|disabled|target|log-start|log-end|log-setting|profile-setting)
nat rules * (from|to|source|destination|service|to-interface|nat-type|source-translation|destination-translation|dynamic-destination-translation|disabled|target|active-active-device-binding)
application-override rules * (from|to|source|destination|negate-source|negate-destination|protocol|port|application|disabled|target)
decryption rules * (from|to|source|destination|negate-source|negate-destination|service|type|action|disabled|target|log-setting)`,
    ),
    ...statements(
      'conditional',
      'not known until the session runs, or not from the text: the rule is possible, not definite',
      `(security|decryption) rules * (source-user|category|hip-profiles|source-hip|destination-hip|source-device|destination-device|schedule|saas-user-list|saas-tenant-list|source-imsi|source-imei|source-nw-slice)`,
    ),
    ...statements(
      'no-effect',
      'changes nothing about which packets match, or pass',
      `security rules * (icmp-unreachable|option|qos|disable-inspect)
decryption rules * (profile|forwarding-profile|packet-broker-profile|log-success|log-fail)`,
    ),
    ...statements(
      'unsupported',
      'it may send traffic out of another interface, and so into another zone: that is not judged',
      `pbf rules *
sdwan rules *`,
    ),
    ...statements(
      'unsupported',
      'who has not logged in may be held back: what it applies to is judged as if everybody had',
      `authentication rules *
captive-portal rules *`,
    ),
    ...statements(
      'unsupported',
      'what it drops is judged as if it passed',
      `dos rules *
network-packet-broker rules *`,
    ),
    ...statements(
      'no-effect',
      'marks, shapes or looks into traffic that rules permit',
      `qos rules *
tunnel-inspect rules *`,
    ),
  ],
};

/** Changed default rules. */
export const DEFAULT_RULES: StatementTable = {
  mode: 'default-security-rules',
  statements: [
    ...statements('no-effect', 'a note or a name', `rules * ${NOTES}`),
    ...statements('no-effect', 'changes nothing about which packets pass', 'rules * (icmp-unreachable|option)'),
    ...statements(
      'modelled',
      '',
      'rules * (action|log-start|log-end|log-setting|profile-setting|disabled|target|from|to|source|destination)',
    ),
  ],
};
