import type { LineState } from '../diagnostics.ts';
import { FormTable, modelled, noEffect, type Form, type Mode, type Statement } from '../syntax/statements.ts';
import { argumentsOf, notUnderstood, type IosText } from './text.ts';

const UNKNOWN_POLICY = 'what the zone policy permits is not known';

const PAIR_MODE: Mode<IosText> = {
  name: 'zone-pair',
  forms: new FormTable<IosText>([
    modelled(
      'service-policy type inspect NAME',
      (statement, text) => {
        const name = argumentsOf(statement)[0];
        if (name === undefined) return notUnderstood(statement, text, statement.arguments, UNKNOWN_POLICY);
        if (text.currentZonePair !== undefined) text.currentZonePair.policy = { name, line: statement.line };
        return 'modelled';
      },
      {
        readNo: (_, text) => {
          if (text.currentZonePair !== undefined) text.currentZonePair.policy = undefined;
        },
      },
    ),
    noEffect('description', 'text'),
  ]),
};

const CLASS_MAP_MODE: Mode<IosText> = {
  name: 'class-map type inspect',
  forms: new FormTable<IosText>([
    modelled(
      'match (access-group|protocol|class-map) …',
      (statement, text) => void text.currentClassMap?.matches.push(statement),
      {
        readNo: (statement, text) => {
          const { matches } = text.currentClassMap ?? { matches: [] };
          const index = matches.findIndex(({ words }) => words.join(' ') === statement.words.join(' '));
          if (index >= 0) matches.splice(index, 1);
        },
      },
    ),
    noEffect('description', 'text'),
  ]),
};

/** Inside classes and policies that look into the content of sessions. */
const CONTENT_MODE: Mode<IosText> = {
  name: 'content inspection',
  forms: new FormTable<IosText>([]),
  readOther: () => 'no-effect',
};

const ACTION_NOTE = 'action of the class above it';

const POLICY_MODE: Mode<IosText> = {
  name: 'policy-map type inspect',
  forms: new FormTable<IosText>([
    modelled('class type inspect NAME', openClass, { opens: () => CLASS_MODE, readNo: removeClass }),
    modelled('class NAME', openClass, { opens: () => CLASS_MODE, readNo: removeClass }),
    noEffect('description', 'text'),
  ]),
};

const CLASS_MODE: Mode<IosText> = {
  name: 'class in policy-map type inspect',
  forms: new FormTable<IosText>([
    modelled('inspect [PARAMETER-MAP]', addAction, { note: ACTION_NOTE, readNo: removeAction }),
    modelled('pass [log]', addAction, { note: ACTION_NOTE, readNo: removeAction }),
    modelled('drop [log]', addAction, { note: ACTION_NOTE, readNo: removeAction }),
    noEffect('police', 'limits the rate of what passes'),
    noEffect('service-policy', 'looks into the content of sessions that the class inspects'),
    noEffect('urlfilter', 'looks into the content of sessions that the class inspects'),
    noEffect('content-scan', 'looks into the content of sessions that the class inspects'),
    noEffect('class-map', 'text'),
  ]),
};

export const ZONE_GROUPS = [
  { mode: PAIR_MODE.name, forms: PAIR_MODE.forms.forms },
  { mode: CLASS_MAP_MODE.name, forms: CLASS_MAP_MODE.forms.forms },
  { mode: POLICY_MODE.name, forms: POLICY_MODE.forms.forms },
  { mode: CLASS_MODE.name, forms: CLASS_MODE.forms.forms },
];

export const ZONE_STATEMENTS: readonly Form<IosText>[] = [
  modelled(
    'zone security NAME',
    (statement, text) => void text.zones.set(argumentsOf(statement)[0] ?? '', statement.line),
    {
      readNo: (statement, text) => void text.zones.delete(argumentsOf(statement)[0] ?? ''),
      opens: () => ({ name: 'zone', forms: new FormTable<IosText>([noEffect('description', 'text')]) }),
    },
  ),
  modelled('zone-pair security NAME source ZONE destination ZONE', openPair, {
    readNo: (statement, text) => void text.zonePairs.delete(argumentsOf(statement)[0] ?? ''),
    opens: () => PAIR_MODE,
    anywhere: true,
  }),
  modelled('class-map type inspect [match-any|match-all] NAME', openClassMap, {
    readNo: (statement, text) => void text.classMaps.delete(argumentsOf(statement).at(-1) ?? ''),
    opens: (statement) => (isContentClass(statement) ? CONTENT_MODE : CLASS_MAP_MODE),
    anywhere: true,
  }),
  modelled('policy-map type inspect NAME', openPolicyMap, {
    readNo: (statement, text) => void text.policyMaps.delete(argumentsOf(statement)[0] ?? ''),
    opens: (statement) => (isContentClass(statement) ? CONTENT_MODE : POLICY_MODE),
    anywhere: true,
  }),
  modelled(
    'ip port-map NAME port [tcp|udp] PORT … [list NAME]',
    (statement, text) => void text.portMaps.push(statement),
    {
      readNo: () => 'unrecognised',
      note: 'adds ports to a name of `match protocol`',
    },
  ),
  noEffect('ip inspect', 'CBAC lets answers back in; it admits no new connection and drops none that the lists permit'),
  noEffect('ipv6 inspect', 'as `ip inspect`'),
];

