import { z } from 'zod';
import type { DeviceReport } from '../../checks/device-report.ts';
import type { Coverage } from '../../parsers/diagnostics.ts';
import type { Finding } from '../../checks/finding.ts';
import type { FailedInput, SourceResult } from './run.ts';
import { CoverageMatrix, MatrixSums } from './matrix-schema.ts';
import { SCHEMA_VERSION } from './run.ts';
import { Crossing, list, Reach, Span, texts, whole } from './schema-parts.ts';

/*
 * The published form of the JSON reports, as JSON Schema 2020-12 by way of zod. The `satisfies` clauses tie each schema to the type that is really written, so
 * that neither can change alone.
 */

const Platform = z.enum(['cisco-ios', 'cisco-nxos', 'cisco-iosxr', 'cisco-asa', 'juniper-junos', 'paloalto-panos']);
const Severity = z.enum(['critical', 'high', 'medium', 'low', 'info']);
const Confidence = z
  .enum(['definite', 'possible'])
  .describe('definite: in every outcome of what the text leaves open; possible: in some outcome.');

const Evidence = z
  .strictObject({
    role: z.enum(['decides', 'binding', 'object', 'condition', 'context']),
    span: Span,
    text: z.string().describe('The statement as written, secrets masked.'),
    note: z.string().describe('What the statement does here.'),
  })
  .meta({ id: 'Evidence', title: 'Statement that carries a finding' });

const FlowText = z
  .strictObject({
    family: z.literal([4, 6]).describe('4: IPv4, 6: IPv6.'),
    source: texts.describe('Addresses: prefixes, ranges, any.'),
    destination: texts,
    protocol: z.string(),
    sourcePort: texts.describe('Ports and ranges of ports, any.'),
    destinationPort: texts,
  })
  .meta({ id: 'Flow', title: 'Packets of all combinations of the fields' });

const FlowDescription = z
  .strictObject({ flows: list(FlowText), truncated: z.boolean().describe('True when the set is larger than listed.') })
  .meta({ id: 'Flows', title: 'Exact set of packets' });

const Witness = z
  .strictObject({
    protocol: z.string(),
    source: z.string(),
    sourcePort: whole.max(65535),
    destination: z.string(),
    destinationPort: whole.max(65535),
    application: z.string().describe('The finding is about sessions of this application.').exactOptional(),
  })
  .meta({ id: 'Witness', title: 'One packet that shows the finding' });

const ApplicationVerdict = z
  .strictObject({
    application: z.string().describe('In the naming of the device: mqtt, ssl, unknown-tcp.'),
    verdict: z.enum(['permit', 'deny', 'unknown', 'partly']).describe('partly: for some of the packets.'),
  })
  .meta({ id: 'ApplicationVerdict', title: 'What becomes of sessions of an application' });

const sessions = { reach: Reach.exactOptional(), applications: list(ApplicationVerdict).exactOptional() };

const Finding = z
  .strictObject({
    check: z.string().describe('Id of the check: see brokerfence explain.'),
    severity: Severity,
    confidence: Confidence,
    device: z.string(),
    crossings: list(Crossing).describe('Empty: about the device as a whole.'),
    rules: texts.describe('Rules that decide, as LIST: ID.'),
    services: texts.describe('Names of the services concerned: mqtt, amqps, …'),
    message: z.string(),
    evidence: list(Evidence),
    flows: FlowDescription.describe('What is permitted and not approved.'),
    approved: FlowDescription.describe('What the same rules permit that is approved.').exactOptional(),
    witness: Witness.exactOptional(),
    ...sessions,
    conditions: texts.describe('For what is only possible: what would have to be so.'),
    assumptions: texts.describe('What the policy assumes and it rests on.').exactOptional(),
    fix: z.string(),
    fingerprint: z
      .string()
      .regex(/^[0-9a-f]{16}$/)
      .describe('The same as long as the finding is the same.'),
    waived: z
      .strictObject({ reason: z.string(), owner: z.string(), expires: z.string().exactOptional(), place: Span })
      .describe('The policy accepts the finding.')
      .exactOptional(),
  })
  .meta({ id: 'Finding', title: 'Something about the network' }) satisfies z.ZodType<Finding>;

