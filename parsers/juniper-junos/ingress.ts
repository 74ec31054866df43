import type { Condition } from '../model/condition.ts';
import type { TermConditions } from './filter-conditions.ts';
import { entries, type JunosNode } from './tree.ts';
import { wildcard } from './wildcards.ts';

/** A segment as filters see it: the logical interfaces that packets come in by. */
export interface Entrance {
  readonly segment: string;
  readonly interfaces: readonly string[];
  /** Interface groups (`filter group 1`) of those interfaces. */
  readonly groups: readonly string[];
}

/** Answers which segments a term is about that asks for the interface a packet came in by. */
export class Ingress {
  private readonly scope: JunosNode;
  private readonly entrances: readonly Entrance[];

  constructor(scope: JunosNode, entrances: readonly Entrance[]) {
    this.scope = scope;
    this.entrances = entrances;
  }

  /** Segments that a packet must come from, absent where none is asked for; conditions where a part of one fits. */
  of(asked: TermConditions['interfaces']): {
    readonly from: readonly string[] | undefined;
    readonly conditions: readonly Condition[];
  } {
    if (asked.length === 0) return { from: undefined, conditions: [] };
    let left = this.entrances;
    const conditions: Condition[] = [];
    for (const each of asked) {
      const tests = each.names.map((name) => this.testOf(each.kind, name));
      left = left.filter((entrance) => {
        const answers = entrance.interfaces.map(
          (name) => tests.some((test) => test(name, entrance.groups)) !== each.except,
        );
        const first = each.names[0];
        if (answers.every((answer) => !answer)) return false;
        if (answers.every(Boolean) || first === undefined) return true;
        conditions.push({ kind: 'route', name: `by way of ${first.word}`, span: first.span });
        return true;
      });
    }
    return { from: left.map(({ segment }) => segment), conditions };
  }

  private testOf(
    kind: TermConditions['interfaces'][number]['kind'],
    name: JunosNode,
  ): (name: string, groups: readonly string[]) => boolean {
    if (kind === 'group') return (_name, groups) => groups.some((group) => inRange(group, name.word));
    const words =
      kind === 'interface'
        ? [name.word]
        : entries(this.scope, 'firewall', 'interface-set', name.word).map(({ word }) => word);
    const tests = words.map((word) => (word.includes('.') ? wildcard(word) : wildcard(`${word}.*`)));
    return (each) => tests.some((test) => test(each));
  }
}

function inRange(group: string, range: string): boolean {
  const [first = '', last = first] = range.split('-');
  return Number(first) <= Number(group) && Number(group) <= Number(last);
}
