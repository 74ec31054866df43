import type { Source, Span } from '../../../parsers/source.ts';
import { problemAt, type FileProblem } from '../../yaml/problem.ts';

/** A place in a text that is at hand. */
export interface Written {
  readonly source: Source;
  readonly place: Span;
}

/** A variable as written: text, number, list, mapping, or a `TaggedText`. */
export interface AnsibleValue extends Written {
  readonly value: unknown;
}

export type AnsibleVars = Map<string, AnsibleValue>;

export interface AnsibleGroup {
  readonly name: string;
  readonly hosts: Set<string>;
  /** Names of the groups below, and where they are named so. */
  readonly children: Map<string, Written>;
  readonly vars: AnsibleVars;
}

export interface AnsibleHost extends Written {
  readonly name: string;
  readonly vars: AnsibleVars;
}

/** An inventory while it is put together: groups and hosts by name, in the order in which they are first named. */
export class AnsibleInventory {
  readonly groups = new Map<string, AnsibleGroup>();
  readonly hosts = new Map<string, AnsibleHost>();
  readonly problems: FileProblem[] = [];

  group(name: string): AnsibleGroup {
    let group = this.groups.get(name);
    if (group === undefined) {
      group = { name, hosts: new Set(), children: new Map(), vars: new Map() };
      this.groups.set(name, group);
    }
    return group;
  }

  /**
   * Puts a host into a group, and gives the variables that are set by its name. Those are a group's where one is called so
   * too (`set_variable` in Ansible's `inventory/data.py`). A port behind the name counts where the host is first named.
   */
  host(name: string, at: Written, group: AnsibleGroup, port: string | undefined): AnsibleVars {
    let host = this.hosts.get(name);
    if (host === undefined) {
      const { source, place } = at;
      host = { name, source, place, vars: new Map() };
      // Ansible takes port 0 for none.
      if (Number(port ?? 0) !== 0) host.vars.set('ansible_port', { source, place, value: port });
      this.hosts.set(name, host);
    }
    group.hosts.add(name);
    return this.groups.get(name)?.vars ?? host.vars;
  }

  problem({ source, place }: Written, message: string): void {
    this.problems.push(problemAt(source, place, message));
  }
}
