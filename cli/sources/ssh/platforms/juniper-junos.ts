import type { PlatformDialogue } from '../platform-dialogue.ts';

/** Juniper Junos. Commands run in exec channels; where the login's shell is no command line, in a terminal after `cli`. */
export const juniperJunosDialogue: PlatformDialogue = {
  platform: 'juniper-junos',
  title: 'Juniper Junos',
  // Users of a central directory may be called `user@domain`; shells of Junos OS Evolved begin with their VRF (neither confirmed in a document).
  prompt: /^(?:(?:\[vrf:[\w.-]{1,64}\] )?[\w.@\\-]{1,80}@[\w.:-]{0,80}(?::\S{0,80})? ?[>%#$]|[%$])$/,
  pager: /^---\(more(?: \d{1,3}%)?\)---$/,
  // The role in a cluster or virtual chassis: `{primary:node0}`, `{secondary-hold:node1}`, `{master:member0-re0}`, `{backup}`.
  preamble: /^\{[a-z-]{1,20}(?::[\w-]{1,40})?\}$/,
  channel: 'exec',
  setup: ['set cli screen-length 0', 'set cli screen-width 0'],
  privilege: { kind: 'shell', from: /[%#$]$/, command: 'cli' },
  version: { command: 'show version | no-more', is: /^(?:Junos: |JUNOS .*\[)(?<version>[^\]\s]+)/m },
  // `display omit` shows what `apply-flags omit` hides. Groups and inactive statements stay as they are written.
  configuration: {
    command: 'show configuration | display omit | no-more',
    complete: { kind: 'braces' },
    endsWith: /^\}$/,
  },
  omission: /ACCESS-DENIED/,
  further: [
    {
      what: 'hit-counts',
      command: 'show security policies hit-count | no-more',
      when: (configuration) => /^security \{$/m.test(configuration),
    },
  ],
  refusals: [
    {
      says: /^error: permission denied/,
      reason: 'no-permission',
      means: 'the login class does not permit it',
    },
    {
      says: /^(?:syntax error|unknown command|error: (?:syntax error|command is not valid))|Command not found|: not found$/,
      reason: 'unexpected-dialogue',
      means: 'the device does not know it; is the platform right?',
    },
    {
      says: /^error: |^could not connect to /,
      reason: 'unexpected-dialogue',
      means: 'the device answered with an error',
    },
  ],
  idleSeconds: 120,
};
