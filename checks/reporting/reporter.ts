import type {
  Check,
  CheckContext,
  FleetContext,
  LinesReport,
  PathReport,
  PermittedReport,
  Reporter,
} from '../check.ts';
import type { Boundary } from '../boundaries/boundary.ts';
import { stagesFor } from '../boundaries/filtering.ts';
import { ALL_PORTS } from '../../parsers/model/service.ts';
import type { Stage } from '../../parsers/model/device.ts';
import type { Decision, EvaluationContract } from '../evaluate/evaluation.ts';
import { SEVERITIES, type Finding } from '../finding.ts';
import { PacketSpaceFull, type PacketSet } from '../packet-space/packet-space.ts';
import { buildFinding, buildLinesFinding, type BuiltFinding } from './build-finding.ts';
import { draftsOf, mergeDrafts, type Draft } from './draft.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Target } from './flow-text.ts';

/** All packets, shown by one that is an MQTT connection. */
const EVERYTHING: Target = { ports: ALL_PORTS, slice: { protocol: 6, port: 1883 } };

/** Does something with the sets of boundaries; when it cannot, the boundaries are recorded as not judged. */
export type Guard = (boundaries: readonly Boundary[], action: () => void) => void;

/**
 * Runs checks on one device and puts what they report into findings, worst first. A check whose sets outgrow the memory as a
 * whole, not on one boundary, is told to `onOverflow`.
 */
export function runChecks(
  checks: readonly Check[],
  context: CheckContext,
  evaluation: EvaluationContract,
  guard: Guard,
  onOverflow: (check: string) => void,
): Finding[] {
  return finished(
    checks.flatMap((check) => {
      try {
        return runCheck(check, context, evaluation, guard);
      } catch (error) {
        if (!(error instanceof PacketSpaceFull)) throw error;
        onOverflow(check.id);
        return [];
      }
    }),
  );
}

function runCheck(check: Check, context: CheckContext, evaluation: EvaluationContract, guard: Guard): BuiltFinding[] {
  const { device, space, text } = context;
  const drafts: Draft[] = [];
  const built: BuiltFinding[] = [];
  const wording = (name: string): string => {
    const message = check.messages[name];
    if (message === undefined) throw new Error(`${check.id} has no message "${name}"`);
    return message;
  };
  const report: Reporter<string> = {
    permitted(boundary: Boundary, what: PermittedReport<string>) {
      drafts.push(...draftsOf(context, boundary, what, wording(what.message)));
    },
    path(boundary: Boundary, what: PathReport<string>) {
      const families = what.families.map((family) => space.family(family));
      const set = families.reduce((union, family) => space.union(union, family), space.none);
      drafts.push(pathDraft(boundary, what, wording(what.message), set));
    },
    lines(what: LinesReport<string>) {
      const { shows } = what;
      const add = (): unknown => built.push(buildLinesFinding(check, device, wording(what.message), what, evaluation));
      if (shows === undefined) add();
      else guard([shows.boundary], add);
    },
  };
  check.run?.(context, report);
  for (const draft of mergeDrafts(drafts)) {
    guard(draft.boundaries, () => {
      const finding = buildFinding(check, evaluation, text, draft, context);
      if (finding !== undefined) built.push(finding);
    });
  }
  return built;
}

/** Runs checks of the whole fleet. Their findings belong to no device. */
export function runFleetChecks(checks: readonly Check[], context: FleetContext): Finding[] {
  return finished(
    checks.flatMap((check) => {
      const built: BuiltFinding[] = [];
      const lines = (what: LinesReport<string>): void => {
        const message = check.messages[what.message];
        if (message === undefined) throw new Error(`${check.id} has no message "${what.message}"`);
        built.push(buildLinesFinding(check, undefined, message, what));
      };
      check.runFleet?.(context, { lines });
      return built;
    }),
  );
}

function pathDraft(boundary: Boundary, what: PathReport<string>, message: string, set: PacketSet): Draft {
  const [crossing] = boundary.crossings;
  const stages = new Set(what.families.flatMap((family) => stagesFor(boundary.evaluated.crossing, family)));
  return {
    message,
    severity: what.severity,
    confidence: crossing.conditions.length > 0 ? 'possible' : what.confidence,
    boundaries: [boundary],
    reach: undefined,
    decisions: [[...stages].map(defaultDecision)],
    sets: [{ target: EVERYTHING, set }],
    approved: [],
    data: what.data ?? {},
  };
}

function defaultDecision(stage: Stage): Decision {
  return { kind: 'default', verdict: stage.otherwise.verdict, stage, otherwise: stage.otherwise };
}

/** Worst first, then in the order of the text. Fingerprints are unique: alike findings are counted. */
function finished(built: readonly BuiltFinding[]): Finding[] {
  const line = ({ finding }: BuiltFinding): number => finding.evidence[0]?.span.line ?? 0;
  const sorted = built.toSorted(
    (a, b) =>
      SEVERITIES.indexOf(a.finding.severity) - SEVERITIES.indexOf(b.finding.severity) ||
      line(a) - line(b) ||
      compare(a.finding.check, b.finding.check) ||
      compare(a.finding.message, b.finding.message),
  );
  const seen = new Map<string, number>();
  return sorted.map(({ finding, identity }) => {
    const key = JSON.stringify(identity);
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    return { ...finding, fingerprint: fingerprintOf(identity, occurrence) };
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
