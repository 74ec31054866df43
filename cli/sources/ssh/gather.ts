import type { CapturedText, Collected } from './collected.ts';
import { missingFrom, refusalIn } from './completeness.ts';
import type { Endpoint } from './endpoint.ts';
import { failure, type Failure } from './failure.ts';
import type { FurtherText, PlatformDialogue } from './platform-dialogue.ts';
import type { OpenSession } from './open-session.ts';
import type { Answer, Session } from './session.ts';

/** What gathering needs to know and to tell. */
export interface GatherOptions {
  readonly hitCounts: boolean;
  readonly onStep: (step: string) => void;
  readonly note: (note: string) => void;
}

/** What was gathered so far: kept when something goes wrong. */
export interface Gathered {
  readonly texts: CapturedText[];
  version?: string;
  /** What the device says of itself. */
  about: string;
}

/** Progress is told again after so much more. */
const PROGRESS_BYTES = 100_000;

/** Reads everything that is wanted of a device into `gathered`; gives what was wrong, if anything. */
export async function gather(
  open: OpenSession,
  endpoint: Endpoint,
  options: GatherOptions,
  gathered: Gathered,
): Promise<Failure | undefined> {
  const found = await contextsOf(open, endpoint, options);
  if ('kind' in found) return found;
  if (found.length === 0) return new Reading(open, endpoint.name, options, gathered).all();
  for (const name of found) {
    const { contexts } = open.dialogue;
    if (contexts === undefined || open.shell === undefined) throw new Error('only a terminal has contexts');
    const command = contexts.enter.replace('*', name);
    const entered = await open.shell.enter(command);
    const wrong = entered.kind === 'failure' ? entered : refused(entered, command, open.dialogue);
    if (wrong !== undefined) return wrong;
    const failed = await new Reading(open, `${endpoint.name}/${name}`, options, gathered).all();
    if (failed !== undefined) return failed;
  }
  return undefined;
}

/** Names of the contexts to visit; none: the device has none, or the login sees only its own. */
async function contextsOf(
  { session, shell, dialogue }: OpenSession,
  { contexts: wanted, name }: Endpoint,
  { note, onStep }: GatherOptions,
): Promise<readonly string[] | Failure> {
  const { contexts } = dialogue;
  const none: readonly string[] = [];
  if (contexts === undefined || shell === undefined) {
    if (wanted === undefined || wanted.length === 0) return none;
    return failure('unexpected-dialogue', `${name} has no contexts: ${dialogue.title} knows none`);
  }
  onStep(contexts.mode);
  const mode = await session.run(contexts.mode, { idleMs: dialogue.idleSeconds * 1000 });
  if (mode.kind === 'failure') return mode;
  if (!contexts.isMultiple.test(mode.text)) {
    if (wanted === undefined || wanted.length === 0) return none;
    return failure('unexpected-dialogue', `${name} is not in multiple mode and has no contexts`);
  }
  if (wanted !== undefined && wanted.length > 0) return wanted;
  const system = await shell.enter(contexts.system);
  if (system.kind === 'failure') return system;
  if (refusalIn(system.text, dialogue) !== undefined) {
    note('the login sees its own security context only; the others were not read');
    return none;
  }
  const list = await session.run(contexts.list, { idleMs: dialogue.idleSeconds * 1000 });
  if (list.kind === 'failure') return list;
  const names = list.text.split('\n').flatMap((line) => contexts.name.exec(line)?.groups?.['name'] ?? []);
  const found = names.filter((found, index) => index > 0 || found !== 'Context');
  if (found.length > 0) return found;
  return failure('unexpected-dialogue', `\`${contexts.list}\` names no context`);
}

function refused(answer: Answer, command: string, dialogue: PlatformDialogue): Failure | undefined {
  const refusal = refusalIn(answer.text, dialogue);
  return refusal === undefined ? undefined : failure(refusal.reason, `\`${command}\` was refused: ${refusal.means}`);
}

/** The reading of one device, which is one context where there are several. */
class Reading {
  readonly #about: string | undefined;
  readonly #session: Session;
  readonly #dialogue: PlatformDialogue;
  readonly #device: string;
  readonly #options: GatherOptions;
  readonly #gathered: Gathered;

  constructor({ session, dialogue, about }: OpenSession, device: string, options: GatherOptions, gathered: Gathered) {
    this.#about = about;
    this.#session = session;
    this.#dialogue = dialogue;
    this.#device = device;
    this.#options = options;
    this.#gathered = gathered;
  }

