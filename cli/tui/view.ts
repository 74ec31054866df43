import type { Act } from './keymap.ts';
import type { Drawn } from './line.ts';
import type { Extent } from './list.ts';
import type { Question } from './engine/questions.ts';
import type { Effect } from './store/effect.ts';
import type { Dialog } from './store/dialog.ts';
import type { UiInput } from './store/event.ts';
import type { Model, Notice } from './store/model.ts';
import type { Screen, Subject } from './store/screens.ts';

/** Room of a view: the terminal without the frame. */
export interface Area {
  readonly width: number;
  readonly height: number;
}

/** What an act leads to. */
export interface Step<S extends Screen = Screen> {
  /** The same screen, changed. */
  readonly screen?: S;
  /** A screen on top of it. */
  readonly open?: Screen;
  readonly dialog?: Dialog;
  readonly effects?: readonly Effect[];
  readonly notice?: Notice;
}

/** One view: pure functions over its screen and the model. Moving in its list, filters and the way back are the store's. */
export interface View<S extends Screen> {
  /** What it shows, for the top line: `Findings of fw-1`. */
  title(screen: S, model: Model): string;
  /** How many rows there are to move in, and how many are shown. */
  extent(screen: S, model: Model, area: Area): Extent;
  draw(screen: S, model: Model, area: Area): Drawn;
  /** An act that is this view's own; undefined: nothing comes of it here. */
  act(act: Act, screen: S, model: Model, area: Area): Step<S> | undefined;
  /** Takes what is typed before keys are looked up, for a view with fields of its own. */
  takes?(input: UiInput, screen: S, model: Model): Step<S> | undefined;
  /** Why an act can do nothing now. */
  refuses(act: Act, screen: S, model: Model): string | undefined;
  /** What the row under the cursor is about. */
  subject(screen: S, model: Model): Subject;
  /** Fields that its filter knows. */
  readonly fields: readonly string[];
  /** What it needs to have been asked for. */
  needs(screen: S, model: Model): readonly Question[];
  /** All that it shows as a text, for a file. */
  export(screen: S, model: Model): string;
}
