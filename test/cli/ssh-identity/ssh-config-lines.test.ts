/**
 * Lines of ssh_config as OpenSSH 9.2 takes them apart: what `ssh -G` said of each, run as root; of those that it refused
 * there is a problem or a note here, too.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { resolveEndpoints } from '../../../cli/sources/inventory/resolve-endpoints.ts';
import { deviceOfAddress } from '../../../cli/sources/inventory/ssh-address.ts';
import { sshConfigFiles } from '../../../cli/sources/ssh/ssh-config-file.ts';
import { sshSettings } from '../../../cli/sources/ssh/ssh-config.ts';
import { MemoryFiles, type Node } from '../support/memory-files.ts';
import { said } from '../inventory/inventories.ts';

const Says = z.object({
  host: z.string(),
  port: z.string(),
  user: z.string(),
  identitiesOnly: z.enum(['yes', 'no']),
  proxyJump: z.string(),
  knownHosts: z.string(),
  identityFiles: z.array(z.string()),
});
const Cases = z.array(z.object({ config: z.string(), host: z.string(), says: z.union([z.literal('refused'), Says]) }));
const CASES = Cases.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'ssh-config', 'lines.json'), 'utf8')));

function resolved(config: string, host: string, more: Readonly<Record<string, Node>> = {}) {
  const files = new MemoryFiles({ config, ...more });
  const read = deviceOfAddress(host);
  if (read.kind === 'wrong') throw new Error(read.message);
  const world = { env: { USER: 'root', HOME: '/root' }, home: '/root', files };
  const result = resolveEndpoints([read.device], { ...world, sshConfigFile: 'config' });
  const settings = sshSettings(sshConfigFiles('config', '/root', files).files, {
    host,
    localUser: 'root',
    given: new Map(),
  });
  return { result, settings };
}

test.each(CASES.map((each) => [JSON.stringify(each.config), each] as const))('%s', (_, { config, host, says }) => {
  const { result, settings } = resolved(config, host);
  if (says === 'refused') {
    expect(result.kind === 'problems' ? result.problems.map(said) : result.notes.map(said)).not.toEqual([]);
    return;
  }
  if (result.kind === 'problems') {
    // A jump host with quotes in its name: ssh does not look at it before it connects.
    expect(result.problems.map(said)).toEqual([expect.stringContaining('is not an address')]);
    return;
  }
  expect(result.notes).toEqual([]);
  const [endpoint] = result.endpoints;
  const jump = settings.of('proxyjump')?.words.join(' ') ?? 'none';
  expect({
    host: endpoint?.host,
    port: String(endpoint?.port),
    user: endpoint?.user,
    identitiesOnly: endpoint?.identitiesOnly === true ? 'yes' : 'no',
    proxyJump: jump,
    knownHosts: endpoint?.knownHostsFiles.join(' '),
    identityFiles: settings.identityFiles.map(({ words }) => words.join(' ')),
  }).toEqual({
    ...says,
    knownHosts: says.knownHosts.replaceAll(/(?<=^| )~(?=\/\.ssh)/gu, '/root'),
  });
});
