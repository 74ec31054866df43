import type { Platform } from '../parsers/model/device.ts';
import type { Check } from './check.ts';
import { ATTACK_VERSION, attackReference, controlText } from './data/attack.ts';
import type { Service } from './data/services.ts';

const PLATFORM_TITLES: Readonly<Record<Platform, string>> = {
  'cisco-ios': 'Cisco IOS and IOS-XE',
  'cisco-nxos': 'Cisco NX-OS',
  'cisco-iosxr': 'Cisco IOS XR',
  'cisco-asa': 'Cisco ASA',
  'juniper-junos': 'Juniper Junos',
  'paloalto-panos': 'Palo Alto PAN-OS',
};

/** One part of a check's documentation: a title and paragraphs or items. */
interface Section {
  readonly title: string;
  readonly items: readonly string[];
}

/** What is said of a check, everywhere: the catalogue page and `explain` are drawn from it. */
function sectionsOf(check: Check): Section[] {
  const attack = check.attack.map(attackReference).map(({ id, title, url }) => `ATT&CK ${id}, ${title}: ${url}`);
  const controls = check.controls.map(controlText).map(({ framework, id, title }) => `${framework} ${id}: ${title}`);
  return [
    { title: 'What it finds', items: [check.finds] },
    { title: 'Why it matters', items: [check.why] },
    { title: 'How severe it is', items: [check.severityNote] },
    { title: 'What to do', items: fixes(check) },
    { title: 'When it is in order', items: [check.exceptions] },
    { title: `ATT&CK ${ATTACK_VERSION} and controls`, items: [...attack, ...controls] },
    ...(check.references.length === 0 ? [] : [{ title: 'References', items: check.references }]),
  ];
}

function fixes({ fix }: Check): string[] {
  const platforms = Object.entries(PLATFORM_TITLES).flatMap(([platform, title]) => {
    const text = Object.entries(fix).find(([name]) => name === platform)?.[1];
    return text === undefined ? [] : [`${title}: ${plain(text)}`];
  });
  return [plain(fix.general), ...platforms];
}

/** Places that findings fill in, in general words. */
function plain(text: string): string {
  return text
    .replaceAll(/(access-group|traffic-filter|extended|access-lists?|interface) \{(?:list|from|to)\}/g, '$1 NAME')
    .replaceAll('{rule} of {list}', 'the deciding rule')
    .replaceAll('{rule}', 'the deciding rule')
    .replaceAll('In {list}', 'In the list')
    .replaceAll('{list}', 'the list')
    .replaceAll('{from}', 'the segment it comes from')
    .replaceAll('{to}', 'the segment it goes to')
    .replaceAll('{covering}', 'the rules that take its packets')
    .replaceAll('{followers}', 'the rules behind it')
    .replaceAll('{range}', 'the time range')
    .replaceAll('{approval}', 'the approval')
    .replaceAll('{owner}', 'its owner')
    .replaceAll('{id}', 'NAME');
}

/** The catalogue of checks and services as a Markdown page. */
export function renderCatalogue(checks: readonly Check[], services: readonly Service[]): string {
  const rows = checks.map(
    ({ id, family, title, severity }) => `| [${id}](#${anchor(id)}) | ${family} | ${title} | ${severity} |`,
  );
  return [
    '# Checks',
    '',
    'Generated from the check files by `npm run generate`; changes go there. Texts of MITRE ATT&CK are those of version ' +
      `${ATTACK_VERSION}.`,
    '',
    '| check | family | finds | worst severity |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    ...checks.flatMap(checkPage),
    '# Services',
    '',
    'Destination ports that the audit looks at. `core` are the protocols that ATT&CK T1071.005 names; `kin` are other messaging ' +
      'protocols, reported more mildly. A port is evidence of a protocol, not proof.',
    '',
    '| service | port | protocol | security | role | tier | IANA name | note |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...services.map(serviceRow),
    '',
  ].join('\n');
}

function checkPage(check: Check): string[] {
  const { id, title, severity, since } = check;
  const sections = sectionsOf(check).flatMap((section) => [
    `### ${section.title}`,
    '',
    ...(section.items.length === 1 ? section.items : section.items.map((item) => `- ${item}`)),
    '',
  ]);
  return [`## ${id}`, '', `**${title}.** Worst severity: ${severity}. Since ${since}.`, '', ...sections];
}

/** GitHub's anchor of a heading: lower case, slashes dropped. */
function anchor(id: string): string {
  return id.toLowerCase().replaceAll('/', '');
}

function serviceRow({ name, port, protocol, transportSecurity, role, tier, ianaName, title, note }: Service): string {
  const iana = ianaName ?? name;
  return `| \`${name}\` | ${protocol}/${port} | ${title} | ${transportSecurity} | ${role} | ${tier} | ${iana} | ${note} |`;
}

/** A check's documentation for the terminal: unwrapped paragraphs and items. */
export function explainCheck(check: Check): string {
  const sections = sectionsOf(check).flatMap(({ title, items }) => [
    '',
    title,
    ...items.map((item) => (items.length === 1 ? `  ${item}` : `  - ${item}`)),
  ]);
  return [`${check.id} (worst severity ${check.severity}, since ${check.since})`, check.title, ...sections, ''].join(
    '\n',
  );
}
