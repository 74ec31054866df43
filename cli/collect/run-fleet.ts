import type { Io } from '../io.ts';
import type { Endpoint } from '../sources/ssh/endpoint.ts';
import type { HiddenPrompt } from '../sources/ssh/hidden-prompt.ts';
import type { DeviceResult } from './events.ts';
import type { FleetOptions } from './fleet.ts';
import type { CollectWorld } from './world.ts';
import { knownHosts } from '../sources/ssh/known-hosts.ts';
import { secretSource } from '../sources/ssh/secret-source.ts';
import { progressLines, progressTable, type FleetProgress } from '../terminal/fleet-progress.ts';
import { visible } from '../terminal/visible.ts';
import { Fleet } from './fleet.ts';

export interface FleetSettings {
  readonly acceptNew: boolean;
  readonly hitCounts: boolean;
  readonly concurrency: number;
  readonly retries: number;
  readonly totalSeconds?: number;
}

export interface FleetRun<Kept> {
  readonly results: readonly DeviceResult<Kept>[];
  /** The user ended it. */
  readonly interrupted: boolean;
  readonly durationMs: number;
}

const REDRAWN_EVERY_MS = 1000;

/** Collects devices and shows on standard error how far it is. The first Ctrl-C ends it cleanly, with what is done. */
export async function runFleet<Kept>(
  endpoints: readonly Endpoint[],
  { acceptNew, hitCounts, ...settings }: FleetSettings,
  keep: FleetOptions<Kept>['keep'],
  io: Io,
  world: CollectWorld,
): Promise<FleetRun<Kept>> {
  const { clock } = world;
  const startedMs = clock.nowMs();
  const ending = new AbortController();
  const { progress, stop } = startProgress(endpoints.length, io, world);
  const interrupt = (): void => {
    if (ending.signal.aborted) return;
    progress.pause();
    io.stderr.write('brokerfence: ending; what is done is kept. Ctrl-C again ends at once\n');
    progress.resume();
    ending.abort();
  };
  const stopListening = world.onInterrupt(interrupt);
  const ask = world.prompt(interrupt, ending.signal);
  const prompt = ask === undefined ? {} : { prompt: undisturbed(ask, progress) };
  const hostKeys = knownHosts(world.hostKeyFiles);
  const fleet = new Fleet(endpoints, {
    ...settings,
    collectEndpoint: world.collectEndpoint,
    access: {
      acceptNew,
      hitCounts,
      secrets: secretSource({ env: io.env, run: world.run, ...prompt }),
      hostKeys,
    },
    signal: ending.signal,
    clock,
    onEvent: progress.onEvent,
    keep,
  });
  try {
    const results = await fleet.collectAll();
    return { results, interrupted: ending.signal.aborted, durationMs: clock.nowMs() - startedMs };
  } finally {
    stopListening();
    stop();
    for (const { file, span, message } of hostKeys.problems()) {
      io.stderr.write(`${visible(file)}${span === undefined ? '' : `:${span.line}`}: ${visible(message)}\n`);
    }
  }
}

function startProgress(
  total: number,
  { stderr }: Io,
  { clock, every }: CollectWorld,
): { readonly progress: FleetProgress; readonly stop: () => void } {
  if (!stderr.isTTY) return { progress: progressLines(total, stderr), stop: () => undefined };
  const table = progressTable(total, stderr, clock.nowMs);
  const stopDrawing = every(REDRAWN_EVERY_MS, table.draw);
  const stop = (): void => {
    stopDrawing();
    table.end();
  };
  return { progress: table, stop };
}

/** A question stands alone on the screen until it is answered. */
function undisturbed(ask: HiddenPrompt, { pause, resume }: FleetProgress): HiddenPrompt {
  return async (question) => {
    pause();
    try {
      return await ask(question);
    } finally {
      resume();
    }
  };
}
