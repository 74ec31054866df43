import { parse } from '../../parsers/index.ts';
import { printDevice } from '../../parsers/model/print.ts';
import { otherForms } from '../support/junos-forms.ts';
import { configurations } from './corpus-folder.ts';
import type { Difference, Tally } from './tally.ts';

export interface Rewritten {
  readonly compared: number;
  /** In braces, but with something that set lines and XML do not have (`delete:`, commands, broken braces). */
  readonly passedOver: number;
}

/** Writes every Junos configuration in braces again as set lines and as XML: each must give the same devices. */
export function compareRewritten(corpus: string, tally: Tally): Rewritten {
  let compared = 0;
  let passedOver = 0;
  for (const { path, platform, text: written } of configurations(corpus)) {
    if (platform !== 'juniper-junos' || !/\{\s*$/mu.test(written)) continue;
    // `replace:` speaks to a device that has a configuration already; the other forms have no word for it.
    const text = written.replaceAll(/\breplace:\s*/gu, '');
    const forms = otherForms(text);
    if (forms === undefined) {
      passedOver += 1;
      continue;
    }
    compared += 1;
    const braces = printed(text);
    tally.compare(`${path} = its set lines`, difference(braces, printed(forms.set)));
    tally.compare(`${path} = its XML`, difference(braces, printed(forms.xml)));
  }
  return { compared, passedOver };
}

function printed(text: string): readonly string[] {
  const { devices } = parse({ name: 'one of three forms', text }, { platform: 'juniper-junos' });
  return devices.flatMap((device) => printDevice(device).split('\n'));
}

function difference(braces: readonly string[], other: readonly string[]): Difference | undefined {
  const at = braces.findIndex((line, index) => line !== other[index]);
  if (at < 0 && braces.length === other.length) return undefined;
  const line = at < 0 ? braces.length : at;
  return { what: 'another device', because: `braces: ${braces[line] ?? 'nothing'}; here: ${other[line] ?? 'nothing'}` };
}
