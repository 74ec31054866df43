import type { LineState } from '../diagnostics.ts';
import { endOfAbsolute } from '../cisco/time-range.ts';
import {
  conditional,
  FormTable,
  modelled,
  noEffect,
  type Form,
  type Mode,
  type Statement,
} from '../syntax/statements.ts';
import { PARAMETER_MAP } from './read-parameter-maps.ts';
import { argumentsOf, notUnderstood, type IosText, type TextGroup } from './text.ts';

type GroupKind = TextGroup['kind'];

/** Members are kept as written and read when a rule uses the group, because groups may nest before they are defined. */
const GROUP_MODE: Mode<IosText> = {
  name: 'object-group',
  forms: new FormTable<IosText>([noEffect('description', 'text')]),
  readOther: readMember,
};

export const OBJECT_STATEMENTS: readonly Form<IosText>[] = [
  group('object-group network NAME', 'network'),
  group('object-group v4-network NAME', 'network'),
  group('object-group v6-network NAME', 'network6'),
  group('object-group service NAME', 'service'),
  group('object-group v4-service NAME', 'service'),
  group('object-group v6-service NAME', 'service'),
  group('object-group protocol NAME', 'protocol'),
  group('object-group ip address NAME', 'network'),
  group('object-group ipv6 address NAME', 'network6'),
  group('object-group ip port NAME', 'port'),
  group('object-group port NAME', 'port'),
  group('object-group security NAME', 'other'),
  group('object-group geo NAME', 'other'),
  group('object-group fqdn NAME', 'other'),
  modelled(
    'time-range NAME',
    (statement, text) => {
      const name = argumentsOf(statement)[0] ?? '';
      text.currentTimeRange = text.timeRanges.get(name) ?? { absolutes: [] };
      text.timeRanges.set(name, text.currentTimeRange);
    },
    {
      readNo: (statement, text) => void text.timeRanges.delete(argumentsOf(statement)[0] ?? ''),
      opens: () => TIME_MODE,
      note: 'a condition: the audit knows no time',
    },
  ),
];

const TIME_MODE: Mode<IosText> = {
  name: 'time-range',
  forms: new FormTable<IosText>([
    noEffect('periodic', 'rules with the time range are judged inside and outside of it'),
    conditional(
      'absolute [start TIME DATE] [end TIME DATE]',
      'rules with the time range are judged inside and outside of it; when it is over for good is read',
      ({ words }, { currentTimeRange }) => void currentTimeRange?.absolutes.push(endOfAbsolute(words)),
      { readNo: (_, { currentTimeRange }) => void currentTimeRange?.absolutes.splice(0) },
    ),
  ]),
};

export const OBJECT_GROUPS: readonly {
  readonly mode: string;
  readonly forms: readonly Pick<Form<never>, 'form' | 'state' | 'note'>[];
}[] = [
  {
    mode: 'object-group network',
    forms: [
      'host ADDRESS',
      'ADDRESS NETMASK',
      'ADDRESS/LENGTH',
      'ADDRESS /LENGTH',
      'range ADDRESS ADDRESS',
      'any',
      'network-object (host ADDRESS|ADDRESS NETMASK)',
      'group-object NAME',
    ].map((form) => ({ form, state: 'modelled', note: '' })),
  },
  {
    mode: 'object-group service, protocol, port',
    forms: [
      '(tcp|udp|tcp-udp) [source OPERATOR PORT] [OPERATOR PORT]',
      'icmp [TYPE [CODE]]',
      'PROTOCOL',
      'service-object …',
      'protocol-object PROTOCOL',
      'OPERATOR PORT',
      'group-object NAME',
    ].map((form) => ({ form, state: 'modelled', note: '' })),
  },
];

export const OBJECT_INERT: readonly Form<IosText>[] = [PARAMETER_MAP];

function group(form: string, kind: GroupKind): Form<IosText> {
  return modelled(form, (statement, text) => openGroup(statement, text, kind), {
    readNo: (statement, text) => {
      const name = argumentsOf(statement)[0] ?? '';
      for (const member of text.groups.get(name)?.members ?? []) text.reader.mark(member.line, 'no-effect');
      text.groups.delete(name);
    },
    opens: () => GROUP_MODE,
    anywhere: true,
  });
}

/** A group that is opened again takes further members. */
function openGroup(statement: Statement, text: IosText, kind: GroupKind): LineState | void {
  const name = argumentsOf(statement)[0];
  text.currentGroup = undefined;
  if (name === undefined) return notUnderstood(statement, text, statement.arguments, 'the group has no name');
  const known = text.groups.get(name);
  text.currentGroup = known ?? { name, kind, line: statement.line, members: [] };
  text.groups.set(name, text.currentGroup);
}

function readMember(statement: Statement, text: IosText): LineState {
  const { currentGroup } = text;
  if (currentGroup === undefined) return 'unrecognised';
  if (!statement.negated) {
    currentGroup.members.push(statement);
    return 'modelled';
  }
  const gone = currentGroup.members.filter(({ words }) => words.join(' ') === statement.words.join(' '));
  for (const { line } of gone) text.reader.mark(line, 'no-effect');
  currentGroup.members = currentGroup.members.filter((member) => !gone.includes(member));
  return 'modelled';
}
