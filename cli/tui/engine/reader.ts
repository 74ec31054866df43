import type { InputWorld } from '../../sources/read.ts';
import type { Answer, OpenedSource, Question } from './questions.ts';
import type { Settings } from './settings.ts';
import type { Assumption } from '../../../checks/policy/policy.ts';
import type { Source } from '../../../parsers/source.ts';
import type { FailedInput } from '../../reports/run.ts';
import { maskSecrets } from '../../../checks/reporting/mask-secrets.ts';
import { analyse, openInput, type LoadedPolicy, type OpenedInput } from '../../run.ts';
import { openInputs } from '../../sources/read.ts';
import { visible } from '../../terminal/visible.ts';
import { trace } from '../../trace/batch.ts';
import { toolVersion } from '../../version.ts';
import { readPolicy } from './audit.ts';

/** Answers questions about inputs, and holds the models of the one that was asked about last. */
export class Reader {
  readonly #settings: Settings;
  readonly #world: InputWorld;
  #held: { readonly source: string; readonly opened: OpenedInput } | undefined;

  constructor(settings: Settings, world: InputWorld) {
    this.#settings = settings;
    this.#world = world;
  }

  async answer(question: Question): Promise<Answer> {
    const policy = readPolicy(this.#settings.policyFile, this.#world.files);
    if (policy.kind === 'refused') return failed(question, policy.message);
    if (question.kind === 'flows') return this.#flows(question, policy.policy);
    const ofPolicy = policy.policy?.texts.find(({ name }) => name === question.source);
    if (ofPolicy !== undefined && question.kind === 'open') {
      const text = { name: ofPolicy.name, lines: safeLines(ofPolicy), states: [] };
      return { kind: 'opened', source: question.source, opened: { platform: undefined, texts: [text], devices: [] } };
    }
    const opened = await this.#open(question.source, policy.policy?.policy.assumptions ?? []);
    if ('message' in opened) return failed(question, `${opened.name}: ${opened.message}`);
    switch (question.kind) {
      case 'open':
        return { kind: 'opened', source: question.source, opened: describe(opened) };
      case 'trace':
        return {
          kind: 'traced',
          question,
          trace: trace(question.place, question.packet, opened.devices),
        };
    }
  }

  async #open(source: string, assumptions: readonly Assumption[]): Promise<OpenedInput | FailedInput> {
    if (this.#held?.source === source) return this.#held.opened;
    const { paths, maxFileBytes, combine, platform } = this.#settings;
    const inputs = await openInputs(paths, maxFileBytes, this.#world, combine);
    const [input] = inputs.named(source);
    if (input === undefined) return { name: source, reason: 'not-found', message: 'is there no longer' };
    const opened = openInput(input, platform, assumptions);
    if ('kind' in opened) this.#held = { source, opened };
    return opened;
  }

  async #flows(question: Extract<Question, { kind: 'flows' }>, policy: LoadedPolicy | undefined): Promise<Answer> {
    const { paths, maxFileBytes, combine, platform, trust, today, maxUnknownPercent } = this.#settings;
    const inputs = await openInputs(paths, maxFileBytes, this.#world, combine);
    const { run } = analyse(inputs.named(question.source), {
      tool: { name: 'brokerfence', version: toolVersion() },
      platform,
      trust,
      policy,
      today,
      maxUnknownPercent,
      only: 'flows',
      onInput: () => {},
    });
    const [failure] = run.failures;
    if (failure !== undefined) return failed(question, `${failure.name}: ${failure.message}`);
    const devices = run.sources.flatMap((result) =>
      result.devices.map(({ device, source, flows, unjudged }) => ({ device, source, flows, unjudged })),
    );
    return { kind: 'flows', source: question.source, devices };
  }
}

function failed(question: Question, message: string): Answer {
  return { kind: 'failed', question, message };
}

function describe({ input, result }: OpenedInput): OpenedSource {
  const texts = [input.source, ...input.combinedWith].map((source, index) => ({
    name: source.name,
    lines: safeLines(source),
    states: result.texts[index]?.lineStates ?? [],
  }));
  return {
    platform: result.detection.platform,
    texts,
    devices: result.devices.map(({ name, segments, ruleLists }) => ({
      device: name,
      segments: segments.map((segment) => segment.name),
      ruleLists: ruleLists.map((list) => list.name),
      addresses: [],
    })),
  };
}

function safeLines({ text }: Source): string[] {
  return text.split(/\r\n|\n|\r/u).map((line) => visible(maskSecrets(line)));
}
