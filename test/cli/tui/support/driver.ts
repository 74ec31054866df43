import { fileURLToPath } from 'node:url';
import { audit } from '../../../../cli/tui/engine/audit.ts';
import { Reader } from '../../../../cli/tui/engine/reader.ts';
import type { Settings } from '../../../../cli/tui/engine/settings.ts';
import type { Effect } from '../../../../cli/tui/store/effect.ts';
import type { UiEvent } from '../../../../cli/tui/store/event.ts';
import { beginning, topScreen, type Model, type Size } from '../../../../cli/tui/store/model.ts';
import type { Screen } from '../../../../cli/tui/store/screens.ts';
import { update } from '../../../../cli/tui/store/update.ts';
import { nodeFileSystem, type FileSystem } from '../../../../cli/sources/file-system.ts';
import type { InputWorld } from '../../../../cli/sources/read.ts';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));

export interface DriverOptions {
  readonly size?: Size;
  readonly policyFile?: string;
  readonly baseline?: string;
  readonly files?: FileSystem;
}

/**
 * The terminal UI without a terminal and without threads: keys go in, the model comes out, and what is to be read is read at once.
 * Effects on the rest of the world are only recorded.
 */
export class Driver {
  model: Model;
  readonly recorded: Effect[] = [];
  readonly settings: Settings;
  readonly #world: InputWorld;
  #reader: Reader;

  constructor(
    paths: readonly string[],
    { size = { columns: 80, rows: 24 }, policyFile, baseline, files }: DriverOptions = {},
  ) {
    this.settings = {
      paths,
      platform: undefined,
      combine: false,
      maxFileBytes: 64 * 1024 * 1024,
      trust: { untrusted: [], internal: [], internalNetworks: [] },
      maxUnknownPercent: 5,
      policyFile,
      baseline,
      today: '2026-11-22',
    };
    this.#world = {
      files: files ?? nodeFileSystem(ROOT),
      heapLimitBytes: 4 * 1024 * 1024 * 1024,
      readStdin: () => Promise.resolve('too-large'),
    };
    this.#reader = new Reader(this.settings, this.#world);
    this.model = beginning(size, this.settings);
  }

  /** Reads everything. */
  async audit(): Promise<this> {
    const events: UiEvent[] = [];
    await audit(this.settings, { ...this.#world, nowMs: () => 0 }, (event) => events.push({ kind: 'audit', event }));
    for (const event of events) await this.send(event);
    return this;
  }

  async press(...keys: readonly string[]): Promise<this> {
    for (const key of keys) await this.send({ kind: 'key', key });
    return this;
  }

  async type(text: string): Promise<this> {
    return this.send({ kind: 'text', text });
  }

  async send(event: UiEvent): Promise<this> {
    const { model, effects } = update(this.model, event);
    this.model = model;
    for (const effect of effects) await this.#perform(effect);
    return this;
  }

  get screen(): Screen {
    return topScreen(this.model);
  }

  async #perform(effect: Effect): Promise<void> {
    this.recorded.push(effect);
    if (effect.kind === 'audit') {
      this.#reader = new Reader(this.settings, this.#world);
      await this.audit();
    }
    if (effect.kind === 'ask') await this.send({ kind: 'answer', answer: await this.#reader.answer(effect.question) });
  }
}
