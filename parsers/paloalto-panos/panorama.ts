import { deviceGroupsOf, type DeviceGroup } from './device-groups.ts';
import type { Firewall, MissingRules } from './firewall.ts';
import type { LoadedText } from './load.ts';
import type { Notes } from './notes.ts';
import { PushedRules } from './panorama-rules.ts';
import { holdsRules } from './pushed.ts';
import { hasNetwork, systemsOf, type Above } from './systems.ts';
import { TemplateStacks } from './template-stacks.ts';
import { entries, PanNode, value } from './tree.ts';

/** A firewall's place in a device group. */
interface Membership {
  readonly group: DeviceGroup;
  /** Virtual systems that are in the group; empty: all. */
  readonly systems: ReadonlySet<string>;
  readonly node: PanNode;
}

/**
 * The firewalls that a Panorama text manages, each with its templates, its variables and the rules of its device groups around those of
 * its own. Device groups without firewalls are policy without network, so that no rule is left out.
 */
export class Panorama {
  private readonly text: LoadedText;
  private readonly notes: Notes;
  private readonly groups: readonly DeviceGroup[];
  private readonly stacks: TemplateStacks;
  private readonly rules: PushedRules;
  private readonly memberships = new Map<string, Membership[]>();
  /** Names of the firewalls by serial number. */
  readonly names: ReadonlyMap<string, string>;

  constructor(text: LoadedText, notes: Notes) {
    this.text = text;
    this.notes = notes;
    this.groups = deviceGroupsOf(text.root, notes);
    this.stacks = new TemplateStacks(text.root, notes);
    this.rules = new PushedRules(text.root, notes);
    for (const group of this.groups)
      for (const node of entries(group.node, 'devices')) {
        const known = this.memberships.get(node.word) ?? [];
        const systems = new Set(entries(node, 'vsys').map(({ word }) => word));
        this.memberships.set(node.word, [...known, { group, systems, node }]);
      }
    this.names = this.namesOf([...new Set([...this.memberships.keys(), ...this.stacks.serials])]);
    this.unassigned();
  }

  /**
   * `locals`: configurations of the firewalls themselves, by serial number. `others`: firewalls that are made of what
   * was pushed to them.
   */
  firewalls(locals: ReadonlyMap<string, LoadedText>, others: ReadonlySet<string>): readonly Firewall[] {
    const made = [...this.names].flatMap(([serial, name]) =>
      others.has(serial) ? [] : [this.firewall(serial, name, locals.get(serial))],
    );
    const left = this.groupsLeft(others);
    const alone = left.map((group) => this.policyOnly(group.name, group));
    if (made.length + alone.length === 0 && this.rules.hasSharedRules) alone.push(this.policyOnly('shared', undefined));
    this.rules.unreached();
    return [...made, ...alone];
  }

  /** A firewall's configuration over its templates. */
  overTemplates(serial: string, local: PanNode): PanNode | undefined {
    return this.stacks.templated(serial, local)?.root;
  }

  private firewall(serial: string, name: string, local: LoadedText | undefined): Firewall {
    const memberships = this.memberships.get(serial) ?? [];
    const templated = this.stacks.templated(serial, local?.root);
    const place = memberships[0]?.node ?? templated?.member ?? this.text.root;
    const root = templated?.root ?? local?.root ?? new PanNode('', place.span, undefined);
    if (local === undefined && !hasNetwork(root)) this.withoutNetwork(templated === undefined, place);
    if (local === undefined && memberships.length > 0) this.localRules(place);
    const named = memberships.flatMap(({ systems }) => [...systems]);
    const systems = systemsOf(name, root, named, (vsys) => {
      const group = this.groupOf(serial, memberships, vsys);
      const who = { serial, vsys, tags: this.tagsOf(serial, vsys) };
      if (group !== undefined) return this.rules.around(group, who, templated?.variables);
      return this.withoutGroup(serial, vsys, place, local !== undefined);
    });
    return {
      name,
      version: local?.version,
      serial,
      source: local?.source ?? this.text.source,
      root,
      systems,
      gateways: entries(root, 'network', 'shared-gateway'),
      hasNetwork: hasNetwork(root),
    };
  }

  private policyOnly(title: string, group: DeviceGroup | undefined): Firewall {
    const { span } = group?.node ?? this.text.root;
    const root = new PanNode('', span, undefined);
    const name = `${value(this.text.root, 'deviceconfig', 'system', 'hostname') ?? 'panorama'}/${title}`;
    const who = { serial: undefined, vsys: 'vsys1', tags: undefined };
    this.notes.diagnose(
      'panos/device-group-without-firewalls',
      'warning',
      span,
      group === undefined
        ? 'no device group of the text has firewalls or rules'
        : `no firewall of the text is in device group ${title}`,
      'its rules are judged without zones, interfaces and rules of a firewall',
    );
    return {
      name,
      version: undefined,
      serial: undefined,
      source: this.text.source,
      root,
      systems: systemsOf(name, root, [], () => this.rules.around(group, who, undefined)),
      gateways: [],
      hasNetwork: false,
    };
  }

