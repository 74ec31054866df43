import { isIP } from 'node:net';
import type { Source, Span } from '../../../parsers/source.ts';
import { problemAt, type FileProblem } from '../../yaml/problem.ts';
import { lowerCase, matchesPattern, matchesPatternList } from './patterns.ts';
import type { SshConfigFile, SshConfigLine } from './ssh-config-file.ts';

/** What a keyword is set to for a host, and where. */
export interface SshSetting {
  readonly words: readonly string[];
  readonly source: Source;
  readonly place: Span;
}

/** What is known of a host before any file is looked at; as with options of ssh(1), it wins. */
export interface SshQuery {
  readonly host: string;
  readonly localUser: string;
  readonly given: ReadonlyMap<string, SshSetting>;
}

export interface SshSettings {
  /** By keyword in small letters; the first value that was obtained. */
  readonly of: (keyword: string) => SshSetting | undefined;
  /** What is connected to, `HostName` with its tokens, else the host as the user named it. */
  readonly hostName: () => string;
  /** Every `IdentityFile`, in order. */
  readonly identityFiles: readonly SshSetting[];
  /** What could not be taken into account. */
  readonly notes: readonly FileProblem[];
}

/**
 * What the files say of a host, by the rules of ssh_config(5): the first obtained value of each keyword is used, `Host`
 * compares the name as the user wrote it, `Match` may ask for what was obtained so far, and where one asks for `final`
 * all is read again, with the name that was obtained. Commands of `Match exec` are never run.
 */
export function sshSettings(files: readonly SshConfigFile[], query: SshQuery): SshSettings {
  const obtaining = new Obtaining(query);
  for (const file of files) obtaining.file(file, true);
  if (obtaining.wantsFinal) {
    obtaining.beginFinal();
    for (const file of files) obtaining.file(file, true);
  }
  return obtaining;
}

/** They take nothing to compare with. */
const ALONE = new Set(['all', 'canonical', 'final']);
const NOT_ASKED = new Set(['exec', 'localnetwork', 'tagged', 'command', 'version', 'sessiontype']);

class Obtaining implements SshSettings {
  readonly identityFiles: SshSetting[] = [];
  readonly notes: FileProblem[] = [];
  wantsFinal = false;
  isFinal = false;
  readonly #query: SshQuery;
  readonly #values: Map<string, SshSetting>;
  /** What `Host` compares. */
  #host: string;
  #settledHost: string | undefined;

  constructor(query: SshQuery) {
    this.#query = query;
    this.#host = query.host;
    this.#values = new Map(query.given);
  }

  readonly of = (keyword: string): SshSetting | undefined => this.#values.get(keyword);

  /** From here on what is connected to is settled, and is what `Host` compares (ssh.c, main). */
  beginFinal(): void {
    const host = this.hostName();
    this.#host = isIP(host) === 0 ? lowerCase(host) : host;
    this.#settledHost = this.#host;
    this.isFinal = true;
  }

  /** Where `mayMatch` is false, the file is included where nothing applies, and none of its own `Host` lines does. */
  file({ lines }: SshConfigFile, mayMatch: boolean): void {
    let isActive = mayMatch;
    for (const line of lines) {
      if (line.keyword === 'host') isActive = mayMatch && matchesHosts(this.#host, line.words);
      else if (line.keyword === 'match') isActive = this.#matches(line, mayMatch) && mayMatch;
      else if (line.keyword === 'include') for (const file of line.included) this.file(file, isActive);
      else if (isActive) this.#obtain(line);
    }
  }

  #obtain(line: SshConfigLine): void {
    const { keyword } = line;
    if (keyword === 'identityfile') {
      const isThere = this.identityFiles.some(({ words }) => words.join(' ') === line.words.join(' '));
      if (!isThere) this.identityFiles.push(line);
      return;
    }
    if (keyword === 'hostname' && this.isFinal) return;
    // Of a jump host and a command to connect by, the one that is obtained first counts, unless it is no jump host.
    const jump = this.#values.get('proxyjump')?.words[0]?.toLowerCase();
    if (keyword === 'proxycommand' && jump !== undefined && jump !== 'none') return;
    if (keyword === 'proxyjump' && this.#values.has('proxycommand')) return;
    if (!this.#values.has(keyword)) this.#values.set(keyword, line);
  }

  /**
   * All criteria are looked at, also behind one that is not met: where any asks for `final`, all is read again
   * (readconf.c, match_cfg_line).
   */
  #matches(line: SshConfigLine, mayMatch: boolean): boolean {
    const words = [...line.words];
    let isMatched = true;
    for (let before = 0; words.length > 0; before += 1) {
      const written = words.shift() ?? '';
      const isNegated = written.startsWith('!');
      const criterion = written.slice(isNegated ? 1 : 0).toLowerCase();
      if (criterion === 'all' && (before > 1 || words.length > 0)) {
        return this.#passedOver(line, 'all stands alone or behind final');
      }
      const isAlone = ALONE.has(criterion);
      const argument = isAlone ? '' : words.shift();
      if (argument === undefined) return this.#passedOver(line, `${criterion} lacks what to compare with`);
      const isMet = this.#meets(criterion, argument);
      if (isMet === undefined && isMatched && mayMatch) {
        const reason = NOT_ASKED.has(criterion) ? 'is not looked at here' : 'is no criterion that is known here';
        this.#passedOver(line, `${criterion} ${reason}`);
      }
      if (isMet === undefined || isMet === isNegated) isMatched = false;
    }
    return isMatched;
  }

  #passedOver(line: SshConfigLine, why: string): false {
    if (!this.isFinal) {
      this.notes.push(problemAt(line.source, line.place, `${why}; what stands below this line is not used`));
    }
    return false;
  }

  /** Absent: that cannot be told, so what stands below is not used, whether it is negated or not. */
  #meets(criterion: string, argument: string): boolean | undefined {
    const { host, localUser } = this.#query;
    const patterns = argument.split(',');
    switch (criterion) {
      case 'all':
        return true;
      case 'final':
        this.wantsFinal = true;
        return this.isFinal;
      case 'canonical':
        return this.isFinal;
      case 'host':
        return matchesPatternList(lowerCase(this.hostName()), patterns.map(lowerCase));
      case 'originalhost':
        return matchesPatternList(lowerCase(host), patterns.map(lowerCase));
      case 'user':
        return matchesPatternList(this.of('user')?.words[0] ?? localUser, patterns);
      case 'localuser':
        return matchesPatternList(localUser, patterns);
      default:
        return undefined;
    }
  }

  readonly hostName = (): string => {
    const { host } = this.#query;
    return (this.#settledHost ?? this.of('hostname')?.words[0] ?? host).replaceAll(/%(?<letter>[%h])/gu, (_, letter) =>
      letter === '%' ? '%' : host,
    );
  };
}

/** A `Host` line: any pattern that fits, and none with `!` that does. Upper and lower case differ here. */
function matchesHosts(host: string, patterns: readonly string[]): boolean {
  const isRefused = patterns.some((each) => each.startsWith('!') && matchesPattern(host, each.slice(1)));
  return !isRefused && patterns.some((each) => !each.startsWith('!') && matchesPattern(host, each));
}
