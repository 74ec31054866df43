import type { RuleCount } from '../../parsers/diagnostics.ts';
import { defineCheck, type CheckContext, type LinesReport } from '../check.ts';
import type { Evidence } from '../finding.ts';
import { limited, quoted } from '../reporting/evidence.ts';
import { listed } from '../reporting/finding-words.ts';

export const rulesLost = defineCheck({
  id: 'rules-lost',
  title: 'Rules of the text are in no device',
  family: 'integrity',
  severity: 'high',
  severityNote:
    'High where rules are missing for no known reason, or more are in the model than in the text; info where the reason is known.',
  since: '0.1.0',
  attack: ['M1037'],
  controls: ['nist:CM-6(1)', 'cis:4.2', 'pci:1.2.8'],
  finds:
    'Rules counted in the text itself, by a reader of their own, beside those that stand in the model of some device. Platforms whose text is counted: PAN-OS. ' +
    'Rules that are left out for a reason (their targets are no firewall of the text) are named with it. Reported once for each text, with its first device.',
  why:
    'A reader that drops rules sees a firewall with few findings. The count is the proof that nothing was dropped, and that reviewers saw the same rules ' +
    'as the device.',
  fix: {
    general:
      'Do not trust the verdicts of this text where rules are missing: report the text, and audit it again in another form. Where the reason is known, see ' +
      'whether it is meant.',
    'cisco-ios':
      'Rules are not counted apart from the model; line-not-understood names every line that was not read. Compare with show ip access-lists.',
    'cisco-asa':
      'Rules are not counted apart from the model; line-not-understood names every line that was not read. Compare with show access-list.',
    'juniper-junos':
      'Rules are not counted apart from the model; line-not-understood names every line that was not read. Compare with show security policies.',
    'paloalto-panos':
      'Where rules are missing, export the configuration as XML and report the text. Where targets are no firewall of the text, audit those firewalls with the ' +
      'policy that Panorama pushes to them.',
  },
  exceptions: 'Rules of a Panorama for firewalls that are not audited.',
  references: [],
  messages: {
    lost: '{source}: {lost} are in the text and in no device: verdicts of this text cannot be trusted',
    left: '{source}: rules that are in no device, for a reason: {reasons}',
  },
  run(context, report) {
    const { ruleCounts, texts } = context;
    const data = { source: texts[0]?.text.name ?? '' };
    const lost = ruleCounts.flatMap((count) =>
      lostOf(count) === 0 ? [] : [`${lostOf(count)} of ${count.written} ${count.kind}`],
    );
    if (lost.length > 0) {
      report.lines({
        message: 'lost',
        severity: 'high',
        confidence: 'definite',
        evidence: placesOf(context),
        data: { ...data, lost: listed(lost, SHOWN) },
      });
    }
    const reasons = ruleCounts.flatMap(({ kind, left }) =>
      left.flatMap(({ reason, count }) => (reason === LOST || count === 0 ? [] : [`${count} ${kind} ${reason}`])),
    );
    if (reasons.length === 0) return;
    report.lines({
      message: 'left',
      severity: 'info',
      confidence: 'definite',
      evidence: [firstLine(context)],
      data: { ...data, reasons: listed(reasons, SHOWN) },
    });
  },
});

const SHOWN = 6;

/** The reason of a reader that has none. */
const LOST = 'lost';

/** Rules that nothing accounts for; a model with more rules than the text is as wrong as one with fewer. */
function lostOf({ written, modelled, left }: RuleCount): number {
  const explained = left.reduce((sum, { reason, count }) => (reason === LOST ? sum : sum + count), modelled);
  return Math.abs(written - explained);
}

/** Where the reader says that it lost a rule. */
function placesOf(context: CheckContext): LinesReport<string>['evidence'] {
  const { diagnostics, text } = context;
  const said = diagnostics.filter(({ code }) => code.endsWith('/rules-lost'));
  const [first, ...more] = limited(said.map(({ span, message }) => quoted(text, 'decides', span, message)));
  return first === undefined ? [firstLine(context)] : [first, ...more];
}

function firstLine({ device, text }: CheckContext): Evidence {
  const span = device.ruleLists[0]?.span ??
    device.segments[0]?.span ?? { source: device.source, line: 1, column: 1, endColumn: 2 };
  return quoted(text, 'decides', span, 'the rules of the text');
}
