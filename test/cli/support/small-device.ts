import type { AddressSet } from '../../../parsers/model/address.ts';
import type { Condition } from '../../../parsers/model/condition.ts';
import type { Binding, Device, Segment } from '../../../parsers/model/device.ts';
import type { Rule, RuleList, Verdict } from '../../../parsers/model/rule.ts';
import type { NumberRange } from '../../../parsers/model/service.ts';
import type { OpenDevice } from '../../../cli/trace/resolve.ts';
import { createEvaluation } from '../../../checks/evaluate/evaluate.ts';
import { createPacketSpace } from '../../../checks/packet-space/create-packet-space.ts';
import { addresses, ANY4, ANY6 } from '../../../parsers/model/address.ts';
import { parseNetwork } from '../../../parsers/model/parse-address.ts';
import { exactly } from '../../../parsers/model/rule.ts';
import { ALL_PORTS, single } from '../../../parsers/model/service.ts';

/* A device built by hand, so that tests of the command line do not rest on a parser. */

const span = (line: number) => ({ source: 'small.cfg', line, column: 1, endColumn: 20 });

interface RuleSketch {
  readonly line: number;
  readonly verdict: Verdict;
  readonly to: string;
  readonly port: number;
  readonly sourcePorts?: readonly NumberRange[];
  readonly conditions?: readonly Condition[];
}

function rule({ line, verdict, to, port, sourcePorts, conditions }: RuleSketch): Rule {
  const destination = set(to);
  const service = [{ protocols: [single(6)], sourcePorts: sourcePorts ?? ALL_PORTS, destinationPorts: [single(port)] }];
  return {
    id: `${line * 10}`,
    text: `${verdict} tcp any ${to} eq ${port}`,
    span: span(line),
    action: { kind: verdict, word: verdict },
    match: {
      source: exactly(to.includes(':') ? ANY6 : ANY4),
      destination: exactly(destination),
      service: exactly(service),
    },
    conditions: conditions ?? [],
    enabled: true,
    logging: { logs: 'default', detail: '' },
    objects: [],
  };
}

function set(network: string): AddressSet {
  const term = parseNetwork(network);
  if (term === undefined) throw new Error(`no network: ${network}`);
  return addresses(term);
}

const OFFICE: Condition = { kind: 'time-range', name: 'OFFICE', span: span(9) };

const IN: RuleList = {
  name: 'IN',
  kind: 'access list',
  family: 4,
  span: span(2),
  rules: [
    rule({ line: 2, verdict: 'permit', to: '192.0.2.7', port: 1883 }),
    rule({ line: 3, verdict: 'permit', to: '192.0.2.8', port: 8883, conditions: [OFFICE] }),
    rule({ line: 4, verdict: 'permit', to: '192.0.2.9', port: 5672, sourcePorts: [{ first: 1024, last: 50000 }] }),
  ],
};
const IN6: RuleList = {
  ...IN,
  kind: 'IPv6 access list',
  family: 6,
  span: span(6),
  rules: [rule({ line: 6, verdict: 'permit', to: '2001:db8::7', port: 1883 })],
};

const BINDING: Binding = {
  list: 'IN',
  direction: 'in',
  attachedTo: 'outside',
  family: 'both',
  defined: true,
  plane: 'transit',
  span: span(8),
};

function segment(name: string, alias: string): Segment {
  return {
    name,
    aliases: [alias],
    kind: 'interface',
    interfaces: [],
    routingContext: 'default',
    transit: 'yes',
    families: [4, 6],
    evidence: [],
    span: span(1),
  };
}

export function smallDevice(name = 'small', source = 'small.cfg'): Device {
  return {
    name,
    platform: 'cisco-asa',
    source,
    segments: [
      segment('outside', 'GigabitEthernet0/0'),
      segment('inside', 'GigabitEthernet0/1'),
      segment('spare', 'e2'),
    ],
    ruleLists: [IN, IN6],
    bindings: [BINDING],
    translations: [],
    routes: [],
    telemetry: [],
    addressView: 'arriving',
    crossing: (from, to) => {
      if (from === 'spare' || to === 'spare') return { from, to, none: 'e2 is shut down' };
      const lists = [IN, IN6].map((list) => ({ list, binding: BINDING }));
      const otherwise = { verdict: 'deny', reason: 'implicit deny at the end of access list IN' } as const;
      const stage = {
        id: 'acl-in',
        title: 'access list IN, inbound on outside',
        family: 'both',
        lists,
        otherwise,
      } as const;
      return { from, to, steps: from === 'outside' ? [{ kind: 'stage', stage }] : [], conditions: [] };
    },
  };
}

export function open(device: Device): OpenDevice {
  const evaluation = createEvaluation(device, createPacketSpace({ maxNodes: 1 << 20 }));
  return { name: device.name, source: device.source, evaluate: () => evaluation };
}
