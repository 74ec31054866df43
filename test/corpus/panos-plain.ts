import type { ParseResult } from '../../parsers/index.ts';
import type { RuleCount } from '../../parsers/diagnostics.ts';
import { plainStatements, type PlainStatement } from './panos-statements.ts';

/** What is about filtering: rules, what they name, and where packets come from. */
const STANZAS: ReadonlySet<string> = new Set([
  'rulebase',
  'pre-rulebase',
  'post-rulebase',
  'zone',
  'address',
  'address-group',
  'service',
  'service-group',
  'application',
  'application-group',
  'application-filter',
  'interface',
  'virtual-router',
  'virtual-wire',
  'import',
  'external-list',
  'region',
  'schedule',
]);

/** Parts of a configuration with words of the same names about something else. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'mgt-config',
  'deviceconfig',
  'profiles',
  'log-settings',
  'server-profile',
  'reports',
  'report-group',
  'protocol',
  'high-availability',
  'global-protect',
  'plugins',
]);

/** Tells which lines of a PAN-OS text are about filtering, apart from the parsers. */
export function relevantPanosLines(text: string): boolean[] {
  const relevant = text.split('\n').map(() => false);
  for (const { path, line } of plainStatements(text).found) {
    const isRelevant = path.some((word) => STANZAS.has(word)) && !path.some((word) => ELSEWHERE.has(word));
    if (isRelevant) relevant[line] = true;
  }
  return relevant;
}

/**
 * What is wrong with the count of rules, if anything: it has to be that of a plain look at the text, and every rule has to be in
 * a device or left out for a reason.
 */
export function ruleCountProblem(text: string, { ruleCounts }: ParseResult): string | undefined {
  for (const { kind, written, modelled, left } of ruleCounts) {
    const accounted = left.reduce((sum, { count }) => sum + count, modelled);
    if (written !== accounted) return `${kind}: ${written} written, ${accounted} accounted for`;
    if (left.some(({ reason }) => reason === 'lost')) return `${kind}: some are lost, and nothing says why`;
  }
  const plain = plainCounts(text);
  for (const word of ['security', 'nat', undefined]) {
    const [there, here] = [sumOf(plain, word), writtenOf(ruleCounts, word)];
    if (there !== here) return `${word ?? 'all'} rules: ${there} in the text at a plain look, ${here} counted`;
  }
  return undefined;
}

const TITLES: Readonly<Record<string, string>> = { security: 'security rules', nat: 'NAT rules' };

function writtenOf(counts: readonly RuleCount[], word: string | undefined): number {
  const meant = word === undefined ? counts : counts.filter(({ kind }) => kind === TITLES[word]);
  return meant.reduce((sum, { written }) => sum + written, 0);
}

function sumOf(plain: ReadonlyMap<string, number>, word: string | undefined): number {
  if (word !== undefined) return plain.get(word) ?? 0;
  return [...plain.values()].reduce((sum, count) => sum + count, 0);
}

/** Rules below each kind of rulebase: `rulebase security rules NAME`. */
function plainCounts(text: string): ReadonlyMap<string, number> {
  const { form, found } = plainStatements(text);
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  for (const { path } of found) {
    const at = path.findIndex((word) => /^(?:pre-|post-)?rulebase$/u.test(word));
    if (at < 0 || path[at + 2] !== 'rules' || path[at + 3] === undefined) continue;
    // A set line repeats the way to the rule; elsewhere the rule opens once.
    const isRule = form === 'set' ? isFirst(path.slice(0, at + 4), seen) : path.length === at + 4;
    const word = path[at + 1] ?? '';
    if (isRule) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

function isFirst(path: PlainStatement['path'], seen: Set<string>): boolean {
  const key = JSON.stringify(path);
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}
