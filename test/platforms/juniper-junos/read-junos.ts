import { juniperJunos } from '../../../parsers/juniper-junos/index.ts';
import { load, type Loaded } from '../../../parsers/juniper-junos/load.ts';
import type { JunosNode } from '../../../parsers/juniper-junos/tree.ts';
import type { Device } from '../../../parsers/model/device.ts';
import type { PlatformResult } from '../../../parsers/platform.ts';
import { readLines } from '../../../parsers/syntax/lines.ts';

/** Reads a text as Junos, whatever detection would say. */
export function readJunos(...lines: readonly string[]): PlatformResult {
  const text = lines.join('\n');
  return juniperJunos.read({ name: 'test.cfg', text }, readLines(text));
}

/** The first device of a text. */
export function junosDevice(...lines: readonly string[]): Device {
  const [device] = readJunos(...lines).devices;
  if (device === undefined) throw new Error('no device');
  return device;
}

/** The tree of a text, groups applied. */
export function junosTree(...lines: readonly string[]): Loaded {
  const text = lines.join('\n');
  return load({ name: 'test.cfg', text }, readLines(text));
}

/** The paths from a node to the ends of the tree, in order. */
export function leaves(node: JunosNode): string[] {
  return node.children.flatMap((each) => {
    const below = leaves(each);
    return below.length === 0 ? [each.word] : below.map((path) => `${each.word} ${path}`);
  });
}
