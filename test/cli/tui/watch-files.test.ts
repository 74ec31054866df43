import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { watchFiles, type Watch } from '../../../cli/tui/watch-files.ts';

describe('files that are watched', () => {
  let folder: string;
  let file: string;
  let watch: Watch;
  let changes: number;
  let paths: readonly string[];
  let isBusy: boolean;

  beforeEach(() => {
    vi.useFakeTimers();
    folder = mkdtempSync(join(tmpdir(), 'brokerfence-watch-'));
    file = join(folder, 'edge.cfg');
    writeFileSync(file, 'hostname edge\n');
    changes = 0;
    paths = [folder, file];
    isBusy = false;
    watch = watchFiles(
      () => paths,
      () => (changes += 1),
      () => isBusy,
    );
    watch.settle();
  });
  afterEach(() => {
    watch.end();
    vi.useRealTimers();
    rmSync(folder, { recursive: true });
  });

  /** How often a change was told of since the last time. */
  function told(): number {
    const before = changes;
    vi.advanceTimersByTime(10_000);
    return changes - before;
  }

  test('are told of when one is written, comes, is replaced or goes, and once each', () => {
    expect(told()).toBe(0);
    writeFileSync(file, 'hostname edge-1\n');
    expect(told()).toBe(1);
    writeFileSync(join(folder, 'core.cfg'), 'hostname core\n');
    expect(told()).toBe(1);
    renameSync(join(folder, 'core.cfg'), file);
    expect(told()).toBe(1);
    rmSync(file);
    expect(told()).toBe(1);
    expect(told()).toBe(0);
  });

  test('are not told of because an editor keeps hidden files beside one', () => {
    writeFileSync(join(folder, '.edge.cfg.swp'), 'unsaved');
    expect(told()).toBe(0);
    rmSync(join(folder, '.edge.cfg.swp'));
    mkdirSync(join(folder, '.git'));
    expect(told()).toBe(0);
  });

  test('are not told of because something is exported beside one', () => {
    writeFileSync(join(folder, 'brokerfence-source.txt'), 'hostname edge\n');
    expect(told()).toBe(0);
  });

  test('are told of when they were written before they were first looked at, but after the reading began', () => {
    paths = [];
    watch.settle();
    const later = Date.now() + 100;
    utimesSync(file, later / 1000, later / 1000);
    paths = [folder, file];
    expect(told()).toBe(1);
    expect(told()).toBe(0);
  });

  test('are told of once what is being read has been read, or is read anew', () => {
    isBusy = true;
    writeFileSync(file, 'hostname edge-1\n');
    expect(told()).toBe(0);
    writeFileSync(file, 'hostname edge-10\n');
    expect(told()).toBe(0);
    isBusy = false;
    expect(told()).toBe(1);
    expect(told()).toBe(0);
    isBusy = true;
    writeFileSync(file, 'hostname edge-100\n');
    expect(told()).toBe(0);
    watch.settle();
    isBusy = false;
    expect(told()).toBe(0);
  });

  test('are known as they are after a reload', () => {
    writeFileSync(file, 'hostname edge-1\n');
    watch.settle();
    expect(told()).toBe(0);
  });
});
