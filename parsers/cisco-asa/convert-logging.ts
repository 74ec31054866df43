import type { DeviceLogging, LogLevel } from '../model/device.ts';
import type { Statement } from '../syntax/statements.ts';
import type { LoggingNode } from './read-logging.ts';
import type { AsaTree, Notes } from './tree.ts';

const LEVELS: ReadonlyMap<string, number> = new Map([
  ['emergencies', 0],
  ['alerts', 1],
  ['critical', 2],
  ['errors', 3],
  ['warnings', 4],
  ['notifications', 5],
  ['informational', 6],
  ['debugging', 7],
]);

/** The severity that a word of the command line stands for; undefined for a name of something else. */
export function levelOf(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  return LEVELS.get(word) ?? (/^[0-7]$/.test(word) ? Number(word) : undefined);
}

/**
 * What is written without a word in a rule: a permitted connection when it is built (302013 TCP, 302015 UDP, severity 6), a
 * packet that an entry denies (106023, severity 4: "By default, when traffic is denied by an extended ACE … the ASA
 * generates syslog message 106023", ASA 9.0 CLI guide, "Configuring Logging for Access Lists"). Each is written where a
 * place takes its severity; a place without a level takes nothing.
 */
export function convertLogging({ logging }: AsaTree, notes: Notes): DeviceLogging {
  const { enabled, places, hosts } = logging;
  const levels = [...places].map(([place, statement]) => ({ place, takes: placeLevel(logging, statement) }));
  const trap = levels.find(({ place }) => place === 'trap')?.takes ?? 'none';
  // A trap level without a collector sends nothing.
  const kept = levels.filter(({ place }) => place !== 'trap' || hosts.length > 0).map(({ takes }) => takes);
  const [first] = places.values();
  return {
    takes: enabled ? mostDetailed(kept) : 'none',
    sends: enabled && hosts.length > 0 ? trap : 'none',
    permits: quieter(messageLevel(logging, '302013', 6), messageLevel(logging, '302015', 6)),
    denies: messageLevel(logging, '106023', 4),
    ...(first === undefined ? {} : { span: notes.span(first.line) }),
  };
}

/** `logging PLACE LEVEL`, or the name of a message list; a list of classes or of single messages is not followed. */
function placeLevel({ lists }: LoggingNode, { words }: Statement): LogLevel {
  const word = words[2];
  const level = levelOf(word);
  if (level !== undefined) return level;
  const entries = lists.get(word ?? '') ?? [];
  const plain = entries.map((entry) => {
    const at = entry.words.indexOf('level');
    return at < 0 || entry.words.includes('class') ? undefined : levelOf(entry.words[at + 1]);
  });
  const known = plain.filter((each) => each !== undefined);
  return known.length === 0 || known.length < plain.length ? 'unknown' : Math.max(...known);
}

/** `no logging message ID` switches it off, `logging message ID level LEVEL` moves it. */
function messageLevel({ messages }: LoggingNode, id: string, usual: number): LogLevel {
  const said = messages.get(id);
  if (said === undefined) return usual;
  const at = said.words.indexOf('level');
  if (said.negated && at < 0) return 'none';
  return said.negated ? usual : (levelOf(said.words[at + 1]) ?? usual);
}

function mostDetailed(levels: readonly LogLevel[]): LogLevel {
  const known = levels.filter((level) => typeof level === 'number');
  // Whatever a list of messages takes, nothing is more detailed than all.
  if (levels.includes('unknown') && !known.includes(7)) return 'unknown';
  return known.length === 0 ? 'none' : Math.max(...known);
}

/** Of two messages that stand for one thing, the one that fewer places take. */
function quieter(one: LogLevel, other: LogLevel): LogLevel {
  if (one === 'none' || other === 'none') return 'none';
  return typeof one === 'number' && typeof other === 'number' ? Math.max(one, other) : 'unknown';
}