  /** Device groups whose rules no firewall gets: of those, the ones that are parents of no other. */
  private groupsLeft(others: ReadonlySet<string>): readonly DeviceGroup[] {
    const members = [...this.memberships].flatMap(([serial, each]) => (others.has(serial) ? [] : each));
    const covered = new Set(members.flatMap(({ group }) => group.chain.map(({ node }) => node)));
    const parents = new Set(this.groups.flatMap(({ chain }) => chain.slice(1).map(({ name }) => name)));
    const left: DeviceGroup[] = [];
    const take = (group: DeviceGroup): void => {
      const hasRules = group.chain.some(({ node }) => !covered.has(node) && holdsRules(node));
      if (covered.has(group.node) || !hasRules) return;
      left.push(group);
      for (const { node } of group.chain) covered.add(node);
    };
    for (const group of this.groups) if (!parents.has(group.name)) take(group);
    for (const group of this.groups) take(group);
    return left;
  }

  private groupOf(serial: string, memberships: readonly Membership[], vsys: string): DeviceGroup | undefined {
    const [first, second] = memberships.filter(({ systems }) => systems.size === 0 || systems.has(vsys));
    const explicit = memberships.find(({ systems }) => systems.has(vsys));
    if (first !== undefined && second !== undefined && explicit === undefined)
      this.notes.diagnose(
        'panos/two-device-groups',
        'warning',
        second.node.span,
        `the firewall ${serial} is in the device groups ${first.group.name} and ${second.group.name}`,
        `it is taken to be in ${first.group.name} alone`,
      );
    return (explicit ?? first)?.group;
  }

  /** Tags of managed firewalls; undefined where the text has none for any of them. */
  private tagsOf(serial: string, vsys: string): ReadonlySet<string> | undefined {
    const tagged = (device: PanNode): readonly PanNode[] => [
      ...entries(device, 'tags'),
      ...entries(device, 'vsys', vsys, 'tags'),
    ];
    const devices = entries(this.text.root, 'mgt-config', 'devices');
    const device = devices.find(({ word }) => word === serial);
    if (device === undefined) return undefined;
    const tags = tagged(device);
    if (tags.length === 0 && !devices.some((each) => tagged(each).length > 0)) return undefined;
    return new Set(tags.map(({ word }) => word));
  }

  /** By host name where it is known and no other firewall's, else by serial number. */
  private namesOf(serials: readonly string[]): ReadonlyMap<string, string> {
    const { root } = this.text;
    const wanted = serials.map((serial) => {
      // Printed by `show devices all`; else what the firewall's templates call it.
      const told =
        value(root, 'devices', serial, 'hostname') ?? value(root, 'mgt-config', 'devices', serial, 'hostname');
      const laid = this.stacks.templated(serial, undefined)?.root;
      const name = told ?? value(laid, 'deviceconfig', 'system', 'hostname') ?? serial;
      return { serial, name: name.startsWith('$') ? serial : name };
    });
    const counts = new Map<string, number>();
    for (const { name } of wanted) counts.set(name, (counts.get(name) ?? 0) + 1);
    return new Map(wanted.map(({ serial, name }) => [serial, counts.get(name) === 1 ? name : serial]));
  }

  private withoutGroup(serial: string, vsys: string, { span }: PanNode, isLocalKnown: boolean): Above {
    this.notes.diagnose(
      'panos/no-device-group',
      'warning',
      span,
      `the firewall ${serial} (${vsys}) is in no device group`,
      isLocalKnown
        ? 'Panorama adds no rules to its own'
        : 'its rules are not in this text: what it lets through is unknown',
    );
    const own: MissingRules = { title: 'rules of the firewall itself', where: 'pre', span };
    return { pre: isLocalKnown ? [] : [own], post: [], defaults: [], scopes: [] };
  }

  private withoutNetwork(isInNoStack: boolean, { span }: PanNode): void {
    this.notes.diagnose(
      'panos/no-template',
      'note',
      span,
      isInNoStack
        ? 'a firewall of a device group is in no template stack'
        : 'the templates of a firewall have no zones and no interfaces',
      'its zones and interfaces are not in this text; zones that its rules name are taken to be there',
    );
  }

  private localRules({ span }: PanNode): void {
    this.notes.diagnose(
      'panos/local-rules-not-in-text',
      'note',
      span,
      'a Panorama text does not hold what its firewalls have themselves',
      'they are taken to have no rules of their own between pre-rules and post-rules',
    );
  }

  private unassigned(): void {
    for (const { word, span } of entries(this.text.root, 'mgt-config', 'devices'))
      if (!this.names.has(word))
        this.notes.diagnose(
          'panos/unassigned-firewall',
          'note',
          span,
          'a managed firewall is in no device group and in no template stack',
          'nothing of it is in this text',
        );
  }
}
