import type { Act } from '../keymap.ts';
import type { Drawn } from '../line.ts';
import type { Extent } from '../list.ts';
import type { Question } from '../engine/questions.ts';
import type { UiInput } from '../store/event.ts';
import type { Model } from '../store/model.ts';
import type { Screen, Subject } from '../store/screens.ts';
import type { Area, Step, View } from '../view.ts';
import { changesView } from './changes.ts';
import { collectView } from './collect.ts';
import { rulesView } from './rules.ts';
import { coverageView } from './coverage.ts';
import { findingView } from './finding.ts';
import { findingsView } from './findings.ts';
import { flowsView } from './flows.ts';
import { helpView } from './help.ts';
import { overviewView } from './overview.ts';
import { sourceView } from './source.ts';
import { traceView } from './trace.ts';

/** A view with the screen that it shows. */
export interface ShownView {
  title(model: Model): string;
  extent(model: Model, area: Area): Extent;
  draw(model: Model, area: Area): Drawn;
  act(act: Act, model: Model, area: Area): Step | undefined;
  takes(input: UiInput, model: Model): Step | undefined;
  refuses(act: Act, model: Model): string | undefined;
  subject(model: Model): Subject;
  readonly fields: readonly string[];
  needs(model: Model): readonly Question[];
  export(model: Model): string;
}

function shows<S extends Screen>(view: View<S>, screen: S): ShownView {
  return {
    title: (model) => view.title(screen, model),
    extent: (model, area) => view.extent(screen, model, area),
    draw: (model, area) => view.draw(screen, model, area),
    act: (act, model, area) => view.act(act, screen, model, area),
    takes: (input, model) => view.takes?.(input, screen, model),
    refuses: (act, model) => view.refuses(act, screen, model),
    subject: (model) => view.subject(screen, model),
    fields: view.fields,
    needs: (model) => view.needs(screen, model),
    export: (model) => view.export(screen, model),
  };
}

/** The view of a screen. */
export function viewOf(screen: Screen): ShownView {
  switch (screen.view) {
    case 'overview':
      return shows(overviewView, screen);
    case 'findings':
      return shows(findingsView, screen);
    case 'finding':
      return shows(findingView, screen);
    case 'source':
      return shows(sourceView, screen);
    case 'flows':
      return shows(flowsView, screen);
    case 'trace':
      return shows(traceView, screen);
    case 'rules':
      return shows(rulesView, screen);
    case 'changes':
      return shows(changesView, screen);
    case 'coverage':
      return shows(coverageView, screen);
    case 'collect':
      return shows(collectView, screen);
    case 'help':
      return shows(helpView, screen);
  }
}
