import type { FleetEvent } from '../collect/events.ts';
import type { Channel } from '../io.ts';
import { drawTable } from './table.ts';
import { visible } from './visible.ts';
import { cut } from './width.ts';

/** Shows how far a collection is. */
export interface FleetProgress {
  readonly onEvent: (event: FleetEvent) => void;
  /** Keeps still while something else is written, such as a question for a password. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Takes away what is not to stay. */
  readonly end: () => void;
}

/** One line for each device that is finished, and for each that is tried again. */
export function progressLines(total: number, channel: Channel): FleetProgress {
  let done = 0;
  const nothing = (): void => undefined;
  return {
    onEvent(event) {
      if (event.kind === 'retrying') {
        const { device, reason, waitMs } = event;
        channel.write(`${visible(device)}: ${reason}; trying again in ${seconds(waitMs)}\n`);
      }
      if (event.kind !== 'finished') return;
      done += 1;
      const { outcome } = event;
      const what = outcome.kind === 'collected' ? `collected from ${outcome.platform}` : `failed: ${outcome.reason}`;
      channel.write(`${visible(event.device)}: ${what} after ${seconds(event.durationMs)} (${done} of ${total})\n`);
    },
    pause: nothing,
    resume: nothing,
    end: nothing,
  };
}

interface Shown {
  readonly step: string;
  readonly sinceMs: number;
}

const MOST_ROWS = 12;
const EVERY_MS = 100;
const CLEAR_BELOW = '\u001B[J';

/**
 * A table on a terminal that is drawn over and over: how many are done, and what is done with those that are running, the
 * longest first. Never higher than the terminal, never wider; nothing is said by colour.
 */
export function progressTable(
  total: number,
  channel: Channel,
  nowMs: () => number,
): FleetProgress & { readonly draw: () => void } {
  const running = new Map<string, Shown>();
  const counts = { done: 0, failed: 0 };
  let height = 0;
  let drawnMs = Number.NEGATIVE_INFINITY;
  let isPaused = false;

  const erasure = (): string => (height > 0 ? `\r\u001B[${height}A${CLEAR_BELOW}` : '');
  const erase = (): void => {
    if (height > 0) channel.write(erasure());
    height = 0;
  };
  const draw = (): void => {
    if (isPaused) return;
    drawnMs = nowMs();
    const width = (channel.columns ?? 80) - 1;
    const room = Math.max(1, Math.min(MOST_ROWS, (channel.rows ?? 24) - 3));
    const lines = [cut(summary(), width), ...rows(room, width)];
    // In one piece, so that the screen does not flicker.
    channel.write(`${erasure()}${lines.join('\n')}\n`);
    height = lines.length;
  };
  const summary = (): string => {
    const waiting = total - counts.done - running.size;
    const parts = [`${counts.done} of ${total} done`, `${running.size} running`];
    if (waiting > 0) parts.push(`${waiting} waiting`);
    if (counts.failed > 0) parts.push(`${counts.failed} failed`);
    return parts.join(', ');
  };
  const rows = (room: number, width: number): string[] => {
    const all = [...running].map(([device, { step, sinceMs }]) => [
      `  ${visible(device)}`,
      visible(step),
      seconds(drawnMs - sinceMs),
    ]);
    const isTooMuch = all.length > room;
    const shown = all.slice(0, isTooMuch ? room - 1 : room);
    const columns = [{ title: '' }, { title: '', flexible: { minWidth: 8 } }, { title: '', align: 'right' as const }];
    const drawn = drawTable(columns, shown, width).slice(1);
    return [...drawn, ...(isTooMuch ? [`  and ${all.length - shown.length} more`] : [])].map((row) => cut(row, width));
  };

  return {
    draw,
    onEvent(event) {
      const { device } = event;
      const sinceMs = running.get(device)?.sinceMs ?? nowMs();
      if (event.kind === 'step') running.set(device, { step: event.step, sinceMs });
      if (event.kind === 'retrying') {
        running.set(device, { step: `${event.reason}; trying again in ${seconds(event.waitMs)}`, sinceMs });
      }
      if (event.kind === 'finished') {
        running.delete(device);
        counts.done += 1;
        counts.failed += event.outcome.kind === 'failed' ? 1 : 0;
      }
      if (nowMs() - drawnMs >= EVERY_MS) draw();
    },
    pause() {
      erase();
      isPaused = true;
    },
    resume() {
      isPaused = false;
      draw();
    },
    end: erase,
  };
}

function seconds(ms: number): string {
  return ms < 100_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}
