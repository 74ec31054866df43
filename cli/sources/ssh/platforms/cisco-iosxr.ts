import type { PlatformDialogue } from '../platform-dialogue.ts';
import { CISCO_REFUSALS } from './cisco-refusals.ts';

/** Cisco IOS XR. */
export const ciscoIosxrDialogue: PlatformDialogue = {
  platform: 'cisco-iosxr',
  title: 'Cisco IOS XR',
  prompt: /^(?:RP|LC|0)\/[\w/]{1,32}:[\w.-]{1,80}[>#]$/,
  pager: /^-- ?More ?--$/i,
  channel: 'shell',
  setup: ['terminal length 0', 'terminal width 0', 'terminal exec prompt no-timestamp'],
  privilege: { kind: 'none' },
  version: { command: 'show version', is: /IOS XR Software, Version (?<version>[^\s,[]+)/ },
  configuration: {
    command: 'show running-config',
    complete: { kind: 'last-line', marker: /^end$/, shown: 'end' },
    endsWith: /^end$/,
  },
  further: [{ what: 'hit-counts', command: 'show access-lists ipv4' }],
  refusals: CISCO_REFUSALS,
  idleSeconds: 120,
};
