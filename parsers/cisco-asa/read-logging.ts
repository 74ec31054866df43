import type { Form, Statement } from '../syntax/statements.ts';
import type { Reading } from './tree.ts';
import { modelled, noEffect } from '../syntax/statements.ts';

/** What the text says of logging, statement by statement. */
export interface LoggingNode {
  enabled: boolean;
  readonly hosts: Statement[];
  /** `logging buffered LEVEL` and its like, by the place: `buffered`, `trap`, `asdm`. */
  readonly places: Map<string, Statement>;
  /** `logging message ID [level LEVEL]`: as written last; negated, the message is off. */
  readonly messages: Map<string, Statement>;
  /** `logging list NAME …`, by name. */
  readonly lists: Map<string, Statement[]>;
}

/** Nothing said: the device writes nothing anywhere. */
export function emptyLogging(): LoggingNode {
  return { enabled: false, hosts: [], places: new Map(), messages: new Map(), lists: new Map() };
}

/** Places that keep records or send them away; `console` and `monitor` only show them to who is there. */
const PLACES = ['buffered', 'trap', 'asdm', 'mail', 'history'];

/** What is written about connections, and where it goes. */
export const LOGGING_FORMS: readonly Form<Reading>[] = [
  modelled('logging enable', (_, { tree }) => void (tree.logging.enabled = true), {
    readNo: (_, { tree }) => void (tree.logging.enabled = false),
  }),
  modelled('logging on', (_, { tree }) => void (tree.logging.enabled = true), {
    readNo: (_, { tree }) => void (tree.logging.enabled = false),
    note: 'PIX',
  }),
  modelled('logging host NAMEIF ADDRESS', (statement, { tree }) => void tree.logging.hosts.push(statement), {
    readNo: () => 'no-effect',
  }),
  ...PLACES.map((place): Form<Reading> => ({
    ...noEffect(`logging ${place} LEVEL`, 'what records the place takes'),
    read: (statement, { tree }) => void tree.logging.places.set(place, statement),
    readNo: (_, { tree }) => void tree.logging.places.delete(place),
  })),
  {
    ...noEffect('logging message ID [level LEVEL]', 'how severe a message is'),
    read: readMessage,
    readNo: readMessage,
  },
  {
    ...noEffect('logging list NAME …', 'which messages a list has'),
    read: addToList,
    readNo: (statement, { tree }) => void tree.logging.lists.delete(statement.words[2] ?? ''),
  },
];

function addToList(statement: Statement, { tree }: Reading): void {
  const name = statement.words[2] ?? '';
  tree.logging.lists.set(name, [...(tree.logging.lists.get(name) ?? []), statement]);
}

function readMessage(statement: Statement, { tree }: Reading): void {
  tree.logging.messages.set(statement.words[2] ?? '', statement);
}
