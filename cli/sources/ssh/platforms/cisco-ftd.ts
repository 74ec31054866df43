import type { PlatformDialogue } from '../platform-dialogue.ts';
import { CISCO_REFUSALS } from './cisco-refusals.ts';

/**
 * Firepower Threat Defense at its own command line, CLISH, which SSH comes to at its management and data addresses. Its texts
 * are those of an ASA. Which command lines there are: Cisco TechNote 222238, "Decode Secure Firewall Terminology".
 * `system support diagnostic-cli` leads to a prompt like an ASA's, from which things can be changed, and shows no more of the
 * configuration: it is not typed. Prompt, pager and refusals are not confirmed in a document, nor tried on a device.
 */
export const ciscoFtdDialogue: PlatformDialogue = {
  platform: 'cisco-asa',
  title: 'Cisco Firepower Threat Defense',
  prompt: /^>$/,
  // It does not page by itself; what runs below it is an ASA and a Linux.
  pager: /^(?:<--- More --->|-- ?More ?--)$/i,
  channel: 'shell',
  setup: [],
  privilege: { kind: 'none' },
  version: { command: 'show version', is: /\bThreat Defense\b.*?\bVersion (?<version>\S+)/ },
  configuration: {
    command: 'show running-config',
    complete: { kind: 'last-line', marker: /^: end$/, shown: ': end' },
    endsWith: /^: end$/,
  },
  further: [{ what: 'hit-counts', command: 'show access-list' }],
  refusals: [
    {
      says: /^Syntax error: /,
      reason: 'unexpected-dialogue',
      means: 'the device does not know it, or not for this login',
    },
    ...CISCO_REFUSALS,
  ],
  // Long lists of rules take minutes to be gathered.
  idleSeconds: 180,
};
