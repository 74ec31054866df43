import { SEVERITIES } from '../../../checks/finding.ts';
import { addSums } from '../../../checks/matrix/sums.ts';
import { count, grouped, percent } from '../../reports/layout.ts';
import type { Line, Run } from '../line.ts';
import { keepLast } from '../memo.ts';
import type { Fleet } from '../store/fleet.ts';
import type { Model } from '../store/model.ts';
import { severityStyle } from '../theme.ts';
import { readingText, understoodText } from './frame-lines.ts';

/** How the fleet stands, in three lines: findings, coverage of crossings, what cannot be trusted. */
export function summaryLines({ fleet, collection }: Model): Line[] {
  const lines = summary(fleet);
  const isNothingThere = fleet.status.kind === 'done' && fleet.failures.length === 0 && fleet.sources.length === 0;
  if (!isNothingThere || collection === undefined) return lines;
  return [...lines.slice(0, -1), [['accent', 'no configuration is there yet: 8 shows the devices and collects them']]];
}

const summary = keepLast((fleet: Fleet): Line[] => {
  const findings = fleet.findings.filter(({ finding }) => finding.waived === undefined);
  const accepted = fleet.findings.length - findings.length;
  const severities = SEVERITIES.map((severity) => ({
    severity,
    number: findings.filter(({ finding }) => finding.severity === severity).length,
  }));
  const devices = fleet.sources.reduce((sum, source) => sum + source.devices.length, 0);
  const counts = severities
    .filter(({ number }) => number > 0)
    .flatMap(({ severity, number }): Run[] => [
      ['plain', ' '],
      [severityStyle(severity), `${grouped(number)} ${severity}`],
    ]);
  const reading = readingText(fleet);
  return [
    [
      ['strong', count(devices, 'device')],
      ['plain', `, ${count(findings.length, 'finding')}`],
      ...(accepted === 0 ? [] : [['faint', `, ${grouped(accepted)} accepted`] as const]),
      ...(counts.length === 0 ? [] : [['plain', ':'] as const, ...counts]),
    ],
    coverageLine(fleet),
    reading === '' ? troubleLine(fleet) : [['accent', reading]],
  ];
});

function coverageLine(fleet: Fleet): Line {
  const matrices = fleet.sources.flatMap(({ devices }) =>
    devices.flatMap(({ matrix }) => (matrix === undefined ? [] : [matrix])),
  );
  const { crossings, covered, unjudged } = addSums(matrices.map(({ sums }) => sums));
  if (crossings + unjudged === 0) return [['faint', 'no boundary crossing has been judged']];
  const left = unjudged === 0 ? '' : `, ${grouped(unjudged)} of unknown trust`;
  const share = `${grouped(covered)} of ${count(crossings, 'boundary crossing')}`;
  return [['plain', `blocked or approved on ${share} (${percent(covered, crossings)})${left}`]];
}

function troubleLine(fleet: Fleet): Line {
  const { failures, run, sources, status } = fleet;
  if (status.kind === 'refused') return [['danger', 'nothing could be audited']];
  if (failures.length === 0 && sources.length === 0)
    return [['danger', 'no configuration was found in what was named (7 shows what was passed over)']];
  const shortfalls = run?.shortfalls.length ?? 0;
  if (failures.length === 0 && shortfalls === 0)
    return [['good', `all inputs read and understood well enough: ${understoodText(fleet)}`]];
  const parts = [
    ...(failures.length === 0 ? [] : [`${count(failures.length, 'input')} not audited`]),
    ...(shortfalls === 0 ? [] : [`${count(shortfalls, 'reason')} not to trust the answer`]),
  ];
  return [['danger', `${parts.join(' and ')} (7 shows them); ${understoodText(fleet)}`]];
}
