import type { PlatformDialogue } from '../platform-dialogue.ts';

/** Whether `show system info` is Panorama's: it has no policy pushed to it and counts no hits by virtual system. */
function isFirewall(_configuration: string, version: string): boolean {
  return !/^(?:system-mode: (?:panorama|management-only|logger)|model: (?:Panorama|M-\d))/im.test(version);
}

/** Palo Alto PAN-OS: firewalls and Panorama. */
export const paloaltoPanosDialogue: PlatformDialogue = {
  platform: 'paloalto-panos',
  title: 'Palo Alto PAN-OS and Panorama',
  // Administrators of a directory log in as `user@domain` or `domain\user`, and the prompt begins with that (not confirmed).
  prompt: /^[\w.@\\-]{1,80}@[\w.-]{1,80}(?:\([\w-]{1,32}\))?>$/,
  pager: /^(?:lines \d+-\d+(?:\/\d+)?(?: \(END\))?(?: ?\d{1,3}%)?|--more--|\(END\))$/i,
  channel: 'shell',
  setup: [
    'set cli scripting-mode on',
    'set cli terminal width 500',
    'set cli pager off',
    'set cli config-output-format xml',
  ],
  privilege: { kind: 'none' },
  version: { command: 'show system info', is: /^sw-version: (?<version>\S+)/m },
  configuration: {
    command: 'show config running',
    complete: { kind: 'xml' },
    endsWith: /^<\/(?:config|response)>$|<\/response>$/,
  },
  further: [
    // The virtual system has to be named: without a name it is the first one's.
    { what: 'pushed-policy', command: 'show config pushed-shared-policy vsys *', perSystem: true, when: isFirewall },
    { what: 'pushed-template', command: 'show config pushed-template', when: isFirewall },
    {
      what: 'hit-counts',
      command: 'show rule-hit-count vsys vsys-name * rule-base security rules all',
      perSystem: true,
      when: isFirewall,
    },
  ],
  refusals: [
    {
      says: /does not have permission|permission denied/i,
      reason: 'no-permission',
      means: 'the role of the login does not permit it',
    },
    {
      says: /^(?:Invalid syntax|Unknown command|Validation Error)/i,
      reason: 'unexpected-dialogue',
      means: 'the device does not know it; is the platform right?',
    },
    { says: /^Server error ?:/i, reason: 'unexpected-dialogue', means: 'the device answered with an error' },
  ],
  idleSeconds: 180,
};
