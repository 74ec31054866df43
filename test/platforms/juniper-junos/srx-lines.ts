/** Two zones with an interface each. */
export const TWO_ZONES: readonly string[] = [
  'set system host-name srx',
  'set interfaces ge-0/0/0 unit 0 family inet address 203.0.113.1/24',
  'set interfaces ge-0/0/1 unit 0 family inet address 10.0.0.1/24',
  'set security zones security-zone untrust interfaces ge-0/0/0.0',
  'set security zones security-zone trust interfaces ge-0/0/1.0',
];

/** A policy that matches every address. */
export function policy(place: string, name: string, application: string, then: string): readonly string[] {
  const path = `set security policies ${place} policy ${name}`;
  return [
    `${path} match source-address any`,
    `${path} match destination-address any`,
    `${path} match application ${application}`,
    `${path} then ${then}`,
  ];
}
