import type { Tell } from '../platform.ts';
import type { Source } from '../source.ts';
import { lineSpan, type Line } from '../syntax/lines.ts';

type Strength = Tell['strength'];

/** Longest beginning of a line that is looked at: a whole configuration may be one line of XML. */
const MOST_CHARACTERS = 2000;

/** Beginnings of lines that speak for PAN-OS. */
const TELLS: readonly (readonly [Strength, RegExp])[] = [
  ['strong', /^[#!] ?RANCID-CONTENT-TYPE: paloalto/],
  ['strong', /^(?:<response [^>]*>\s*<result[^>]*>\s*)?<config [^>]*urldb="(?:paloaltonetworks|brightcloud)/],
  [
    'strong',
    /^(?:<response [^>]*>\s*<result[^>]*>\s*)?(?:<config[^>]*>\s*)?<devices>\s*<entry(?: name="localhost.localdomain")?>/,
  ],
  ['strong', /^(?:<response [^>]*>\s*)?(?:<result[^>]*>\s*)?<config>\s*<devices>/],
  ['strong', /^(?:<response [^>]*>\s*)?(?:<result[^>]*>\s*)?<policy>\s*<panorama>/],
  ['strong', /^<(?:mgt-config|deviceconfig|pre-rulebase|post-rulebase|rulebase|device-group|template-stack)\/?>/],
  ['strong', /^<(?:application-override|default-security-rules)>/],
  ['strong', /^<entry name="(?:localhost\.localdomain|vsys\d+)"/],
  [
    'strong',
    /^(?:set|delete|move|edit|show) (?:config )?(?:(?:shared|policy panorama|(?:vsys|device-group|template|template-stack) (?:"[^"]*"|\S+|\{\{ ?\S+ ?\}\})(?: config(?: devices localhost\.localdomain)?)?) )*(?:deviceconfig (?:system|setting|high-availability)|mgt-config|rulebase (?:security|nat|pbf|decryption|application-override|default-security-rules|qos|dos)|(?:pre|post)-rulebase|network (?:interface (?:ethernet|aggregate-ethernet|loopback|tunnel|vlan) |virtual-router|logical-router|virtual-wire|profiles|ike|shared-gateway)|zone (?:"[^"]*"|\S+) network )/,
  ],
  ['strong', /^set (?:config )?devices localhost\.localdomain /],
  [
    'strong',
    /^set (?:device-group|template|template-stack) (?:"[^"]*"|\S+) (?:devices|templates|config|variable|settings)/,
  ],
  [
    'strong',
    /^(?:deviceconfig|mgt-config|rulebase|pre-rulebase|post-rulebase|localhost\.localdomain|device-group|template-stack) \{/,
  ],
  ['supporting', /^(?:set|delete) (?:shared|vsys \S+|device-group \S+|policy panorama) \S/],
  [
    'supporting',
    /^set (?:address|address-group|service|service-group|application|application-group|application-filter|external-list|profiles|profile-group|tag|schedule|region|log-settings|import|log-collector-group|panorama|readonly|template|template-stack)(?: "[^"]*"| \S+)* (?:ip-netmask|ip-range|fqdn|ip-wildcard|static|dynamic filter|protocol (?:tcp|udp)|members|default port|category|subcategory|technology|color|comments|rules|type|network interface)(?: |$)/,
  ],
  ['supporting', /^<(?:vsys|shared|devices|network|zone|address-group|service-group|application-group|profile-group)>/],
  ['supporting', /^<entry name="[^"]+"(?: (?:uuid|loc)="[^"]*")?>/],
  ['supporting', /^<member>[^<]*<\/member>/],
  ['supporting', /^<(?:ip-netmask|source-user|hip-profiles|log-setting|profile-setting|rule-type)>/],
  ['supporting', /^(?:vsys|vsys\d+|virtual-router|ip-netmask \S+;|network|shared|zone|security|nat) \{/],
  [
    'supporting',
    /^[\w.-]+@[\w.-]+(?:\((?:active|passive|primary|secondary)[\w-]*\))?[>#] ?(?:show config|set cli|configure)/,
  ],
  ['supporting', /^show config (?:running|merged|candidate|pushed-shared-policy|pushed-template)/],
];

/** Lines of other systems that look alike: one takes all tells away. */
const NOT_PANOS: readonly RegExp[] = [
  /^<rpc-reply /,
  /^## Last (?:commit|changed): /,
  /^(?:set )?version "?\d+\.\d+[A-Z]\d[^;]*;?$/,
  /^set (?:system host-name|interfaces \S+ unit|security (?:policies|zones)|firewall family) /,
  /^config-management \{$/,
];

/** Every kind of tell of PAN-OS in the text, once. */
export function recognise(source: Source, lines: readonly Line[]): readonly Tell[] {
  const tells: Tell[] = [];
  const open = new Set(TELLS);
  for (const line of lines) {
    const all = line.text.length > MOST_CHARACTERS ? line.text.slice(0, MOST_CHARACTERS) : line.text;
    const declaration = all.startsWith('<?xml') ? (/^<\?xml[^>]*\?>\s*/.exec(all)?.[0].length ?? 0) : 0;
    const text = all.slice(declaration);
    if (NOT_PANOS.some((other) => other.test(text))) return [];
    for (const each of open) {
      const [strength, begins] = each;
      const found = begins.exec(text)?.[0];
      if (found === undefined) continue;
      open.delete(each);
      const place = { ...line, column: line.column + declaration, text: found };
      tells.push({ strength, reason: `"${shortened(found)}"`, span: lineSpan(source.name, place) });
      break;
    }
  }
  return tells;
}

/** Enough to know the line by; only what the tell itself names, so never a secret. */
function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
