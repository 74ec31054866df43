/** The files of a policy: where it is found, what it includes, its block lists. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findPolicy } from '../../../cli/policy/find-policy.ts';
import { loadPolicy } from '../../../cli/policy/load-policy.ts';
import { nodeFileSystem } from '../../../cli/sources/file-system.ts';
import { formatAddressSet } from '../../../parsers/model/format.ts';
import { MemoryFiles, type Node } from '../support/memory-files.ts';
import { FILE, policyOf, problemsOf } from './policies.ts';

const segment = (name: string, role: string): string => `segments: [{segment: ${name}, role: ${role}}]\n`;
const layer = (...includes: string[]): string => `version: 1\ninclude: [${includes.join(', ')}]\n`;

describe('included files', () => {
  test('come first, relative to the file that includes them, each once', () => {
    const files = {
      'site/brokerfence.yaml': layer('../group/all.yaml', 'near.yaml') + segment('outside', 'untrusted'),
      'group/all.yaml': layer('base.yaml') + segment('outside', 'partner'),
      'group/base.yaml': `version: 1\n${segment('outside', 'internal')}`,
      'site/near.yaml': layer('../group/base.yaml') + segment('near', 'dmz'),
    };
    expect(policyOf(files).segments.map(({ role, place }) => [role, place.source])).toEqual([
      ['internal', 'group/base.yaml'],
      ['partner', 'group/all.yaml'],
      ['dmz', 'site/near.yaml'],
      ['untrusted', 'site/brokerfence.yaml'],
    ]);
  });

  test('are replaced in what the including file says differently', () => {
    const text = (port: number, address: string, setting: string): string =>
      `services: [{name: bus, protocol: tcp, port: ${port}, like: mqtt}]\nassume: {fqdn: {a: ${address}}}\nchecks: {egress-unfiltered: ${setting}}\n`;
    const policy = policyOf({
      [FILE]: layer('base.yaml') + text(4444, '192.0.2.2', 'low'),
      'base.yaml': `version: 1\n${text(4445, '192.0.2.1', 'off')}`,
    });
    expect(policy.services.map(({ port }) => port)).toEqual([4444]);
    expect(policy.checks.map(({ setting }) => setting)).toEqual(['low']);
    const [assumed, ...others] = policy.assumptions;
    expect(assumed?.kind === 'fqdn' && formatAddressSet(assumed.addresses)).toEqual(['192.0.2.2']);
    expect(others).toEqual([]);
  });

  test('may not give an approval a second time', () => {
    const approval = 'approvals: [{name: a, services: [mqtts], clients: any, brokers: any, owner: o, reason: r}]\n';
    const files = { [FILE]: layer('base.yaml') + approval, 'base.yaml': `version: 1\n${approval}` };
    expect(problemsOf(files)).toEqual([`${FILE}:3:20-21 approval "a" is given already in base.yaml:2`]);
  });

  test.each<[string, Readonly<Record<string, Node>>, string]>([
    ['that is missing', { [FILE]: layer('gone.yaml') }, `${FILE}:2:11-20 included file gone.yaml does not exist`],
    [
      'that is missing further down, with the way there',
      { [FILE]: layer('b/b.yaml'), 'b/b.yaml': layer('gone.yaml') },
      `b/b.yaml:2:11-20 included file gone.yaml does not exist (${FILE} → b/b.yaml)`,
    ],
    [
      'that is a directory',
      { [FILE]: layer('conf'), 'conf/a.yaml': layer() },
      `${FILE}:2:11-15 included file conf is a directory`,
    ],
    [
      'that may not be read',
      { [FILE]: layer('a.yaml'), 'a.yaml': { error: 'EACCES' } },
      `${FILE}:2:11-17 included file a.yaml cannot be read: permission denied`,
    ],
    [
      'that is the file itself',
      { [FILE]: layer(FILE) },
      `${FILE}:2:11-27 included file ${FILE} includes itself: ${FILE} → ${FILE}`,
    ],
    [
      'that comes back to the first, by a link',
      { [FILE]: layer('a.yaml'), 'a.yaml': layer('link.yaml'), 'link.yaml': { link: FILE } },
      `a.yaml:2:11-20 included file link.yaml includes itself: ${FILE} → a.yaml → link.yaml`,
    ],
  ])('%s', (_, files, problem) => {
    expect(problemsOf(files)).toEqual([problem]);
  });

  test('that is missing is not said again as a service that nothing defines', () => {
    const approval = 'approvals: [{name: a, services: [bus], clients: any, brokers: any, owner: o, reason: r}]\n';
    expect(problemsOf({ [FILE]: layer('gone.yaml') + approval })).toEqual([
      `${FILE}:2:11-20 included file gone.yaml does not exist`,
    ]);
  });

  test('in a chain of more than eight', () => {
    const chain = (length: number): Record<string, Node> =>
      Object.fromEntries(
        Array.from({ length }, (_, i) => [`${i}.yaml`, layer(...(i + 1 < length ? [`${i + 1}.yaml`] : []))]),
      );
    expect(problemsOf(chain(8))).toEqual([]);
    expect(problemsOf(chain(9))).toEqual([
      expect.stringMatching(/^7\.yaml:2:11-17 .* at most 8 are read: 0\.yaml → .* → 8\.yaml$/u),
    ]);
  });

  test('with problems of their own name themselves', () => {
    const files = {
      [FILE]: `${layer('a.yaml', 'b.yaml')}networks: [x]\n`,
      'a.yaml': 'version: 1\nnetwork: []\n',
      'b.yaml': 'a: [',
    };
    const [own, ...others] = problemsOf(files);
    // The first file has to be right before its includes are followed.
    expect([own, ...others]).toEqual([`${FILE}:3:12-13 "x" is not a network such as 10.1.0.0/16 or 2001:db8::/32`]);
    const found = problemsOf({ ...files, [FILE]: layer('a.yaml', 'b.yaml') });
    expect(found[0]).toBe('a.yaml:2:1-8 no key "network"; did you mean "networks"?');
    expect(found[1]).toMatch(/^b\.yaml:/u);
  });
});

describe('a block list', () => {
  const listed = (text: Node, path = 'lists/c2.txt'): Record<string, Node> => ({
    'site/brokerfence.yaml': `version: 1\nblock-lists: [{name: c2, file: ../${path}}]\n`,
    [path]: text,
  });

  test('holds networks, addresses and ranges, with comments', () => {
    const text = '; head\n192.0.2.0/24\t; SBL9\r\n\n  198.51.100.7 # why\n203.0.113.1-203.0.113.3\n2001:db8::/48';
    const [list] = policyOf(listed(text)).blockLists;
    expect(list && formatAddressSet(list.networks)).toEqual([
      '192.0.2.0/24',
      '198.51.100.7',
      '203.0.113.1-203.0.113.3',
      '2001:db8::/48',
    ]);
    expect(list?.provenance).toBe('lists/c2.txt');
  });

  test('adds what the policy itself names', () => {
    const files = {
      [FILE]: 'version: 1\nblock-lists: [{name: a, file: a.txt, networks: 192.0.2.1}]\n',
      'a.txt': '192.0.2.9\n',
    };
    const [list] = policyOf(files).blockLists;
    expect(list && formatAddressSet(list.networks)).toEqual(['192.0.2.1', '192.0.2.9']);
  });

  test('with lines that mean nothing names them', () => {
    expect(problemsOf(listed('192.0.2.1\n  192.0.2.1/24 # x\nevil.example.com\n'))).toEqual([
      'lists/c2.txt:2:3-15 "192.0.2.1/24" has host bits set; the network is 192.0.2.0/24',
      'lists/c2.txt:3:1-17 "evil.example.com" is not a network such as 10.1.0.0/16 or 2001:db8::/32',
    ]);
    const page = problemsOf(listed('<html>\n'.repeat(100)));
    expect(page).toHaveLength(5);
    expect(page[4]).toMatch(/; 95 further lines are wrong too$/u);
  });

  test.each<[string, Node, string]>([
    ['without an address', '# a failed download\n', 'holds no address'],
    ['without anything', '', 'is empty'],
    ['that is an archive', new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0]), 'is a gzip archive'],
    ['that is too large', new Uint8Array(2 ** 24 + 1).fill(35), 'is larger than 16 MiB'],
    ['that may not be read', { error: 'EACCES' }, 'cannot be read: permission denied'],
  ])('%s is no list of nothing', (_, text, problem) => {
    const [found, ...others] = problemsOf(listed(text));
    expect(found).toContain(`site/brokerfence.yaml:2:32-47 block list lists/c2.txt ${problem}`);
    expect(others).toEqual([]);
  });
});

describe('the policy is looked for', () => {
  const find = (nodes: Readonly<Record<string, Node>>, ...starts: string[]): unknown => {
    const found = findPolicy(starts, new MemoryFiles(nodes));
    return found.kind === 'problems' ? found.problems.map(({ file, message }) => `${file} ${message}`) : found;
  };

  test('upwards, in the nearest directory, under either name', () => {
    const nodes = { 'a/brokerfence.yaml': '', 'a/b/c/x.cfg': '', 'a/b/brokerfence.yml': '', 'd/x.cfg': '' };
    expect(find(nodes, 'a/b/c')).toEqual({ kind: 'found', path: 'a/b/brokerfence.yml' });
    expect(find(nodes, 'a')).toEqual({ kind: 'found', path: 'a/brokerfence.yaml' });
    expect(find(nodes, 'd')).toEqual({ kind: 'none' });
    expect(find(nodes, 'd', 'a')).toEqual({ kind: 'found', path: 'a/brokerfence.yaml' });
    expect(find({ 'a/brokerfence.yaml/x': '', 'brokerfence.yaml': '' }, 'a')).toEqual({ kind: 'found', path: FILE });
  });

  test('and not chosen where two could be meant or one cannot be looked at', () => {
    expect(find({ 'brokerfence.yaml': '', 'brokerfence.yml': '' }, '.')).toEqual([
      'brokerfence.yaml stands beside brokerfence.yml; name the one that is meant with --policy',
    ]);
    expect(find({ 'brokerfence.yaml': { error: 'EACCES' } }, '.')).toEqual([
      'brokerfence.yaml cannot be read: permission denied',
    ]);
  });

  test('above the working directory as well, up to the root', () => {
    const directory = mkdtempSync(join(tmpdir(), 'policy-'));
    try {
      mkdirSync(join(directory, 'a/b'), { recursive: true });
      const files = nodeFileSystem(join(directory, 'a/b'));
      expect(findPolicy(['.'], files)).toEqual({ kind: 'none' });
      writeFileSync(join(directory, FILE), layer());
      expect(findPolicy(['.'], files)).toEqual({ kind: 'found', path: join('../..', FILE) });
      expect(loadPolicy(join('../..', FILE), files).kind).toBe('policy');
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  test.each<[Node, string]>([
    [{ error: 'ENOENT' }, `${FILE} does not exist`],
    [{ error: 'EACCES' }, `${FILE} cannot be read: permission denied`],
    [null, `${FILE} is a directory`],
  ])('what is named and cannot be read is a problem: %j', (node, problem) => {
    expect(problemsOf({ [FILE]: node })).toEqual([problem]);
  });
});
