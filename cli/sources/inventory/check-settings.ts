import { problemAt, type FileProblem } from '../../yaml/problem.ts';
import type { SshSetting, SshSettings } from '../ssh/ssh-config.ts';

/** What is wrong, and what was left out of account, while hosts are looked up. */
export interface Findings {
  readonly problems: FileProblem[];
  readonly notes: FileProblem[];
}

/** Says of settings of ssh_config what is wrong with them, and which of them cannot be heard here. */
export function checkSettings(settings: SshSettings, findings: Findings): void {
  checkHostName(settings, findings);
  refuseProxyCommand(settings, findings);
  const revoked = settings.of('revokedhostkeys');
  if (revoked !== undefined && revoked.words[0] !== 'none') {
    findings.problems.push(
      problem(revoked, 'RevokedHostKeys is not read here; write the keys into known_hosts, as @revoked'),
    );
  }
  for (const [keyword, message] of NOT_HEARD) {
    const setting = settings.of(keyword);
    const word = setting?.words[0]?.toLowerCase();
    if (setting !== undefined && word !== 'no' && word !== 'false' && word !== 'none') {
      findings.notes.push(problem(setting, message));
    }
  }
}

/** By them ssh would come to another host, or not trust every key that is trusted here. */
const NOT_HEARD: readonly (readonly [string, string])[] = [
  [
    'canonicalizehostname',
    'CanonicalizeHostname is not done here; hosts are connected to by the names that they have without',
  ],
  ['checkhostip', 'CheckHostIP is not done here; a key is looked up by the name of the host'],
  ['knownhostscommand', 'KnownHostsCommand is not run here; keys are looked up in files'],
];

/** ssh_config(5), "TOKENS": a host's name has no others. */
function checkHostName(settings: SshSettings, findings: Findings): void {
  const setting = settings.of('hostname');
  const [token] = /%(?:[^%h]|$)/u.exec(setting?.words[0]?.replaceAll('%%', '') ?? '') ?? [];
  if (setting === undefined || token === undefined) return;
  findings.problems.push(problem(setting, `${token} is a token that HostName does not have; there are %h and %%`));
}

function refuseProxyCommand(settings: SshSettings, findings: Findings): void {
  const setting = settings.of('proxycommand');
  if (setting === undefined || setting.words.join(' ').toLowerCase() === 'none') return;
  findings.problems.push(
    problem(setting, 'ProxyCommand is not run here; use ProxyJump, or name the jump host in the inventory'),
  );
}

/** Yes or no, or true or false, in letters of any case (readconf.c, parse_flag). */
export function isYes(setting: SshSetting | undefined, findings: Findings): boolean {
  const word = setting?.words[0]?.toLowerCase() ?? 'no';
  if (setting !== undefined && !['yes', 'true', 'no', 'false'].includes(word)) {
    findings.problems.push(problem(setting, 'must be yes or no'));
  }
  return word === 'yes' || word === 'true';
}

/** `RequiredRSASize`, as part of a host that is logged in to. */
export function requiredRsaBits(settings: SshSettings, findings: Findings): { readonly requiredRsaBits?: number } {
  const setting = settings.of('requiredrsasize');
  if (setting === undefined) return {};
  const [word = ''] = setting.words;
  if (!/^\d+$/u.test(word)) findings.problems.push(problem(setting, 'must be a number of bits'));
  return { requiredRsaBits: Number(word) };
}

const problem = ({ source, place }: SshSetting, message: string): FileProblem => problemAt(source, place, message);
