import { isPortOperator, readPorts } from '../cisco/ports.ts';
import type { Condition } from '../model/condition.ts';
import type { NumberRange } from '../model/service.ts';
import type { ObjectUse } from '../model/rule.ts';
import type { Span } from '../source.ts';
import { wordSpan } from '../syntax/lines.ts';
import type { Groups } from './convert-objects.ts';
import type { IosText, ListEntry } from './text.ts';

/** The words of one entry, read from left to right, and what was found out on the way. */
export class AceWords {
  readonly text: IosText;
  readonly groups: Groups;
  readonly entry: ListEntry;
  readonly family: 4 | 6;
  at = 1;
  readonly conditions: Condition[] = [];
  readonly objects: ObjectUse[] = [];
  /** Why no first packet can match; the first reason counts. */
  never: string | undefined;
  logging: string | undefined;
  /** Index of the first word that was not understood. */
  unread: number | undefined;
  /** True when a field was read with a doubt that its conditions hold. */
  doubtful = false;

  constructor(text: IosText, groups: Groups, entry: ListEntry, family: 4 | 6) {
    this.text = text;
    this.groups = groups;
    this.entry = entry;
    this.family = family;
  }

  /** The word at the reading point, or `ahead` words behind it. */
  peek(ahead = 0): string | undefined {
    return this.entry.words[this.at + ahead];
  }

  /** The word at the reading point; moves on. */
  take(): string | undefined {
    const word = this.entry.words[this.at];
    this.at += 1;
    return word;
  }

  get ended(): boolean {
    return this.at >= this.entry.words.length;
  }

  span(index = this.at): Span {
    const { line, offset } = this.entry;
    return wordSpan(this.text.source.name, line, Math.min(offset + index, offset + this.entry.words.length - 1));
  }

  /** Notes that reading stopped here. What was not read yet stays free. */
  stop(index = this.at): void {
    this.unread ??= index;
    this.at = this.entry.words.length;
  }

  /** Reports a word that is read with a doubt; reading goes on. */
  miss(index: number, why: string): void {
    this.doubtful = true;
    const message = `\`${this.entry.words[index] ?? ''}\` ${why}`;
    const consequence = 'the entry matches at most what was read; what it decides is possible, not definite';
    this.text.reader.diagnose('ios/ace-not-understood', 'warning', this.span(index), message, consequence);
  }

  condition(kind: Condition['kind'], name: string, index: number): void {
    this.conditions.push({ kind, name, span: this.span(index) });
  }

  /** A port condition at the reading point: ranges, or undefined when none stands there. */
  ports(port: (word: string) => number | undefined): readonly NumberRange[] | undefined {
    if (!isPortOperator(this.peek()?.toLowerCase())) return undefined;
    const words = this.entry.words.with(this.at, (this.peek() ?? '').toLowerCase());
    const read = readPorts('ios', words, this.at, port);
    if (read === undefined) return undefined;
    if ('unknown' in read) {
      this.stop(read.at);
      return undefined;
    }
    if (read.swapped) {
      const message = `port range \`${words.slice(this.at, read.next).join(' ')}\` is written backwards`;
      this.text.reader.diagnose(
        'ios/swapped-range',
        'warning',
        this.span(),
        message,
        'it is read the other way round, as devices do',
      );
    }
    this.at = read.next;
    return read.ranges;
  }
}
