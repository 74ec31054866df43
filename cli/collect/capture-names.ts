import type { CapturedText } from '../sources/ssh/collected.ts';
import type { CollectPlatform } from '../sources/ssh/endpoint.ts';
import { PARTIAL_EXTENSION } from '../sources/collected-names.ts';
import { captureFileName } from '../sources/inventory/device-names.ts';

type Captured = Pick<CapturedText, 'device' | 'what' | 'scope'>;

/**
 * The file for a text of a device of the inventory, `undefined` for one that is not kept. The context `dmz` of `fw1` is
 * `fw1@dmz`, and what stands beside a configuration is named after it with a `+`, by which `audit` knows where it belongs.
 */
export function captureFile(captured: Captured, name: string, platform: CollectPlatform): string | undefined {
  const stem = stemOf(captured, name);
  switch (captured.what) {
    case 'configuration':
      return `${stem}${platform === 'paloalto-panos' ? '.xml' : '.cfg'}`;
    case 'pushed-policy':
    case 'pushed-template':
      return `${stem}${beside(captured)}.xml`;
    case 'hit-counts':
      return `${stem}${beside(captured)}.txt`;
    case 'version':
      return undefined;
  }
}

/** The file for a text that is not whole. Nothing reads it as a configuration. */
export function partialFile(captured: Captured, name: string): string {
  const part = captured.what === 'configuration' ? '' : beside(captured);
  return `${stemOf(captured, name)}${part}${PARTIAL_EXTENSION}`;
}

/** What the names of the files of a device begin with, from the name of one of them; undefined for other files. */
export function deviceStemOf(file: string): string | undefined {
  return /^(?<stem>[^@+]+?)(?:@[^+]+?)?(?:\+.+?)?\.(?:cfg|xml|txt|partial)$/u.exec(file)?.groups?.['stem'];
}

function stemOf({ device }: Captured, name: string): string {
  const context = device.startsWith(`${name}/`) ? `@${captureFileName(device.slice(name.length + 1))}` : '';
  return captureFileName(name) + context;
}

function beside({ what, scope }: Captured): string {
  return `+${what}${scope === undefined ? '' : `+${captureFileName(scope)}`}`;
}
