import type { Boundary } from '../boundaries/boundary.ts';
import { defineCheck } from '../check.ts';
import type { Target } from '../reporting/flow-text.ts';
import { allPorts } from './alike-ports.ts';

export const egressToBlocklisted = defineCheck({
  id: 'egress-to-blocklisted',
  title: 'Addresses of a block list can be reached',
  family: 'egress',
  severity: 'high',
  severityNote: 'High; medium where it is only possibly permitted.',
  since: '0.1.0',
  attack: ['T1071.005', 'T1071', 'M1037', 'AN0005'],
  controls: ['nist:SC-7', 'nist:AC-4', 'nist:SI-4', 'cis:13.4', 'pci:1.3.2'],
  finds:
    'TCP and UDP packets, on any port, that may leave from an internal, DMZ or management segment to addresses of a block list of the policy. ' +
    'The finding names the list, where it comes from, and exactly which of its addresses are open, by rule. An approval of such an address ' +
    'changes nothing. Ports that all rules treat alike are judged by one of them, exactly for all; at most the 128 largest such groups of a ' +
    'protocol and path are looked at. Other protocols are not.',
  why:
    'Known command and control brokers and their networks are the cheapest thing to block. A list that a feed brings up to date and that no ' +
    'rule enforces stops nothing; a permit above the rule that enforces it lets through what it names.',
  fix: {
    general:
      'Deny the addresses of the block list in {list} ahead of {rule}, for every protocol and port, and log the deny.',
    'cisco-ios':
      'Put the addresses into an object-group and a deny ip any object-group … log for it into {list} with a lower sequence number than {rule}.',
    'cisco-asa':
      'Put the addresses into a network object-group and insert a deny ip any object-group … log with `line` ahead of {rule} of {list}.',
    'juniper-junos':
      'On an SRX put the addresses into an address-set or a dynamic-address feed and a policy that denies it with log session-init before {rule} ' +
      'of {list}; in a firewall filter discard a prefix-list of them in the first term.',
    'paloalto-panos':
      'Serve the addresses as an external dynamic list and put a deny rule with it as destination, application any and service any, above {rule} ' +
      'of {list}, with log at session end.',
  },
  exceptions: 'None: take an address that is needed off the list, with a reason.',
  references: [
    'https://attack.mitre.org/mitigations/M1037/',
    'https://attack.mitre.org/detectionstrategies/DET0002/',
    'https://csrc.nist.gov/pubs/sp/800/41/r1/final',
  ],
  messages: {
    open: '{device}: {crossings} {permits} {services} from {source} to {destination} of block list {blockList} ({provenance}), decided by {decidedBy}',
  },
  run(context, report) {
    const { space, policy } = context;
    if (policy.blockLists.length === 0) return;
    context.eachBoundary(['egress'], (boundary) => {
      const targets = everyPort(boundary);
      for (const { name, networks, provenance } of policy.blockLists) {
        const listed = space.addressIn('destination', networks);
        report.permitted(boundary, {
          message: 'open',
          targets,
          approvals: 'ignore',
          narrow: (set) => space.intersect(set, listed),
          data: () => ({ blockList: name, provenance }),
          severity: () => 'high',
        });
      }
    });
  },
});

function everyPort({ evaluated }: Boundary): Target[] {
  return (['tcp', 'udp'] as const).flatMap((protocol) => {
    const number = protocol === 'tcp' ? 6 : 17;
    return allPorts(evaluated.crossing, number).map(({ ports, example }) => ({
      protocol,
      ports,
      slice: { protocol: number, port: example },
    }));
  });
}
