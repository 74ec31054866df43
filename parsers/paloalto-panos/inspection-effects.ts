import type { InspectionProfile } from '../model/rule.ts';
import { child, entries, value, type PanNode } from './tree.ts';

type Effect = InspectionProfile['effect'];

/** Actions that stop what a profile finds; `sinkhole` answers a name with an address of the firewall's choosing. */
const BLOCKING: ReadonlySet<string> = new Set([
  'block',
  'block-ip',
  'block-continue',
  'continue',
  'deny',
  'drop',
  'drop-all-packets',
  'drop-packets',
  'override',
  'reset-both',
  'reset-client',
  'reset-server',
  'sinkhole',
]);

const ALERTING: ReadonlySet<string> = new Set(['alert', 'forward', 'continue-and-forward']);

/**
 * The profiles that PAN-OS ships, by kind. "default … takes the default action for critical, high and medium severity
 * events", "strict applies the block response"; the antivirus `default` blocks in HTTP, FTP and SMB and alerts in mail ("Set
 * Up Antivirus, Anti-Spyware, and Vulnerability Protection", PAN-OS Administrator's Guide 9.1). The URL filtering `default`
 * blocks categories known to be harmful, the two file blocking ones block file types ("URL Filtering Profiles", "Set Up
 * File Blocking"); the WildFire one forwards files.
 */
const PREDEFINED: ReadonlyMap<string, Effect> = new Map<string, Effect>([
  ['vulnerability default', 'blocks'],
  ['vulnerability strict', 'blocks'],
  ['spyware default', 'blocks'],
  ['spyware strict', 'blocks'],
  ['virus default', 'blocks'],
  ['url-filtering default', 'blocks'],
  ['file-blocking basic file blocking', 'blocks'],
  ['file-blocking strict file blocking', 'blocks'],
  ['wildfire-analysis default', 'alerts'],
]);

/** What a shipped profile does; undefined: there is none of that name. */
export function predefinedEffect(kind: string, name: string): Effect | undefined {
  return PREDEFINED.get(`${kind} ${name}`);
}

/** What a profile of the text does, by its strongest part. `kind`: `vulnerability`, `spyware`, `virus`, … */
export function effectOf(kind: string, profile: PanNode): Effect {
  switch (kind) {
    case 'vulnerability':
      return strongest(entries(profile, 'rules').map(threatRule));
    case 'spyware':
      return strongest([...entries(profile, 'rules').map(threatRule), ...nameLookups(profile)]);
    case 'virus':
      return strongest(entries(profile, 'decoder').flatMap(decoder));
    case 'url-filtering':
      return urlFiltering(profile);
    case 'file-blocking':
      return strongest(entries(profile, 'rules').map((rule) => ofAction(actionWord(rule))));
    case 'data-filtering':
      return strongest(entries(profile, 'rules').map(dataRule));
    case 'wildfire-analysis':
      return entries(profile, 'rules').length > 0 ? 'alerts' : 'nothing';
    default:
      return 'unknown';
  }
}

function strongest(effects: readonly Effect[]): Effect {
  const order: readonly Effect[] = ['blocks', 'unknown', 'alerts'];
  return order.find((effect) => effects.includes(effect)) ?? 'nothing';
}

function actionWord(node: PanNode): string | undefined {
  return value(node, 'action');
}

function ofAction(word: string | undefined): Effect {
  if (word === undefined || word === 'allow' || word === 'none') return 'nothing';
  if (BLOCKING.has(word)) return 'blocks';
  return ALERTING.has(word) ? 'alerts' : 'unknown';
}

const SEVERE: ReadonlySet<string> = new Set(['any', 'critical', 'high']);

/**
 * The action `default` is each signature's own, "typically an alert or a reset-both" ("Security Profile: Vulnerability
 * Protection"); the shipped profile that uses it for the severe ones is said to protect from them.
 */
function threatRule(rule: PanNode): Effect {
  const word = actionWord(rule) ?? 'default';
  if (word !== 'default') return ofAction(word);
  const severities = entries(rule, 'severity');
  return severities.length === 0 || severities.some((each) => SEVERE.has(each.word)) ? 'blocks' : 'unknown';
}

/** Lists of names and categories of names that an anti-spyware profile answers by itself. */
function nameLookups(profile: PanNode): Effect[] {
  const domains = child(profile, 'botnet-domains');
  return [...entries(domains, 'lists'), ...entries(domains, 'dns-security-categories')].map((list) => {
    const word = actionWord(list);
    return word === 'default' ? 'unknown' : ofAction(word);
  });
}

/** Mail protocols, in which the default action of the antivirus is to alert. */
const MAIL: ReadonlySet<string> = new Set(['smtp', 'imap', 'pop3']);

function decoder(node: PanNode): Effect[] {
  return ['action', 'wildfire-action', 'mlav-action'].flatMap((field) => {
    const word = value(node, field);
    if (word === undefined) return [];
    if (word === 'default') return [MAIL.has(node.word) ? 'alerts' : 'blocks'];
    return [ofAction(word)];
  });
}

function urlFiltering(profile: PanNode): Effect {
  const has = (...path: readonly string[]): boolean => entries(profile, ...path).length > 0;
  if (['block', 'continue', 'override'].some((word) => has(word) || has('credential-enforcement', word)))
    return 'blocks';
  return has('alert') ? 'alerts' : 'nothing';
}

function dataRule(rule: PanNode): Effect {
  if (Number(value(rule, 'block-threshold') ?? 0) > 0) return 'blocks';
  return Number(value(rule, 'alert-threshold') ?? 0) > 0 ? 'alerts' : 'nothing';
}
