import type { LineState } from '../diagnostics.ts';
import type { Line } from '../syntax/lines.ts';
import {
  conditional,
  FormTable,
  modelled,
  noEffect,
  unsupported,
  type Form,
  type Mode,
  type Statement,
} from '../syntax/statements.ts';
import { readAddress4, readAddress6, removeAddress4, UNADDRESSED } from './interface-addresses.ts';
import { readAccessGroup, readCommonGroup, removeAccessGroups, UNFILTERED } from './interface-bindings.ts';
import { interfaceName, interfaceRange } from './interface-name.ts';
import { NAT_STATEMENTS } from './read-nat.ts';
import { INTERFACE_WORDS } from './words-interface.ts';
import { argumentsOf, emptyInterface, notUnderstood, type IosText, type TextInterface } from './text.ts';

/** Changes every interface that the statement is about. */
function each(change: (target: TextInterface, statement: Statement, text: IosText) => void) {
  return (statement: Statement, text: IosText): void => {
    for (const target of text.currentInterfaces) change(target, statement, text);
  };
}

const INTERFACE_FORMS: FormTable<IosText> = new FormTable<IosText>([
  modelled('ip access-group NAME [in|out]', readAccessGroup, {
    readNo: removeAccessGroups(4),
    note: 'without a direction it is `out`',
  }),
  modelled('ip access-group common COMMON [NAME] in', readCommonGroup, { readNo: removeAccessGroups(4) }),
  modelled('ipv6 traffic-filter NAME in|out', readAccessGroup, { readNo: removeAccessGroups(6) }),
  modelled('ipv6 traffic-filter common COMMON [NAME] in', readCommonGroup, { readNo: removeAccessGroups(6) }),
  modelled('ip address (ADDRESS MASK [secondary]|dhcp|negotiated|pool NAME)', readAddress4, { readNo: removeAddress4 }),
  modelled('ipv6 address (PREFIX [eui-64|anycast|link-local]|autoconfig|dhcp)', readAddress6, {
    readNo: each((target) => {
      target.addresses = target.addresses.filter(({ family }) => family !== 6);
      target.dynamic.delete(6);
    }),
  }),
  modelled(
    'ipv6 enable',
    each((target) => void (target.ipv6Enabled = true)),
    {
      readNo: each((target) => void (target.ipv6Enabled = false)),
    },
  ),
  modelled(
    'ip unnumbered INTERFACE',
    each((target, statement) => void target.unnumbered.set(4, named(statement))),
    {
      readNo: each((target) => void target.unnumbered.delete(4)),
    },
  ),
  modelled(
    'ipv6 unnumbered INTERFACE',
    each((target, statement) => void target.unnumbered.set(6, named(statement))),
    {
      readNo: each((target) => void target.unnumbered.delete(6)),
    },
  ),
  modelled(
    'shutdown',
    each((target, { line }) => void (target.shutdown = line)),
    {
      readNo: each((target) => void (target.shutdown = undefined)),
    },
  ),
  modelled('vrf forwarding NAME', each(setVrf), { readNo: each((target) => void (target.vrf = undefined)) }),
  modelled('ip vrf forwarding NAME', each(setVrf), { readNo: each((target) => void (target.vrf = undefined)) }),
  modelled('zone-member security ZONE', readZone, { readNo: each((target) => void (target.zone = undefined)) }),
  modelled(
    'switchport',
    each((target, { words }) => void (target.switchport = words.length > 1 ? (target.switchport ?? true) : true)),
    {
      readNo: each((target, { words }) => void (target.switchport = words.length > 1 ? target.switchport : false)),
      note: 'a layer 2 port; `no switchport` routes',
    },
  ),
  modelled('switchport access vlan NUMBER', each(setAccessVlan), {
    readNo: each((target) => void (target.accessVlan = undefined)),
  }),
  modelled('switchport mode MODE', each(setMode), { readNo: each((target) => void (target.trunk = false)) }),
  ...NAT_STATEMENTS.filter(({ form }) => /^ip nat (?:inside|outside) /.test(form)),
  modelled('ip nat inside', each(setNat('inside')), { readNo: each(clearNat) }),
  modelled('ip nat outside', each(setNat('outside')), { readNo: each(clearNat) }),
  modelled('ip nat enable', each(setNat('either')), { readNo: each(clearNat), note: 'NAT virtual interface' }),
  modelled('ip nat', (statement, text) => notUnderstood(statement, text, 2, 'translations here are not known'), {
    readNo: each(clearNat),
  }),
  modelled('description TEXT', each(setDescription), {
    readNo: each((target) => void (target.description = undefined)),
  }),
  modelled(
    'source template NAME',
    each((target, statement) => void target.templates.push(argumentsOf(statement)[0] ?? '')),
    {
      readNo: each((target) => void (target.templates = [])),
    },
  ),
  modelled('service-policy (input|output) NAME', readPolicy, { readNo: () => undefined, note: 'QoS' }),
  modelled('service-policy type', (statement) => void statement, { readNo: () => undefined, note: 'not a QoS policy' }),
  modelled('ip flow', watch, { readNo: () => undefined }),
  modelled('ipv6 flow', watch, { readNo: () => undefined }),
  modelled('ip route-cache flow', watch, { readNo: () => undefined }),
  modelled('ip ips NAME (in|out)', watch, { readNo: () => undefined }),
  modelled('utd enable', watch, { readNo: () => undefined }),
  modelled('ip nbar protocol-discovery', watch, { readNo: () => undefined }),
  modelled('ip inspect NAME (in|out)', () => undefined, {
    readNo: () => undefined,
    note: 'CBAC lets answers back in; it admits no new connection and drops none that the lists permit',
  }),
  modelled('ipv6 inspect NAME (in|out)', () => undefined, { readNo: () => undefined, note: 'as `ip inspect`' }),
  conditional(
    'ip verify unicast',
    'sources without a route back are dropped: permitted sets may hold forged sources',
    () => undefined,
    { readNo: () => 'no-effect' },
  ),
  conditional(
    'ipv6 verify unicast',
    'sources without a route back are dropped: permitted sets may hold forged sources',
    () => undefined,
    { readNo: () => 'no-effect' },
  ),
  conditional(
    'ip policy route-map NAME',
    'some packets may leave by another interface than routing says',
    usePolicyRoute,
    {
      readNo: () => 'no-effect',
    },
  ),
  conditional(
    'ipv6 policy route-map NAME',
    'some packets may leave by another interface than routing says',
    usePolicyRoute,
    {
      readNo: () => 'no-effect',
    },
  ),
  conditional('ip wccp', 'some packets may be sent to a cache instead', () => undefined, { readNo: () => 'no-effect' }),
  conditional('ipv6 wccp', 'some packets may be sent to a cache instead', () => undefined, {
    readNo: () => 'no-effect',
  }),
  conditional(
    'crypto map NAME',
    'clear-text packets that its list wants encrypted are dropped on arrival',
    () => undefined,
    {
      readNo: () => 'no-effect',
    },
  ),
  conditional('ip verify source', 'sources that the port has not learned are dropped', () => undefined, {
    readNo: () => 'no-effect',
  }),
  unsupported('ip admission', 'who is not logged in may be denied more than the lists say'),
  unsupported('ip auth-proxy', 'who is not logged in may be denied more than the lists say'),
  unsupported('cts role-based enforcement', 'security group rules may deny more than the lists say'),
  unsupported('cts manual', 'security group rules may deny more than the lists say'),
  unsupported('xconnect', 'frames that it carries are not judged'),
  unsupported('bridge-group NUMBER', 'packets bridged between ports of the group are not judged', {
    read: each((target, { line }) => void (target.bridged ??= line)),
  }),
  noEffect('mac access-group', 'filters frames that are not IP'),
  ...INTERFACE_WORDS,
]);

