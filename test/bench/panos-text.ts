import { seeded } from './random.ts';

/**
 * An XML export of one PAN-OS firewall as large ones are: most of it address objects, then groups, services, and a rule for
 * every hundred objects.
 *
 * @param megabytes size to reach, in millions of characters.
 */
export function generatePanosText(megabytes: number): string {
  const random = seeded(0x9a);
  const parts = [HEAD];
  // Of an object's share of the text, its rule and group take a third.
  const objects = Math.max(100, Math.floor((megabytes * 1e6) / 121));
  parts.push('          <address>\n');
  for (let number = 0; number < objects; number += 1) parts.push(address(number));
  parts.push('          </address>\n          <address-group>\n');
  const groups = Math.ceil(objects / 500);
  for (let number = 0; number < groups; number += 1) {
    const members = Array.from({ length: 40 }, () => `<member>host-${random.below(objects)}</member>`).join('');
    parts.push(
      `            <entry name="group-${number}">\n              <static>${members}</static>\n            </entry>\n`,
    );
  }
  parts.push('          </address-group>\n          <rulebase>\n            <security>\n              <rules>\n');
  for (let number = 0; number < Math.floor(objects / 100); number += 1) {
    parts.push(
      rule(number, `host-${random.below(objects)}`, `group-${random.below(groups)}`, random.pick(APPLICATIONS)),
    );
  }
  parts.push('              </rules>\n            </security>\n          </rulebase>\n', TAIL);
  return parts.join('');
}

const APPLICATIONS = ['any', 'web-browsing', 'ssl', 'mqtt', 'dns', 'ms-rdp', 'amqp', 'unknown-tcp'] as const;

function address(number: number): string {
  const host = `10.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`;
  return `            <entry name="host-${number}">\n              <ip-netmask>${host}</ip-netmask>\n            </entry>\n`;
}

function rule(number: number, source: string, destination: string, application: string): string {
  const service = application === 'any' ? 'any' : 'application-default';
  const action = number % 5 === 0 ? 'deny' : 'allow';
  const members = (name: string, value: string): string =>
    `                  <${name}>\n                    <member>${value}</member>\n                  </${name}>\n`;
  return (
    `                <entry name="rule-${number}" uuid="00000000-0000-4000-8000-${String(number).padStart(12, '0')}">\n` +
    members('from', number % 2 === 0 ? 'trust' : 'untrust') +
    members('to', number % 2 === 0 ? 'untrust' : 'trust') +
    members('source', source) +
    members('destination', destination) +
    members('application', application) +
    members('service', service) +
    `                  <action>${action}</action>\n                </entry>\n`
  );
}

const HEAD = `<?xml version="1.0"?>
<config version="11.1.0" urldb="paloaltonetworks">
  <devices>
    <entry name="localhost.localdomain">
      <deviceconfig><system><hostname>bench</hostname></system></deviceconfig>
      <network>
        <interface>
          <ethernet>
            <entry name="ethernet1/1"><layer3><ip><entry name="203.0.113.2/24"/></ip></layer3></entry>
            <entry name="ethernet1/2"><layer3><ip><entry name="10.0.0.1/8"/></ip></layer3></entry>
          </ethernet>
        </interface>
        <virtual-router>
          <entry name="default"><interface><member>ethernet1/1</member><member>ethernet1/2</member></interface></entry>
        </virtual-router>
      </network>
      <vsys>
        <entry name="vsys1">
          <zone>
            <entry name="untrust"><network><layer3><member>ethernet1/1</member></layer3></network></entry>
            <entry name="trust"><network><layer3><member>ethernet1/2</member></layer3></network></entry>
          </zone>
`;

const TAIL = `        </entry>
      </vsys>
    </entry>
  </devices>
</config>
`;
