import { promisify } from 'node:util';
import { gunzipSync, gzip } from 'node:zlib';
import type { CapturedText } from '../sources/ssh/collected.ts';
import type { Input } from '../sources/input.ts';
import type { SizeLimit } from '../sources/size-limit.ts';
import type { Source } from '../../parsers/source.ts';
import type { DeviceResult, Ended, Keeping } from './events.ts';

/** A text that waits for its turn to be audited, a tenth of its size. */
export interface HeldText extends Omit<CapturedText, 'text'> {
  readonly packed: Uint8Array;
  /** As it was sent. */
  readonly bytes: number;
}

const packed = promisify(gzip);

/** Holds the texts of a device in memory, so that nothing of it is written anywhere. Partial ones are dropped. */
export async function holdTexts(ended: Ended): Promise<Keeping<readonly HeldText[]>> {
  if (ended.kind === 'failed') return { kept: [] };
  const wanted = ended.texts.filter(({ what }) => what !== 'version');
  const kept = await Promise.all(
    wanted.map(async ({ text, ...about }): Promise<HeldText> => ({
      ...about,
      packed: await packed(text),
      bytes: Buffer.byteLength(text),
    })),
  );
  return { kept };
}

/** What is to be audited of a device: an input for each configuration, or the failure. */
export function* inputsOf(
  { endpoint, outcome, kept }: DeviceResult<readonly HeldText[]>,
  limit: SizeLimit,
): Iterable<Input> {
  if (outcome.kind === 'failed') {
    const { message } = outcome;
    yield { kind: 'failure', name: `ssh://${endpoint.name}`, reason: 'not-collected', message };
    return;
  }
  for (const texts of Map.groupBy(kept, ({ device }) => device).values()) {
    // The configuration stands before what belongs to it.
    const [first, ...others] = texts.toSorted((a, b) => rank(a) - rank(b));
    if (first === undefined) continue;
    const large = texts.find(({ bytes }) => bytes > limit.bytes);
    if (large !== undefined) {
      yield { kind: 'failure', name: nameOf(large), reason: 'too-large', message: limit.message };
      continue;
    }
    yield { kind: 'text', source: sourceOf(first), combinedWith: others.map(sourceOf), expected: true };
  }
}

function sourceOf(held: HeldText): Source {
  return { name: nameOf(held), text: gunzipSync(held.packed).toString('utf8') };
}

function nameOf({ device, what, command }: HeldText): string {
  return what === 'configuration' ? `ssh://${device}` : `ssh://${device} (${command})`;
}

function rank({ what }: HeldText): number {
  return what === 'configuration' ? 0 : 1;
}