const INTERFACE_MODE: Mode<IosText> = {
  name: 'interface',
  forms: INTERFACE_FORMS,
  // Keeps what follows inside the interface where a text is not indented.
  readOther: () => 'unrecognised',
  close: (text) => {
    text.currentInterfaces = [];
  },
};

export const INTERFACE_STATEMENTS: readonly Form<IosText>[] = [
  modelled('interface NAME', openInterface, { readNo: removeInterface, opens: () => INTERFACE_MODE, anywhere: true }),
  modelled('interface range NAMES', openRange, { opens: () => INTERFACE_MODE }),
  modelled('template NAME', openTemplate, { opens: () => INTERFACE_MODE, note: 'interface template' }),
];

export const INTERFACE_GROUPS = [{ mode: 'interface', forms: INTERFACE_FORMS.forms }];

function openInterface(statement: Statement, text: IosText): LineState | void {
  text.currentInterfaces = [];
  const words = argumentsOf(statement);
  if (words.length === 0) return notUnderstood(statement, text, 1, UNADDRESSED);
  text.currentInterfaces = [interfaceNamed(words, statement.line, text)];
}

function interfaceNamed(words: readonly string[], line: Line, text: IosText): TextInterface {
  const { key, name } = interfaceName(words);
  const known = text.interfaces.get(key);
  if (known !== undefined) return known;
  const created = emptyInterface(key, name, line);
  text.interfaces.set(key, created);
  return created;
}

