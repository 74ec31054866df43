import type { PlatformReader } from '../platform.ts';
import { hasInterfaces } from '../cisco/interfaces.ts';
import { FORM_GROUPS } from './forms.ts';
import { readAsa } from './read.ts';
import { recogniseAsa } from './recognise.ts';

/** Cisco ASA, the ASA-like text of FTD, PIX and FWSM. */
export const ciscoAsa: PlatformReader = {
  platform: 'cisco-asa',
  title: 'Cisco ASA',
  recognise: recogniseAsa,
  read: readAsa,
  isWhole: hasInterfaces,
  forms: FORM_GROUPS,
};
