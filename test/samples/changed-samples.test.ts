/** Samples compared with themselves, and with a copy in which one thing was changed. */
import type { Device } from '../../parsers/model/device.ts';
import type { RuleList } from '../../parsers/model/rule.ts';
import type { DeviceChanges } from '../../checks/compare/device-changes.ts';
import { describe, expect, test } from 'vitest';
import { compareDevices } from '../../checks/compare/compare-devices.ts';
import { quoting, sourceText } from '../../checks/reporting/source-text.ts';
import { parse } from '../../parsers/index.ts';
import { inShort, NO_CONTEXT } from '../checks/compare/compared.ts';
import { readSamples } from './sample.ts';

const samples = readSamples();

function devicesOf(text: string): readonly Device[] {
  return parse({ name: 'running-config', text }).devices;
}

function compared(before: Device, after: Device, text: string, later = text): DeviceChanges {
  const quote = (config: string) => quoting([sourceText({ name: 'running-config', text: config })]);
  return compareDevices(before, after, { ...NO_CONTEXT, texts: { before: quote(text), after: quote(later) } });
}

/** All rule lists under other names: nothing else is changed, and every set has to be worked out. */
function renamed(device: Device): Device {
  const made = new Map<RuleList, RuleList>();
  const again = (list: RuleList): RuleList => {
    const known = made.get(list) ?? { ...list, name: `${list.name} again` };
    made.set(list, known);
    return known;
  };
  return {
    ...device,
    ruleLists: device.ruleLists.map(again),
    crossing(from, to) {
      const crossing = device.crossing(from, to);
      if ('none' in crossing) return crossing;
      const steps = crossing.steps.map((step) => {
        if (step.kind === 'translation') return step;
        const lists = step.stage.lists.map((each) => ({ ...each, list: again(each.list) }));
        return { ...step, stage: { ...step.stage, lists } };
      });
      return { ...crossing, steps };
    },
  };
}

describe.for(samples)('$name', ({ config }) => {
  test('has no change to itself, nor to itself with its lists renamed', () => {
    const again = devicesOf(config);
    for (const [index, device] of devicesOf(config).entries()) {
      const other = again[index] ?? device;
      expect(compared(device, other, config)).toMatchObject({ changes: [], oneSided: [], notJudged: [], notes: [] });
      const { changes, notJudged, crossings } = compared(device, renamed(other), config);
      expect([changes, notJudged]).toEqual([[], []]);
      expect(crossings.alike).toBeLessThan(crossings.compared);
    }
  });
});

/** Changes of the first device of a sample after an edit of its text. */
function afterEdit(name: string, edit: (text: string) => string): string[] {
  const sample = samples.find((each) => each.name === name);
  if (sample === undefined) throw new Error(`no sample ${name}`);
  const later = edit(sample.config);
  expect(later).not.toBe(sample.config);
  const [before] = devicesOf(sample.config);
  const [after] = devicesOf(later);
  if (before === undefined || after === undefined) throw new Error('no device');
  const { changes, notJudged } = compared(before, after, sample.config, later);
  expect(notJudged).toEqual([]);
  return changes.map(inShort);
}

const EDGE = 'cisco-ios/internet-edge';
const UPLINK = 'GigabitEthernet0/0/0';
/** All but the bogons and own addresses, which the first two lines of the list deny. */
const ANY_BUT_DENIED = [
  '0.0.0.0-9.255.255.255',
  '11.0.0.0-126.255.255.255',
  '128.0.0.0-169.253.255.255',
  '169.255.0.0-172.15.255.255',
  '172.32.0.0-192.167.255.255',
  '192.169.0.0-198.51.99.255',
  '198.51.101.0-255.255.255.255',
].join();

