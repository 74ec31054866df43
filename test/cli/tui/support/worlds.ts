import { CLOSED_ASA, EXPOSED_ASA, FORTIGATE } from '../../support/configs.ts';
import { MemoryFiles, type Node } from '../../support/memory-files.ts';
import { Driver } from './driver.ts';

/* Worlds to look at through the terminal UI; each is audited once, and forked for what is done in it. */

export const POLICY = `# Kept by the network team.
version: 1

segments:
  - { device: edge-1, segment: outside, role: untrusted }   # the provider's line

waivers:
  # Over by next year.
  - check: broker-reachable-from-untrusted
    device: edge-9
    reason: taken out of service
    owner: network team
    expires: 2027-02-28
`;

/** Names and remarks as nobody should write them: wide letters, joined emoji, escape sequences, right-to-left marks. */
const WILD_ASA = EXPOSED_ASA.replace('hostname edge-1', 'hostname 拠点-👩‍💻-縁')
  .replaceAll('nameif dmz', 'nameif 倉庫の端末')
  .replaceAll('interface dmz', 'interface 倉庫の端末')
  .replaceAll('OUTSIDE-IN', '入口🚪IN')
  .replace(
    'access-list 入口🚪IN',
    'access-list 入口🚪IN remark \u001b[31mred\u001b[0m \u202edetrever\u202c \u0007 漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字\naccess-list 入口🚪IN',
  );

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

function world(paths: readonly string[], files: Readonly<Record<string, Node>>, policyFile?: string): Driver {
  return new Driver(paths, { files: new MemoryFiles(files), ...(policyFile === undefined ? {} : { policyFile }) });
}

const audited = {
  samples: once(() => new Driver(['device-samples'], { policyFile: 'device-samples/brokerfence.yaml' }).audit()),
  wild: once(() => world(['枝\u0007.cfg'], { '枝\u0007.cfg': WILD_ASA }).audit()),
  closed: once(() => world(['configs'], { 'configs/edge-2.cfg': CLOSED_ASA }).audit()),
  empty: once(() => world(['configs'], { configs: null, 'configs/notes.md': '# none' }).audit()),
  broken: once(() =>
    world(['configs', 'gone.cfg'], {
      'configs/edge-1.cfg': EXPOSED_ASA,
      'configs/forti.cfg': FORTIGATE,
      'configs/locked.cfg': { error: 'EACCES' },
      'configs/half.cfg': EXPOSED_ASA.replace('deny ip any any', 'deny frobnicate any any').replace(
        'hostname edge-1',
        'hostname edge-3\nwhat is this\nand what is that',
      ),
    }).audit(),
  ),
  refused: once(() =>
    world(
      ['configs'],
      { 'configs/edge-1.cfg': EXPOSED_ASA, 'brokerfence.yaml': 'version: 1\nwaiver: []\n' },
      'brokerfence.yaml',
    ).audit(),
  ),
} as const;

export type WorldName = keyof typeof audited;

/** A world that was read, to go on in. */
export async function inWorld(name: WorldName): Promise<Driver> {
  const driver = await audited[name]();
  return driver.fork();
}

/** One exposed firewall with a policy, in files that can be written. */
export function exposedWorld(policyFile?: string): { readonly driver: Driver; readonly files: MemoryFiles } {
  const files = new MemoryFiles({
    'configs/edge-1.cfg': EXPOSED_ASA,
    // The same before it was opened.
    'before/edge-1.cfg': CLOSED_ASA.replace('hostname edge-2', 'hostname edge-1'),
    ...(policyFile === undefined ? {} : { [policyFile]: POLICY }),
  });
  return { driver: new Driver(['configs'], { files, ...(policyFile === undefined ? {} : { policyFile }) }), files };
}
