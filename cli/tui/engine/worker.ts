import { parentPort, workerData } from 'node:worker_threads';
import { getHeapStatistics } from 'node:v8';
import type { InputWorld } from '../../sources/read.ts';
import type { AuditEvent } from './audit-events.ts';
import type { Answer, Question } from './questions.ts';
import type { Settings } from './settings.ts';
import { nodeFileSystem } from '../../sources/file-system.ts';
import { audit } from './audit.ts';
import { Reader } from './reader.ts';

/** What a thread is for, as it is told when it starts. */
export interface Task {
  readonly kind: 'audit' | 'read';
  readonly settings: Settings;
}

interface Asked {
  readonly id: number;
  readonly question: Question;
}

/** What a thread says: an auditing one events, a reading one answers. */
export type Said =
  | { readonly kind: 'event'; readonly event: AuditEvent }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer };

const world: InputWorld = {
  files: nodeFileSystem(process.cwd()),
  heapLimitBytes: getHeapStatistics().heap_size_limit,
  // The terminal's keys come from there.
  readStdin: () => Promise.resolve('too-large'),
};

function say(said: Said): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window and has no origin
  parentPort?.postMessage(said);
}

async function run({ kind, settings }: Task): Promise<void> {
  if (kind === 'audit') {
    await audit(settings, { ...world, nowMs: () => performance.now() }, (event) => say({ kind: 'event', event }));
    return;
  }
  const reader = new Reader(settings, world);
  let last: Promise<void> = Promise.resolve();
  parentPort?.on('message', ({ id, question }: Asked) => {
    last = last.then(async () => say({ kind: 'answer', id, answer: await reader.answer(question) }));
  });
}

const task: Task = workerData;
await run(task);
