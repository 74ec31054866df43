import { z } from 'zod';
import type { ComparedFinding } from '../../checks/compare/compare-findings.ts';
import { SCHEMA_VERSION } from '../reports/run.ts';

/** The findings of an earlier audit, device by device. */
export interface Baseline {
  readonly kind: 'baseline';
  readonly devices: readonly {
    readonly device: string;
    readonly source: string;
    readonly findings: readonly ComparedFinding[];
  }[];
  /** About the policy itself. */
  readonly policyFindings: readonly ComparedFinding[];
  /** Inputs that the earlier audit could not read. */
  readonly failures: readonly { readonly name: string; readonly message: string }[];
}

export interface BaselineProblem {
  readonly kind: 'problem';
  readonly message: string;
}

/*
 * Only what a comparison needs of a report: fields that other versions added are none of its business, so these are no strict objects.
 */
const text = z.string();
const texts = z.array(text).readonly();
const span = z.object({ source: text, line: z.int(), column: z.int(), endColumn: z.int() });
const flow = z.object({
  family: z.literal([4, 6]),
  source: texts,
  destination: texts,
  protocol: text,
  sourcePort: texts,
  destinationPort: texts,
});
const finding = z.object({
  check: text,
  severity: z.enum(['critical', 'high', 'medium', 'low', 'info']),
  confidence: z.enum(['definite', 'possible']),
  device: text,
  crossings: z.array(z.object({ from: text, to: text })).readonly(),
  rules: texts,
  services: texts,
  message: text,
  evidence: z
    .array(
      z.object({
        role: z.enum(['decides', 'binding', 'object', 'condition', 'context']),
        span,
        text,
        note: text,
      }),
    )
    .readonly(),
  flows: z.object({ flows: z.array(flow).readonly(), truncated: z.boolean() }),
  fingerprint: text,
  waived: z.object({ reason: text, owner: text, expires: text.exactOptional(), place: span }).exactOptional(),
}) satisfies z.ZodType<ComparedFinding>;

const findings = z.array(finding).readonly();

const report = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  kind: z.literal('audit'),
  policy: z.object({ findings }).exactOptional(),
  sources: z
    .array(z.object({ devices: z.array(z.object({ device: text, source: text, findings })).readonly() }))
    .readonly(),
  failures: z.array(z.object({ name: text, message: text })).readonly(),
});

/** The findings of a report of `audit --format json`, or what is wrong with the text, as a sentence after its name. */
export function readBaseline(content: string): Baseline | BaselineProblem {
  const document = json(content);
  if (document === undefined) return { kind: 'problem', message: 'is no JSON' };
  const parsed = report.safeParse(document);
  if (!parsed.success) return { kind: 'problem', message: whatIsWrong(document, parsed.error) };
  const { sources, policy, failures } = parsed.data;
  return {
    kind: 'baseline',
    devices: sources.flatMap(({ devices }) => devices),
    policyFindings: policy?.findings ?? [],
    failures,
  };
}

function json(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

/** The kind of document is looked at first: a report of flows has hundreds of other problems. */
function whatIsWrong(document: unknown, { issues }: z.ZodError): string {
  const head = z.object({ kind: text, schemaVersion: z.int() }).safeParse(document);
  if (!head.success || head.data.kind !== 'audit') {
    return 'is no report of an audit; brokerfence audit --format json writes one';
  }
  if (head.data.schemaVersion !== SCHEMA_VERSION) {
    return `is a report in version ${head.data.schemaVersion} of the schema, and ${SCHEMA_VERSION} is read; write it again with this program`;
  }
  const [first] = issues;
  return `is damaged at ${first?.path.join('.') ?? 'its beginning'}: ${first?.message ?? 'not as the schema says'}`;
}
