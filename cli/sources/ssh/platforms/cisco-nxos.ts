import type { PlatformDialogue } from '../platform-dialogue.ts';
import { CISCO_REFUSALS } from './cisco-refusals.ts';

/** Cisco NX-OS. Its configurations have no end mark. */
export const ciscoNxosDialogue: PlatformDialogue = {
  platform: 'cisco-nxos',
  title: 'Cisco NX-OS',
  // In maintenance mode the prompt says so (seen on devices: ansible/ansible#46944, ktbyers/netmiko#1156).
  prompt: /^[\w.:/@~+-]{1,80}(?:\(maint-mode\))?[>#]$/,
  pager: /^-- ?More ?--$/i,
  channel: 'shell',
  setup: ['terminal length 0', 'terminal width 511'],
  privilege: { kind: 'none' },
  version: { command: 'show version', is: /^\s*(?:NXOS|system):\s+version (?<version>\S+)/im },
  configuration: {
    command: 'show running-config',
    complete: { kind: 'no-end-mark', begins: /^!Command: show running-config/m },
  },
  further: [{ what: 'hit-counts', command: 'show access-lists' }],
  refusals: CISCO_REFUSALS,
  idleSeconds: 90,
};
