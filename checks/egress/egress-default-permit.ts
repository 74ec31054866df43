import { filteringOf } from '../boundaries/filtering.ts';
import type { Boundary } from '../boundaries/boundary.ts';
import { coversPublic, isAnywhere } from '../boundaries/public-share.ts';
import { defineCheck } from '../check.ts';
import { chosenPorts } from '../exposure/chosen-source-ports.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';
import type { Target } from '../reporting/flow-text.ts';
import { unnamedPorts } from './alike-ports.ts';

/** Rules that let only a sliver of the internet through are not what makes a filter permit by default. */
const SLIVER = [1, 16] as const;

export const egressDefaultPermit = defineCheck({
  id: 'egress-default-permit',
  title: 'What the outbound filter does not name may leave',
  family: 'egress',
  severity: 'medium',
  severityNote: 'Medium; low where it is only possibly permitted.',
  since: '0.1.0',
  attack: ['T1071.005', 'M1037', 'M1030', 'T1571'],
  controls: ['nist:SC-7(5)', 'nist:CM-7', 'nist:AC-4', 'cis:13.4', 'pci:1.2.5', 'pci:1.3.2'],
  finds:
    'Crossings from an internal, DMZ or management segment to an untrusted one that have a filter, and on which TCP or UDP ports that no ' +
    'rule names reach at least half of the public addresses. A range of more than 1,000 ports names none of them. Ports that all rules ' +
    'treat alike are judged by one of them, exactly for all; at most the 32 largest such groups of a path are looked at. Reported is the ' +
    'rule or default that lets them through. Packets that pass only from chosen source ports are left to source-port-hole.',
  why:
    'Blocking the standard ports of messaging stops nobody who runs a broker on another one. M1037 speaks of untrusted resources "over ' +
    'irregular ports"; against those only a filter that denies by default helps.',
  fix: {
    general: 'Permit the ports that are needed by name and let the filter end in a deny: replace {rule} of {list}.',
    'cisco-ios':
      'In {list}, replace {rule} by entries for the services in use (a period with a log keyword on it shows which) and rely on the ' +
      'implicit deny, or end the list with deny ip any any log.',
    'cisco-asa':
      'In {list}, replace {rule} by entries for the services in use (show access-list counts hits; a log keyword shows destinations) and ' +
      'rely on the implicit deny at the end.',
    'juniper-junos':
      'On an SRX replace {rule} of {list} by policies for the services in use (show security policies hit-count) and keep default-policy ' +
      'deny-all; in a firewall filter replace the accepting term and rely on the implicit discard at the end.',
    'paloalto-panos':
      'In {list}, replace {rule} by rules for the applications in use with service application-default (Policy Optimizer lists the ' +
      'applications that a rule has seen), and let interzone-default deny and log the rest.',
  },
  exceptions: 'Guest networks that are kept apart from everything of value.',
  references: [
    'https://attack.mitre.org/mitigations/M1037/',
    'https://attack.mitre.org/mitigations/M1030/',
    'https://csrc.nist.gov/pubs/sp/800/41/r1/final',
  ],
  messages: {
    permit:
      '{device}: {crossings} {permits} ports that no rule names ({services}) from {source} to {destination}, decided by {decidedBy}',
  },
  run(context, report) {
    const { space } = context;
    context.eachBoundary(['egress'], (boundary) => {
      const { crossing } = boundary.evaluated;
      const filtered = boundary.families.filter((family) => filteringOf(crossing, family) === 'filtered');
      const set = filtered.reduce((union, family) => space.union(union, space.family(family)), space.none);
      const chosen = chosenPorts(space, boundary);
      const narrow = (permitted: PacketSet, { slice }: Target): PacketSet =>
        space.subtract(space.intersect(permitted, set), chosen.holes(slice));
      const open = (target: Target): PacketSet => narrow(boundary.permitted(target.slice).possible, target);
      const isBroad = keepBroad(space, boundary, open);
      report.permitted(boundary, {
        message: 'permit',
        targets: targetsOf(boundary).filter((target) => isAnywhere(space, open(target), 'destination')),
        narrow,
        keep: (part, target) => chosen.addsTo(part, target.slice) && isBroad(part, target),
        severity: () => 'medium',
      });
    });
  },
});

function targetsOf({ evaluated }: Boundary): Target[] {
  return (
    [
      ['tcp', 6],
      ['udp', 17],
    ] as const
  ).flatMap(([protocol, number]) =>
    unnamedPorts(evaluated.crossing, number).map(({ ports, example }) => ({
      protocol,
      ports,
      slice: { protocol: number, port: example },
    })),
  );
}

/** Keeps broad parts of a target; all of them where slivers alone make up the whole. */
function keepBroad(
  space: PacketSpace,
  boundary: Boundary,
  open: (target: Target) => PacketSet,
): (part: PacketSet, target: Target) => boolean {
  const allSlivers = new Map<Target, boolean>();
  return (part, target) => {
    let slivers = allSlivers.get(target);
    if (slivers === undefined) {
      const { parts } = boundary.parts(target.slice, open(target));
      slivers = !parts.some((one) => isMoreThanSliver(space, one.set));
      allSlivers.set(target, slivers);
    }
    return slivers || isMoreThanSliver(space, part);
  };
}

function isMoreThanSliver(space: PacketSpace, part: PacketSet): boolean {
  return ([4, 6] as const).some((family) => coversPublic(space, part, 'destination', family, SLIVER));
}
