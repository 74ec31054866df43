import { readBaseline } from '../../compare/baseline.ts';
import { openRevision } from '../../compare/git-revision.ts';
import { processGit } from '../../compare/run-git.ts';
import type { BaselineSide, InputSide } from '../../compare-run.ts';
import { decode } from '../../sources/decode.ts';
import { openInputs, type InputWorld } from '../../sources/read.ts';
import type { Settings } from './settings.ts';

const REVISION = 'git:';

/**
 * What configurations are compared with: `git:REVISION` is the same paths as they were then, a file `….json` the findings of an earlier
 * `audit --format json`, and anything else another path.
 */
export async function earlierSide(
  against: string,
  { paths, maxFileBytes, combine }: Settings,
  world: InputWorld,
): Promise<InputSide | BaselineSide | { readonly kind: 'problem'; readonly message: string }> {
  if (against.startsWith(REVISION)) {
    const revision = against.slice(REVISION.length);
    const opened = await openRevision(paths, revision, { maxFileBytes, combine }, processGit(process.env), world);
    if (opened.kind === 'problem') return opened;
    return {
      kind: 'inputs',
      label: `revision ${revision} (${opened.commit.slice(0, 12)})`,
      inputs: opened.inputs.read(),
    };
  }
  if (against.toLowerCase().endsWith('.json')) return earlierReport(against, maxFileBytes, world);
  const inputs = await openInputs([against], maxFileBytes, world, combine);
  // A name with a slip in it stands for one thing that is not there; against nothing everything would be new.
  const [only] = inputs.count === 1 ? inputs.read() : [];
  if (only?.kind === 'failure') return { kind: 'problem', message: `${only.name} ${only.message}` };
  return { kind: 'inputs', label: against, inputs: inputs.read() };
}

function earlierReport(
  path: string,
  maxFileBytes: number,
  { files }: InputWorld,
): BaselineSide | { readonly kind: 'problem'; readonly message: string } {
  try {
    const bytes = files.read(path, maxFileBytes);
    const decoded = bytes === 'too-large' ? ({ kind: 'too-large', message: 'is too large' } as const) : decode(bytes);
    if (decoded.kind !== 'text') return { kind: 'problem', message: `${path} ${decoded.message}` };
    const baseline = readBaseline(decoded.text);
    if (baseline.kind === 'problem') return { kind: 'problem', message: `${path}: ${baseline.message}` };
    return { kind: 'report', label: `report ${path}`, baseline };
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    return { kind: 'problem', message: `${path} cannot be read: ${String(error.code)}` };
  }
}
