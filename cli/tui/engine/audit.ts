import type { FileSystem } from '../../sources/file-system.ts';
import type { InputWorld } from '../../sources/read.ts';
import type { AuditEvent } from './audit-events.ts';
import type { Settings } from './settings.ts';
import { settingsInputs } from './settings-inputs.ts';
import { loadPolicy } from '../../policy/load-policy.ts';
import { policyProblemsText } from '../../policy/problems-text.ts';
import { placeOfProblem } from '../../yaml/problem.ts';
import { plainPaint } from '../../terminal/paint.ts';
import { analyse, type InputResult, type LoadedPolicy } from '../../run.ts';
import { unknownName } from '../../trace/near-matches.ts';
import { toolVersion } from '../../version.ts';

/** Results are handed over together, so that a fleet of small files does not redraw the screen for each. */
const EVERY_MS = 100;

/** Audits all inputs and tells what becomes of them on the way. */
export async function audit(
  settings: Settings,
  world: InputWorld & { readonly nowMs: () => number },
  emit: (event: AuditEvent) => void,
): Promise<void> {
  const { platform, trust, maxUnknownPercent, today } = settings;
  const policy = readPolicy(settings.policyFile, world.files);
  if (policy.kind === 'refused') {
    emit(policy);
    return;
  }
  const inputs = await settingsInputs(settings, world);
  emit({ kind: 'started', inputs: inputs.count });
  let waiting: InputResult[] = [];
  let toldMs = Number.NEGATIVE_INFINITY;
  const { run, unmatched, segments } = analyse(inputs.read(), {
    tool: { name: 'brokerfence', version: toolVersion() },
    platform,
    trust,
    policy: policy.policy,
    today,
    maxUnknownPercent,
    only: 'findings',
    matrix: true,
    onInput(done, item) {
      const nowMs = world.nowMs();
      if (nowMs - toldMs < EVERY_MS) return;
      toldMs = nowMs;
      if (waiting.length > 0) emit({ kind: 'results', results: waiting });
      waiting = [];
      emit({ kind: 'progress', done, item });
    },
    onResult: (result) => waiting.push(result),
  });
  if (waiting.length > 0) emit({ kind: 'results', results: waiting });
  const { sources: _, ...rest } = run;
  emit({ kind: 'finished', run: rest, remarks: unmatched.map((name) => unknownName('segment', name, segments)) });
}

type ReadPolicy =
  | { readonly kind: 'read'; readonly policy: LoadedPolicy | undefined }
  | Extract<AuditEvent, { kind: 'refused' }>;

/** The policy as it stands in its file now. */
export function readPolicy(file: string | undefined, files: FileSystem): ReadPolicy {
  if (file === undefined) return { kind: 'read', policy: undefined };
  const loaded = loadPolicy(file, files);
  if (loaded.kind === 'policy') return { kind: 'read', policy: { file, policy: loaded.policy, texts: loaded.texts } };
  const text = policyProblemsText(loaded.problems, { width: 100, paint: plainPaint, verbose: false });
  const [first] = loaded.problems;
  const place = first === undefined ? file : placeOfProblem(first);
  return { kind: 'refused', message: `the policy cannot be used (${place})\n${text}` };
}
