import type { Hop } from '../../../cli/sources/ssh/endpoint.ts';

/** A hop of which a test says what it is about. */
export function hop(of: Partial<Hop>): Hop {
  return {
    host: 'h.example',
    port: 22,
    user: 'audit',
    hostKeyName: 'h.example',
    knownHostsFiles: [],
    identityFiles: [],
    identitiesOnly: false,
    algorithms: {},
    legacy: false,
    ...of,
  };
}
