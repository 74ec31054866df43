import type { Finding } from '../../../checks/finding.ts';
import { crossingsText } from '../../../checks/reporting/finding-words.ts';
import { visible } from '../../terminal/visible.ts';
import { displayWidth } from '../../terminal/width.ts';
import { inSharedWidth } from './shared-width.ts';

/** Of the width, for the crossings: what is permitted there tells findings apart. */
const CROSSINGS_SHARE = 0.45;

/** What a list says of a finding beside its device, in about `width` columns: long lists of crossings are shortened, not the rest. */
export function headline({ device, message, crossings }: Finding, width: number): string {
  const said = visible(message.startsWith(`${device}: `) ? message.slice(device.length + 2) : message);
  const places = visible(crossingsText(crossings));
  const [first, ...others] = crossings;
  const room = Math.floor(width * CROSSINGS_SHARE);
  const isWhole = displayWidth(said) <= width || displayWidth(places) <= room;
  if (first === undefined || isWhole || !said.startsWith(places)) return said;
  const more = others.length === 0 ? '' : ` +${others.length}`;
  const names = [visible(first.from), visible(first.to)];
  const [from = '', to = ''] = inSharedWidth(names, room - displayWidth(` → ${more}`));
  return `${from} → ${to}${more}${said.slice(places.length)}`;
}
