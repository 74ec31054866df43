import { ANY6 } from '../model/address.ts';
import { exactly, type Rule, type RuleList } from '../model/rule.ts';
import { icmpSelector, PROTOCOL, type ServiceSet } from '../model/service.ts';
import { readAce } from './ace.ts';
import { Groups } from './convert-objects.ts';
import { entryText } from './hit-counts.ts';
import type { IosText, TextList } from './text.ts';

const KINDS: Readonly<Record<TextList['kind'], string>> = {
  standard: 'standard access list',
  extended: 'extended access list',
  ipv6: 'IPv6 access list',
};

/** Every access list of the text by name, in order of appearance. */
export function convertLists(text: IosText): ReadonlyMap<string, RuleList> {
  const groups = new Groups(text);
  const lists = new Map<string, RuleList>();
  for (const list of text.lists.values()) lists.set(list.name, convertList(text, groups, list));
  return lists;
}

function convertList(text: IosText, groups: Groups, list: TextList): RuleList {
  const rules: Rule[] = [];
  let remark: string | undefined;
  for (const entry of list.entries) {
    if (entry.words[0]?.toLowerCase() === 'remark') {
      remark = entry.words.slice(1).join(' ');
      continue;
    }
    const id = entry.numbered ? String(entry.sequence) : `#${rules.length + 1}`;
    const { rule, state } = readAce(text, groups, list, entry, id);
    text.reader.mark(entry.line, state);
    const hits = list.counters.get(entryText(entry.words));
    const counted = hits === undefined ? rule : { ...rule, hits };
    rules.push(remark === undefined || remark === '' ? counted : { ...counted, name: remark });
    remark = undefined;
  }
  noteLostCounters(text, list);
  const uses = text.uses.filter((use) => use.list === list.name);
  const span = text.reader.span(list.line);
  return {
    name: list.name,
    kind: KINDS[list.kind],
    family: list.kind === 'ipv6' ? 6 : 4,
    rules: list.kind === 'ipv6' && rules.length > 0 ? [...rules, ...neighbourDiscovery(span, list.line.text)] : rules,
    span,
    ...(uses.length > 0 && { usedBy: uses.map(({ purpose, line }) => ({ purpose, span: text.reader.span(line) })) }),
  };
}

/** Entries that are shown and not configured: what runs is not what the configuration says. */
function noteLostCounters({ reader }: IosText, { name, entries, counters }: TextList): void {
  if (counters.size === 0) return;
  const written = new Set(entries.map(({ words }) => entryText(words)));
  for (const [entry, { span }] of counters) {
    if (written.has(entry)) continue;
    const message = `list ${name} has no entry \`${entry}\` as it is shown here`;
    const consequence = 'the configuration counts, and the counter is left aside';
    reader.diagnose('ios/counter-without-entry', 'note', span, message, consequence);
  }
}

/**
 * Behind its entries every IPv6 list permits neighbour discovery before it denies the rest (IOS IPv6 command reference,
 * `ipv6 access-list`: "permit icmp any any nd-na", "permit icmp any any nd-ns", "deny ipv6 any any").
 */
function neighbourDiscovery(span: RuleList['span'], statement: string): Rule[] {
  const types = [
    { name: 'nd-na', type: 136 },
    { name: 'nd-ns', type: 135 },
  ];
  return types.map(({ name, type }) => {
    const service: ServiceSet = [
      {
        protocols: [{ first: PROTOCOL.icmp6, last: PROTOCOL.icmp6 }],
        sourcePorts: [{ first: 0, last: 65535 }],
        destinationPorts: [icmpSelector(type)],
      },
    ];
    return {
      id: `implicit ${name}`,
      name: `implicit permit icmp any any ${name}`,
      text: statement,
      span,
      action: { kind: 'permit', word: 'permit' },
      match: { source: exactly(ANY6), destination: exactly(ANY6), service: exactly(service) },
      conditions: [],
      enabled: true,
      logging: { logs: 'no', detail: '' },
      objects: [],
    };
  });
}
