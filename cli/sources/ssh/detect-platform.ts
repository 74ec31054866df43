import type { CollectPlatform } from './endpoint.ts';
import { refusalIn } from './completeness.ts';
import { failure, type Failure } from './failure.ts';
import { CISCO_REFUSALS } from './platforms/cisco-refusals.ts';
import type { Shell } from './shell.ts';

/** What each platform says of itself, in `show version` or `show system info`. */
const SAYS: readonly (readonly [CollectPlatform, RegExp])[] = [
  ['cisco-iosxr', /Cisco IOS XR Software/i],
  ['cisco-nxos', /Cisco Nexus Operating System|\bNX-OS\b/i],
  ['cisco-asa', /Cisco Adaptive Security Appliance Software|^Model\s*:.*\bThreat Defense\b/im],
  ['cisco-ios', /Cisco IOS (?:XE )?Software|Cisco Internetwork Operating System Software/i],
  ['juniper-junos', /^JUNOS |^Junos: /im],
  ['paloalto-panos', /^sw-version: /im],
];

const XR_PROMPT = /^(?:RP|LC|0)\/[\w/]+:/;
const USER_AT_HOST = /^[\w.@\\-]{1,80}@[\w.:()-]{1,80}>$/;
/** The prompt of a Junos shell: root's, or that of a user whose class has one. */
const JUNOS_SHELL = /^(?:\[vrf:[\w.-]{1,64}\] )?[\w.@\\-]{1,80}@[\w.:-]{0,80}(?::\S{0,80})? ?[%#$]$|^%$/;

const IDLE_MS = 30_000;

/** Finds out which platform a terminal belongs to: by its prompt, then by what it says of itself. */
export async function detectPlatform(shell: Shell): Promise<CollectPlatform | Failure> {
  const { prompt } = shell;
  if (XR_PROMPT.test(prompt)) return 'cisco-iosxr';
  if (JUNOS_SHELL.test(prompt)) {
    const entered = await shell.enter('cli');
    if (entered.kind === 'failure') return entered;
    if (JUNOS_SHELL.test(shell.prompt)) return failure('unknown-platform', unknown(prompt));
  }
  const asked = USER_AT_HOST.test(shell.prompt) ? ['show version', 'show system info'] : ['show version'];
  const refused: string[] = [];
  for (const command of asked) {
    const answer = await shell.run(command, { idleMs: IDLE_MS });
    if (answer.kind === 'failure') return answer;
    const found = SAYS.find(([, says]) => says.test(answer.text));
    if (found !== undefined) return found[0];
    if (refusalIn(answer.text, { refusals: CISCO_REFUSALS }) !== undefined) refused.push(command);
  }
  return failure('unknown-platform', unknown(prompt, refused));
}

/** `refused`: commands that the device does not know, or not for a login like this one. */
function unknown(prompt: string, refused: readonly string[] = []): string {
  const shown = prompt.replaceAll(/[^\x20-\x7e]+/g, ' ').slice(0, 80);
  const says =
    refused.length === 0 ? 'and what the device says of itself' : `alone, and \`${refused.join('`, `')}\` was refused`;
  return `the platform cannot be told from the prompt "${shown}" ${says}; name it in the inventory`;
}
