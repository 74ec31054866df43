import { seeded } from './random.ts';
import type { Random } from './random.ts';

/**
 * A configuration of one ASA whose text is mostly an access list, as large ones are: every form of address and port, in
 * the proportions of lists that grew.
 *
 * @param megabytes size to reach, in millions of characters.
 */
export function generateAsaText(megabytes: number): string {
  const random = seeded(0xa5a);
  const parts = [HEADER];
  let length = HEADER.length;
  for (let line = 1; length < megabytes * 1e6; line++) {
    const text = line % 40 === 0 ? `access-list OUTSIDE remark change ${line}\n` : `${entry(random)}\n`;
    parts.push(text);
    length += text.length;
  }
  parts.push('access-group OUTSIDE in interface outside\n: end\n');
  return parts.join('');
}

const HEADER = `: Saved
ASA Version 9.12(4)
!
hostname bench
!
interface GigabitEthernet0/0
 nameif outside
 security-level 0
 ip address 203.0.113.2 255.255.255.0
!
interface GigabitEthernet0/1
 nameif inside
 security-level 100
 ip address 10.0.0.1 255.0.0.0
!
object network BROKER
 host 10.20.30.40
object-group network SERVERS
 network-object 10.1.0.0 255.255.0.0
 network-object host 10.2.0.1
object-group service MESSAGING tcp
 port-object eq 1883
 port-object range 5671 5672
`;

function entry(random: Random): string {
  const verdict = random.chance(0.85) ? 'permit' : 'deny';
  const protocol = random.pick(['tcp', 'tcp', 'tcp', 'udp', 'ip']);
  const head = `access-list OUTSIDE extended ${verdict} ${protocol} ${address(random)} ${address(random)}`;
  if (protocol === 'ip') return head;
  const log = random.chance(0.1) ? ' log' : '';
  return `${head} ${port(random, protocol)}${log}`;
}

function address(random: Random): string {
  switch (random.below(6)) {
    case 0:
      return 'any';
    case 1:
      return 'object BROKER';
    case 2:
      return 'object-group SERVERS';
    case 3:
      return `${dotted(random, 3)}.0 255.255.255.0`;
    default:
      return `host ${dotted(random, 4)}`;
  }
}

function dotted(random: Random, octets: number): string {
  return Array.from({ length: octets }, (_, index) => (index === 0 ? 10 : random.below(256))).join('.');
}

function port(random: Random, protocol: string): string {
  switch (random.below(5)) {
    case 0:
      return `range ${1024 + random.below(1000)} ${3000 + random.below(60_000)}`;
    case 1:
      return protocol === 'tcp' ? 'object-group MESSAGING' : 'gt 1023';
    case 2:
      return protocol === 'tcp' ? 'eq https' : 'eq domain';
    default:
      return `eq ${1 + random.below(65_535)}`;
  }
}
