const known = new Map<string, (word: string) => boolean>();

/** Whether a word of a group stands for names: wildcards are always in angle brackets. */
export function isWildcard(word: string): boolean {
  return word.startsWith('<') && word.endsWith('>') && word.length > 2;
}

/**
 * A test for the names that a wildcard matches (`<*>`, `<ge-0/0/[0-3]>`, `<[!x]*>`): `*` any characters, `?` one,
 * `[…]` one of them, `[!…]` one not of them (Junos CLI guide, "Using Wildcards with Configuration Groups").
 */
export function wildcard(word: string): (name: string) => boolean {
  let test = known.get(word);
  if (test === undefined) known.set(word, (test = globTest(isWildcard(word) ? word.slice(1, -1) : word)));
  return test;
}

function globTest(glob: string): (name: string) => boolean {
  let pattern = '';
  for (let at = 0; at < glob.length; at += 1) {
    const character = glob.charAt(at);
    // A closing bracket that comes first in a class belongs to it.
    const from = at + (glob.charAt(at + 1) === '!' ? 3 : 2);
    const end = character === '[' ? glob.indexOf(']', from) : -1;
    if (character === '*') pattern += '.*';
    else if (character === '?') pattern += '.';
    else if (end > 0) {
      const inside = glob.slice(at + 1, end).replaceAll(/[\\^[\]]/g, String.raw`\$&`);
      pattern += `[${inside.startsWith('!') ? `^${inside.slice(1)}` : inside}]`;
      at = end;
    } else pattern += character.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  }
  try {
    const test = new RegExp(`^(?:${pattern})$`, 's');
    return (name) => test.test(name);
  } catch {
    // A range such as [z-a] matches nothing.
    return () => false;
  }
}
