import { dirname, isAbsolute, join } from 'node:path';
import type { FileSystem } from '../sources/file-system.ts';
import { MEBIBYTE } from '../sources/size-limit.ts';
import { toLayer, type Layer } from './form-problems.ts';
import { problemAt, type FileProblem as PolicyProblem } from '../yaml/problem.ts';
import { readText } from '../yaml/read-text.ts';
import { parseYaml } from '../yaml/yaml-text.ts';

/** Reading text that is nested without end takes seconds a megabyte; larger policies are put together by `include`. */
const MAX_POLICY_BYTES = MEBIBYTE;
const MAX_DEPTH = 8;

interface Layers {
  /** Included files first, each file once. */
  readonly layers: readonly Layer[];
  readonly problems: readonly PolicyProblem[];
}

/** A policy file with all that it includes. */
export function readLayers(path: string, files: FileSystem): Layers {
  const reading = new Reading(files);
  const message = reading.file(path, []);
  if (message !== undefined) reading.problems.push({ message, file: path });
  return reading;
}

class Reading implements Layers {
  readonly layers: Layer[] = [];
  readonly problems: PolicyProblem[] = [];
  readonly #files: FileSystem;
  readonly #done = new Set<string>();

  constructor(files: FileSystem) {
    this.#files = files;
  }

  /** What is wrong with the file as a whole, after its name; its own problems are kept. */
  file(path: string, above: readonly Opened[]): string | undefined {
    const read = readText(path, MAX_POLICY_BYTES, this.#files);
    if (read.kind === 'unread') return read.message;
    const opened = { path, real: this.#files.realPath(path) };
    const chain = [...above, opened];
    if (above.some(({ real }) => real === opened.real)) return `includes itself: ${shownChain(chain)}`;
    if (chain.length > MAX_DEPTH)
      return `is the ${chain.length}th file of a chain; at most ${MAX_DEPTH} are read: ${shownChain(chain)}`;
    if (this.#done.has(opened.real)) return undefined;
    this.#done.add(opened.real);
    const parsed = parseYaml(read.source);
    if (parsed.kind === 'problems') {
      this.problems.push(...parsed.problems);
      return undefined;
    }
    const result = toLayer(parsed.yaml);
    if (result.kind === 'problems') {
      this.problems.push(...result.problems);
      return undefined;
    }
    this.#included(result.layer, chain);
    this.layers.push(result.layer);
    return undefined;
  }

  #included({ yaml, form }: Layer, chain: readonly Opened[]): void {
    for (const [index, name] of (form.include ?? []).entries()) {
      const message = this.file(besides(yaml.source.name, name), chain);
      if (message === undefined) continue;
      const through = chain.length > 1 && !message.includes(' → ') ? ` (${shownChain(chain)})` : '';
      const place = yaml.placeOf(['include', index]);
      this.problems.push(problemAt(yaml.source, place, `included file ${name} ${message}${through}`));
    }
  }
}

interface Opened {
  readonly path: string;
  /** The one path of the file, however it is reached. */
  readonly real: string;
}

function shownChain(chain: readonly Opened[]): string {
  return chain.map(({ path }) => path).join(' → ');
}

/** A path that a policy file names, seen from where the program runs. */
export function besides(policyFile: string, path: string): string {
  return isAbsolute(path) ? path : join(dirname(policyFile), path);
}