  async all(): Promise<Failure | undefined> {
    const { authority, configuration } = this.#dialogue;
    const may = authority === undefined ? undefined : await this.#ask(authority.command);
    if (may?.kind === 'failure') return may;
    const read = await this.#configuration(configuration);
    if ('kind' in read) return read;
    // The configuration's end is sure only when nothing came between it and the next answer.
    const { texts } = this.#gathered;
    texts.push({ device: this.#device, what: 'configuration', command: configuration.command, text: read.text });
    const about = await this.#version();
    if (about !== undefined) return about;
    if (authority !== undefined && may !== undefined && authority.lacks.test(may.text))
      return failure('no-permission', authority.message);
    for (const further of this.#dialogue.further) {
      const wrong = await this.#further(further, read.text);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  }

  async #configuration({ command, complete, endsWith }: PlatformDialogue['configuration']) {
    const answer = await this.#ask(command, { endsWith, isDoubtful: endsWith === undefined });
    if (answer.kind === 'failure') return this.#setAside(answer, answer.captured ?? '', command);
    const text = trimmed(answer.text);
    const wrong = refused(answer, command, this.#dialogue);
    if (wrong !== undefined) return this.#setAside(wrong, text, command);
    if (this.#dialogue.omission?.test(text) === true) {
      const message = `\`${command}\` leaves out what the login may not see`;
      return this.#setAside(failure('no-permission', message), text, command);
    }
    const missing = missingFrom(text, complete, this.#dialogue.pager);
    if (missing !== undefined)
      return this.#setAside(failure('partial', `the answer to \`${command}\` is not whole: ${missing}`), text, command);
    return { text };
  }

  async #version(): Promise<Failure | undefined> {
    const { command, is } = this.#dialogue.version;
    const answer: Answer | Failure =
      this.#about === undefined ? await this.#ask(command) : { kind: 'answer', text: this.#about, cutBefore: false };
    if (answer.kind === 'failure') return answer;
    if (answer.cutBefore)
      return failure('partial', 'more of the configuration came after its end had seemed to be reached');
    if (refusalIn(answer.text, this.#dialogue) !== undefined) {
      this.#options.note(`\`${command}\` was refused`);
      return undefined;
    }
    const text = trimmed(answer.text);
    this.#gathered.about = text;
    const version = is.exec(text)?.groups?.['version'];
    if (version !== undefined) this.#gathered.version = version;
    this.#gathered.texts.push({ device: this.#device, what: 'version', command, text });
    return undefined;
  }

  async #further(further: FurtherText, configuration: string): Promise<Failure | undefined> {
    const { what, command: form, perSystem = false, when } = further;
    if (what === 'hit-counts' && !this.#options.hitCounts) return undefined;
    if (when !== undefined && !when(configuration, this.#gathered.about)) return undefined;
    const systems = perSystem ? systemsIn(configuration) : [undefined];
    for (const scope of systems) {
      const command = scope === undefined ? form : form.replace('*', scope);
      // Nothing shows where counters end, and nothing is asked behind them that would notice more.
      const answer = await this.#ask(command, { isDoubtful: what === 'hit-counts' });
      if (answer.kind === 'failure') return answer;
      const wrong = refused(answer, command, this.#dialogue);
      const text = trimmed(answer.text);
      // Not managed, nothing counted, not permitted: none of it makes the configuration wrong.
      if (wrong !== undefined) {
        if (what === 'hit-counts' || wrong.reason === 'no-permission') this.#options.note(wrong.message);
        continue;
      }
      if (text.trim() === '' || (what !== 'hit-counts' && isEmptyPush(text))) continue;
      const missing = what === 'hit-counts' ? undefined : missingFrom(text, { kind: 'xml' }, this.#dialogue.pager);
      if (missing !== undefined)
        return this.#setAside(
          failure('partial', `the answer to \`${command}\` is not whole: ${missing}`),
          text,
          command,
        );
      this.#gathered.texts.push({
        device: this.#device,
        what,
        ...(scope === undefined ? {} : { scope }),
        command,
        text: what === 'hit-counts' ? `${command}\n${text}` : text,
      });
    }
    return undefined;
  }

  #ask(
    command: string,
    { endsWith, isDoubtful = false }: { readonly endsWith?: RegExp | undefined; readonly isDoubtful?: boolean } = {},
  ): Promise<Answer | Failure> {
    const { onStep } = this.#options;
    onStep(command);
    let told = 0;
    return this.#session.run(command, {
      idleMs: this.#dialogue.idleSeconds * 1000,
      isDoubtful,
      ...(endsWith === undefined ? {} : { endsWith }),
      onProgress: (bytes) => {
        if (bytes - told < PROGRESS_BYTES) return;
        told = bytes;
        onStep(`${command} (${Math.round(bytes / 1000)} kB)`);
      },
    });
  }

  #setAside(wrong: Failure, text: string, command: string): Failure {
    if (text.trim() !== '') this.#gathered.texts.push({ device: this.#device, what: 'configuration', command, text });
    return wrong;
  }
}

/** Without blank lines around it. */
function trimmed(text: string): string {
  const inner = text.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
  return inner === '' ? '' : `${inner}\n`;
}

/** A device that no Panorama manages answers with nothing in it. */
function isEmptyPush(text: string): boolean {
  return (
    text.length < 500 && !/<(?:policy|template|shared|panorama|config)\b[^/>]*>\s*</.test(text) && !/\{/.test(text)
  );
}

/** Virtual systems of a PAN-OS configuration in any of its forms. */
function systemsIn(configuration: string): readonly string[] {
  const found = configuration.matchAll(/(?:<entry name="|\bvsys +)(?<name>vsys\d{1,3})\b/g);
  const names = new Set([...found].map(({ groups }) => groups?.['name'] ?? 'vsys1'));
  return names.size === 0 ? ['vsys1'] : [...names].sort((a, b) => Number(a.slice(4)) - Number(b.slice(4)));
}

/** The result, once everything was gathered. */
export function collected(open: OpenSession, { texts, version }: Gathered, notes: readonly string[]): Collected {
  return {
    kind: 'collected',
    platform: open.dialogue.platform,
    ...(version === undefined ? {} : { version }),
    texts,
    notes,
  };
}
