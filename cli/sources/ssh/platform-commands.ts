import type { CollectPlatform } from './endpoint.ts';
import type { PlatformDialogue } from './platform-dialogue.ts';
import { DIALOGUES } from './platforms/index.ts';

/**
 * The commands that are sent to a device of a platform, in order; `*` stands for a name of a context or virtual system, and
 * those for contexts, privilege or pushed policy are sent only where there is such a thing.
 */
export function commandsOf(
  platform: CollectPlatform,
  { hitCounts }: { readonly hitCounts: boolean },
): readonly string[] {
  const dialogue = DIALOGUES[platform];
  const commands = [dialogue, ...(dialogue.variants ?? [])].flatMap((each) => commandsIn(each, hitCounts));
  return [...new Set(commands)];
}

function commandsIn(dialogue: PlatformDialogue, hitCounts: boolean): readonly string[] {
  const { privilege, setup, contexts, authority, configuration, version, further } = dialogue;
  return [
    ...(privilege.kind === 'none' ? [] : [privilege.command]),
    ...setup,
    ...(contexts === undefined ? [] : [contexts.mode, contexts.system, contexts.list, contexts.enter]),
    ...(authority === undefined ? [] : [authority.command]),
    configuration.command,
    version.command,
    ...further.filter(({ what }) => hitCounts || what !== 'hit-counts').map(({ command }) => command),
  ];
}
