import type { Stage } from '../../parsers/model/device.ts';
import { stagesFor } from '../boundaries/filtering.ts';
import { defineCheck, type CheckContext } from '../check.ts';
import type { CrossingName, Evidence } from '../finding.ts';
import { limited, quoted, ruleQuote } from '../reporting/evidence.ts';
import { listed } from '../reporting/finding-words.ts';
import { Ends, type End } from './ends.ts';
import { recorded } from './records.ts';

/** Denials that write nothing, of one list; defaults of the whole device stand together. */
interface Group {
  readonly ends: Map<string, { readonly end: End; readonly stage: Stage }>;
  readonly crossings: CrossingName[];
  readonly sure: boolean;
}

const SHOWN = 3;

export const egressDenyNotLogged = defineCheck({
  id: 'egress-deny-not-logged',
  title: 'What may not leave is dropped without a record',
  family: 'visibility',
  severity: 'low',
  severityNote: 'Low; info where the text does not tell whether a record is written.',
  since: '0.1.0',
  attack: ['DET0002', 'AN0005', 'M1037'],
  controls: ['nist:SI-4', 'nist:SI-4(4)'],
  finds:
    'Rules and defaults that end the filters of egress crossings with a denial, and rules that deny ports of publish/subscribe services by name, ' +
    'that write no record. One finding for each rule list, and one for all defaults of the device. The implicit denial of an access list writes ' +
    'nothing on IOS; on ASA the guides say so and devices are seen to write 106023, so that it is only possible there. Junos discards at the end of ' +
    'a filter, and by the default policy, without a record; the default rules of PAN-OS write nothing unless they are overridden.',
  why:
    'A host that tries brokers on the internet and is stopped is a host to look at. Without a record of the attempt the filter works and ' +
    'nobody learns that it had to.',
  fix: {
    general: 'Log what {rule} denies, or write the denial at the end of the filter as a rule of its own that logs.',
    'cisco-ios':
      'End the list with deny ip any any log (deny ipv6 any any log for IPv6), or add log to drop of class class-default.',
    'cisco-asa':
      'End the list with deny ip any any log, keep message 106023 switched on, and have logging trap take at least warnings.',
    'juniper-junos':
      'End a zone pair, or the global policies, with a policy that denies any and has then log session-init; end a filter with a term that has ' +
      'then syslog and discard.',
    'paloalto-panos':
      'Override interzone-default and set log at session end with a log forwarding profile, or put a deny rule that logs at the end.',
  },
  exceptions: 'Guest networks, where denials are noise.',
  references: [
    'https://attack.mitre.org/detectionstrategies/DET0002/',
    'https://csrc.nist.gov/pubs/sp/800/41/r1/final',
  ],
  messages: {
    silent: '{device}: {crossings}: no record is written of what is denied by {denials}',
    unsure: '{device}: {crossings}: whether a record is written of what is denied by {denials} is not in the text',
  },
  run(context, report) {
    const groups = new Map<string, Group>();
    const denials = new Ends(context.catalogue);
    context.eachBoundary(['egress'], (boundary) => {
      const crossings = boundary.crossings.map(({ from, to }) => ({ from, to }));
      for (const family of boundary.families) {
        for (const stage of stagesFor(boundary.evaluated.crossing, family)) {
          if (stage.incidental === true) continue;
          for (const end of denials.of(stage, boundary.evaluated.crossing, family))
            add(context, groups, end, stage, crossings);
        }
      }
    });
    for (const { ends, crossings, sure } of groups.values()) {
      const [place, ...more] = limited([...ends.values()].flatMap(({ end, stage }) => evidenceOf(context, end, stage)));
      if (place === undefined) continue;
      const all = [...ends.values()].map(({ end }) => end);
      report.lines({
        message: sure ? 'silent' : 'unsure',
        severity: sure ? 'low' : 'info',
        confidence: sure ? 'definite' : 'possible',
        evidence: [place, ...more],
        crossings,
        rules: all.flatMap((end) => (end.kind === 'rule' ? [`${end.list.name}: ${end.rule.id}`] : [])),
        conditions: sure ? [] : ['the device writes nothing of what it denies there'],
        data: {
          denials: listed(all.map(nameOf), SHOWN),
          rule: all[0]?.kind === 'rule' ? nameOf(all[0]) : 'the filter',
        },
      });
    }
  },
});

function add(
  { device }: CheckContext,
  groups: Map<string, Group>,
  end: End,
  stage: Stage,
  crossings: readonly CrossingName[],
): void {
  const { written } = recorded(device, end.kind === 'rule' ? end.rule.logging : end.otherwise.logging, 'deny');
  if (written === 'yes') return;
  const place = end.kind === 'rule' ? [end.list.kind, end.list.name] : ['default'];
  const key = JSON.stringify([written, ...place]);
  const group: Group = groups.get(key) ?? { ends: new Map(), crossings: [], sure: written === 'no' };
  group.ends.set(nameOf(end), { end, stage });
  group.crossings.push(...crossings);
  groups.set(key, group);
}

function nameOf(end: End): string {
  return end.kind === 'rule' ? `${end.list.kind} ${end.list.name} rule ${end.rule.id}` : end.otherwise.reason;
}

function evidenceOf({ text, device }: CheckContext, end: End, stage: Stage): Evidence[] {
  if (end.kind === 'rule') return [ruleQuote(text, 'decides', end, 'denies')];
  const span = end.otherwise.span ?? stage.lists[0]?.binding.span ?? device.segments[0]?.span;
  return span === undefined ? [] : [quoted(text, 'decides', span, end.otherwise.reason)];
}
