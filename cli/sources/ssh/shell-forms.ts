import type { CollectPlatform } from './endpoint.ts';
import { FXOS_PROMPT } from './fxos.ts';
import type { PlatformDialogue } from './platform-dialogue.ts';
import { DIALOGUES } from './platforms/index.ts';
import type { ShellForm } from './shell.ts';

/** The prompts and pagers that may be met before it is known which command line answers. */
export function formOf(platform: CollectPlatform | 'auto'): ShellForm {
  const dialogues = platform === 'auto' ? Object.values(DIALOGUES) : [DIALOGUES[platform]];
  const forms = dialogues.flatMap((dialogue): readonly PlatformDialogue[] => [dialogue, ...(dialogue.variants ?? [])]);
  const preambles = forms.flatMap(({ preamble }) => (preamble === undefined ? [] : [preamble]));
  return {
    prompt: union([...forms.map(({ prompt }) => prompt), FXOS_PROMPT]),
    pager: union(forms.map(({ pager }) => pager)),
    ...(preambles.length === 0 ? {} : { preamble: union(preambles) }),
  };
}

function union(patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => `(?:${source})`).join('|'), 'i');
}
