import type { Policy } from '../../checks/policy/policy.ts';
import type { Source } from '../../parsers/source.ts';
import type { FileSystem } from '../sources/file-system.ts';
import { disagreements } from './agreement.ts';
import { entriesOf } from './layer-entries.ts';
import { readLayers } from './layers.ts';
import { mergeLayers } from './merge-layers.ts';
import { inOrder, type FileProblem as PolicyProblem } from '../yaml/problem.ts';

export type LoadedPolicy =
  | {
      readonly kind: 'policy';
      readonly policy: Policy;
      /** The policy files, in the order of their entries: included ones first. Block lists are not among them. */
      readonly texts: readonly Source[];
    }
  | { readonly kind: 'problems'; readonly problems: readonly PolicyProblem[] };

/**
 * Reads a policy file with all that it includes and names. With any problem there is no policy: half of one would approve and
 * accept something else than was written.
 */
export function loadPolicy(path: string, files: FileSystem): LoadedPolicy {
  const { layers, problems: unread } = readLayers(path, files);
  const read = layers.map((layer) => ({ layer, ...entriesOf(layer, files) }));
  const policy = mergeLayers(read.map((each) => each.policy));
  const found = [...unread, ...read.flatMap(({ problems }) => problems)];
  // A service of a file that could not be read would be called unknown.
  const problems = unread.length > 0 ? found : [...found, ...disagreements(read, policy)];
  if (problems.length > 0) return { kind: 'problems', problems: inOrder(problems) };
  return { kind: 'policy', policy, texts: layers.map(({ yaml }) => yaml.source) };
}
