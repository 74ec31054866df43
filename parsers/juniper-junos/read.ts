import { HostNames } from '../model/host-names.ts';
import type { PlatformResult } from '../platform.ts';
import type { Source } from '../source.ts';
import type { Line } from '../syntax/lines.ts';
import { convertDevices } from './device.ts';
import { load } from './load.ts';
import { lineStates } from './states.ts';
import { WORDS } from './words.ts';

/** Reads one Junos text of any form into its devices. Never throws on input. */
export function read(source: Source, lines: readonly Line[], hosts = new HostNames()): PlatformResult {
  const loaded = load(source, lines);
  const devices =
    loaded.root.children.length === 0 ? [] : convertDevices(loaded.root, source.name, loaded.notes, hosts);
  const states = lineStates(loaded, lines, WORDS);
  return { devices, diagnostics: loaded.notes.collected(), lineStates: states, complete: loaded.complete };
}
