import type { InputWorld } from '../../sources/read.ts';
import type { Answer, LineJumps, OpenedSource, Question } from './questions.ts';
import type { Settings } from './settings.ts';
import type { Source } from '../../../parsers/source.ts';
import type { Platform } from '../../../parsers/model/device.ts';
import type { SyntaxForm } from '../syntax/tokens.ts';
import type { FailedInput } from '../../reports/run.ts';
import { createReferences, type Jump, type References } from '../../../checks/references/references.ts';
import { maskedLines } from '../../../checks/reporting/masked-lines.ts';
import { NO_POLICY, type Assumption } from '../../../checks/policy/policy.ts';
import { analyse, openInput, type LoadedPolicy, type OpenedInput } from '../../run.ts';
import { visible } from '../../terminal/visible.ts';
import { compareRuns } from '../../compare-run.ts';
import { earlierSide } from './earlier-side.ts';
import { trace } from '../../trace/batch.ts';
import { toolVersion } from '../../version.ts';
import { readPolicy } from './audit.ts';
import { knownAddresses } from './known-addresses.ts';
import { RuleReader } from './rule-reader.ts';
import { settingsInputs } from './settings-inputs.ts';

/** Answers questions about inputs, and holds the models of the one that was asked about last. */
export class Reader {
  readonly #settings: Settings;
  readonly #world: InputWorld;
  #references: readonly References[] | undefined;
  readonly #rules: RuleReader;
  #policy: ReturnType<typeof readPolicy> | undefined;
  #held: { readonly source: string; readonly opened: OpenedInput } | undefined;

  constructor(settings: Settings, world: InputWorld) {
    this.#settings = settings;
    this.#rules = new RuleReader(settings.today);
    this.#world = world;
  }

  async answer(question: Question): Promise<Answer> {
    // A reader answers from the files as they were when it began: after a change there is another.
    this.#policy ??= readPolicy(this.#settings.policyFile, this.#world.files);
    const policy = this.#policy;
    if (policy.kind === 'refused') return failed(question, policy.message);
    if (question.kind === 'flows') return this.#flows(question, policy.policy);
    if (question.kind === 'compare') return this.#compare(question, policy.policy);
    const ofPolicy = policy.policy?.texts.find(({ name }) => name === question.source);
    if (ofPolicy !== undefined && question.kind === 'open') {
      const text = { name: ofPolicy.name, form: 'indented', lines: safeLines(ofPolicy), states: [] } as const;
      return { kind: 'opened', source: question.source, opened: { platform: undefined, texts: [text], devices: [] } };
    }
    const opened = await this.#open(question.source, policy.policy?.policy.assumptions ?? []);
    if ('message' in opened) return failed(question, `${opened.name}: ${opened.message}`);
    switch (question.kind) {
      case 'open':
        return { kind: 'opened', source: question.source, opened: describe(opened) };
      case 'jumps':
        return { kind: 'jumps', question, jumps: this.#jumps(opened, question.text, question.line) };
      case 'trace':
        return {
          kind: 'traced',
          question,
          trace: trace(question.place, question.packet, opened.devices),
        };
      case 'rule-lists':
      case 'rules':
      case 'rule-effects':
        return this.#rules.answer(question, opened, policy.policy?.policy ?? NO_POLICY);
    }
  }

  async #open(source: string, assumptions: readonly Assumption[]): Promise<OpenedInput | FailedInput> {
    if (this.#held?.source === source) return this.#held.opened;
    const inputs = await settingsInputs(this.#settings, this.#world);
    const [input] = inputs.named(source);
    if (input === undefined) return { name: source, reason: 'not-found', message: 'is there no longer' };
    const opened = openInput(input, this.#settings.platform, assumptions);
    if ('kind' in opened) {
      this.#held = { source, opened };
      this.#references = undefined;
    }
    return opened;
  }

  #jumps({ result, input }: OpenedInput, text: string, line: number): LineJumps {
    const texts = [input.source, ...input.combinedWith];
    this.#references ??= result.devices.map((device) => createReferences(device, texts));
    const all = this.#references.map((references) => lineJumps(references, text, line));
    return { jumps: all.flatMap(({ jumps }) => jumps), bindings: all.flatMap(({ bindings }) => bindings) };
  }

  async #compare(question: Extract<Question, { kind: 'compare' }>, policy: LoadedPolicy | undefined): Promise<Answer> {
    const { paths, platform, trust, today, maxUnknownPercent } = this.#settings;
    const before = await earlierSide(question.against, this.#settings, this.#world);
    if (before.kind === 'problem') return failed(question, before.message);
    const inputs = await settingsInputs(this.#settings, this.#world);
    const after = { kind: 'inputs', label: paths.join(' '), inputs: inputs.read() } as const;
    const tool = { name: 'brokerfence', version: toolVersion() } as const;
    const judging = { tool, platform, trust, policy, today, maxUnknownPercent, onInput: () => {} };
    return { kind: 'compared', against: question.against, comparison: compareRuns(before, after, judging) };
  }

  async #flows(question: Extract<Question, { kind: 'flows' }>, policy: LoadedPolicy | undefined): Promise<Answer> {
    const { platform, trust, today, maxUnknownPercent } = this.#settings;
    const inputs = await settingsInputs(this.#settings, this.#world);
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
    form: formOf(result.detection.platform, source.text),
    lines: safeLines(source),
    states: result.texts[index]?.lineStates ?? [],
  }));
  return {
    platform: result.detection.platform,
    texts,
    devices: result.devices.map((device) => ({
      device: device.name,
      segments: device.segments.map((segment) => segment.name),
      ruleLists: device.ruleLists.map((list) => list.name),
      addresses: knownAddresses(device, texts),
    })),
  };
}

function safeLines({ text }: Source): string[] {
  return maskedLines(text).map(visible);
}

/** Jumps from a line, and those to what binds the rule list that it is, stands in, or binds. */
function lineJumps(references: References, text: string, line: number): LineJumps {
  const jumps = references.at(text, line);
  const isBinding = ({ thing }: Jump): boolean => thing.kind === 'binding';
  const lists = jumps.filter(({ way, thing }) => way !== 'from' && thing.kind === 'rule-list');
  const ofLists = lists.flatMap(({ target }) => references.at(target.source, target.line));
  return { jumps, bindings: [...jumps, ...ofLists].filter(isBinding) };
}

/** How a text of a platform is written; what is neither XML nor in braces is a line for each statement. */
function formOf(platform: Platform | undefined, text: string): SyntaxForm {
  if (/^\s*</u.test(text)) return 'xml';
  if (platform !== 'juniper-junos' && platform !== 'paloalto-panos') return 'indented';
  return /^\s*(?:set|deactivate|delete)\s/mu.test(text) && !/\{\s*$/mu.test(text) ? 'set' : 'braces';
}
