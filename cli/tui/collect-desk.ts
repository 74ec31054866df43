import type { HiddenPrompt } from '../sources/ssh/hidden-prompt.ts';
import { Collector, type CollectPlan } from './collector.ts';
import type { CollectWorld } from '../collect/world.ts';
import type { Surroundings } from './perform.ts';
import type { SecretAnswer } from './store/dialog.ts';
import type { UiEvent } from './store/event.ts';

/** A collection that the screen begins and watches; without an inventory there is nothing to begin. */
export function collectDesk(
  plan: CollectPlan | undefined,
  world: CollectWorld | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Pick<Surroundings, 'collect' | 'stopCollecting' | 'answerSecret'> {
  const collector = plan === undefined || world === undefined ? undefined : new Collector(plan, world, env);
  const waiting: ((answer: SecretAnswer) => void)[] = [];
  return {
    collect(names, dispatch) {
      if (collector === undefined) return;
      dispatch({ kind: 'collecting', isRunning: true });
      const over = (tone: 'said' | 'refused', text: string): void => {
        dispatch({ kind: 'collecting', isRunning: false });
        dispatch({ kind: 'files-changed' });
        dispatch({ kind: 'notice', notice: { tone, text } });
      };
      void collector.collect(names, {
        event: (event) => dispatch({ kind: 'collect', event }),
        ended: (text) => over('said', text),
        failed: (text) => over('refused', text),
        ask: asking(waiting, dispatch),
      });
    },
    stopCollecting: () => collector?.stop(),
    answerSecret: (answer) => waiting.shift()?.(answer),
  };
}

function asking(waiting: ((answer: SecretAnswer) => void)[], dispatch: (event: UiEvent) => void): HiddenPrompt {
  let last: Promise<unknown> = Promise.resolve();
  return (question) => {
    // One question at a time: there is one screen.
    const answer = last.then(
      () =>
        new Promise<SecretAnswer>((answered) => {
          waiting.push(answered);
          dispatch({ kind: 'ask-secret', question });
        }),
    );
    last = answer;
    return answer;
  };
}