describe('one changed line', () => {
  test('of an access list closes what it alone permitted', () => {
    const line = ' 95 permit tcp any object-group BROKERS eq 1883\n';
    expect(afterEdit(EDGE, (text) => text.replace(line, ''))).toEqual([
      `closed definite mqtt tcp 1883: ${UPLINK} > GigabitEthernet0/0/2: ${ANY_BUT_DENIED} → 198.51.100.40/31 1883`,
    ]);
  });

  test('of an access list opens one host', () => {
    const line = ' 95 permit tcp any object-group BROKERS eq 1883\n';
    const more = `${line} 96 permit tcp any host 198.51.100.44 eq 5672\n`;
    expect(afterEdit(EDGE, (text) => text.replace(line, more))).toEqual([
      `opened definite amqp tcp 5672: ${UPLINK} > GigabitEthernet0/0/2: ${ANY_BUT_DENIED} → 198.51.100.44 5672`,
    ]);
  });

  test('of a policy set opens what an application names', () => {
    const line = 'set security policies from-zone untrust to-zone cold policy broker-in match application a-mqtt\n';
    expect(
      afterEdit('juniper-junos/srx-branch', (text) =>
        text.replace(line, `${line}${line.replace('a-mqtt', 'a-queues')}`),
      ),
    ).toEqual([
      'opened definite amqps tcp 5671: untrust > cold: any → 10.61.20.200 5671',
      'opened definite amqp tcp 5672: untrust > cold: any → 10.61.20.200 5672',
      'opened definite stomp tcp 61613: untrust > cold: any → 10.61.20.200 61613',
      'opened definite stomps tcp 61614: untrust > cold: any → 10.61.20.200 61614',
    ]);
  });

  test('of a security rule opens another application: its sessions, and first packets on its ports', () => {
    expect(
      afterEdit('paloalto-panos/branch-firewall', (text) =>
        text.replace('"sensors to weather" application mqtt', '"sensors to weather" application [ mqtt amqp ]'),
      ),
    ).toEqual([
      'opened possible first-packets amqps tcp 5671: greenhouse > untrust: 10.131.40.0/24 → any 5671',
      'opened possible session amqps tcp 5671: greenhouse > untrust: 10.131.40.0/24 → any 5671',
      'opened possible first-packets amqp tcp 5672: greenhouse > untrust: 10.131.40.0/24 → any 5672',
      'opened possible session amqp tcp 5672: greenhouse > untrust: 10.131.40.0/24 → any 5672',
    ]);
  });

  test('that names another port closes the one and opens the other', () => {
    const changes = afterEdit('cisco-asa/office-firewall', (text) =>
      text.replace('object bms-broker eq 8883', 'object bms-broker eq 1883'),
    );
    expect(changes).toEqual([
      'opened definite mqtt tcp 1883: outside > bms: 198.51.100.9,203.0.113.192/29 → 192.168.3.20 1883',
      'closed definite mqtts tcp 8883: outside > bms: 198.51.100.9,203.0.113.192/29 → 192.168.3.20 8883',
    ]);
  });
});

describe('no change is', () => {
  test('an object group under another name', () => {
    expect(afterEdit(EDGE, (text) => text.replaceAll('BROKERS', 'MESSAGE-HOSTS'))).toEqual([]);
  });

  test('an object group written out', () => {
    const line = ' 95 permit tcp any object-group BROKERS eq 1883\n';
    const group = /object-group network BROKERS ?\n(?<members>(?: .*\n)+)/u;
    const written = (text: string): string => {
      const members = group.exec(text)?.groups?.['members']?.match(/host \S+/gu) ?? [];
      return members.map((host, index) => ` ${95 + index} permit tcp any ${host} eq 1883\n`).join('');
    };
    expect(afterEdit(EDGE, (text) => text.replace(line, written(text)))).toEqual([]);
  });

  test('rules that have nothing to do with each other in another order', () => {
    const [echo, reply] = [' permit icmp any any echo\n', ' permit icmp any any echo-reply\n'];
    expect(afterEdit(EDGE, (text) => text.replace(` 60${echo} 70${reply}`, ` 60${reply} 70${echo}`))).toEqual([]);
  });
});
