import type { Effect } from './effect.ts';
import type { UiEvent } from './event.ts';
import type { Model } from './model.ts';
import { update } from './update.ts';

/** Holds the model, and hands what is to be done to whoever does it. */
export class Store {
  #model: Model;
  readonly #listeners = new Set<() => void>();
  readonly #perform: (effect: Effect, dispatch: (event: UiEvent) => void) => void;

  constructor(model: Model, perform: (effect: Effect, dispatch: (event: UiEvent) => void) => void) {
    this.#model = model;
    this.#perform = perform;
  }

  readonly model = (): Model => this.#model;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly dispatch = (event: UiEvent): void => {
    const { model, effects } = update(this.#model, event);
    if (model !== this.#model) {
      this.#model = model;
      for (const listener of this.#listeners) listener();
    }
    for (const effect of effects) this.#perform(effect, this.dispatch);
  };
}
