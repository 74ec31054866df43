import type { Form, Mode, Statement } from '../syntax/statements.ts';
import type { LineState } from '../diagnostics.ts';
import type { GroupKind, GroupNode, Reading } from './tree.ts';
import { FormTable, modelled, noEffect } from '../syntax/statements.ts';

const DESCRIPTION = noEffect<Reading>('description TEXT', 'text for people');

/** `object network NAME` and `object service NAME`. A second block of the name adds to the first. */
export function openObject(statement: Statement, reading: Reading): LineState | void {
  const [, kind, name] = statement.words;
  const objects =
    kind === 'network' ? reading.tree.networkObjects : kind === 'service' ? reading.tree.serviceObjects : undefined;
  if (objects === undefined || name === undefined) return 'unrecognised';
  let node = objects.get(name);
  if (node === undefined) objects.set(name, (node = { name, statement, body: undefined, nat: [] }));
  reading.currentObject = node;
  const inline = statement.words.slice(3);
  // Generators write the body on the same line.
  if (inline.length >= 2) setBody({ ...statement, words: inline }, reading);
  return undefined;
}

function setBody(statement: Statement, { currentObject }: Reading): void {
  if (currentObject !== undefined) currentObject.body = statement;
}

/** Removes an object or group: later statements win in a text that a person put together. */
export function removeNamed(statement: Statement, { tree }: Reading): LineState {
  const [word, kind, name = ''] = statement.words;
  if (word === 'object-group') tree.groups.delete(name);
  else if (kind === 'network') tree.networkObjects.delete(name);
  else tree.serviceObjects.delete(name);
  return 'modelled';
}

function addNat(statement: Statement, { currentObject, tree }: Reading): LineState | void {
  if (statement.words.includes('source')) {
    // Twice NAT behind an object in a text without indentation.
    tree.twiceNat.push(statement);
    return undefined;
  }
  if (currentObject === undefined) return 'unrecognised';
  currentObject.nat.push(statement);
  return undefined;
}

function removeNat(_: Statement, { currentObject }: Reading): void {
  if (currentObject !== undefined) currentObject.nat.length = 0;
}

export const NETWORK_OBJECT_MODE: Mode<Reading> = {
  name: 'object network',
  forms: new FormTable<Reading>([
    modelled('host ADDRESS', setBody),
    modelled('network ADDRESS', setBody, { note: 'read as `host`' }),
    modelled('subnet ADDRESS MASK', setBody),
    modelled('range FIRST LAST', setBody),
    modelled('fqdn [v4|v6] NAME', setBody, { note: 'any address of the family is possible' }),
    modelled('nat (REAL,MAPPED) (static|dynamic) MAPPED', addNat, { readNo: removeNat }),
    DESCRIPTION,
  ]),
};

export const SERVICE_OBJECT_MODE: Mode<Reading> = {
  name: 'object service',
  forms: new FormTable<Reading>([
    modelled('service PROTOCOL [source PORTS] [destination PORTS]', setBody),
    DESCRIPTION,
  ]),
};

const GROUP_KINDS: ReadonlyMap<string, GroupKind> = new Map<string, GroupKind>([
  ['network', 'network'],
  ['service', 'service'],
  ['protocol', 'protocol'],
  ['icmp-type', 'icmp-type'],
  ['user', 'user'],
  ['security', 'security'],
]);

/** `object-group KIND NAME [tcp|udp|tcp-udp]`. */
export function openGroup(statement: Statement, reading: Reading): LineState | void {
  const words = statement.words[1] === 'group' ? statement.words.slice(1) : statement.words;
  const kind = GROUP_KINDS.get(words[1] === 'icmp-object' ? 'icmp-type' : (words[1] ?? ''));
  const name = words[2];
  if (kind === undefined || name === undefined) return 'unrecognised';
  const known = reading.tree.groups.get(name);
  const node: GroupNode = known ?? { name, kind, transport: words[3], statement, members: [] };
  if (known === undefined) reading.tree.groups.set(name, node);
  reading.currentGroup = node;
  return undefined;
}

function addMember(statement: Statement, { currentGroup }: Reading): LineState | void {
  if (currentGroup === undefined) return 'unrecognised';
  currentGroup.members.push(statement);
  return undefined;
}

function removeMember(statement: Statement, { currentGroup }: Reading): LineState {
  if (currentGroup === undefined) return 'unrecognised';
  const text = statement.words.join(' ');
  currentGroup.members = currentGroup.members.filter(({ words }) => words.join(' ') !== text);
  return 'modelled';
}

const member = (form: string): Form<Reading> => modelled(form, addMember, { readNo: removeMember });

const MEMBERS = {
  network: ['network-object ADDRESS [MASK]', 'network-group NAME', 'group-object NAME'],
  service: ['service-object PROTOCOL [PORTS]', 'port-object (eq|range) PORT', 'group-object NAME'],
  protocol: ['protocol-object PROTOCOL', 'group-object NAME'],
  'icmp-type': ['icmp-object TYPE', 'group-object NAME'],
} as const;

function groupMode(name: string, forms: readonly string[]): Mode<Reading> {
  return { name: `object-group ${name}`, forms: new FormTable<Reading>([...forms.map(member), DESCRIPTION]) };
}

const IDENTITY_MODE: Mode<Reading> = {
  name: 'object-group user, security',
  forms: new FormTable<Reading>([
    noEffect('user NAME', 'rules with users are possible, whoever the users are'),
    noEffect('user-group NAME', 'rules with users are possible, whoever the users are'),
    noEffect('security-group (name|tag) NAME', 'rules with security groups are possible, whoever is in them'),
    noEffect('group-object NAME', 'rules with users are possible, whoever the users are'),
    DESCRIPTION,
  ]),
};

export const GROUP_MODES: Readonly<Record<GroupKind, Mode<Reading>>> = {
  network: groupMode('network', MEMBERS.network),
  service: groupMode('service', MEMBERS.service),
  protocol: groupMode('protocol', MEMBERS.protocol),
  'icmp-type': groupMode('icmp-type', MEMBERS['icmp-type']),
  user: IDENTITY_MODE,
  security: IDENTITY_MODE,
};

/** The mode of the object that a statement opened. */
export function objectMode(statement: Statement): Mode<Reading> {
  return statement.words[1] === 'service' ? SERVICE_OBJECT_MODE : NETWORK_OBJECT_MODE;
}

export function groupModeOf(_: Statement, reading: Reading): Mode<Reading> {
  return GROUP_MODES[reading.currentGroup?.kind ?? 'network'];
}
