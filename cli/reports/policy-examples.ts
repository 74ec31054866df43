/** A section that a draft shows as a comment. */
export interface ExampleSection {
  readonly about: string;
  /** As it reads once the comment marks are gone. */
  readonly yaml: string;
}

/** Sections that nothing can be drafted for: what they are for, and how they are written. */
export const EXAMPLES: readonly ExampleSection[] = [
  {
    about: 'Messaging services of your own, beside the known ones or in their place.',
    yaml: `services:
  - name: mqtts-plant
    protocol: tcp
    port: 18883
    like: mqtts
`,
  },
  {
    about:
      'Addresses that nothing of yours may talk to: here, or in a file with a network a line ("file: lists/c2.txt").',
    yaml: `block-lists:
  - name: known-command-servers
    networks: [198.51.100.0/24, 203.0.113.77]
    source: threat intelligence, 2026-11
`,
  },
  {
    about: 'Values for what a configuration leaves open. What rests on them says so.',
    yaml: `assume:
  fqdn:
    broker.example.com: [192.0.2.10, 192.0.2.11]
  time-ranges:
    OFFICE-HOURS: active
  users:
    'EXAMPLE\\iot-operators': matches
`,
  },
  {
    about: 'Findings that are accepted: still shown, counted apart. A fingerprint names one finding.',
    yaml: `waivers:
  - check: cleartext-broker-across-boundary
    device: edge-*
    rule: 'OUTSIDE-IN: 30'
    reason: the partner moves to TLS in March
    owner: messaging team
    expires: 2027-03-31
`,
  },
  {
    about: 'Checks switched off or on, or the severity of their worst form.',
    yaml: `checks:
  egress-unfiltered: high
`,
  },
];
