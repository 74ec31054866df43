import type { PlatformReader } from '../platform.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { SECURITY_FORMS, SECURITY_STATEMENTS } from './srx-statements.ts';
import { formGroups } from './statements.ts';
import { WORDS } from './words.ts';

/** Juniper Junos: routers and switches with firewall filters, SRX firewalls with security policies. */
export const juniperJunos: PlatformReader = {
  platform: 'juniper-junos',
  title: 'Juniper Junos',
  recognise,
  read,
  forms: [
    ...formGroups(WORDS),
    {
      mode: 'security',
      forms: SECURITY_STATEMENTS.map(({ word, state, note }) => ({ form: `security ${word}`, state, note })),
    },
    { mode: 'inside security, applications and schedulers', forms: SECURITY_FORMS },
  ],
};
