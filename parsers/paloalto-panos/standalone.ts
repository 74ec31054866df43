import type { Span } from '../source.ts';
import type { Firewall, MissingRules, Scope } from './firewall.ts';
import type { LoadedText } from './load.ts';
import type { Notes } from './notes.ts';
import { holdsPushedRules, holdsRules, managedBy, type Pushed } from './pushed.ts';
import { aboveOf, hasNetwork, systemsOf, type Above, type RulePlace } from './systems.ts';
import { overTemplates } from './template-stacks.ts';
import { child, entries, PanNode, value } from './tree.ts';

/** The texts of one firewall. */
export interface Captures {
  readonly main: LoadedText;
  /** Its configuration, with a Panorama's templates already laid under it where the texts have them. */
  readonly root: PanNode;
  /** Laid under it: pushed templates, `show config merged` beside a running configuration. */
  readonly templates: readonly PanNode[];
  /** In `main` and in other texts. */
  readonly pushed: readonly Pushed[];
  /** Set where a Panorama text is there that does not know this firewall. */
  readonly isUnknownToPanorama: boolean;
}

/** A firewall from its own configuration, with what Panorama pushed to it as far as the texts have it. */
export function firewallOf(captures: Captures, notes: Notes): Firewall {
  const { main, templates, pushed } = captures;
  const root = templates.reduce((laid, below) => overTemplates(laid, withoutPolicy(below, laid, notes)), captures.root);
  const name = hostname(root) ?? main.source;
  const managed = managedBy(root);
  const ids = entries(root, 'vsys').map(({ word }) => word);
  const named = pushed.flatMap(({ vsys }) => (vsys === undefined ? [] : [vsys]));
  const count = new Set([...ids, ...named]).size;
  const lacking: string[] = [];
  const systems = systemsOf(name, root, named, (vsys) => {
    const system = child(root, 'vsys', vsys);
    const mine = pushed.filter((each) => each.kind === 'shared' || isFor(each, vsys, count));
    const isThere =
      mine.some(({ kind, node }) => kind === 'group' || holdsRules(node)) ||
      (system !== undefined && (holdsPushedRules(system) || holdsRules(system)));
    const missing = managed === undefined || isThere ? undefined : managed;
    if (missing !== undefined) lacking.push(vsys);
    return around(mine, missing, localScopes(root, system, vsys));
  });
  if (managed !== undefined && lacking.length > 0)
    policyMissing(lacking, count, managed, captures.isUnknownToPanorama, notes);
  if (managed !== undefined && root === main.root && main.role !== 'merged') templateMissing(managed, notes);
  for (const each of pushed)
    if (each.kind === 'group' && !systems.some(({ id }) => isFor(each, id, count))) whose(each, notes);
  return {
    name,
    version: main.version,
    serial: main.serial,
    source: main.source,
    root,
    systems,
    gateways: entries(root, 'network', 'shared-gateway'),
    hasNetwork: hasNetwork(root),
  };
}

/** Policy that was pushed to a firewall of which nothing else is there. */
export function policyOnlyFirewall(name: string, pushed: readonly Pushed[], notes: Notes): Firewall | undefined {
  const [first] = pushed;
  if (first === undefined) return undefined;
  const { text, node } = first;
  const root = new PanNode('', node.span, undefined);
  notes.diagnose(
    'panos/policy-without-firewall',
    'warning',
    node.span,
    'this is policy that Panorama pushed to a firewall whose own configuration is not among the texts',
    'zones are those that rules name, and rules of the firewall itself are missing: add `show config running` or `show config merged`',
  );
  const named = pushed.flatMap(({ vsys }) => (vsys === undefined ? [] : [vsys]));
  const ids = new Set(named);
  return {
    name,
    version: text.version,
    serial: text.serial,
    source: text.source,
    root,
    systems: systemsOf(name, root, named, (vsys) =>
      around(
        pushed.filter((each) => each.kind === 'shared' || isFor(each, vsys, Math.max(1, ids.size))),
        undefined,
        [],
      ),
    ),
    gateways: [],
    hasNetwork: false,
  };
}

/** The host name that a configuration gives. */
export function hostname(root: PanNode): string | undefined {
  return value(root, 'deviceconfig', 'system', 'hostname');
}

