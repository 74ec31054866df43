import { unknownName } from '../../trace/near-matches.ts';
import type { YamlText } from '../../yaml/yaml-text.ts';
import { AnsibleInventory, type AnsibleGroup, type AnsibleVars, type Written } from './ansible-model.ts';
import { hostsOfPattern } from './host-ranges.ts';

type Path = readonly PropertyKey[];

const GROUP_KEYS = ['hosts', 'children', 'vars'];

/** An inventory in the YAML form: Ansible's `ansible.builtin.yaml` inventory, groups of `hosts`, `children` and `vars`. */
export function readAnsibleYaml(yaml: YamlText): AnsibleInventory {
  const reading = new YamlReading(yaml);
  for (const [name, value] of entriesOf(yaml.value)) reading.group(name, value, [name]);
  return reading.inventory;
}

class YamlReading {
  readonly inventory = new AnsibleInventory();
  readonly #yaml: YamlText;

  constructor(yaml: YamlText) {
    this.#yaml = yaml;
  }

  group(name: string, value: unknown, path: Path): void {
    const group = this.inventory.group(name);
    for (const [key, inside] of this.#mapping(value, path, 'a group is a mapping of hosts, children and vars')) {
      const below = [...path, key];
      if (key === 'hosts') this.#hosts(group, inside, below);
      else if (key === 'vars')
        readVars(this.#yaml, inside, below, group.vars, (at, said) => this.inventory.problem(at, said));
      else if (key === 'children') this.#children(group, inside, below);
      else this.inventory.problem(this.#at(below, 'key'), unknownName('key', key, GROUP_KEYS));
    }
  }

  #hosts(group: AnsibleGroup, value: unknown, path: Path): void {
    for (const [pattern, vars] of this.#mapping(
      alone(value),
      path,
      'hosts is a mapping, each host followed by a colon',
    )) {
      const below = [...path, pattern];
      const here = this.#at(below, 'key');
      const made = hostsOfPattern(pattern);
      if (made.kind === 'wrong') {
        this.inventory.problem(here, made.message);
        continue;
      }
      for (const name of made.hosts) {
        const own = this.inventory.host(name, here, group, made.port);
        readVars(this.#yaml, vars, below, own, (at, said) => this.inventory.problem(at, said));
      }
    }
  }

  #children(group: AnsibleGroup, value: unknown, path: Path): void {
    for (const [name, inside] of this.#mapping(
      alone(value),
      path,
      'children is a mapping, each group followed by a colon',
    )) {
      const below = [...path, name];
      group.children.set(name, this.#at(below, 'key'));
      this.group(name, inside, below);
    }
  }

  /** The entries of what should be a mapping; an empty one may be left out. */
  #mapping(value: unknown, path: Path, wanted: string): readonly (readonly [string, unknown])[] {
    if (value === null || isMapping(value)) return entriesOf(value);
    this.inventory.problem(this.#at(path, 'value'), wanted);
    return [];
  }

  #at(path: Path, part: 'key' | 'value'): Written {
    return { source: this.#yaml.source, place: this.#yaml.placeOf(path, part) };
  }
}

/** Adds the variables at a path to others. */
export function readVars(
  yaml: YamlText,
  value: unknown,
  path: Path,
  vars: AnsibleVars,
  problem: (at: Written, message: string) => void,
): void {
  if (value !== null && !isMapping(value)) {
    problem(
      { source: yaml.source, place: yaml.placeOf(path) },
      'variables are a mapping, each name followed by a colon',
    );
    return;
  }
  for (const [name, inside] of entriesOf(value)) {
    vars.set(name, { source: yaml.source, place: yaml.placeOf([...path, name]), value: inside });
  }
}

/** One host or group may stand without a colon, as in `hosts: fw1` (Ansible's `plugins/inventory/yaml.py`). */
const alone = (value: unknown): unknown => (typeof value === 'string' && value !== '' ? { [value]: null } : value);

const isMapping = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  isMapping(value) ? Object.entries(value) : [];
