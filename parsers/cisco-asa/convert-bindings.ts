import type { Family } from '../model/address.ts';
import type { Binding } from '../model/device.ts';
import type { RuleList } from '../model/rule.ts';
import type { Statement } from '../syntax/statements.ts';
import type { AsaTree, Notes } from './tree.ts';
import { nameifOf } from './tree.ts';

/** An `access-group` with the list that it attaches; no list when the text does not define it. */
export interface Attached {
  readonly binding: Binding;
  readonly list: RuleList | undefined;
  readonly perUserOverride: boolean;
  readonly statement: Statement;
}

/** All `access-group` statements by their place: `in NAMEIF`, `out NAMEIF`, `global`. */
export interface Attachments {
  readonly all: readonly Attached[];
  /** For one place, the list of one family; a list of both families serves each. */
  find(place: string, family: Family | 'both'): Attached | undefined;
}

/** Reads `access-group NAME (in|out) interface IF [per-user-override|control-plane]` and `access-group NAME global`. */
export function convertBindings(
  tree: AsaTree,
  notes: Notes,
  lists: readonly RuleList[],
  family: Family | 'both',
): Attachments {
  const all: Attached[] = [];
  const byPlace = new Map<string, Attached[]>();
  for (const statement of tree.accessGroups) {
    const attached = readGroup(statement, tree, notes, lists, family);
    if (attached === undefined) continue;
    all.push(attached);
    if (attached.binding.plane === 'control-plane') continue;
    const { direction, attachedTo } = attached.binding;
    const place = direction === 'global' ? 'global' : `${direction} ${attachedTo}`;
    const here = byPlace.get(place);
    // One list a family and place; the last statement holds.
    const others = (here ?? []).filter(
      (other) => other.binding.family !== attached.binding.family || isEthertype(other) !== isEthertype(attached),
    );
    byPlace.set(place, [...others, attached]);
  }
  return {
    all,
    find: (place, wanted) =>
      byPlace
        .get(place)
        ?.find((one) => !isEthertype(one) && (one.binding.family === wanted || one.binding.family === 'both')),
  };
}

export function isEthertype({ list }: Attached): boolean {
  return list?.kind === 'EtherType access list';
}

function readGroup(
  statement: Statement,
  tree: AsaTree,
  notes: Notes,
  lists: readonly RuleList[],
  family: Family | 'both',
): Attached | undefined {
  const { words, line } = statement;
  const [, name = '', direction = '', word, nameif = ''] = words;
  const global = direction === 'global';
  if (!global && !((direction === 'in' || direction === 'out') && word === 'interface' && nameif !== '')) {
    notes.mark(line, 'unrecognised');
    notes.diagnose(
      'asa/access-group-not-understood',
      'error',
      notes.span(line),
      'an access-group could not be read',
      'a list may filter where none is seen: no verdict of this device can be trusted',
    );
    return undefined;
  }
  const list = lists.find((one) => one.name === name);
  if (list === undefined) {
    notes.mark(line, 'conditional');
    notes.diagnose(
      'asa/undefined-access-list',
      'warning',
      notes.wordSpan(statement, 1),
      `access list \`${name}\` is not in the text`,
      'what it would decide is unknown',
    );
  } else if (list.rules.length === 0) {
    notes.diagnose(
      'asa/access-list-without-rules',
      'warning',
      notes.wordSpan(statement, 1),
      `access list \`${name}\` has remarks and no rules`,
      'what it decides is unknown',
    );
  }
  const options = new Set(words.slice(global ? 3 : 5));
  return {
    binding: {
      list: name,
      direction,
      attachedTo: global ? 'global' : nameifOf(tree, nameif),
      family: list?.family ?? family,
      defined: list !== undefined,
      plane: options.has('control-plane') ? 'control-plane' : 'transit',
      span: notes.span(line),
    },
    list: list !== undefined && list.rules.length === 0 ? undefined : list,
    perUserOverride: options.has('per-user-override'),
    statement,
  };
}
