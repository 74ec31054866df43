import { SERVICES } from '../../checks/index.ts';
import type { Approval, Assumption, BlockList, Policy } from '../../checks/policy/policy.ts';
import type { Service } from '../../checks/data/services.ts';
import type { FileSystem } from '../sources/file-system.ts';
import { besides } from './layers.ts';
import { readBlockList } from './block-list.ts';
import type { Layer } from './form-problems.ts';
import type { PolicyForm } from './policy-form.ts';
import { problemAt, type FileProblem as PolicyProblem } from '../yaml/problem.ts';
import type { WrittenPorts } from './written-values.ts';

type Written<K extends keyof PolicyForm> = NonNullable<PolicyForm[K]> extends readonly (infer T)[] ? T : never;

/** The entries of one layer as the checks know them, each with its place. Block lists are filled from their files. */
export function entriesOf(
  layer: Layer,
  files: FileSystem,
): { readonly policy: Policy; readonly problems: PolicyProblem[] } {
  const { yaml, form } = layer;
  const problems: PolicyProblem[] = [];
  const blockLists = (form['block-lists'] ?? []).map((written, index) => {
    const { list, problems: wrong } = blockList(written, index, layer, files);
    problems.push(...wrong);
    return list;
  });
  const policy: Policy = {
    networks: (form.networks ?? []).map((network, index) => ({ network, place: yaml.placeOf(['networks', index]) })),
    segments: (form.segments ?? []).map((segment, index) => ({ ...segment, place: yaml.placeOf(['segments', index]) })),
    services: (form.services ?? []).map((written, index) => service(written, index, layer)),
    approvals: (form.approvals ?? []).map((written, index) => approval(written, index, layer)),
    blockLists,
    assumptions: assumptions(layer),
    waivers: (form.waivers ?? []).map(({ fingerprint, check, device, rule, reason, owner, expires }, index) => ({
      ...(fingerprint === undefined ? {} : { fingerprint }),
      ...(check === undefined ? {} : { check }),
      ...(device === undefined ? {} : { device }),
      ...(rule === undefined ? {} : { rule }),
      reason,
      owner,
      ...(expires === undefined ? {} : { expires }),
      place: yaml.placeOf(['waivers', index]),
    })),
    checks: Object.entries(form.checks ?? {}).flatMap(([check, setting]) =>
      setting === undefined ? [] : [{ check, setting, place: yaml.placeOf(['checks', check], 'key') }],
    ),
  };
  return { policy, problems };
}

function service(written: Written<'services'>, index: number, { yaml }: Layer): Policy['services'][number] {
  const { name, protocol, port, title, note } = written;
  const like = SERVICES.find((each) => each.name === written.like);
  const place = yaml.placeOf(['services', index, 'name']);
  const own: Service = {
    name,
    title: title ?? name,
    protocol,
    port,
    transportSecurity: written['transport-security'] ?? like?.transportSecurity ?? 'unknown',
    // The form asks for one of the two.
    family: written.family ?? like?.family ?? 'mqtt',
    role: written.role ?? like?.role ?? 'client',
    tier: written.tier ?? like?.tier ?? 'core',
    note: note ?? like?.note ?? 'Set by the policy.',
    source: `policy (${place.source}:${place.line})`,
  };
  return { ...own, place };
}

function approval(written: Written<'approvals'>, index: number, { yaml }: Layer): Approval {
  const { name, clients, brokers, direction, transport, devices, ticket, expires, reviewed } = written;
  return {
    name,
    services: written.services ?? [],
    ports: byProtocol(written.ports ?? []),
    applications: written.applications ?? [],
    clients,
    brokers,
    direction,
    transport,
    devices,
    owner: written.owner ?? '',
    reason: written.reason ?? '',
    ...(ticket === undefined ? {} : { ticket: String(ticket) }),
    ...(expires === undefined ? {} : { expires }),
    reviewed,
    place: yaml.placeOf(['approvals', index, 'name']),
  };
}

function byProtocol(ports: readonly WrittenPorts[]): Approval['ports'] {
  return (['tcp', 'udp'] as const).flatMap((protocol) => {
    const ranges = ports.filter((each) => each.protocol === protocol).map(({ range }) => range);
    return ranges.length === 0 ? [] : [{ protocol, ports: ranges }];
  });
}

function blockList(
  { name, file, networks, source }: Written<'block-lists'>,
  index: number,
  { yaml }: Layer,
  files: FileSystem,
): { readonly list: BlockList; readonly problems: readonly PolicyProblem[] } {
  const place = yaml.placeOf(['block-lists', index, 'name']);
  const path = file === undefined ? undefined : besides(yaml.source.name, file);
  const provenance = [path ?? yaml.source.name, source].filter((part) => part !== undefined).join(', ');
  const list = (include: BlockList['networks']['include']): BlockList => ({
    name,
    networks: { include: [...(networks?.include ?? []), ...include], exclude: [] },
    provenance,
    place,
  });
  if (path === undefined) return { list: list([]), problems: [] };
  const read = readBlockList(path, files);
  if (read.kind === 'networks') return { list: list(read.networks), problems: [] };
  if (read.kind === 'problems') return { list: list([]), problems: read.problems };
  const where = yaml.placeOf(['block-lists', index, 'file']);
  return { list: list([]), problems: [problemAt(yaml.source, where, `block list ${path} ${read.message}`)] };
}

function assumptions({ yaml, form }: Layer): Assumption[] {
  const { fqdn, users, 'time-ranges': ranges } = form.assume ?? {};
  const placeOf = (section: string, name: string) => yaml.placeOf(['assume', section, name], 'key');
  return [
    ...Object.entries(fqdn ?? {}).map(([name, addresses]): Assumption => {
      return { kind: 'fqdn', name, addresses, place: placeOf('fqdn', name) };
    }),
    ...Object.entries(ranges ?? {}).map(([name, state]): Assumption => {
      return { kind: 'time-range', name, active: state === 'active', place: placeOf('time-ranges', name) };
    }),
    ...Object.entries(users ?? {}).map(([name, state]): Assumption => {
      return { kind: 'identity', name, matches: state === 'matches', place: placeOf('users', name) };
    }),
  ];
}
