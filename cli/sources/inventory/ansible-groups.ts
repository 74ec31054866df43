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
  const above = parentsOf(inventory);
  for (const group of inventory.groups.values()) {
    if (group !== all && (above.get(group)?.length ?? 0) === 0) above.set(group, [all]);
  }
  if (refuseLoops(inventory)) return () => ({ vars: new Map(), groups: [] });
  const depth = depthsOf(above);
  const ofFile = new Map<AnsibleGroup, AnsibleVars>();
  for (const group of inventory.groups.values()) ofFile.set(group, files.of('group', group.name));
  const rank = (group: AnsibleGroup): number => Number(group.vars.get('ansible_group_priority')?.value ?? 1) || 1;
  const ordered = [...inventory.groups.values()].toSorted(
    (a, b) => (depth.get(a) ?? 0) - (depth.get(b) ?? 0) || rank(a) - rank(b) || (a.name < b.name ? -1 : 1),
  );
  const direct = new Map<string, AnsibleGroup[]>();
  for (const group of ordered) {
    for (const host of group.hosts) direct.set(host, [...(direct.get(host) ?? []), group]);
  }
  return (host) => {
    const member = new Set([all]);
    for (const group of direct.get(host) ?? []) addWithParents(group, above, member);
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

/** Whether a group is below itself; each way round is said once. */
function refuseLoops(inventory: AnsibleInventory): boolean {
  const done = new Set<string>();
  let isLooped = false;
  const visit = (name: string, path: readonly string[]): void => {
    for (const [child, at] of inventory.groups.get(name)?.children ?? []) {
      if (path.includes(child)) {
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
