import { join } from 'node:path';
import { CaptureDirectory, type KeptFiles } from '../collect/keep-files.ts';
import type { DeviceResult, FleetEvent } from '../collect/events.ts';
import { Fleet } from '../collect/fleet.ts';
import type { FleetSettings } from '../collect/run-fleet.ts';
import { notWritten } from '../collect/not-written.ts';
import type { CollectWorld } from '../collect/world.ts';
import { collectJson } from '../reports/collect-json.ts';
import { collectRecord } from '../reports/collect-record.ts';
import { RECORD_FILE } from '../sources/collected-names.ts';
import type { Endpoint } from '../sources/ssh/endpoint.ts';
import type { HiddenPrompt } from '../sources/ssh/hidden-prompt.ts';
import { knownHosts } from '../sources/ssh/known-hosts.ts';
import type { SecretSource } from '../sources/ssh/secret.ts';
import { secretSource } from '../sources/ssh/secret-source.ts';
import { toolVersion } from '../version.ts';
import type { Collection } from './store/collection.ts';

/** What is collected from where, as the command line says. */
export interface CollectPlan {
  readonly endpoints: readonly Endpoint[];
  readonly settings: FleetSettings;
  readonly directory: string | undefined;
  readonly maskSecrets: boolean;
}

/** What the collection of devices tells the screen. */
export interface CollectorEvents {
  event(event: FleetEvent): void;
  /** Nothing is being collected any more. */
  ended(text: string): void;
  failed(text: string): void;
  /** Asks without showing what is typed. */
  readonly ask: HiddenPrompt;
}

const REFUSED: ReadonlySet<string> = new Set(['login-refused', 'enable-refused', 'no-credential', 'not-tried']);

function reasonOf(result: DeviceResult<KeptFiles> | undefined): string {
  return result?.outcome.kind === 'failed' ? result.outcome.reason : '';
}

/** Collects devices in the background: all of them, or one again. */
export class Collector {
  readonly #plan: CollectPlan;
  readonly #world: CollectWorld;
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #results = new Map<string, DeviceResult<KeptFiles>>();
  #ending = new AbortController();
  /** Kept from one collection to the next, so that nobody is asked twice; not when what was given was refused. */
  #secrets: SecretSource | undefined;

  constructor(plan: CollectPlan, world: CollectWorld, env: Readonly<Record<string, string | undefined>>) {
    this.#plan = plan;
    this.#world = world;
    this.#env = env;
  }

  /** The devices of the plan, or those of the names. */
  async collect(names: readonly string[], events: CollectorEvents): Promise<void> {
    const { endpoints, directory } = this.#plan;
    if (directory === undefined) return;
    const chosen = endpoints.filter(({ name }) => names.length === 0 || names.includes(name));
    this.#ending = new AbortController();
    try {
      const startedMs = this.#world.clock.nowMs();
      const fleet = await this.#fleet(chosen, directory, events);
      for (const result of await fleet.collectAll()) this.#results.set(result.endpoint.name, result);
      await this.#record(directory, this.#world.clock.nowMs() - startedMs);
      const failed = chosen.filter(({ name }) => this.#results.get(name)?.outcome.kind === 'failed').length;
      events.ended(`${chosen.length - failed} of ${chosen.length} devices collected into ${directory}`);
    } catch (error) {
      // What the system refuses is for the user to mend; all else is a mistake.
      events.failed(notWritten(directory, error));
    }
  }

  /** Ends what runs; what is done is kept. */
  stop(): void {
    this.#ending.abort();
  }

  async #fleet(endpoints: readonly Endpoint[], path: string, events: CollectorEvents): Promise<Fleet<KeptFiles>> {
    const { settings, maskSecrets } = this.#plan;
    const { acceptNew, hitCounts, ...pace } = settings;
    const { collectEndpoint, clock, files, hostKeyFiles, run } = this.#world;
    const directory = new CaptureDirectory(path, await files.open(path), files, maskSecrets);
    const isDoubtful = endpoints.some(({ name }) => REFUSED.has(reasonOf(this.#results.get(name))));
    if (isDoubtful) this.#secrets = undefined;
    this.#secrets ??= secretSource({ env: this.#env, run, prompt: events.ask });
    const secrets = this.#secrets;
    return new Fleet(endpoints, {
      ...pace,
      collectEndpoint,
      access: { acceptNew, hitCounts, secrets, hostKeys: knownHosts(hostKeyFiles) },
      signal: this.#ending.signal,
      clock,
      onEvent: (event) => events.event(event),
      keep: (endpoint, ended) => directory.keep(endpoint, ended),
    });
  }

  /** As `brokerfence collect` leaves it: every device that was collected in this session. */
  async #record(directory: string, durationMs: number): Promise<void> {
    const results = this.#plan.endpoints.flatMap(({ name }) => this.#results.get(name) ?? []);
    const tool = { name: 'brokerfence', version: toolVersion() } as const;
    const about = { tool, masked: this.#plan.maskSecrets, interrupted: this.#ending.signal.aborted, durationMs };
    await this.#world.files.write(join(directory, RECORD_FILE), collectJson(collectRecord(results, about)));
  }
}

/** The plan as the screen shows it before anything was collected. */
export function plannedCollection({ endpoints, directory }: CollectPlan): Collection {
  const devices = endpoints.map(({ name, user, host, port, jumps, platform }) => {
    const via = jumps.length === 0 ? '' : ` via ${jumps.map((jump) => jump.host).join(', ')}`;
    const where = `${user}@${host}${port === 22 ? '' : `:${port}`}${via}`;
    return { name, where, platform, state: 'not-asked', text: '', attempts: 0, durationMs: 0 } as const;
  });
  return { devices, directory, isRunning: false };
}
