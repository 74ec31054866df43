import { extname } from 'node:path';
import { getHeapStatistics } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { AuditEvent } from './audit-events.ts';
import type { Engine } from './engine.ts';
import type { Answer, Question } from './questions.ts';
import type { Settings } from './settings.ts';
import type { Said, Task } from './worker.ts';
import { MEBIBYTE } from '../../sources/size-limit.ts';

/**
 * An engine of three threads: one audits, one answers questions, one compares, so that none waits for another and the screen for none. A thread
 * that ends by an error is an event or an answer, and the next question starts another.
 */
export function workerEngine(begun: Settings): Engine {
  let settings = begun;
  let auditor: Worker | undefined;
  let reader: Answering | undefined;
  let comparing: Answering | undefined;
  return {
    audit(emit) {
      void auditor?.terminate();
      const worker = startWorker({ kind: 'audit', settings });
      auditor = worker;
      const tell = (event: AuditEvent): void => {
        if (auditor === worker) emit(event);
      };
      worker.on('message', (said: Said) => {
        if (said.kind === 'event') tell(said.event);
      });
      worker.on('error', (error) => tell({ kind: 'refused', message: `internal error: ${messageOf(error)}` }));
    },
    ask(question) {
      // A comparison audits everything twice; questions about what is looked at must not wait for it.
      if (question.kind === 'compare') {
        // Whoever asks for another no longer waits for this one, which would go on for minutes with all that it has read.
        comparing?.given();
        const begun = new Answering(settings);
        comparing = begun;
        return begun.ask(question).finally(() => begun.close());
      }
      reader ??= new Answering(settings);
      const asked = reader;
      return asked.ask(question).then((answer) => {
        if (asked.isOver && reader === asked) reader = undefined;
        return answer;
      });
    },
    usePolicy(file) {
      settings = { ...settings, policyFile: file };
    },
    forget() {
      // What it says would be of the files as they were.
      comparing?.given();
      const open = reader?.given() ?? [];
      reader = open.length === 0 ? undefined : new Answering(settings, open);
    },
    async close() {
      await Promise.all([reader?.close(), comparing?.close(), auditor?.terminate()]);
    },
  };
}

interface Open {
  readonly question: Question;
  readonly answered: (answer: Answer) => void;
}

/** The thread that answers. */
class Answering {
  isOver = false;
  readonly #worker: Worker;
  readonly #open = new Map<number, Open>();
  #asked = 0;

  constructor(settings: Settings, open: readonly Open[] = []) {
    this.#worker = startWorker({ kind: 'read', settings });
    this.#worker.on('message', (said: Said) => {
      if (said.kind !== 'answer') return;
      this.#open.get(said.id)?.answered(said.answer);
      this.#open.delete(said.id);
    });
    this.#worker.on('error', (error) => this.#end(`internal error: ${messageOf(error)}`));
    this.#worker.on('exit', () => this.#end('the reader was ended'));
    for (const each of open) this.#put(each);
  }

  ask(question: Question): Promise<Answer> {
    return new Promise((answered) => this.#put({ question, answered }));
  }

  /** Ends, and gives the questions that have no answer yet. */
  given(): readonly Open[] {
    const open = [...this.#open.values()];
    this.#open.clear();
    void this.close();
    return open;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #put(open: Open): void {
    this.#asked += 1;
    this.#open.set(this.#asked, open);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window and has no origin
    this.#worker.postMessage({ id: this.#asked, question: open.question });
  }

  #end(message: string): void {
    this.isOver = true;
    for (const { question, answered } of this.#open.values()) answered({ kind: 'failed', question, message });
    this.#open.clear();
  }
}

function startWorker(task: Task): Worker {
  const file = new URL(`./worker${extname(import.meta.filename)}`, import.meta.url);
  const heapMebibytes = Math.floor(getHeapStatistics().heap_size_limit / MEBIBYTE);
  // Without it a thread has less memory than the size limit for inputs counts on.
  const worker = new Worker(file, { workerData: task, resourceLimits: { maxOldGenerationSizeMb: heapMebibytes } });
  worker.unref();
  return worker;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