const SegmentTrust = z
  .strictObject({
    segment: z.string(),
    trust: z.enum(['untrusted', 'partner', 'internal', 'dmz', 'management', 'ot', 'unknown']),
    source: z.enum(['set', 'inferred']),
    reasons: texts,
    transit: z.enum(['yes', 'dormant', 'none']).describe('Whether through-traffic can enter or leave here.'),
    networks: texts.describe('Networks that its interfaces have an address in.').exactOptional(),
  })
  .meta({ id: 'Segment', title: 'Segment and how it is judged' });

const PermittedFlow = z
  .strictObject({
    crossing: Crossing,
    direction: z.enum(['exposure', 'egress', 'lateral', 'unjudged']),
    service: z.string(),
    protocol: z.string(),
    port: whole.max(65535),
    forwardedTo: whole
      .max(65535)
      .describe('Port behind a translation, where packets arrive on another.')
      .exactOptional(),
    confidence: Confidence,
    flows: FlowDescription,
    decidedBy: list(Evidence),
    approved: z.enum(['yes', 'partly', 'no']),
    conditions: texts,
    ...sessions,
  })
  .meta({ id: 'PermittedFlow', title: 'Permitted service over a crossing' });

const UnjudgedCrossing = z
  .strictObject({ crossing: Crossing, reason: z.string() })
  .meta({ id: 'UnjudgedCrossing', title: 'Crossing without a direction or a result, and why' });

const deviceHead = {
  device: z.string(),
  platform: Platform,
  version: z.string().exactOptional(),
  source: z.string(),
  segments: list(SegmentTrust),
  unjudged: list(UnjudgedCrossing),
};

const Readiness = z
  .strictObject({
    need: z.enum([
      'rule-logging',
      'remote-syslog',
      'flow-export',
      'application-recognition',
      'broker-allow-list',
      'deny-list',
    ]),
    state: z.enum(['yes', 'partly', 'no', 'unknown']),
    reason: z.string(),
  })
  .meta({ id: 'Readiness', title: 'Something that detection needs, and whether the device gives it' });

const Device = z
  .strictObject({
    ...deviceHead,
    findings: list(Finding),
    approvals: list(z.strictObject({ approval: z.string(), permits: z.enum(['all', 'part', 'none']) })).describe(
      'What the device permits of the approvals that speak of it.',
    ),
    readiness: list(Readiness).describe(
      'What detecting publish/subscribe misuse (ATT&CK AN0005) needs. Empty for a device without a crossing to or from an untrusted segment.',
    ),
    ruleLists: z
      .strictObject({ lists: whole, rules: whole })
      .describe('Rule lists and rules of the text, bound or not.'),
    matrix: CoverageMatrix.describe('Only with --matrix.').exactOptional(),
  })
  .meta({ id: 'Device', title: 'One filtering system' }) satisfies z.ZodType<Omit<DeviceReport, 'flows'>>;

const LineStates = z
  .strictObject({
    modelled: whole,
    'no-effect': whole,
    conditional: whole,
    unsupported: whole,
    unrecognised: whole,
  })
  .meta({ id: 'LineStates', title: 'Number of lines in each state' });

const Coverage = z
  .strictObject({
    source: z.string(),
    lines: whole.describe('Non-blank lines; the states add up to it.'),
    states: LineStates,
    complete: z.enum(['yes', 'no', 'unknown']).describe('Whether the text shows its own end.'),
  })
  .meta({ id: 'Coverage', title: 'How much of an input was understood' }) satisfies z.ZodType<Coverage>;

const Diagnostic = z
  .strictObject({
    code: z.string(),
    severity: z.enum(['error', 'warning', 'note']),
    span: Span,
    message: z.string(),
    consequence: z.string().describe('What it means for verdicts.'),
    more: whole.describe('Further places that this stands for.').exactOptional(),
    text: z.string().describe('The line, secrets masked.'),
  })
  .meta({ id: 'Diagnostic', title: 'Something about our understanding of a text' });

