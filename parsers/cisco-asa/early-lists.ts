import type { Condition } from '../model/condition.ts';
import type { StageList } from '../model/device.ts';
import type { Rule } from '../model/rule.ts';
import type { NumberRange } from '../model/service.ts';
import type { Span } from '../source.ts';
import type { Statement } from '../syntax/statements.ts';
import type { Attached } from './convert-bindings.ts';
import type { AsaTree, Notes } from './tree.ts';
import { nameifOf } from './tree.ts';
import { ANY_ADDRESS } from '../model/address.ts';
import { ALL_PORTS, ANY_SERVICE, single } from '../model/service.ts';
import { exactly } from '../model/rule.ts';
import { portFor, protocolNumber } from '../cisco/names.ts';
import { condition } from './addresses.ts';

/**
 * `established PROTOCOL DPORT [SPORT] [permitto PROTOCOL PORTS] [permitfrom PROTOCOL PORTS]`: once a connection is open,
 * the far host may open another one back, past the access lists (Cisco ASA command reference, `established`).
 */
export function convertEstablished(tree: AsaTree, notes: Notes): StageList[] {
  return tree.established.map((statement) => {
    const span = notes.span(statement.line);
    const to = readPortsBehind(statement, 'permitto');
    const from = readPortsBehind(statement, 'permitfrom');
    const [own = ''] = statement.words.slice(1);
    const protocol = to?.protocol ?? from?.protocol ?? protocolNumber('asa', own);
    const service =
      protocol === undefined || protocol === 'any'
        ? ANY_SERVICE
        : [
            {
              protocols: [single(protocol)],
              sourcePorts: from?.ports ?? ALL_PORTS,
              destinationPorts: to?.ports ?? ALL_PORTS,
            },
          ];
    const rule = madeRule(statement, span, 'permit', [condition('runtime-state', 'established', span)]);
    const match = { source: exactly(ANY_ADDRESS), destination: exactly(ANY_ADDRESS), service: exactly(service) };
    return madeList('established', 'established', { ...rule, match }, span);
  });
}

function readPortsBehind(
  { words }: Statement,
  keyword: string,
): { readonly protocol: number; readonly ports: readonly NumberRange[] } | undefined {
  const at = words.indexOf(keyword);
  const protocol = at < 0 ? undefined : protocolNumber('asa', words[at + 1] ?? '');
  if (protocol === undefined || protocol === 'any') return undefined;
  const [first = '', last = first] = (words[at + 2] ?? '').split('-');
  const [low, high] = [portFor('asa', protocol, first), portFor('asa', protocol, last)];
  // `0` stands for every port.
  if (low === undefined || high === undefined || (low === 0 && high === 0)) return { protocol, ports: ALL_PORTS };
  return { protocol, ports: [{ first: low, last: high }] };
}

/**
 * `per-user-override`: for users who logged in, a list from the AAA server replaces the interface's (Cisco ASA command
 * reference, `access-group`). That list is not in the text. Only with a log-in on the interface can there be one.
 */
export function convertPerUser(
  tree: AsaTree,
  notes: Notes,
  attached: readonly Attached[],
): ReadonlyMap<string, StageList> {
  const found = new Map<string, StageList>();
  for (const { binding, perUserOverride, statement } of attached) {
    if (!perUserOverride) continue;
    const login = tree.cutThrough.find(({ words }) => nameifOf(tree, words[4] ?? '') === binding.attachedTo);
    if (login === undefined) continue;
    const conditions: Condition[] = [condition('identity', 'per-user access list', binding.span)];
    const rule = madeRule(statement, binding.span, 'unknown', conditions);
    found.set(
      binding.attachedTo,
      madeList('per-user access lists', 'downloaded access list', rule, binding.span, binding.attachedTo),
    );
    notes.mark(statement.line, 'conditional');
  }
  return found;
}

function madeRule(
  statement: Statement,
  span: Span,
  kind: 'permit' | 'unknown',
  conditions: readonly Condition[],
): Rule {
  return {
    id: '#1',
    text: statement.line.text,
    span,
    action: { kind, word: statement.words[0] ?? '' },
    match: { source: exactly(ANY_ADDRESS), destination: exactly(ANY_ADDRESS), service: exactly(ANY_SERVICE) },
    conditions,
    enabled: true,
    logging: { logs: 'default', detail: '' },
    objects: [],
  };
}

function madeList(name: string, kind: string, rule: Rule, span: Span, attachedTo = 'global'): StageList {
  return {
    list: { name, kind, family: 'both', rules: [rule], span },
    binding: { list: name, direction: 'in', attachedTo, family: 'both', defined: true, plane: 'transit', span },
  };
}
