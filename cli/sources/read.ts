import type { Io } from '../io.ts';
import type { Capture } from '../../parsers/platform.ts';
import type { EntryBundle } from './bundles.ts';
import type { Candidate, Entry } from './collect.ts';
import type { FileSystem } from './file-system.ts';
import type { Failure, Input, Skipped } from './input.ts';
import { captureOf } from '../../parsers/index.ts';
import { bundled, combined } from './bundles.ts';
import { collect } from './collect.ts';
import { decode } from './decode.ts';
import { failureOf } from './failure.ts';
import { sizeLimit, type SizeLimit } from './size-limit.ts';
import { STDIN_WORD } from './stdin-word.ts';

/** Inputs in order, read one at a time when asked for, so that the texts of only one device are held. */
export interface Inputs {
  readonly count: number;
  readonly read: () => Iterable<Input>;
}

/** Inputs behind paths. */
export interface InputFiles extends Inputs {
  /** The input of that name alone, as `read` gives it; none where no input has the name. */
  readonly named: (name: string) => readonly Input[];
}

/** What reading inputs needs of the outside world. */
export type InputWorld = Pick<Io, 'files' | 'heapLimitBytes' | 'readStdin'>;

/**
 * The inputs behind the user's paths; captures of one device, or with `combine` all of them, are one input. Nothing but
 * standard input and the beginnings of files is read before `read` is iterated.
 */
export async function openInputs(
  paths: readonly string[],
  maxFileBytes: number,
  io: InputWorld,
  combine = false,
): Promise<InputFiles> {
  const entries = collect(paths, io.files);
  const beginsAs = (candidate: Candidate): Capture | undefined => captureAt(candidate, io.files);
  const bundles = combine ? combined(entries, beginsAs) : bundled(entries, beginsAs);
  const limit = sizeLimit(maxFileBytes, io.heapLimitBytes);
  const stdin = entries.some(({ kind }) => kind === 'stdin') ? await io.readStdin(limit.bytes) : undefined;
  const readBundle = (bundle: EntryBundle): Input[] =>
    together(
      bundle.map((entry): Input => {
        if (entry.kind === 'stdin') return toInput(STDIN_WORD, true, stdin ?? new Uint8Array(), limit);
        return entry.kind === 'candidate' ? readCandidate(entry, limit, io.files) : entry;
      }),
    );
  return {
    count: bundles.length,
    *read() {
      for (const bundle of bundles) yield* readBundle(bundle);
    },
    named(name) {
      const bundle = bundles.find((entries) => entries.some((entry) => nameOf(entry) === name));
      return bundle === undefined ? [] : readBundle(bundle);
    },
  };
}

function nameOf(entry: Entry): string {
  if (entry.kind === 'stdin') return STDIN_WORD;
  return entry.kind === 'candidate' ? entry.path : entry.name;
}

/** Texts of one bundle as one input; what could not be read stays an input of its own. */
function together(inputs: readonly Input[]): Input[] {
  const texts = inputs.filter((input) => input.kind === 'text');
  const [first, ...others] = texts;
  const unread = inputs.filter((input) => input.kind !== 'text');
  if (first === undefined) return unread;
  return [{ ...first, combinedWith: others.map(({ source }) => source) }, ...unread];
}

/** Bytes that tell what part of a device a text is. */
const HEAD_BYTES = 8 * 1024;

function captureAt({ path }: Candidate, files: FileSystem): Capture | undefined {
  try {
    // A pipe gives its bytes once.
    if (files.kind(path) !== 'file') return undefined;
    const decoded = decode(files.head(path, HEAD_BYTES));
    return decoded.kind === 'text' ? captureOf(decoded.text) : undefined;
  } catch {
    // What is wrong with the file is said when it is read.
    return undefined;
  }
}

function readCandidate({ path, expected }: Candidate, limit: SizeLimit, files: FileSystem): Input {
  try {
    return toInput(path, expected, files.read(path, limit.bytes), limit);
  } catch (error) {
    return failureOf(path, error);
  }
}

function toInput(name: string, expected: boolean, bytes: Uint8Array | 'too-large', limit: SizeLimit): Input {
  if (bytes === 'too-large') return { kind: 'failure', name, reason: 'too-large', message: limit.message };
  const decoded = decode(bytes);
  if (decoded.kind === 'text')
    return { kind: 'text', source: { name, text: decoded.text }, combinedWith: [], expected };
  return notText(name, expected, decoded);
}

function notText(
  name: string,
  expected: boolean,
  { kind, message }: { readonly kind: 'empty' | 'binary' | 'archive'; readonly message: string },
): Failure | Skipped {
  return expected ? { kind: 'failure', name, reason: kind, message } : { kind: 'skipped', name, message };
}
