import type { PlatformReader } from '../platform.ts';
import { read, readBundle } from './read.ts';
import { recognise } from './recognise.ts';
import { capture } from './roles.ts';
import { formGroups } from './statements.ts';
import { WORDS } from './words.ts';

/** Palo Alto Networks: PAN-OS firewalls and Panorama. */
export const paloaltoPanos: PlatformReader = {
  platform: 'paloalto-panos',
  title: 'Palo Alto PAN-OS',
  recognise,
  read,
  readBundle,
  capture,
  forms: formGroups(WORDS),
};
