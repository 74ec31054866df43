import type { Source, Span } from '../../../parsers/source.ts';
import { problemAt, type FileProblem } from '../../yaml/problem.ts';
import { matchesPattern, matchesPatternList } from './patterns.ts';
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
 * all is read again. Commands of `Match exec` are never run.
 */
export function sshSettings(files: readonly SshConfigFile[], query: SshQuery): SshSettings {
  const obtaining = new Obtaining(query);
  for (const file of files) obtaining.file(file, true);
  if (obtaining.wantsFinal) {
    obtaining.isFinal = true;
    for (const file of files) obtaining.file(file, true);
  }
  return obtaining;
}

const NOT_ASKED = new Set(['exec', 'localnetwork', 'tagged', 'command', 'version', 'sessiontype']);

class Obtaining implements SshSettings {
  readonly identityFiles: SshSetting[] = [];
  readonly notes: FileProblem[] = [];
  wantsFinal = false;
  isFinal = false;
  readonly #query: SshQuery;
  readonly #values: Map<string, SshSetting>;

  constructor(query: SshQuery) {
    this.#query = query;
    this.#values = new Map(query.given);
  }

  readonly of = (keyword: string): SshSetting | undefined => this.#values.get(keyword);

  /** Where `mayMatch` is false, the file is included where nothing applies, and none of its own `Host` lines does. */
  file({ lines }: SshConfigFile, mayMatch: boolean): void {
    let isActive = mayMatch;
    for (const line of lines) {
      if (line.keyword === 'host') isActive = mayMatch && matchesHosts(this.#query.host, line.words);
      else if (line.keyword === 'match') isActive = mayMatch && this.#matches(line);
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
    // Of a jump host and a command to connect by, the one that is obtained first counts, unless it is no jump host.
    const jump = this.#values.get('proxyjump')?.words[0];
    if (keyword === 'proxycommand' && jump !== undefined && jump !== 'none') return;
    if (keyword === 'proxyjump' && this.#values.has('proxycommand')) return;
    if (!this.#values.has(keyword)) this.#values.set(keyword, line);
  }

  #matches(line: SshConfigLine): boolean {
    const words = [...line.words];
    while (words.length > 0) {
      const written = words.shift() ?? '';
      const isNegated = written.startsWith('!');
      const criterion = written.slice(isNegated ? 1 : 0).toLowerCase();
      const isAlone = criterion === 'all' || criterion === 'final' || criterion === 'canonical';
      const isMet = this.#meets(line, criterion, isAlone ? '' : (words.shift() ?? ''));
      if (isMet === undefined || isMet === isNegated) return false;
    }
    return true;
  }

  /** Absent: that cannot be told, so what stands below is not used, whether it is negated or not. */
  #meets(line: SshConfigLine, criterion: string, argument: string): boolean | undefined {
    const { host, localUser } = this.#query;
    const patterns = argument.split(',');
    switch (criterion) {
      case 'all':
        return true;
      case 'final':
        this.wantsFinal = true;
        return this.isFinal;
      case 'canonical':
        return false;
      case 'host':
        return matchesPatternList(this.hostName().toLowerCase(), patterns.map(lower));
      case 'originalhost':
        return matchesPatternList(host.toLowerCase(), patterns.map(lower));
      case 'user':
        return matchesPatternList(this.of('user')?.words[0] ?? localUser, patterns);
      case 'localuser':
        return matchesPatternList(localUser, patterns);
      default: {
        const reason = NOT_ASKED.has(criterion) ? 'is not looked at here' : 'is no criterion that is known here';
        if (!this.isFinal) {
          const message = `${criterion} ${reason}; what stands below this line is not used`;
          this.notes.push(problemAt(line.source, line.place, message));
        }
        return undefined;
      }
    }
  }

  readonly hostName = (): string => {
    const { host } = this.#query;
    return (this.of('hostname')?.words[0] ?? host).replaceAll(/%(?<letter>[%hn])/gu, (_, letter) =>
      letter === '%' ? '%' : host,
    );
  };
}

const lower = (text: string): string => text.toLowerCase();

/** A `Host` line: any pattern that fits, and none with `!` that does. Upper and lower case differ here. */
function matchesHosts(host: string, patterns: readonly string[]): boolean {
  const isRefused = patterns.some((each) => each.startsWith('!') && matchesPattern(host, each.slice(1)));
  return !isRefused && patterns.some((each) => !each.startsWith('!') && matchesPattern(host, each));
}
