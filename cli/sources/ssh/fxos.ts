import { failure, type Failure } from './failure.ts';

/**
 * FXOS, the system of the chassis of Firepower appliances: SSH to a chassis comes to it and not to the firewall inside, whose
 * command line is behind `connect`. Its prompt shows the scope: `fw-1-A# `, `fw-1-A /chassis # ` with a star where something
 * is not committed (Cisco Firepower 4100/9300 FXOS CLI Configuration Guide, "CLI Overview").
 */
export const FXOS_PROMPT = /^[\w.-]{1,80} (?:\/[\w.-]{1,80}){1,8}\*? ?#$/;

/** Outside of a scope, and at a module of the chassis. */
const PLAIN_PROMPT = /^[\w.-]{1,80}[#>]$/;

/** What FXOS and those modules greet with. So does Threat Defense, before the prompt `>` or that of a Linux shell. */
const GREETS = /Firepower Extensible Operating System|\bFX-OS\b|^\s*Cisco Security Services Platform/im;

/** Why nothing is typed at a command line: it is the chassis'. */
export function chassisRefusal(greeting: string, prompt: string): Failure | undefined {
  const isChassis = FXOS_PROMPT.test(prompt) || (PLAIN_PROMPT.test(prompt) && GREETS.test(greeting));
  if (!isChassis) return undefined;
  return failure(
    'unexpected-dialogue',
    'this is FXOS, the system of a Firepower chassis, and not the firewall in it; no command was typed. ' +
      'Name the management address of the firewall itself',
  );
}
