import type { Io } from '../io.ts';
import type { Inputs } from '../sources/read.ts';
import type { FleetArguments } from './fleet-options.ts';
import { holdTexts, inputsOf } from '../collect/hold-texts.ts';
import { runFleet } from '../collect/run-fleet.ts';
import { sizeLimit } from '../sources/size-limit.ts';
import { visible } from '../terminal/visible.ts';
import { chooseEndpoints } from './choose-endpoints.ts';
import { fleetSettings } from './fleet-options.ts';

/** What the devices of an inventory say now, as inputs named `ssh://fw1`. Nothing of it is written anywhere. */
export async function inventoryInputs(args: FleetArguments, maxFileBytes: number, io: Io): Promise<Inputs> {
  const settings = fleetSettings(args);
  const world = await io.collecting();
  const endpoints = chooseEndpoints(args, [], io, world);
  const { results } = await runFleet(endpoints, settings, async (_, ended) => holdTexts(ended), io, world);
  for (const { endpoint, outcome } of results) {
    if (outcome.kind === 'failed') continue;
    for (const note of outcome.notes) io.stderr.write(`ssh://${visible(endpoint.name)}: ${visible(note)}\n`);
  }
  const limit = sizeLimit(maxFileBytes, io.heapLimitBytes);
  return {
    count: results.length,
    *read() {
      for (const result of results) yield* inputsOf(result, limit);
    },
  };
}
