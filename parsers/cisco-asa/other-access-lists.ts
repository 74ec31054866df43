import type { AddressSet } from '../model/address.ts';
import type { Action, RuleLogging } from '../model/rule.ts';
import type { Line } from '../syntax/lines.ts';
import type { Ace } from './ace.ts';
import type { Literals } from './addresses.ts';
import { ANY4, ANY6, ANY_ADDRESS } from '../model/address.ts';
import { ANY_SERVICE } from '../model/service.ts';
import { exactly } from '../model/rule.ts';
import { wordSpan } from '../syntax/lines.ts';
import { condition, NO_USES } from './addresses.ts';

const LOGGING: RuleLogging = { logs: 'default', detail: '' };
const ANYWHERE = exactly(ANY_ADDRESS);
const EVERY_SERVICE = exactly(ANY_SERVICE);

/**
 * An entry of a standard access list. It names the destination of routes and of split tunnels, never the source (Cisco
 * ASA command reference, `access-list standard`), and an interface takes no such list.
 */
export function readStandard(
  source: string,
  line: Line,
  words: readonly string[],
  from: number,
  literals: Literals,
  any: AddressSet,
): Ace {
  const action = actionOf(words[from]);
  const first = words[from + 1] ?? '';
  const second = words[from + 2] ?? '';
  let set: AddressSet | undefined;
  let next = from + 2;
  if (first === 'any' || first === 'any4') set = first === 'any' ? any : ANY4;
  else if (first === 'any6') set = ANY6;
  else if (first.includes('/')) set = literals.prefix(first);
  else {
    next = from + 3;
    set = first === 'host' ? literals.host(second) : literals.masked(first, second);
  }
  const end =
    words[next] === undefined || words[next]?.startsWith('(') === true || words[next]?.startsWith('0x') === true;
  const problem = set === undefined ? from + 1 : end ? undefined : next;
  return entry(source, line, words, action === undefined ? from : problem, action, set);
}

/**
 * An entry of an EtherType access list. It sees frames that are not IP; only a `deny any` takes IP and ARP too (Cisco ASA
 * configuration guide, "EtherType Access Lists": an explicit deny of all traffic denies IP and ARP).
 */
export function readEthertype(
  source: string,
  line: Line,
  words: readonly string[],
  from: number,
): Ace & { readonly never?: string } {
  const action = actionOf(words[from]);
  const type = words[from + 1];
  const read = entry(
    source,
    line,
    words,
    action === undefined || type === undefined ? from : undefined,
    action,
    ANY_ADDRESS,
  );
  if (type === 'any' || read.problem !== undefined) return read;
  return { ...read, never: 'matches only frames that are not IP' };
}

function actionOf(word: string | undefined): Action | undefined {
  return word === 'permit' || word === 'deny' ? { kind: word, word } : undefined;
}

function entry(
  source: string,
  line: Line,
  words: readonly string[],
  problem: number | undefined,
  action: Action | undefined,
  destination: AddressSet | undefined,
): Ace {
  const unread =
    problem === undefined
      ? []
      : [condition('not-understood', words[problem] ?? 'end of line', wordSpan(source, line, problem))];
  return {
    action: action ?? { kind: 'unknown', word: words[problem ?? 0] ?? '' },
    source: ANYWHERE,
    destination: destination === undefined ? ANYWHERE : exactly(destination),
    service: EVERY_SERVICE,
    from: undefined,
    to: undefined,
    conditions: unread,
    inactive: false,
    logging: LOGGING,
    ruleId: undefined,
    objects: NO_USES,
    problem: problem === undefined ? undefined : { word: problem, modifierOnly: false },
  };
}
