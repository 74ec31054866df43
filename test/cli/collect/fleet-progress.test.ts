/** What is shown while devices are collected. */
import { describe, expect, test } from 'vitest';
import type { FleetEvent } from '../../../cli/collect/events.ts';
import type { Channel } from '../../../cli/io.ts';
import { progressLines, progressTable } from '../../../cli/terminal/fleet-progress.ts';
import { displayWidth } from '../../../cli/terminal/width.ts';

/** A terminal that knows the few controls that the table uses, and what stands on it. */
class Screen implements Channel {
  readonly isTTY = true;
  readonly lines: string[] = [''];
  columns: number;
  rows: number;

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
  }

  write(text: string): void {
    // eslint-disable-next-line no-control-regex -- the controls are what is looked for
    for (const piece of text.split(/(\u001B\[\d*[A-Z]|\r|\n)/u)) {
      if (piece === '\n') this.lines.push('');
      else if (piece === '\u001B[J' || piece === '\r') continue;
      else if (piece.startsWith('\u001B[')) this.lines.splice(-1 - Number(piece.slice(2, -1)), 999, '');
      else this.lines.push(`${this.lines.pop() ?? ''}${piece}`);
    }
  }
}

const step = (device: string, what: string): FleetEvent => ({ kind: 'step', device, step: what });

function finished(device: string, reason?: 'lost'): FleetEvent {
  const outcome =
    reason === undefined
      ? ({ kind: 'collected', platform: 'cisco-ios', notes: [] } as const)
      : ({ kind: 'failed', reason, message: 'it was lost' } as const);
  return { kind: 'finished', device, outcome, attempts: 1, durationMs: 1234 };
}

function table(total: number, columns: number, rows: number) {
  const screen = new Screen(columns, rows);
  let nowMs = 0;
  const drawn = progressTable(total, screen, () => nowMs);
  const at = (ms: number, event: FleetEvent): void => {
    nowMs = ms;
    drawn.onEvent(event);
  };
  return { screen, drawn, at };
}

describe('the table', () => {
  test('shows what is done with each device, and for how long, over and over in one place', () => {
    const { screen, at } = table(4, 60, 24);
    at(0, step('fw1', 'connecting'));
    at(1000, step('core-2', 'logging in'));
    at(3000, step('fw1', 'show running-config (120 kB)'));
    expect(screen.lines).toEqual([
      '0 of 4 done, 2 running, 2 waiting',
      '  fw1     show running-config (120 kB)  3.0 s',
      '  core-2  logging in                    2.0 s',
      '',
    ]);
    at(4000, finished('fw1', 'lost'));
    expect(screen.lines).toEqual(['1 of 4 done, 1 running, 2 waiting, 1 failed', '  core-2  logging in  3.0 s', '']);
  });

  test('is never higher or wider than the terminal', () => {
    const { screen, drawn, at } = table(500, 30, 8);
    for (let number = 1; number <= 64; number += 1) {
      at(number, step(`a-rather-long-name-${number}\u001B[2J`, 'show configuration | display set | no-more (3 kB)'));
    }
    drawn.draw();
    expect(screen.lines).toHaveLength(7);
    expect(screen.lines.at(-2)).toBe('  and 60 more');
    expect(screen.lines.map(displayWidth).every((width) => width < 30)).toBe(true);
    expect(screen.lines.join('')).not.toContain('\u001B');
  });

  test('makes room for a question, and goes away at the end', () => {
    const { screen, drawn, at } = table(2, 60, 24);
    at(0, step('fw1', 'logging in'));
    drawn.pause();
    expect(screen.lines).toEqual(['']);
    screen.write('Password of auditor: \n');
    at(5000, step('fw2', 'connecting'));
    expect(screen.lines).toEqual(['Password of auditor: ', '']);
    drawn.resume();
    expect(screen.lines).toHaveLength(5);
    drawn.end();
    expect(screen.lines).toEqual(['Password of auditor: ', '']);
  });
});

test('where there is no terminal, a line tells of each device that is done or tried again', () => {
  const screen = new Screen(80, 24);
  const lines = progressLines(2, screen);
  lines.onEvent({ kind: 'queued', device: 'fw1' });
  lines.onEvent(step('fw1', 'connecting'));
  lines.onEvent({ kind: 'retrying', device: 'fw1', attempt: 1, waitMs: 750, reason: 'refused', message: 'no' });
  lines.onEvent(finished('fw1'));
  lines.onEvent(finished('fw2', 'lost'));
  expect(screen.lines).toEqual([
    'fw1: refused; trying again in 0.8 s',
    'fw1: collected from cisco-ios after 1.2 s (1 of 2)',
    'fw2: failed: lost after 1.2 s (2 of 2)',
    '',
  ]);
});
