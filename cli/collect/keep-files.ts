import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { CapturedText } from '../sources/ssh/collected.ts';
import type { CollectPlatform, Endpoint } from '../sources/ssh/endpoint.ts';
import type { Ended, Keeping } from './events.ts';
import type { Change, PrivateFiles } from './private-files.ts';
import { PARTIAL_EXTENSION } from '../sources/collected-names.ts';
import { captureFileName } from '../sources/inventory/device-names.ts';
import { captureFile, deviceStemOf, partialFile } from './capture-names.ts';
import { maskCaptures, maskPartial } from './mask-captures.ts';
import { notWritten } from './not-written.ts';

/** A file of a device after a collection. */
export interface KeptFile {
  /** Within the directory of the collection. */
  readonly file: string;
  /** As the device is called in reports: `fw1`, `fw1/dmz`. */
  readonly device: string;
  readonly what: CapturedText['what'];
  readonly scope?: string;
  readonly command: string;
  /** Not whole; nothing reads it as a configuration. */
  readonly partial: boolean;
  readonly bytes: number;
  /** Of the file, in hexadecimal digits. */
  readonly sha256: string;
  readonly change: Change;
}

export interface KeptFiles {
  readonly files: readonly KeptFile[];
  /** Files of an earlier collection that stand there still, since there is nothing whole to replace them. */
  readonly earlier: readonly string[];
  /** Files of an earlier collection that the device no longer has. */
  readonly removed: readonly string[];
}

/** What NX-OS writes of when it was asked, and old IOS of how its clock drifts. */
const PASSING = /^(?:!Time: .*|ntp clock-period \d+ *)$/gmu;

const NOTHING: KeptFiles = { files: [], earlier: [], removed: [] };

/**
 * The directory of a collection. After a whole collection the files of a device are those of that collection and no others; a
 * failed one leaves the files of an earlier one as they are.
 */
export class CaptureDirectory {
  readonly #path: string;
  readonly #files: PrivateFiles;
  readonly #mask: boolean;
  /** Names of files that were there before, by the device that they are of. */
  readonly #before: ReadonlyMap<string, readonly string[]>;

  constructor(path: string, names: readonly string[], files: PrivateFiles, mask: boolean) {
    this.#path = path;
    this.#files = files;
    this.#mask = mask;
    this.#before = Map.groupBy(names.toSorted(), (name) => deviceStemOf(name) ?? '');
  }

  /** Keeps the texts of a device: whole ones under their names, partial ones aside. */
  async keep(endpoint: Endpoint, ended: Ended): Promise<Keeping<KeptFiles>> {
    const before = this.#before.get(captureFileName(endpoint.name)) ?? [];
    const earlier = before.filter((name) => !name.endsWith(PARTIAL_EXTENSION));
    try {
      if (ended.kind === 'failed')
        return { kept: { files: await this.#keepPartial(endpoint, ended), earlier, removed: [] } };
      const shown = this.#mask ? maskCaptures(ended.texts) : ({ kind: 'masked', texts: ended.texts } as const);
      if (shown.kind === 'problem') return { kept: { ...NOTHING, earlier }, problem: shown.message };
      const files = await this.#keepWhole(endpoint, ended.platform, shown.texts);
      const stays = new Set(files.map(({ file }) => file));
      const gone = before.filter((name) => !stays.has(name));
      for (const name of gone) await this.#files.remove(join(this.#path, name));
      // A partial one was never part of the device.
      return { kept: { files, earlier: [], removed: gone.filter((name) => earlier.includes(name)) } };
    } catch (error) {
      // What is no refusal of the system is a mistake.
      return { kept: { ...NOTHING, earlier }, problem: notWritten(this.#path, error) };
    }
  }

  async #keepWhole({ name }: Endpoint, platform: CollectPlatform, texts: readonly CapturedText[]): Promise<KeptFile[]> {
    const kept: KeptFile[] = [];
    for (const each of texts) {
      const file = captureFile(each, name, platform);
      if (file !== undefined) kept.push(await this.#write(file, each, false));
    }
    return kept;
  }

  async #keepPartial({ name }: Endpoint, { partial }: Extract<Ended, { kind: 'failed' }>): Promise<KeptFile[]> {
    const kept: KeptFile[] = [];
    for (const each of this.#mask ? partial.map(maskPartial) : partial) {
      if (each.what !== 'version' && each.text !== '')
        kept.push(await this.#write(partialFile(each, name), each, true));
    }
    return kept;
  }

  async #write(
    file: string,
    { device, what, scope, command, text }: CapturedText,
    partial: boolean,
  ): Promise<KeptFile> {
    const { change, text: now } = await this.#files.write(join(this.#path, file), text, PASSING);
    return {
      file,
      device,
      what,
      ...(scope === undefined ? {} : { scope }),
      command,
      partial,
      bytes: Buffer.byteLength(now),
      sha256: createHash('sha256').update(now).digest('hex'),
      change,
    };
  }
}