/** A source as `audit` reports it: flows are `brokerfence flows`' to tell. */
type AuditedSource = Omit<SourceResult, 'devices'> & { readonly devices: readonly Omit<DeviceReport, 'flows'>[] };

const RuleCount = z
  .strictObject({
    kind: z.string().describe('`security rules`, `NAT rules`.'),
    written: whole.describe('Rules counted in the texts themselves, apart from the model.'),
    modelled: whole.describe('Rules in the model of some device, each once.'),
    disabled: whole.describe('Of the modelled ones, those that are switched off.'),
    left: list(z.strictObject({ reason: z.string(), count: whole })).describe('Rules in no device, by reason.'),
  })
  .meta({ id: 'RuleCount', title: 'Rules of one kind, and what became of them' });

const Source = z
  .strictObject({
    source: z.string(),
    combinedWith: texts.describe('Further texts that describe the same devices.').exactOptional(),
    platform: Platform.exactOptional(),
    detectedBy: texts,
    devices: list(Device),
    diagnostics: list(Diagnostic),
    coverage: Coverage,
    ruleCounts: list(RuleCount).describe('Empty where the platform does not count.'),
  })
  .meta({ id: 'Source', title: 'One input' }) satisfies z.ZodType<AuditedSource>;

const Failure = z
  .strictObject({
    name: z.string(),
    reason: z.enum([
      'not-found',
      'no-permission',
      'loop',
      'too-large',
      'empty',
      'binary',
      'archive',
      'not-a-config',
      'too-complex',
      'partial',
      'not-collected',
      'unreadable',
    ]),
    message: z.string(),
  })
  .meta({ id: 'Failure', title: 'Input that could not be audited' }) satisfies z.ZodType<FailedInput>;

const Skipped = z
  .strictObject({ name: z.string(), message: z.string() })
  .meta({ id: 'Skipped', title: 'File of a directory that is no configuration' });

const Shortfall = z
  .strictObject({
    source: z.string(),
    reason: z.enum(['unknown-lines', 'cut-off', 'error-diagnostic', 'contradicting-trust']),
    message: z.string(),
  })
  .meta({ id: 'Shortfall', title: 'Why the answer for an input cannot be trusted' });

const Totals = z
  .strictObject({
    sources: whole,
    devices: whole,
    findings: whole.describe('Without those that the policy accepts.'),
    waived: whole.describe('Findings that the policy accepts.'),
    findingsBySeverity: z.strictObject({ critical: whole, high: whole, medium: whole, low: whole, info: whole }),
    lines: whole,
    lineStates: LineStates,
    failures: whole,
    shortfalls: whole,
    matrix: MatrixSums.describe('Only with --matrix: sums over all devices.').exactOptional(),
  })
  .meta({ id: 'Totals', title: 'Sums over all inputs' });

const PolicyResult = z
  .strictObject({
    file: z.string(),
    findings: list(Finding).describe('About the policy itself; they belong to no device.'),
    notes: texts.describe('Entries that fit nothing in this run.'),
  })
  .meta({ id: 'Policy', title: 'The policy that the run was judged by' });

export const head = {
  schemaVersion: z.literal(SCHEMA_VERSION),
  tool: z.strictObject({ name: z.literal('brokerfence'), version: z.string() }),
};
const inputs = { failures: list(Failure), skipped: list(Skipped), shortfalls: list(Shortfall) };

export const AuditReport = z
  .strictObject({
    ...head,
    kind: z.literal('audit'),
    policy: PolicyResult.exactOptional(),
    sources: list(Source),
    ...inputs,
    totals: Totals,
  })
  .meta({ title: 'brokerfence audit', description: 'What brokerfence audit --format json prints.' });

export const FlowsReport = z
  .strictObject({
    ...head,
    kind: z.literal('flows'),
    devices: list(z.strictObject({ ...deviceHead, flows: list(PermittedFlow) })),
    coverage: list(Coverage),
    ...inputs,
  })
  .meta({ title: 'brokerfence flows', description: 'What brokerfence flows --format json prints.' });

export type AuditReport = z.output<typeof AuditReport>;
export type FlowsReport = z.output<typeof FlowsReport>;
