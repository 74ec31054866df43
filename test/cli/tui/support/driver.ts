import { fileURLToPath } from 'node:url';
import { audit } from '../../../../cli/tui/engine/audit.ts';
import { Reader } from '../../../../cli/tui/engine/reader.ts';
import type { Settings } from '../../../../cli/tui/engine/settings.ts';
import type { Effect } from '../../../../cli/tui/store/effect.ts';
import type { UiEvent } from '../../../../cli/tui/store/event.ts';
import { frameLines } from '../../../../cli/tui/frame.ts';
import { beginning, topScreen, type Model, type Size } from '../../../../cli/tui/store/model.ts';
import type { Screen } from '../../../../cli/tui/store/screens.ts';
import { update } from '../../../../cli/tui/store/update.ts';
import { afterWriting, propose, write } from '../../../../cli/tui/policy-desk.ts';
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
 * A policy is written to the files that it was given; other effects on the rest of the world are only recorded.
 */
export class Driver {
  model: Model;
  readonly recorded: Effect[] = [];
  /** Without it, what is asked for stays on its way. */
  answers = true;
  /** Without it, the events of a reload are left to the test. */
  reloads = true;
  settings: Settings;
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
      collectedInto: undefined,
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

  /** Another one that goes on from here by itself. */
  fork(): Driver {
    const { paths, policyFile } = this.settings;
    const { size } = this.model;
    const { files } = this.#world;
    const other = new Driver(paths, { size, files, ...(policyFile === undefined ? {} : { policyFile }) });
    other.model = this.model;
    return other;
  }

  /** Reads everything. */
  async audit(): Promise<this> {
    for (const event of await this.auditEvents()) await this.send(event);
    return this;
  }

  /** What an audit says, each input's result by itself; nothing of it is shown yet. */
  async auditEvents(): Promise<readonly UiEvent[]> {
    const events: UiEvent[] = [];
    let nowMs = 0;
    const world = { ...this.#world, nowMs: () => (nowMs += 1000) };
    await audit(this.settings, world, (event) => events.push({ kind: 'audit', event }));
    return events;
  }

  async press(...keys: readonly string[]): Promise<this> {
    for (const key of keys) await this.send({ kind: 'key', key });
    return this;
  }

  /** Keys in one piece, as a terminal sends them. */
  async type(text: string): Promise<this> {
    return this.send({ kind: 'keys', text });
  }

  async paste(text: string): Promise<this> {
    return this.send({ kind: 'text', text });
  }

  /** The lines of the screen, without colours. */
  lines(): string[] {
    return frameLines(this.model, (_, text) => text).map((line) => line.trimEnd());
  }

  text(): string {
    return this.lines().join('\n');
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
    const { files } = this.#world;
    switch (effect.kind) {
      case 'audit':
        this.#reader = new Reader(this.settings, this.#world);
        if (this.reloads) await this.audit();
        return;
      case 'ask':
        if (this.answers) await this.send({ kind: 'answer', answer: await this.#reader.answer(effect.question) });
        return;
      case 'propose':
        await this.send(propose(effect.form, this.model.policyFile, this.settings.today, files));
        return;
      case 'write-policy': {
        const after = afterWriting(effect.form, effect.proposal, write(effect.proposal, files));
        if (after.kind === 'policy-written') this.settings = { ...this.settings, policyFile: after.path };
        await this.send(after);
        return;
      }
      case 'collect':
      case 'stop-collecting':
      case 'answer-secret':
      case 'quit':
      case 'suspend':
      case 'edit':
      case 'copy':
      case 'export':
    }
  }
}