/** Policy without a virtual system's name is for the only one. */
function isFor({ vsys }: Pushed, id: string, count: number): boolean {
  return vsys === undefined ? count <= 1 : vsys === id;
}

function around(pushed: readonly Pushed[], missing: Span | undefined, local: readonly Scope[]): Above {
  const of = (kind: Pushed['kind']): readonly PanNode[] =>
    pushed.filter((each) => each.kind === kind).map(({ node }) => node);
  const groups = of('group').map((node): RulePlace => ({ title: 'pushed by Panorama', node }));
  const shared = of('shared').map((node): RulePlace => ({ title: 'shared', node }));
  const places = [...groups, ...shared];
  const known = new Set(places.map(({ node }) => node));
  const scopes = [...places, ...local.filter(({ node }) => !known.has(node))];
  const above = aboveOf(places, scopes);
  const own = { ...above, scopes: places };
  if (missing === undefined) return own;
  const rules = (where: 'pre' | 'post'): MissingRules => ({
    title: `${where}-rules pushed by Panorama`,
    where,
    span: missing,
  });
  return { ...own, pre: [...above.pre, rules('pre')], post: [rules('post'), ...above.post] };
}

/** What pushed rules may name of the firewall's own: both share one name space (equal names fail the commit). */
function localScopes(root: PanNode, system: PanNode | undefined, vsys: string): readonly Scope[] {
  const places = { [vsys]: system, shared: root.get('shared'), predefined: root.get('predefined') };
  return Object.entries(places).flatMap(([title, node]) => (node === undefined ? [] : [{ title, node }]));
}

/** What `merged` adds to a running configuration: its rules and objects are those of the candidate configuration. */
function withoutPolicy(below: PanNode, above: PanNode, notes: Notes): PanNode {
  const made = new PanNode(below.word, below.span, undefined, below);
  for (const node of below.children) {
    if (node.word === 'vsys') {
      const systems = made.add('vsys', node.span, node);
      for (const system of node.children) {
        const own = child(above, 'vsys', system.word);
        if (own === undefined) systems.adopt(system);
        else adoptMissing(systems.add(system.word, system.span, system), system, own, notes);
      }
    } else if (node.word === 'shared' && above.get('shared') !== undefined) {
      adoptMissing(made.add('shared', node.span, node), node, above.get('shared'), notes);
    } else made.adopt(node);
  }
  return made;
}

const LAID_TOGETHER: ReadonlySet<string> = new Set(['zone', 'import', 'log-settings', 'server-profile']);

function adoptMissing(into: PanNode, from: PanNode, own: PanNode | undefined, notes: Notes): void {
  for (const node of from.children)
    if (LAID_TOGETHER.has(node.word) || own?.get(node.word) === undefined) into.adopt(node);
    else notes.leave(node, 'the running configuration counts, not the merged one');
}

function policyMissing(vsys: readonly string[], count: number, span: Span, isUnknown: boolean, notes: Notes): void {
  const of = count > 1 ? ` to ${vsys.join(', ')}` : '';
  const how =
    count > 1
      ? vsys.map((each) => `\`show config pushed-shared-policy vsys ${each}\``).join(', ')
      : '`show config pushed-shared-policy`';
  notes.diagnose(
    'panos/pushed-policy-missing',
    'error',
    span,
    `Panorama manages this firewall, and the policy that it pushed${of} is not among the texts` +
      (isUnknown ? '; the Panorama text has no firewall with its name or serial number' : ''),
    `rules before and after its own are unknown, so no verdict is definite: add the output of ${how}, or Panorama's own configuration (\`show config merged\` has no pushed rules)`,
  );
}

function templateMissing(span: Span, notes: Notes): void {
  notes.diagnose(
    'panos/pushed-template-missing',
    'warning',
    span,
    'Panorama manages this firewall, and its templates are not among the texts',
    'zones, interfaces and routes that a template gives it are missing: add the output of `show config pushed-template` or `show config merged`',
  );
}

function whose({ node }: Pushed, notes: Notes): void {
  notes.leave(node, 'pushed to a virtual system that the text does not tell');
  notes.diagnose(
    'panos/pushed-policy-of-whom',
    'error',
    node.span,
    'the text does not tell which virtual system this pushed policy is for',
    'its rules are in no device: capture it with the command that asked for it (`show config pushed-shared-policy vsys vsys2`)',
  );
}
