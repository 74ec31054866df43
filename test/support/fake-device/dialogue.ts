/** What a device says: a recorded dialogue, read from a text that a network engineer can write. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Answer {
  /** Lines ended by `\n`. */
  readonly text: string;
  /** The mode that the device is in afterwards; absent: the same. */
  readonly goes?: string;
  /** The device asks for the enable secret first. */
  readonly asksPassword: boolean;
  /** The session ends. */
  readonly ends: boolean;
}

interface Pager {
  readonly prompt: string;
  /** What the terminal gets when the next page is asked for, so that the prompt disappears. */
  readonly erase: string;
  /** The command that switches it off. */
  readonly off: string;
}

export interface Dialogue {
  readonly start: string;
  /** The mode in which commands of an exec channel run; absent: the device has no such channels. */
  readonly exec?: string;
  /** Prompt by mode, as the terminal gets it. */
  readonly modes: ReadonlyMap<string, string>;
  readonly pager?: Pager;
  /** Shown after the login, before the first prompt. */
  readonly banner: string;
  /** Shown for a command that the device does not know. */
  readonly unknown: string;
  /** By mode and command; the mode `*` stands for every mode. */
  readonly answers: ReadonlyMap<string, Answer>;
}

export function answerKey(mode: string, command: string): string {
  return `${mode} ${command}`;
}

const ROOT = new URL('../../../', import.meta.url);
const TOKEN = /"(?:[^"\\]|\\.)*"|\S+/g;

/** The recorded dialogue of that name, of test/support/fake-device/dialogues. */
export function recordedDialogue(name: string): Dialogue {
  return readDialogue(readFileSync(fileURLToPath(new URL(`dialogues/${name}.txt`, import.meta.url)), 'utf8'));
}

interface Section {
  readonly words: readonly string[];
  readonly body: string;
}

function sections(text: string): Section[] {
  const [, ...parts] = text.split(/^%% ?/mu);
  return parts.map((part) => {
    const end = part.indexOf('\n');
    const words = [...part.slice(0, end).matchAll(TOKEN)].map(([token]) =>
      token.startsWith('"') ? String(JSON.parse(token)) : token,
    );
    return { words, body: part.slice(end + 1) };
  });
}

/** Reads a dialogue. Throws on anything that the README of this folder does not describe. */
export function readDialogue(text: string): Dialogue {
  const modes = new Map<string, string>();
  const answers = new Map<string, Answer>();
  let [banner, unknown, start] = ['', '', ''];
  let exec: string | undefined;
  let pager: Pager | undefined;
  for (const { words, body } of sections(text)) {
    const [directive, first = '', second = '', third = '', ...more] = words;
    if (directive === 'device') continue;
    else if (directive === 'mode') modes.set(first, second);
    else if (directive === 'start') start = first;
    else if (directive === 'exec') exec = first;
    else if (directive === 'banner') banner = body;
    else if (directive === 'unknown') unknown = body;
    else if (directive === 'pager') pager = { prompt: first, erase: second, off: third };
    else if (directive === 'on') answers.set(answerKey(first, second), answerOf([third, ...more], body));
    else throw new Error(`unknown directive in a dialogue: ${words.join(' ')}`);
  }
  if (!modes.has(start)) throw new Error('a dialogue needs a mode to start in');
  return {
    start,
    modes,
    banner,
    unknown,
    answers,
    ...(exec === undefined ? {} : { exec }),
    ...(pager === undefined ? {} : { pager }),
  };
}

function answerOf(options: readonly string[], body: string): Answer {
  const file = options.indexOf('file');
  const goes = options.indexOf('go');
  const mode = options[goes + 1];
  return {
    text: file === -1 ? body : readFileSync(new URL(options[file + 1] ?? '', ROOT), 'utf8'),
    ...(goes === -1 || mode === undefined ? {} : { goes: mode }),
    asksPassword: options.includes('password'),
    ends: options.includes('end'),
  };
}
