/** Security policies written as `set` lines of a firewall with one virtual system, for the tests of security rules. */
import { createEvaluation } from '../../../checks/evaluate/evaluate.ts';
import { inSessions } from '../../../checks/evaluate/sessions.ts';
import { createPacketSpace } from '../../../checks/packet-space/create-packet-space.ts';
import type { Diagnostic } from '../../../parsers/diagnostics.ts';
import type { Crossing, Device } from '../../../parsers/model/device.ts';
import type { Rule } from '../../../parsers/model/rule.ts';
import type {
  DefaultRules,
  MissingRules,
  Rulebase,
  Scope,
  VirtualSystem,
} from '../../../parsers/paloalto-panos/firewall.ts';
import { loadText } from '../../../parsers/paloalto-panos/load.ts';
import { createNames } from '../../../parsers/paloalto-panos/names.ts';
import { Notes } from '../../../parsers/paloalto-panos/notes.ts';
import { convertSecurity, type Security } from '../../../parsers/paloalto-panos/security.ts';
import { child, type PanNode } from '../../../parsers/paloalto-panos/tree.ts';
import { readLines } from '../../../parsers/syntax/lines.ts';
import { readPacket } from '../../samples/sample.ts';
import { askOracle } from '../../support/oracle.ts';

export interface Policy {
  readonly security: Security;
  readonly diagnostics: readonly Diagnostic[];
  readonly codes: readonly string[];
  readonly root: PanNode;
  /** The rule of that name, in whatever list. */
  readonly rule: (name: string) => Rule;
  /** The policy of two firewalls that have it in common. */
  readonly twice: (names?: 'other names') => readonly [Security, Security];
  /** `untrust > dmz`, `tcp 198.51.100.9:40000 > 192.0.2.1:1883`, and the application of the session where it is asked about. */
  readonly verdict: (zones: string, packet: string, application?: string) => string;
}

export interface Around {
  /** Rules that are missing in front of the local ones or behind. */
  readonly missing?: readonly MissingRules[];
  readonly appliesTo?: NonNullable<Rulebase['appliesTo']>;
}

/** Reads `set` lines; `pre-rulebase` and `post-rulebase` of `shared` stand around the local rules. */
export function policyOf(text: string, around: Around = {}): Policy {
  const notes = new Notes();
  const { root } = loadText({ name: 'fw.set', text }, readLines(text), notes);
  const vsys = child(root, 'vsys', 'vsys1');
  if (vsys === undefined) throw new Error('no virtual system');
  const shared = child(root, 'shared');
  const scopes: Scope[] = [{ title: 'vsys1', node: vsys }];
  if (shared !== undefined) scopes.push({ title: 'shared', node: shared });
  const { appliesTo, missing = [] } = around;
  const rulebase = (title: string, where: Rulebase['where'], node: PanNode | undefined): Rulebase[] =>
    node === undefined ? [] : [{ title, where, node, scopes, ...(appliesTo === undefined ? {} : { appliesTo }) }];
  const defaults = (title: string, node: PanNode | undefined): DefaultRules[] => {
    const found = child(node, 'default-security-rules', 'rules');
    return found === undefined ? [] : [{ title, node: found, scopes }];
  };
  const names = createNames(scopes, notes);
  const system: VirtualSystem = {
    name: 'fw1',
    id: 'vsys1',
    title: undefined,
    node: vsys,
    rulebases: [
      ...missing.filter(({ where }) => where === 'pre'),
      ...rulebase('shared pre-rules', 'pre', child(shared, 'pre-rulebase')),
      ...rulebase('rules of vsys1', 'local', child(vsys, 'rulebase')),
      ...rulebase('shared post-rules', 'post', child(shared, 'post-rulebase')),
      ...missing.filter(({ where }) => where === 'post'),
    ],
    defaultRules: [
      ...defaults('default rules of vsys1', child(vsys, 'rulebase')),
      ...defaults('shared default rules', child(shared, 'post-rulebase')),
    ],
    scopes,
  };
  const security = convertSecurity(system, () => names, notes);
  const crossing = (from: string, to: string): Crossing => ({
    from,
    to,
    conditions: [],
    steps: [
      {
        kind: 'stage',
        stage: {
          id: 'security-policy',
          title: 'security policy',
          family: 'both',
          lists: security.lists.map((list, index) => {
            const binding = security.bindings[index];
            if (binding?.list !== list.name) throw new Error(`no binding of ${list.name}`);
            return { list, binding };
          }),
          otherwise: from === to ? security.intrazone : security.interzone,
        },
      },
    ],
  });
  const device: Device = {
    name: 'fw1',
    platform: 'paloalto-panos',
    source: 'fw.set',
    segments: [],
    ruleLists: [...security.lists, ...security.other],
    bindings: security.bindings,
    translations: [],
    routes: [],
    telemetry: [],
    addressView: 'arriving',
    applications: { scheme: 'app-id', content: 'test', defaultPorts: names.defaultPorts },
    crossing,
  };
  const diagnostics = notes.collected(['fw.set']);
  return {
    security,
    diagnostics,
    codes: diagnostics.map(({ code }) => code),
    root,
    twice: (other) => {
      const theirs = other === undefined ? names : createNames(scopes, notes);
      return [security, convertSecurity(system, () => theirs, notes)];
    },
    rule: (name) => {
      const lists = [...security.lists, ...security.decryption, ...security.other];
      const found = lists.flatMap(({ rules }) => rules).find(({ id }) => id === name);
      if (found === undefined) throw new Error(`no rule ${name}`);
      return found;
    },
    verdict: (zones, text, application) => {
      const [from = '', to = ''] = zones.split(' > ');
      const asked = application === undefined ? device : inSessions(device, application);
      if (asked === undefined) throw new Error('the device recognises no applications');
      const evaluation = createEvaluation(asked, createPacketSpace());
      const evaluated = evaluation.crossing(from, to);
      if ('none' in evaluated) throw new Error(evaluated.none);
      const packet = readPacket(text);
      const { verdict } = evaluation.trace(evaluated, packet);
      const session = application === undefined ? undefined : { application, defaultPorts: names.defaultPorts };
      const oracle = askOracle(crossing(from, to), packet, session);
      return oracle === verdict ? verdict : `${verdict}, but the oracle says ${oracle}`;
    },
  };
}

/** The lines of one security rule: `allow-mqtt from untrust to dmz application mqtt service application-default action allow`. */
export function rule(text: string, place = 'rulebase security'): string {
  const words = text.match(/\[.*?\]|"[^"]*"|\S+/gu) ?? [];
  const [name = '', ...fields] = words;
  const said = new Map<string, string>();
  for (let at = 0; at < fields.length; at += 2) said.set(fields[at] ?? '', fields[at + 1] ?? '');
  const always = place.endsWith('security') ? FIELDS : FIELDS.slice(0, 4);
  for (const field of always) if (!said.has(field)) said.set(field, 'any');
  return [...said]
    .map(([field, value]) => `set ${place} rules ${name} ${field.replaceAll('/', ' ')} ${value}`)
    .join('\n');
}

const FIELDS = ['from', 'to', 'source', 'destination', 'application', 'service'];
