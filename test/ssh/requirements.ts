/** What a run against real servers needs of the machine. */
import { accessSync, constants } from 'node:fs';
import { userInfo } from 'node:os';

export const SSHD = '/usr/sbin/sshd';
export const ZEBRA = '/usr/lib/frr/zebra';
export const VTYSH = '/usr/bin/vtysh';
export const SSH_KEYGEN = '/usr/bin/ssh-keygen';

const PROGRAMS: readonly (readonly [path: string, of: string])[] = [
  [SSHD, 'openssh-server'],
  [SSH_KEYGEN, 'openssh-client'],
  [ZEBRA, 'frr'],
  [VTYSH, 'frr'],
];

/** What is missing, each as a sentence; none: everything is there. */
export function missingRequirements(): string[] {
  const missing = PROGRAMS.filter(([path]) => !isProgram(path)).map(
    ([path, of]) => `${path} is missing: install the Debian package ${of}`,
  );
  // zebra starts as root and gives its rights up by itself.
  if (userInfo().uid !== 0) missing.push('zebra starts only as root: run this as root, for example in a container');
  return missing;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