/** `no interface X` removes it, `default interface X` takes everything off it: either way it has nothing left. */
function removeInterface(statement: Statement, text: IosText): void {
  text.interfaces.delete(interfaceName(argumentsOf(statement)).key);
}

function openRange(statement: Statement, text: IosText): LineState | void {
  const names = interfaceRange(argumentsOf(statement));
  text.currentInterfaces = names.map((name) => interfaceNamed([name], statement.line, text));
  if (names.length === 0) return notUnderstood(statement, text, 2, UNFILTERED);
}

function openTemplate(statement: Statement, text: IosText): void {
  const name = argumentsOf(statement)[0] ?? '';
  const template = text.templates.get(name) ?? emptyInterface(name, name, statement.line);
  text.templates.set(name, template);
  text.currentInterfaces = [template];
}

function named(statement: Statement): string {
  return interfaceName(argumentsOf(statement)).key;
}

function setVrf(target: TextInterface, statement: Statement): void {
  // The device takes addresses off that were typed before this. Generated texts often have it last, so they are kept:
  // an interface without an address would be judged closed.
  target.vrf = argumentsOf(statement)[0];
}

function readZone(statement: Statement, text: IosText): LineState | void {
  const name = argumentsOf(statement)[0];
  if (name === undefined) return notUnderstood(statement, text, statement.arguments, UNFILTERED);
  for (const target of text.currentInterfaces) target.zone = { name, line: statement.line };
}

function setAccessVlan(target: TextInterface, statement: Statement): void {
  const vlan = Number(argumentsOf(statement)[0]);
  if (Number.isInteger(vlan)) target.accessVlan = vlan;
}

function setMode(target: TextInterface, statement: Statement): void {
  target.trunk = argumentsOf(statement)[0] !== 'access';
  target.switchport ??= true;
}

function setNat(side: 'inside' | 'outside' | 'either') {
  return (target: TextInterface, { line }: Statement): void => {
    target.nat = { side, line };
  };
}

function clearNat(target: TextInterface): void {
  target.nat = undefined;
}

function setDescription(target: TextInterface, statement: Statement): void {
  target.description = argumentsOf(statement).join(' ');
  target.descriptionLine = statement.line;
}

function readPolicy(statement: Statement, text: IosText): void {
  const name = argumentsOf(statement)[1];
  if (name === undefined) return;
  for (const target of text.currentInterfaces) target.policies.push({ name, line: statement.line });
}

function watch(statement: Statement, text: IosText): void {
  for (const target of text.currentInterfaces) target.watched.push(statement);
}

function usePolicyRoute(statement: Statement, text: IosText): LineState {
  const message = `\`${statement.words.join(' ')}\` may choose the way out`;
  const consequence = 'crossings are judged as if routing alone chose the way out';
  text.reader.diagnose('ios/policy-routing', 'note', text.reader.span(statement.line), message, consequence);
  return 'conditional';
}
