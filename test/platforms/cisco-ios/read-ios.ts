import { ciscoIos } from '../../../parsers/cisco-ios/index.ts';
import type { Device } from '../../../parsers/model/device.ts';
import type { PlatformResult } from '../../../parsers/platform.ts';
import { readLines } from '../../../parsers/syntax/lines.ts';

/** Reads a text as IOS, whatever detection would say. */
export function readIos(...lines: readonly string[]): PlatformResult {
  const text = lines.join('\n');
  return ciscoIos.read({ name: 'test.cfg', text }, readLines(text));
}

/** The one device of a text. */
export function iosDevice(...lines: readonly string[]): Device {
  const [device] = readIos(...lines).devices;
  if (device === undefined) throw new Error('no device');
  return device;
}
