import type { Binding, Device, Platform, Segment } from '../../parsers/model/device.ts';
import { defineCheck, type CheckContext } from '../check.ts';
import type { Evidence, Severity } from '../finding.ts';
import { limited, quoted } from '../reporting/evidence.ts';
import { listed } from '../reporting/finding-words.ts';

/** What the platform does with a binding to a list that does not exist. */
const CONSEQUENCE: { readonly [P in Platform]?: { readonly text: string; readonly open: boolean } } = {
  // Catalyst 2960-X Security Configuration Guide 15.0(2)EX, "Configuring IPv4 ACLs": an undefined ACL permits all.
  'cisco-ios': { text: 'a list that does not exist filters nothing: all packets pass', open: true },
  // ASA refuses the command unless `forward-reference enable` is set, and does not document what passes then.
  'cisco-asa': { text: 'the device refuses such a binding, so the text is not what runs, or is cut', open: false },
};

const UNKNOWN = { text: 'what the platform does then is not established', open: false };

export const filterNotDefined = defineCheck({
  id: 'filter-not-defined',
  title: 'A filter is bound that the text does not define',
  family: 'integrity',
  severity: 'high',
  severityNote:
    'High where the platform lets everything pass and the filter stands on a judged crossing; medium on other interfaces and where the ' +
    'platform does otherwise; low on the control plane. Only possible when the text shows that its end is missing.',
  since: '0.1.0',
  attack: ['T1071.005', 'M1037'],
  controls: ['nist:CM-6', 'nist:CM-6(1)', 'nist:SC-7', 'cis:4.2', 'pci:1.2.8'],
  finds:
    'Bindings of a rule list to an interface, a zone pair or the whole device whose list stands nowhere in the text. One finding for each ' +
    'missing list, with all its bindings.',
  why:
    'The line looks like protection and is none: on IOS an interface with an undefined access list forwards everything. It is left ' +
    'behind when a list is renamed, or typed with one letter too many.',
  fix: {
    general: 'Define {list} or bind the list that was meant, then check with the device that it counts packets.',
    'cisco-ios':
      'Correct the name in ip access-group or ipv6 traffic-filter, or enter {list}; verify with show ip interface and show access-lists ' +
      '{list}. Enter the list before binding it.',
    'cisco-asa':
      'Correct the name in access-group, or enter access-list {list}; if the capture is only a part of the configuration, audit the whole ' +
      '(show running-config all).',
    'juniper-junos':
      'Correct the name, or define the filter {list}; a device does not commit such a reference, so audit the whole configuration (show ' +
      'configuration | display set).',
    'paloalto-panos':
      'Correct the name or define {list}; a device does not commit such a reference, so audit the whole configuration (show config running, ' +
      'and what Panorama pushed).',
  },
  exceptions: 'Captures of a part of the configuration, where the list stands in the part that is missing.',
  references: ['https://www.cisco.com/c/en/us/support/docs/security/ios-firewall/23602-confaccesslists.html'],
  messages: {
    undefined: '{device}: list {list} is bound {places} but not defined in the text; {consequence}',
  },
  run(context, report) {
    const { device, coverage, text } = context;
    const consequence = CONSEQUENCE[device.platform] ?? UNKNOWN;
    const missing = Map.groupBy(
      device.bindings.filter(({ defined }) => !defined),
      ({ list, family }) => `${list} ${family}`,
    );
    for (const bindings of missing.values()) {
      const evidence = limited(
        bindings.map((binding) =>
          quoted(text, 'decides', binding.span, `no list ${binding.list}: ${consequence.text}`),
        ),
      );
      const [place, ...more]: readonly Evidence[] = evidence;
      const list = bindings[0]?.list;
      if (place === undefined || list === undefined) continue;
      const onBoundary = bindings.some((binding) => standsOnBoundary(context, binding));
      const cut = coverage.complete === 'no';
      report.lines({
        message: 'undefined',
        severity: severityOf(bindings, consequence.open, onBoundary),
        confidence: cut ? 'possible' : 'definite',
        evidence: [place, ...more],
        conditions: cut ? [`list ${list} stands in the part of the text that is missing`] : [],
        data: { list, places: placesOf(bindings), consequence: consequence.text },
      });
    }
  },
});

function severityOf(bindings: readonly Binding[], open: boolean, onBoundary: boolean): Severity {
  if (bindings.every(({ plane }) => plane === 'control-plane')) return 'low';
  return open && onBoundary ? 'high' : 'medium';
}

function placesOf(bindings: readonly Binding[]): string {
  return listed(
    bindings.map(({ direction, attachedTo }) =>
      attachedTo === '' || attachedTo === direction ? direction : `${direction} on ${attachedTo}`,
    ),
    3,
  );
}

/** Whether the missing list would have seen packets of a judged crossing. */
function standsOnBoundary(context: CheckContext, { plane, direction, attachedTo }: Binding): boolean {
  if (plane === 'control-plane') return false;
  const inbound = /^in/i.test(direction);
  const outbound = /^(?:out|e)/i.test(direction);
  let stands = false;
  context.eachBoundary(['exposure', 'egress', 'lateral'], ({ crossings }) => {
    stands ||= crossings.some(({ from, to }) => {
      const sides = inbound ? [from] : outbound ? [to] : [from, to];
      return sides.some((name) => isAttached(context.device, name, attachedTo));
    });
  });
  return stands;
}

function isAttached(device: Device, segmentName: string, attachedTo: string): boolean {
  const segment = device.segments.find(({ name }) => name === segmentName);
  return segment !== undefined && namesOf(segment).includes(attachedTo);
}

function namesOf({ name, aliases, interfaces }: Segment): string[] {
  return [name, ...aliases, ...interfaces.map((port) => port.name)];
}
