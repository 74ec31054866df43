import type { CollectPlatform } from '../endpoint.ts';
import type { PlatformDialogue } from '../platform-dialogue.ts';
import { ciscoAsaDialogue } from './cisco-asa.ts';
import { ciscoIosDialogue } from './cisco-ios.ts';
import { ciscoIosxrDialogue } from './cisco-iosxr.ts';
import { ciscoNxosDialogue } from './cisco-nxos.ts';
import { juniperJunosDialogue } from './juniper-junos.ts';
import { paloaltoPanosDialogue } from './paloalto-panos.ts';

/** How each platform is talked to. */
export const DIALOGUES: Readonly<Record<CollectPlatform, PlatformDialogue>> = {
  'cisco-ios': ciscoIosDialogue,
  'cisco-nxos': ciscoNxosDialogue,
  'cisco-iosxr': ciscoIosxrDialogue,
  'cisco-asa': ciscoAsaDialogue,
  'juniper-junos': juniperJunosDialogue,
  'paloalto-panos': paloaltoPanosDialogue,
};

/** How the command line of a platform is talked to that has this prompt. */
export function dialogueAt(platform: CollectPlatform, prompt: string): PlatformDialogue {
  const dialogue = DIALOGUES[platform];
  return dialogue.variants?.find((variant) => variant.prompt.test(prompt)) ?? dialogue;
}
