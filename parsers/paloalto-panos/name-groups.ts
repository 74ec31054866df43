import type { Notes } from './notes.ts';
import type { PanNode } from './tree.ts';

/** What a group holds in the end. */
export interface Membership {
  /** The group itself and the groups inside of it, each once. */
  readonly groups: readonly PanNode[];
  /** Members that are no groups, as written, each name once. */
  readonly leaves: readonly PanNode[];
}

/** Words that stand below the name of a group and name no member, even where nothing stands below them. */
const STATEMENTS = new Set(['static', 'dynamic', 'members', 'description', 'tag', 'disable-override']);

/**
 * What a group lists: below `static` or `members`, in texts of releases before 6.0 straight below its name.
 *
 * @param word `static` or `members`.
 */
export function membersOf(group: PanNode, word: string): readonly PanNode[] {
  const list = group.get(word);
  if (list !== undefined) return list.children;
  return group.children.filter((each) => each.children.length === 0 && !STATEMENTS.has(each.word));
}

/**
 * Takes a group apart, however deep groups are nested. A group that contains itself adds nothing there, which is
 * diagnosed once: a device refuses to commit it.
 *
 * @param word Below which its members stand, as for {@link membersOf}.
 * @param groupOf The group that a member names; undefined: it names something else.
 */
export function takeApart(
  group: PanNode,
  word: string,
  groupOf: (member: PanNode) => PanNode | undefined,
  notes: Notes,
): Membership {
  const groups = new Set([group]);
  const leaves = new Map<string, PanNode>();
  const path = [{ group, members: membersOf(group, word), next: 0 }];
  const open = new Set([group]);
  for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
    const member = at.members[at.next];
    at.next += 1;
    if (member === undefined) {
      open.delete(at.group);
      path.pop();
      continue;
    }
    const inner = groupOf(member);
    if (inner === undefined) {
      if (!leaves.has(member.word)) leaves.set(member.word, member);
    } else if (open.has(inner)) cycle(inner, notes);
    else if (!groups.has(inner)) {
      groups.add(inner);
      open.add(inner);
      path.push({ group: inner, members: membersOf(inner, word), next: 0 });
    }
  }
  return { groups: [...groups], leaves: [...leaves.values()] };
}

function cycle(group: PanNode, notes: Notes): void {
  notes.diagnose(
    'panos/group-cycle',
    'warning',
    group.span,
    `group \`${group.word}\` contains itself`,
    'the reference adds nothing; a device would not commit it, so the text may be wrong elsewhere too',
  );
}
