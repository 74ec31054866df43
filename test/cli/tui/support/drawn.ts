import { render } from 'ink';
import { createElement } from 'react';
import { App } from '../../../../cli/tui/app.tsx';
import type { Model } from '../../../../cli/tui/store/model.ts';
import { Store } from '../../../../cli/tui/store/store.ts';
import { colourTheme, type Theme } from '../../../../cli/tui/theme.ts';
import { Keys, ScreenOutput } from './screen-streams.ts';
import { VirtualScreen } from './virtual-screen.ts';

/** The screen as the app draws a model on it. */
export async function drawn(model: Model, theme: Theme = colourTheme): Promise<VirtualScreen> {
  const screen = new VirtualScreen(model.size.columns, model.size.rows);
  const app = render(createElement(App, { store: new Store(model, () => {}), theme }), {
    stdout: new ScreenOutput(screen),
    stdin: new Keys(),
    interactive: true,
    alternateScreen: true,
    incrementalRendering: true,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  await app.waitUntilRenderFlush();
  await screen.drawn();
  screen.freeze();
  app.unmount();
  return screen;
}
