import { modelled, noEffect, type Form, type Statement } from '../syntax/statements.ts';
import { argumentsOf, type IosText } from './text.ts';

/** Kept as written; lists, pools, route maps and interfaces they name may come later in the text. */
function keep(statement: Statement, text: IosText): void {
  text.nat.push(statement);
}

/** `no ip nat …` takes back the statement that reads the same. */
function forget(statement: Statement, text: IosText): void {
  const written = statement.words.join(' ');
  const index = text.nat.findIndex(({ words }) => words.join(' ') === written);
  const [gone] = index < 0 ? [] : text.nat.splice(index, 1);
  if (gone !== undefined) text.reader.mark(gone.line, 'no-effect');
}

export const NAT_STATEMENTS: readonly Form<IosText>[] = [
  modelled('ip nat inside source (static|list|route-map) …', keep, { readNo: forget, anywhere: true }),
  modelled('ip nat inside destination list NAME pool NAME', keep, { readNo: forget, anywhere: true }),
  modelled('ip nat outside source (static|list|route-map) …', keep, { readNo: forget, anywhere: true }),
  modelled('ip nat source (static|list|route-map) …', keep, {
    readNo: forget,
    note: 'between interfaces with `ip nat enable`',
  }),
  modelled(
    'ip nat pool NAME FIRST LAST (netmask MASK|prefix-length LENGTH)',
    (statement, text) => {
      text.natPools.set(argumentsOf(statement)[0] ?? '', statement);
    },
    { readNo: (statement, text) => void text.natPools.delete(argumentsOf(statement)[0] ?? '') },
  ),
  noEffect('ip nat translation', 'timers and limits'),
  noEffect('ip nat log', 'logging'),
  noEffect('ip nat service', 'looks into payloads'),
  noEffect('ip nat settings', 'how translations are kept'),
  noEffect('ip nat switchover', 'redundancy'),
  noEffect('ip nat stateful', 'redundancy'),
  noEffect('ip nat create', 'how translations are kept'),
  noEffect('ip nat portmap', 'ports of translations'),
  noEffect('ip nat piggyback-support', 'looks into payloads'),
  noEffect('ip nat sip-sbc', 'looks into payloads'),
];
