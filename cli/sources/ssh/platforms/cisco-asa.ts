import type { PlatformDialogue } from '../platform-dialogue.ts';
import { ciscoFtdDialogue } from './cisco-ftd.ts';
import { CISCO_REFUSALS } from './cisco-refusals.ts';

/** Cisco ASA. In multiple mode each security context is a device of its own. */
export const ciscoAsaDialogue: PlatformDialogue = {
  platform: 'cisco-asa',
  variants: [ciscoFtdDialogue],
  title: 'Cisco ASA',
  prompt: /^[\w.:/@~+-]{1,80}[>#]$/,
  pager: /^<--- More --->$/,
  channel: 'shell',
  setup: ['terminal pager 0'],
  privilege: { kind: 'enable', from: />$/, command: 'enable', to: /#$/ },
  version: { command: 'show version', is: /Adaptive Security Appliance Software Version (?<version>\S+)/ },
  configuration: {
    command: 'show running-config',
    complete: { kind: 'last-line', marker: /^: end$/, shown: ': end' },
    endsWith: /^: end$/,
  },
  further: [{ what: 'hit-counts', command: 'show access-list' }],
  contexts: {
    mode: 'show mode',
    isMultiple: /context mode: multiple/i,
    system: 'changeto system',
    list: 'show context',
    name: /^[* ](?<name>[A-Za-z0-9_-]{1,32})\s+\S/,
    enter: 'changeto context *',
  },
  refusals: CISCO_REFUSALS,
  // Long lists of rules take minutes to be gathered.
  idleSeconds: 180,
};
