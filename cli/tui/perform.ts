import type { Engine } from './engine/engine.ts';
import type { ExportedName } from '../sources/exported-names.ts';
import type { Written } from '../policy/edit/write-policy.ts';
import { afterWriting, type Proposed } from './policy-desk.ts';
import type { FormDialog, Proposal, SecretAnswer } from './store/dialog.ts';
import type { Effect } from './store/effect.ts';
import type { UiEvent } from './store/event.ts';

/** What the terminal UI does to the world beside reading configurations. */
export interface Surroundings {
  /** Gives the terminal to the user's editor; what went wrong, or nothing. */
  edit(file: string, line: number): Promise<string | undefined>;
  /** Puts a text into the clipboard of the terminal. */
  copy(text: string): void;
  /** Writes a file that was not there; its name, or what went wrong. */
  export(
    name: ExportedName,
    text: string,
  ): { readonly kind: 'written'; readonly path: string } | { readonly kind: 'failed'; readonly message: string };
  quit(): void;
  /** Stops the program until it is continued; what went wrong, or nothing. */
  suspend(): Promise<string | undefined>;
  /** Collects the devices of the names, or all, and tells how it goes. */
  collect(names: readonly string[], dispatch: (event: UiEvent) => void): void;
  stopCollecting(): void;
  answerSecret(answer: SecretAnswer): void;
  /** The policy file with what a form says in it; nothing is written. */
  propose(form: FormDialog): Proposed;
  write(proposal: Proposal): Written;
}

/** Does what the store asks for, and tells the store what came of it. */
export function performer(engine: Engine, surroundings: Surroundings, onRead: () => void) {
  return (effect: Effect, dispatch: (event: UiEvent) => void): void => {
    const said = (text: string): void => dispatch({ kind: 'notice', notice: { tone: 'said', text } });
    const refused = (text: string): void => dispatch({ kind: 'notice', notice: { tone: 'refused', text } });
    switch (effect.kind) {
      case 'ask':
        void engine.ask(effect.question).then((answer) => dispatch({ kind: 'answer', answer }));
        return;
      case 'audit':
        onRead();
        engine.forget();
        engine.audit((event) => dispatch({ kind: 'audit', event }));
        return;
      case 'propose':
        dispatch(surroundings.propose(effect.form));
        return;
      case 'write-policy': {
        const after = afterWriting(effect.form, effect.proposal, surroundings.write(effect.proposal));
        if (after.kind === 'policy-written') engine.usePolicy(after.path);
        dispatch(after);
        return;
      }
      case 'collect':
        surroundings.collect(effect.names, dispatch);
        return;
      case 'stop-collecting':
        surroundings.stopCollecting();
        return;
      case 'answer-secret':
        surroundings.answerSecret(effect.answer);
        return;
      case 'quit':
        surroundings.quit();
        return;
      case 'suspend':
        void surroundings.suspend().then((wrong) => {
          if (wrong !== undefined) refused(wrong);
        });
        return;
      case 'edit':
        void surroundings.edit(effect.file, effect.line).then((wrong) => {
          if (wrong !== undefined) refused(wrong);
        });
        return;
      case 'copy':
        surroundings.copy(effect.text);
        said(`copied: ${effect.text}`);
        return;
      case 'export': {
        const written = surroundings.export(effect.name, effect.text);
        if (written.kind === 'written') said(`written to ${written.path}`);
        else refused(written.message);
      }
    }
  };
}
