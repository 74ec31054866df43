import { FormTable, modelled, type Form, type Mode, type Statement } from '../syntax/statements.ts';
import { argumentsOf, type IosText } from './text.ts';

const ACCESS_MAP_MODE: Mode<IosText> = {
  name: 'vlan access-map',
  forms: new FormTable<IosText>([
    modelled('match ip address NAME …', (statement, text) => vlanMatch(statement, text, 4)),
    modelled('match ipv6 address NAME …', (statement, text) => vlanMatch(statement, text, 6)),
    modelled(
      'action (forward|drop|redirect) …',
      (statement, text) => {
        if (text.currentAccessMap !== undefined) text.currentAccessMap.action = argumentsOf(statement)[0] ?? 'forward';
      },
      { readNo: () => undefined },
    ),
    {
      form: 'match mac address NAME …',
      state: 'no-effect',
      note: 'matches frames that are not IP',
      read: (statement, text) => {
        if (text.currentAccessMap !== undefined) text.currentAccessMap.otherMatch = statement.line;
      },
    },
  ]),
};

function vlanMatch(statement: Statement, text: IosText, family: 4 | 6): void {
  for (const name of argumentsOf(statement)) text.currentAccessMap?.lists.push({ name, family, line: statement.line });
}

/** VLAN access maps and where they filter. */
export const VLAN_MAP_STATEMENTS: readonly Form<IosText>[] = [
  modelled('vlan access-map NAME [NUMBER]', openAccessMap, {
    opens: () => ACCESS_MAP_MODE,
    readNo: (statement, text) => void text.accessMaps.delete(argumentsOf(statement)[0] ?? ''),
  }),
  modelled('vlan filter NAME vlan-list LIST', (statement, text) => void text.vlanFilters.push(statement), {
    readNo: () => 'unrecognised',
  }),
];

export const VLAN_MAP_GROUPS = [{ mode: ACCESS_MAP_MODE.name, forms: ACCESS_MAP_MODE.forms.forms }];

function openAccessMap(statement: Statement, text: IosText): void {
  const [name = '', number = '10'] = argumentsOf(statement);
  const entries = text.accessMaps.get(name) ?? [];
  const sequence = Number(number);
  const known = entries.find((entry) => entry.sequence === sequence);
  text.currentAccessMap = known ?? {
    name,
    sequence,
    line: statement.line,
    lists: [],
    otherMatch: undefined,
    action: 'forward',
  };
  if (known === undefined) entries.push(text.currentAccessMap);
  text.accessMaps.set(name, entries);
}
