import { isGroupWord } from './single-values.ts';
import { entries as everything, type JunosNode } from './tree.ts';

/**
 * What stands below these words, without statements about groups (`apply-groups`, `apply-macro`), which may stand anywhere and
 * are carried out already.
 */
export function entries(node: JunosNode | undefined, ...words: readonly string[]): readonly JunosNode[] {
  const all = everything(node, ...words);
  return all.some(({ word }) => isGroupWord(word)) ? all.filter(({ word }) => !isGroupWord(word)) : all;
}