const CONTENT_PROTOCOLS: ReadonlySet<string> = new Set(
  `http imap pop3 smtp sunrpc im sip h323 gtp gtpv0 gtpv1 urlfilter p2p aol msnmsgr ymsgr winmsgr icq edonkey fasttrack gnutella
   kazaa2 bittorrent`.split(/\s+/),
);

/** `class-map type inspect http [match-any] NAME`: classes that look into sessions which another class inspects. */
function isContentClass(statement: Statement): boolean {
  const [protocol = '', ...rest] = argumentsOf(statement);
  return rest.length > 0 && CONTENT_PROTOCOLS.has(protocol);
}

/** `zone-pair security NAME source A destination B`; keywords may be shortened (`dest`). */
function openPair(statement: Statement, text: IosText): LineState | void {
  const [name, , source, , destination, ...rest] = argumentsOf(statement);
  const [sourceWord = '', destinationWord = ''] = [argumentsOf(statement)[1], argumentsOf(statement)[3]];
  text.currentZonePair = undefined;
  const fits =
    sourceWord !== '' &&
    'source'.startsWith(sourceWord) &&
    destinationWord !== '' &&
    'destination'.startsWith(destinationWord);
  if (name === undefined || source === undefined || destination === undefined || !fits || rest.length > 0)
    return notUnderstood(statement, text, statement.arguments + 1, UNKNOWN_POLICY);
  const known = text.zonePairs.get(name);
  text.currentZonePair =
    known?.source === source && known.destination === destination
      ? known
      : { name, source, destination, line: statement.line, policy: undefined };
  text.zonePairs.set(name, text.currentZonePair);
}

/** Without a word for it, all of its matches must hold (IOS zone-based policy firewall guide). */
function openClassMap(statement: Statement, text: IosText): LineState | void {
  const words = argumentsOf(statement);
  const name = words.at(-1);
  text.currentClassMap = undefined;
  if (isContentClass(statement)) return 'no-effect';
  const [kind] = words;
  if (name === undefined || words.length > 2 || (words.length === 2 && kind !== 'match-any' && kind !== 'match-all'))
    return notUnderstood(statement, text, statement.arguments, UNKNOWN_POLICY);
  text.currentClassMap = text.classMaps.get(name) ?? {
    name,
    all: kind !== 'match-any',
    line: statement.line,
    matches: [],
  };
  text.classMaps.set(name, text.currentClassMap);
}

function openPolicyMap(statement: Statement, text: IosText): LineState | void {
  const name = argumentsOf(statement)[0];
  text.currentPolicyMap = undefined;
  text.currentClass = undefined;
  if (isContentClass(statement)) return 'no-effect';
  if (name === undefined) return notUnderstood(statement, text, statement.arguments, UNKNOWN_POLICY);
  text.currentPolicyMap = text.policyMaps.get(name) ?? { name, line: statement.line, classes: [] };
  text.policyMaps.set(name, text.currentPolicyMap);
}

function openClass(statement: Statement, text: IosText): LineState | void {
  const name = argumentsOf(statement)[0];
  if (name === undefined) return notUnderstood(statement, text, statement.arguments, UNKNOWN_POLICY);
  const known = text.currentPolicyMap?.classes.find((other) => other.name === name);
  // A class that is opened again keeps its place.
  text.currentClass = known ?? { name, line: statement.line, actions: [] };
  if (known === undefined) text.currentPolicyMap?.classes.push(text.currentClass);
}

function removeClass(statement: Statement, text: IosText): void {
  const name = argumentsOf(statement)[0];
  const classes = text.currentPolicyMap?.classes;
  const index = classes?.findIndex((known) => known.name === name) ?? -1;
  if (index >= 0) classes?.splice(index, 1);
}

/** A class has one action; a later one takes the place of the earlier. */
function addAction(statement: Statement, text: IosText): void {
  if (text.currentClass !== undefined) text.currentClass.actions = [statement];
}

function removeAction(_: Statement, text: IosText): void {
  if (text.currentClass !== undefined) text.currentClass.actions = [];
}
