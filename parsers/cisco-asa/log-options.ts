import type { RuleLogging } from '../model/rule.ts';
import { levelOf } from './convert-logging.ts';

const LEVELS: ReadonlySet<string> = new Set([
  'emergencies',
  'alerts',
  'critical',
  'errors',
  'warnings',
  'notifications',
  'informational',
  'debugging',
  'default',
  'disable',
]);

const DEFAULT: RuleLogging = { logs: 'default', detail: '' };
// FTD logs a connection of a rule only where the rule says `event-log`.
const ADVANCED_DEFAULT: RuleLogging = { logs: 'no', detail: '' };

/** Gathers the words at the end of an entry that do not decide what it matches. */
export class LogOptions {
  inactive = false;
  ruleId: string | undefined;
  private said: RuleLogging = DEFAULT;

  reset(advanced: boolean): void {
    this.inactive = false;
    this.ruleId = undefined;
    this.said = advanced ? ADVANCED_DEFAULT : DEFAULT;
  }

  logging(): RuleLogging {
    return this.said;
  }

  /** Takes the option at `words[at]` and gives the index behind it; `at` itself when it is no such option. */
  take(words: readonly string[], at: number): number {
    const word = words[at] ?? '';
    switch (word) {
      case 'log':
        return this.takeLog(words, at);
      case 'interval':
        return words[at + 1] === undefined ? at : at + 2;
      case 'inactive':
      case '(inactive)':
        this.inactive = true;
        return at + 1;
      case 'rule-id':
        this.ruleId = words[at + 1];
        return this.ruleId === undefined ? at : at + 2;
      case 'event-log':
        // Events of connections go to the manager, whatever the syslog settings say.
        this.said = { logs: 'yes', detail: `event-log ${words[at + 1] ?? ''}`.trim(), sentTo: ['the manager'] };
        return Math.min(at + 2, words.length);
      default:
        return word.startsWith('(hitcnt=') || word.startsWith('0x') || word === '!' ? this.counters(words, at) : at;
    }
  }

  /** `log [LEVEL|default|disable] [interval SECONDS]`. */
  private takeLog(words: readonly string[], at: number): number {
    let next = at + 1;
    const level = words[next] ?? '';
    if (LEVELS.has(level) || /^[0-7]$/.test(level)) next += 1;
    if (words[next] === 'interval' && words[next + 1] !== undefined) next += 2;
    const detail = words.slice(at, next).join(' ');
    if (level === 'disable') this.said = { logs: 'no', detail };
    else if (level === 'default') this.said = { logs: 'default', detail };
    // Message 106100 has severity 6 unless the entry names another one.
    else this.said = { logs: 'yes', detail, level: levelOf(level) ?? 6 };
    return next;
  }

  /** `(hitcnt=0) 0x1f2e3d4c` of `show access-list`; behind `!` a comment runs to the end. */
  private counters(words: readonly string[], at: number): number {
    return words[at] === '!' ? words.length : at + 1;
  }
}
