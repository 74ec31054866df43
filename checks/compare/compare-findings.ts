import type { Finding } from '../finding.ts';

/** What of a finding is compared and shown; an earlier report has it too. */
export type ComparedFinding = Pick<
  Finding,
  | 'check'
  | 'severity'
  | 'confidence'
  | 'device'
  | 'crossings'
  | 'rules'
  | 'services'
  | 'message'
  | 'evidence'
  | 'flows'
  | 'fingerprint'
  | 'waived'
>;

/** In what a finding differs from the earlier one that it stands for. */
type Difference = 'severity' | 'confidence' | 'flows' | 'crossings' | 'rule' | 'accepted';

interface ChangedFinding<B, A> {
  readonly before: B;
  readonly after: A;
  /** At least one. */
  readonly differs: readonly Difference[];
}

export interface FindingsComparison<B = ComparedFinding, A = ComparedFinding> {
  readonly new: readonly A[];
  readonly fixed: readonly B[];
  /** The same finding, with other packets or other words. */
  readonly changed: readonly ChangedFinding<B, A>[];
  readonly unchanged: readonly A[];
}

/**
 * Findings of a device before and after, paired by fingerprint. What is left is paired where that can be told: by what a
 * fingerprint is made of but for the device's name, when the device has another name now; then as one finding that changed, when
 * exactly one finding of a check, its services and crossings is left on each side, or of a check and its services. All others are new or
 * fixed. Each list in the order that it came in.
 */
export function compareFindings<B extends ComparedFinding, A extends ComparedFinding>(
  before: readonly B[],
  after: readonly A[],
): FindingsComparison<B, A> {
  const pairing = new Pairing(before, after);
  pairing.pair(({ fingerprint }) => fingerprint);
  // Under one name the fingerprint has said already that they differ.
  if (deviceOf(before) !== deviceOf(after)) pairing.pair(identity);
  pairing.pair(({ check, services, crossings }) => JSON.stringify([check, services, ends(crossings)]));
  pairing.pair(({ check, services }) => JSON.stringify([check, services]));
  const changed: ChangedFinding<B, A>[] = [];
  const unchanged: A[] = [];
  const added: A[] = [];
  for (const finding of after) {
    const earlier = pairing.earlierOf(finding);
    if (earlier === undefined) {
      added.push(finding);
      continue;
    }
    const differs = differencesOf(earlier, finding);
    if (differs.length === 0) unchanged.push(finding);
    else changed.push({ before: earlier, after: finding, differs });
  }
  return { new: added, fixed: pairing.left(), changed, unchanged };
}

/** Pairs findings that are the only ones with a key on both sides. */
class Pairing<B extends ComparedFinding, A extends ComparedFinding> {
  private readonly before: Set<B>;
  private readonly after: Set<A>;
  private readonly pairs = new Map<A, B>();

  constructor(before: readonly B[], after: readonly A[]) {
    this.before = new Set(before);
    this.after = new Set(after);
  }

  pair(keyOf: (finding: ComparedFinding) => string): void {
    const had = Map.groupBy(this.before, keyOf);
    for (const [key, [finding, ...others]] of Map.groupBy(this.after, keyOf)) {
      const [earlier, ...more] = had.get(key) ?? [];
      if (finding === undefined || earlier === undefined || others.length > 0 || more.length > 0) continue;
      this.pairs.set(finding, earlier);
      this.before.delete(earlier);
      this.after.delete(finding);
    }
  }

  earlierOf(finding: A): B | undefined {
    return this.pairs.get(finding);
  }

  left(): B[] {
    return [...this.before];
  }
}

function deviceOf([first]: readonly ComparedFinding[]): string | undefined {
  return first?.device;
}

function identity(finding: ComparedFinding): string {
  const { check, crossings, services } = finding;
  return JSON.stringify([check, ends(crossings), services, placeOf(finding)]);
}

function ends(crossings: ComparedFinding['crossings']): unknown {
  return crossings.map(({ from, to }) => [from, to]);
}

function differencesOf(before: ComparedFinding, after: ComparedFinding): Difference[] {
  const differs = (part: (finding: ComparedFinding) => unknown): boolean =>
    JSON.stringify(part(before)) !== JSON.stringify(part(after));
  const isRenamed = before.device !== after.device;
  const found: (readonly [Difference, boolean])[] = [
    ['severity', before.severity !== after.severity],
    ['confidence', before.confidence !== after.confidence],
    ['flows', differs(flowsOf)],
    ['crossings', differs(({ crossings }) => ends(crossings))],
    ['rule', isRenamed ? identity(before) !== identity(after) : before.fingerprint !== after.fingerprint],
    ['accepted', (before.waived === undefined) !== (after.waived === undefined)],
  ];
  const told = found.flatMap(([difference, is]) => (is ? [difference] : []));
  // Crossings are part of what a fingerprint is made of: they speak for themselves.
  return told.includes('crossings') ? told.filter((each) => each !== 'rule' || differs(placeOf)) : told;
}

function placeOf({ evidence }: ComparedFinding): readonly string[] {
  return evidence.filter(({ role }) => role === 'decides').map(({ text }) => text);
}

/** Field by field: an earlier report may have its fields in another order. */
function flowsOf({ flows: { flows, truncated } }: ComparedFinding): unknown {
  const rows = flows.map(({ family, source, destination, protocol, sourcePort, destinationPort }) => [
    family,
    source,
    destination,
    protocol,
    sourcePort,
    destinationPort,
  ]);
  return [rows, truncated];
}
