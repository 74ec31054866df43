import type { Refusal } from '../platform-dialogue.ts';

/** What Cisco's command lines answer to what they do not know or allow. */
export const CISCO_REFUSALS: readonly Refusal[] = [
  {
    says: /^(?:ERROR: )?(?:Command authorization failed|% ?Authorization failed)/i,
    reason: 'no-permission',
    means: 'the login is not authorised for it',
  },
  {
    says: /^% ?(?:Permission denied|This command is not authorized|Access denied)|% ?Permission denied for the role/i,
    reason: 'no-permission',
    means: 'the login is not authorised for it',
  },
  {
    says: /^(?:ERROR: )?% ?(?:Invalid (?:input|command)|Incomplete command|Ambiguous command|Unknown command|Bad )/i,
    reason: 'unexpected-dialogue',
    means: 'the device does not know it; is the platform right?',
  },
  { says: /^ERROR: /, reason: 'unexpected-dialogue', means: 'the device answered with an error' },
];
