import { HostNames } from '../model/host-names.ts';
import type { BundleResult, PlatformResult, ReadableText } from '../platform.ts';
import type { Source } from '../source.ts';
import type { Line } from '../syntax/lines.ts';
import { devicesOf } from './devices.ts';
import { firewallsOf } from './firewalls.ts';
import { forgetOthers, withoutCounters } from './hit-counts.ts';
import { loadText } from './load.ts';
import { Notes } from './notes.ts';
import { countRules } from './rule-counts.ts';
import { lineStates } from './states.ts';

/** Reads one PAN-OS or Panorama text of any form into its devices. Never throws on input. */
export function read(source: Source, lines: readonly Line[], hosts = new HostNames()): PlatformResult {
  const { devices, diagnostics, texts, ruleCounts = [] } = readBundle([{ source, lines }], hosts);
  const { lineStates: states = [], complete = 'unknown' } = texts[0] ?? {};
  return { devices, diagnostics, lineStates: states, complete, ruleCounts };
}

/** Reads texts that together describe one firewall, or a Panorama with its firewalls. Never throws on input. */
export function readBundle(texts: readonly ReadableText[], hosts = new HostNames()): BundleResult {
  const notes = new Notes();
  const loaded = texts.map(({ source, lines }) => loadText(source, lines, notes));
  const firewalls = firewallsOf(withoutCounters(loaded, notes), notes);
  forgetOthers(firewalls.length, notes);
  const devices = firewalls.flatMap((firewall) => devicesOf(firewall, notes, hosts));
  const states = texts.map(({ lines }, at) => {
    const text = loaded[at];
    return text === undefined ? [] : lineStates(text, lines, notes);
  });
  const ruleCounts = countRules(loaded, devices, notes);
  return {
    devices,
    diagnostics: notes.collected(texts.map(({ source }) => source.name)),
    texts: loaded.map(({ complete }, at) => ({ lineStates: states[at] ?? [], complete })),
    ruleCounts,
  };
}
