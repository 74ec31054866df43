import { splitWords } from '../../parsers/syntax/lines.ts';

/**
 * Tells which lines of a Junos text are about filtering: firewall filters, security, applications, prefix lists,
 * interfaces, in any group or logical system. Works on lines alone, apart from the parsers that it helps to judge.
 */
export function relevantLines(text: string): boolean[] {
  const open: string[][] = [];
  return text.split('\n').map((line) => {
    const words = splitWords(line.replaceAll(/[;[\]]/gu, ' ')).filter(
      (word) => !/^(?:inactive|protect|replace):$/u.test(word),
    );
    const [first] = words;
    if (first === undefined || first.startsWith('#') || first.startsWith('/*')) return false;
    if (first === 'set' || first === 'deactivate') return isRelevant(words.slice(1));
    const own = words.filter((word) => word !== '{' && word !== '}');
    const relevant = isRelevant([...open.flat(), ...own]);
    for (const character of line) {
      if (character === '{') open.push(own);
      else if (character === '}') open.pop();
    }
    return relevant;
  });
}

const STANZAS: ReadonlySet<string> = new Set(['firewall', 'security', 'applications', 'interfaces', 'prefix-list']);

function isRelevant(path: readonly string[]): boolean {
  return path.some((word) => STANZAS.has(word));
}
