/** Types of interfaces as IOS prints them, with the short form it shows in tables. */
const TYPES: readonly (readonly [full: string, short: string])[] = [
  ['GigabitEthernet', 'Gi'],
  ['FastEthernet', 'Fa'],
  ['TenGigabitEthernet', 'Te'],
  ['Ethernet', 'Et'],
  ['Serial', 'Se'],
  ['Loopback', 'Lo'],
  ['Vlan', 'Vl'],
  ['Port-channel', 'Po'],
  ['Dialer', 'Di'],
  ['Tunnel', 'Tu'],
  ['Virtual-Template', 'Vt'],
  ['BDI', 'BD'],
  ['BVI', 'BV'],
  ['ATM', 'AT'],
  ['Cellular', 'Ce'],
  ['TwoGigabitEthernet', 'Tw'],
  ['FiveGigabitEthernet', 'Fi'],
  ['TwentyFiveGigE', 'Twe'],
  ['FortyGigabitEthernet', 'Fo'],
  ['HundredGigE', 'Hu'],
  ['AppGigabitEthernet', 'Ap'],
  ['Multilink', 'Mu'],
  ['MFR', 'MF'],
  ['POS', 'PO'],
  ['Async', 'As'],
  ['Group-Async', 'Gr'],
  ['Null', 'Nu'],
  ['NVI', 'NV'],
  ['Dot11Radio', 'Do'],
  ['wlan-ap', 'wl'],
  ['Embedded-Service-Engine', 'Em'],
  ['VirtualPortGroup', 'Vi'],
  ['Virtual-Access', 'Vi'],
  ['Virtual-PPP', 'Vp'],
  ['LISP', 'LI'],
  ['pseudowire', 'ps'],
  ['Bundle-Ether', 'BE'],
  ['nve', 'nve'],
  ['cem', 'cem'],
  ['vmi', 'vmi'],
  ['SDWAN', 'SD'],
];

export interface InterfaceName {
  /** Lower case and expanded: what makes two spellings one interface. */
  readonly key: string;
  /** As written, type and number joined: `GigabitEthernet0/0`. */
  readonly name: string;
  /** With the type as IOS prints it. */
  readonly full: string;
  /** As tables of the device show it: `Gi0/0`; the name itself where there is none. */
  readonly short: string;
}

/**
 * The interface that one or two words name (`GigabitEthernet 0/0`, `gi0/0`). Types may be abbreviated as IOS accepts
 * them: the first type in order of use that begins so.
 */
export function interfaceName(words: readonly string[]): InterfaceName {
  const [first = '', second] = words;
  const joined = second !== undefined && /^\d/.test(second) && !/\d$/.test(first) ? first + second : first;
  const split = /^(Dot11Radio|[A-Za-z][A-Za-z-]*?)(\d[\w/.:]*)?$/.exec(joined);
  const letters = split?.[1];
  if (letters === undefined) return { key: joined.toLowerCase(), name: joined, full: joined, short: joined };
  const number = split?.[2] ?? '';
  const lower = letters.toLowerCase();
  const type =
    TYPES.find(([full]) => full.toLowerCase() === lower) ?? TYPES.find(([full, short]) => begins(full, short, lower));
  if (type === undefined) return { key: joined.toLowerCase(), name: joined, full: joined, short: joined };
  return { key: (type[0] + number).toLowerCase(), name: joined, full: type[0] + number, short: type[1] + number };
}

function begins(full: string, short: string, letters: string): boolean {
  return full.toLowerCase().startsWith(letters) || short.toLowerCase() === letters;
}

/** Names of `interface range Gi0/1 - 4 , Gi0/7`; an empty list when it is not understood. */
export function interfaceRange(words: readonly string[]): string[] {
  const names: string[] = [];
  for (const part of words.join(' ').split(',')) {
    const found =
      /^\s*([A-Za-z][A-Za-z-]*)\s*((?:\d+\/)*)(\d+)((?:\.\d+)?)(?:\s*-\s*(?:[A-Za-z-]*\s*(?:\d+\/)*)?(\d+)(?:\.(\d+))?)?\s*$/.exec(
        part,
      );
    if (found === null) return [];
    const [, type = '', slots = '', first = '0', sub = '', last, lastSub] = found;
    if (sub !== '') {
      const from = Number(sub.slice(1));
      const to = Number(lastSub ?? last ?? from);
      for (let number = from; number <= to && names.length < 4096; number += 1)
        names.push(`${type}${slots}${first}.${number}`);
      continue;
    }
    for (let number = Number(first); number <= Number(last ?? first) && names.length < 4096; number += 1)
      names.push(`${type}${slots}${number}`);
  }
  return names;
}
