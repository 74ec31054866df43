import type { RuleLogging } from '../model/rule.ts';
import type { Scope } from './firewall.ts';
import type { Notes } from './notes.ts';
import { child, entries, isYes, value, type PanNode } from './tree.ts';

/** How records are sent to servers, and how it is said. */
const SENDERS: readonly (readonly [string, string])[] = [
  ['send-syslog', 'syslog'],
  ['send-email', 'e-mail'],
  ['send-snmptrap', 'SNMP'],
  ['send-http', 'HTTP'],
];

/**
 * What a rule writes about sessions, and where it sends the records. `log-end` is on unless the rule says no ("Create a
 * Security Policy Rule": log at session end is the default); records leave the firewall only by a log forwarding profile.
 */
export function readLogging(rule: PanNode, scopes: readonly Scope[], notes: Notes): RuleLogging {
  const start = isYes(rule, 'log-start');
  const end = value(rule, 'log-end') !== 'no';
  const said = ['log-start', 'log-end'].flatMap((word) => {
    const what = value(rule, word);
    return what === undefined ? [] : [`${word} ${what}`];
  });
  const profile = child(rule, 'log-setting')?.children[0];
  if (profile !== undefined) said.push(`log-setting ${profile.word}`);
  const sentTo = profile === undefined || !(start || end) ? [] : receivers(profile, scopes, notes);
  return { logs: start || end ? 'yes' : 'no', detail: said.join(' '), sentTo };
}

function receivers(name: PanNode, scopes: readonly Scope[], notes: Notes): readonly string[] {
  const profile = scopes
    .map(({ node }) => child(node, 'log-settings', 'profiles', name.word))
    .find((found) => found !== undefined);
  if (profile === undefined) {
    notes.diagnose(
      'panos/undefined-log-setting',
      'note',
      name.span,
      `log forwarding profile \`${name.word}\` is not defined in the text`,
      'where records of the rules that name it go is not known',
    );
    return [`log forwarding profile ${name.word}, which is not in the text`];
  }
  notes.mark(profile, 'modelled');
  const found = new Set<string>();
  for (const entry of entries(profile, 'match-list')) {
    if ((value(entry, 'log-type') ?? 'traffic') === 'traffic') addReceivers(entry, found);
  }
  // Up to PAN-OS 7.1 a profile has one entry for each kind of log, and one receiver of each kind.
  for (const entry of entries(profile, 'traffic')) addReceivers(entry, found);
  return [...found];
}

function addReceivers(entry: PanNode, found: Set<string>): void {
  if (isYes(entry, 'send-to-panorama')) found.add('Panorama');
  for (const [word, shown] of SENDERS) {
    for (const server of entries(entry, word)) {
      const name = server.word.startsWith('using-') ? server.children[0]?.word : server.word;
      if (name !== undefined) found.add(`${shown} ${name}`);
    }
  }
}
