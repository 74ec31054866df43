import type { LineState } from '../diagnostics.ts';
import type { Statement } from '../syntax/statements.ts';
import type { AsaTree, Reading } from './tree.ts';
import { splitWords } from '../syntax/lines.ts';

/** `no access-list NAME …`: takes the entry out of its list; without an entry the whole list. */
export function removeEntry({ words }: Statement, { tree }: Reading): LineState {
  const ip6 = words[0] === 'ipv6';
  const lists = ip6 ? tree.ip6AccessLists : tree.accessLists;
  const name = words[ip6 ? 2 : 1] ?? '';
  const node = lists.get(name);
  if (node === undefined) return 'no-effect';
  const text = entryText(words, ip6);
  if (text === '') lists.delete(name);
  else node.lines = node.lines.filter((line) => entryText(splitWords(line.text), ip6) !== text);
  return 'modelled';
}

/** What an entry says, without its place: `line N` names the same entry as the text alone. */
function entryText(words: readonly string[], ip6: boolean): string {
  const rest = words.slice(ip6 ? 3 : 2);
  return (rest[0] === 'line' ? rest.slice(2) : rest).filter((word) => word !== 'extended').join(' ');
}

/** `clear configure access-list [NAME]` in scripts that build a configuration anew. Other things are left alone. */
export function clearStatements({ words }: Statement, { tree }: Reading): LineState {
  const at = words[1] === 'configure' || words[1] === 'config' ? 2 : 1;
  const what = words[at] ?? '';
  const name = words[at + 1];
  switch (what) {
    case 'access-list':
    case 'object-group':
      return clearMap(what === 'access-list' ? tree.accessLists : tree.groups, name);
    case 'access-group':
      tree.accessGroups = [];
      return 'modelled';
    case 'static':
    case 'nat':
    case 'global':
      return clearNat(tree, what);
    case 'route':
      tree.routes = [];
      return 'modelled';
    case 'all':
      clearMap(tree.accessLists, undefined);
      clearMap(tree.groups, undefined);
      tree.accessGroups = [];
      return 'modelled';
    default:
      return 'no-effect';
  }
}

function clearMap(map: Map<string, unknown>, name: string | undefined): LineState {
  if (name === undefined) map.clear();
  else map.delete(name);
  return 'modelled';
}

function clearNat(tree: AsaTree, what: string): LineState {
  tree.oldNat = tree.oldNat.filter(({ words }) => words[0] !== what);
  if (what === 'nat') tree.twiceNat = [];
  return 'modelled';
}
