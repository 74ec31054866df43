import { dirname } from 'node:path';
import { render, useApp } from 'ink';
import { useEffect } from 'react';
import type { Engine } from './engine/engine.ts';
import type { Settings } from './engine/settings.ts';
import type { CollectWorld } from '../collect/world.ts';
import { plannedCollection, type CollectPlan } from './collector.ts';
import { collectDesk } from './collect-desk.ts';
import { exportFile } from './export-file.ts';
import { App } from './app.tsx';
import { nodeFileSystem } from '../sources/file-system.ts';
import { propose, write } from './policy-desk.ts';
import { performer } from './perform.ts';
import { beginning, type Model, type Size } from './store/model.ts';
import { Store } from './store/store.ts';
import { realSurroundings, type Suspend } from './surroundings.ts';
import type { Theme } from './theme.ts';
import { watchFiles } from './watch-files.ts';

export interface Terminal {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream & { readonly columns: number; readonly rows: number };
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Shows the terminal UI until it is left. Rejects with what it crashed of; the terminal is as before then, too. */
export async function startTui(
  engine: Engine,
  settings: Settings,
  theme: Theme,
  terminal: Terminal,
  collecting?: { readonly plan: CollectPlan; readonly world: CollectWorld },
): Promise<void> {
  const { stdin, stdout, env } = terminal;
  let suspend: Suspend = async (whileAway) => whileAway();
  let quit = (): void => {};
  const surroundings = realSurroundings(
    env,
    (whileAway) => suspend(() => unread(stdin, whileAway)),
    (text) => stdout.write(text),
    () => quit(),
    {
      propose: (form) => propose(form, store.model().policyFile, settings.today, files),
      write: (proposal) => write(proposal, files),
      export: (name, text) => exportFile(name, text, files),
      ...collectDesk(collecting?.plan, collecting?.world, env),
    },
  );
  const files = nodeFileSystem(process.cwd());
  const size: Size = { columns: stdout.columns, rows: stdout.rows };
  const store = new Store(
    beginning(size, settings, collecting === undefined ? undefined : plannedCollection(collecting.plan)),
    performer(engine, surroundings, () => watch.settle()),
  );
  const app = render(
    <Suspending take={(taken) => (suspend = taken)}>
      <App store={store} theme={theme} />
    </Suspending>,
    {
      stdin,
      stdout,
      alternateScreen: true,
      interactive: true,
      incrementalRendering: true,
      exitOnCtrlC: false,
      patchConsole: false,
      // A key is drawn without waiting for the frame after the one before.
      maxFps: 250,
    },
  );
  quit = () => app.unmount();
  engine.audit((event) => store.dispatch({ kind: 'audit', event }));
  const watch = watchFiles(
    () => filesOf(store, settings),
    () => store.dispatch({ kind: 'files-changed' }),
    () => isReading(store.model()),
  );
  watch.settle();
  // Whoever stops a program from elsewhere (kill -STOP) leaves the terminal to the shell, which sets it its own way.
  const retake = (): void => surroundings.retake();
  process.on('SIGCONT', retake);
  try {
    await app.waitUntilExit();
  } finally {
    process.off('SIGCONT', retake);
    watch.end();
    // Connections would keep the process going after the screen is gone.
    surroundings.stopCollecting();
    await engine.close();
  }
}

function isReading({ fleet, incoming }: Model): boolean {
  return fleet.status.kind === 'reading' || incoming !== undefined;
}

function filesOf(store: Store, { paths }: Settings): string[] {
  const { policyFile, fleet } = store.model();
  const { sources, failures } = fleet;
  const read = [
    ...sources.flatMap(({ source, combinedWith = [] }) => [source, ...combinedWith]),
    ...failures.map(({ name }) => name),
  ];
  const policy = policyFile === undefined ? [] : [policyFile];
  // A directory changes when a file comes or goes.
  return [...new Set([...paths, ...read, ...read.map((path) => dirname(path)), ...policy])];
}

/**
 * Leaves the keys to somebody else for a while. Without its listeners the stream goes on reading from the terminal: of two that read,
 * either gets a key, and what was typed into an editor would be done here afterwards.
 */
async function unread(stdin: NodeJS.ReadableStream, whileAway: () => Promise<void>): Promise<void> {
  // Only a stream that has noticed that nobody listens any more can be paused, which it does on the next tick (node:stream).
  await new Promise((noticed) => setImmediate(noticed));
  stdin.pause();
  // Of standard input the terminal is let go on the tick after that (node:process).
  await new Promise((released) => setImmediate(released));
  await whileAway();
}

/** Hands out the way to give the terminal away, which only a component can get. */
function Suspending({
  take,
  children,
}: {
  readonly take: (suspend: Suspend) => void;
  readonly children: React.ReactNode;
}) {
  const { suspendTerminal } = useApp();
  useEffect(() => take((whileAway) => suspendTerminal(whileAway)), [take, suspendTerminal]);
  return children;
}
