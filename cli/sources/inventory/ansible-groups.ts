import { shown } from '../../yaml/problem.ts';
import type { AnsibleGroup, AnsibleInventory, AnsibleValue, AnsibleVars } from './ansible-model.ts';
import type { VariableFiles } from './ansible-variables.ts';

/** The variables of a host, and the groups that it is in, nearest last. */
export interface HostVariables {
  readonly vars: AnsibleVars;
  readonly groups: readonly string[];
}

/**
 * The variables of hosts by Ansible's "Understanding variable precedence", lowest first: of groups in the inventory, in
 * `group_vars/all`, in other `group_vars`, of the host in the inventory, in `host_vars`. Of groups those further from `all`
 * win, then those with a higher `ansible_group_priority`, then those later in the alphabet. Groups that contain themselves
 * become problems of the inventory.
 */
export function hostVariables(inventory: AnsibleInventory, files: VariableFiles): (host: string) => HostVariables {
  const all = inventory.group('all');
  const ungrouped = inventory.group('ungrouped');
  if (refuseNames(inventory) || refuseLoops(inventory)) return () => ({ vars: new Map(), groups: [] });
  const leftUngrouped = settleUngrouped(inventory, all, ungrouped);
  const above = parentsOf(inventory);
  for (const group of inventory.groups.values()) {
    if (group !== all && (above.get(group)?.length ?? 0) === 0) above.set(group, [all]);
  }
  const depth = depthsOf(above);
  const ofFile = new Map<AnsibleGroup, AnsibleVars>();
  for (const group of inventory.groups.values()) ofFile.set(group, files.of('group', group.name));
  const rank = new Map([...inventory.groups.values()].map((group) => [group, priorityOf(inventory, group)]));
  const ordered = [...inventory.groups.values()].toSorted(
    (a, b) =>
      (depth.get(a) ?? 0) - (depth.get(b) ?? 0) ||
      (rank.get(a) ?? 1) - (rank.get(b) ?? 1) ||
      (a.name < b.name ? -1 : 1),
  );
  const direct = new Map<string, AnsibleGroup[]>();
  for (const group of ordered) {
    for (const host of group.hosts) direct.set(host, [...(direct.get(host) ?? []), group]);
  }
  return (host) => {
    const member = new Set([all]);
    for (const group of direct.get(host) ?? []) addWithParents(group, above, member);
    if (leftUngrouped.has(host)) member.delete(ungrouped);
    const groups = ordered.filter((group) => member.has(group));
    const vars = new Map<string, AnsibleValue>();
    const add = (more: AnsibleVars | undefined): void => {
      for (const [name, value] of more ?? []) vars.set(name, value);
    };
    for (const group of groups) add(group.vars);
    for (const group of groups) add(ofFile.get(group));
    add(inventory.hosts.get(host)?.vars);
    add(files.of('host', host));
    const names = groups.map(({ name }) => name).filter((name) => name !== 'all' && name !== 'ungrouped');
    return { vars, groups: names };
  };
}

/**
 * Leaves in `ungrouped` the hosts that are in no other group than `all`, wherever they are written, as
 * `reconcile_inventory` in Ansible's `inventory/data.py` does. Gives the hosts that were taken out.
 */
function settleUngrouped(inventory: AnsibleInventory, all: AnsibleGroup, ungrouped: AnsibleGroup): ReadonlySet<string> {
  const grouped = new Set<string>();
  for (const group of inventory.groups.values()) {
    if (group !== all && group !== ungrouped) for (const host of group.hosts) grouped.add(host);
  }
  const left = new Set([...ungrouped.hosts].filter((host) => grouped.has(host)));
  for (const host of left) ungrouped.hosts.delete(host);
  for (const host of inventory.hosts.values()) {
    if (grouped.has(host.name) || ungrouped.hosts.has(host.name)) continue;
    // It is put there by its name, which stands for a group first.
    if (inventory.groups.has(host.name)) ungrouped.children.set(host.name, host);
    else ungrouped.hosts.add(host.name);
  }
  return left;
}

function priorityOf(inventory: AnsibleInventory, group: AnsibleGroup): number {
  const given = group.vars.get('ansible_group_priority');
  if (given === undefined) return 1;
  const { value } = given;
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  if (/^[-+]?\d{1,9}$/u.test(text)) return Number(text);
  inventory.problem(given, `ansible_group_priority must be a whole number, not ${shown(value)}`);
  return 1;
}

type Above = Map<AnsibleGroup, AnsibleGroup[]>;

function parentsOf({ groups }: AnsibleInventory): Above {
  const above: Above = new Map();
  for (const group of groups.values()) {
    for (const name of group.children.keys()) {
      const child = groups.get(name);
      if (child !== undefined) above.set(child, [...(above.get(child) ?? []), group]);
    }
  }
  return above;
}

/** Adds a group and all above it. */
function addWithParents(group: AnsibleGroup, above: Above, into: Set<AnsibleGroup>): void {
  if (into.has(group)) return;
  into.add(group);
  for (const parent of above.get(group) ?? []) addWithParents(parent, above, into);
}

/** The longest way from `all`. */
function depthsOf(above: Above): ReadonlyMap<AnsibleGroup, number> {
  const depths = new Map<AnsibleGroup, number>();
  const depthOf = (group: AnsibleGroup): number => {
    const known = depths.get(group);
    if (known !== undefined) return known;
    const depth = Math.max(-1, ...(above.get(group) ?? []).map(depthOf)) + 1;
    depths.set(group, depth);
    return depth;
  };
  for (const group of above.keys()) depthOf(group);
  return depths;
}

/** Whether a host has the name of a group that is always there: whom it stands for, Ansible itself cannot tell. */
function refuseNames(inventory: AnsibleInventory): boolean {
  const hosts = ['all', 'ungrouped'].flatMap((name) => inventory.hosts.get(name) ?? []);
  for (const host of hosts) inventory.problem(host, `a host cannot be called "${host.name}", as a group is`);
  return hosts.length > 0;
}

/** Ansible stops at the one; it takes the hosts of the other out of the group again. */
const OUTSIDE = {
  all: 'a group cannot contain "all", which contains every group',
  ungrouped: 'a group cannot contain "ungrouped", the hosts that are in no group',
} as const;

/** Whether a group is below itself, or one is where it cannot be; each way round is said once. */
function refuseLoops(inventory: AnsibleInventory): boolean {
  const done = new Set<string>();
  let isLooped = false;
  const visit = (name: string, path: readonly string[]): void => {
    for (const [child, at] of inventory.groups.get(name)?.children ?? []) {
      if (child === 'all' || (child === 'ungrouped' && name !== 'all')) {
        inventory.problem(at, OUTSIDE[child]);
        isLooped = true;
      } else if (path.includes(child)) {
        const round = [...path.slice(path.indexOf(child)), child].join(' contains ');
        inventory.problem(at, `a group cannot contain itself: ${round}`);
        isLooped = true;
      } else if (!done.has(child)) visit(child, [...path, child]);
    }
    done.add(name);
  };
  for (const name of inventory.groups.keys()) if (!done.has(name)) visit(name, [name]);
  return isLooped;
}
