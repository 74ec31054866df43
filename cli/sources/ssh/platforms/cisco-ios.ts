import type { PlatformDialogue } from '../platform-dialogue.ts';
import { CISCO_REFUSALS } from './cisco-refusals.ts';

/** Cisco IOS and IOS-XE. */
export const ciscoIosDialogue: PlatformDialogue = {
  platform: 'cisco-ios',
  title: 'Cisco IOS and IOS-XE',
  prompt: /^[\w.:/@~+-]{1,80}[>#]$/,
  pager: /^-- ?More ?--$/i,
  channel: 'shell',
  setup: ['terminal length 0', 'terminal width 0'],
  privilege: { kind: 'enable', from: />$/, command: 'enable', to: /#$/ },
  // A level below 15 prints a configuration without what it may not see, and does not say so.
  authority: {
    command: 'show privilege',
    lacks: /privilege level is (?:\d|1[0-4])\s*$/im,
    message:
      'the login has less than privilege level 15, and IOS leaves out of the configuration what such a login may not see',
  },
  version: { command: 'show version', is: /IOS (?:Software|\(tm\)).*?\bVersion (?<version>[^\s,]+)/ },
  configuration: {
    command: 'show running-config',
    complete: { kind: 'last-line', marker: /^end$/, shown: 'end' },
    endsWith: /^end$/,
  },
  further: [{ what: 'hit-counts', command: 'show access-lists' }],
  refusals: CISCO_REFUSALS,
  idleSeconds: 90,
};
