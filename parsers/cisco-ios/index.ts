import type { PlatformReader } from '../platform.ts';
import { hasInterfaces } from '../cisco/interfaces.ts';
import { FORM_GROUPS, read } from './read.ts';
import { recognise } from './recognise.ts';

export { foreignToCisco } from './recognise-foreign.ts';

/** Cisco IOS and IOS-XE. */
export const ciscoIos: PlatformReader = {
  platform: 'cisco-ios',
  title: 'Cisco IOS and IOS-XE',
  recognise,
  read,
  isWhole: hasInterfaces,
  forms: FORM_GROUPS,
};
